//! دليل التشغيل: the operating guide, written in `manual/src` in the layout of mdBook and carried by the program.
//!
//! The build script has turned the chapters into HTML; here are its contents, its search, which chapter speaks
//! of which screen, and the commands in it, which the tests run. The pages themselves are window's.

mod screens;
mod search;

pub use screens::{SCREENS, page_of};
pub use search::{Hit, search};

/// باب: chapters under one title.
#[derive(Debug)]
pub struct Part {
    /// Its title.
    pub title: &'static str,
    /// Its chapters, in order.
    pub chapters: &'static [Chapter],
}

/// فصل: one page of the guide.
#[derive(Debug)]
pub struct Chapter {
    /// Its address below `/help/`.
    pub slug: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its first paragraph as plain text.
    pub lead: &'static str,
    /// Its text in HTML, made from Markdown without any HTML in it; the title is not in it.
    pub html: &'static str,
    /// Its headings with the plain text below each; the first stands before any heading and has no id.
    pub sections: &'static [Section],
    /// Its fenced blocks.
    pub blocks: &'static [Block],
    /// Pages of the program that it links to.
    pub screens: &'static [&'static str],
    /// Commands (`shubbak …`) inside its sentences.
    pub commands: &'static [&'static str],
}

/// جزء من فصل: a heading and the plain text below it.
#[derive(Debug)]
pub struct Section {
    /// The anchor; empty before the first heading.
    pub id: &'static str,
    /// The heading; empty before the first.
    pub heading: &'static str,
    /// 2 or 3; 0 before the first heading.
    pub level: u8,
    /// The text, words separated by one space.
    pub text: &'static str,
}

/// A fenced block: what follows the fence's first line (`sh run`), its text, its line in the chapter.
#[derive(Debug)]
pub struct Block {
    /// `sh run`, `sh`, `toml`, …
    pub info: &'static str,
    /// Its lines.
    pub text: &'static str,
    /// Where it begins, from 1.
    pub line: usize,
}

/// صورة: a picture of a screen.
#[derive(Debug)]
pub struct Picture {
    /// Its name in the chapters.
    pub name: &'static str,
    /// Its name with a hash of its content.
    pub file: &'static str,
    /// WebP.
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/book.rs"));

/// The parts of the guide, in order.
#[must_use]
pub fn parts() -> &'static [Part] {
    PARTS
}

/// Every chapter, in order.
pub fn chapters() -> impl DoubleEndedIterator<Item = &'static Chapter> {
    PARTS.iter().flat_map(|part| part.chapters)
}

/// The chapter at this address.
#[must_use]
pub fn chapter(slug: &str) -> Option<&'static Chapter> {
    chapters().find(|chapter| chapter.slug == slug)
}

/// The chapters before and after this one.
#[must_use]
pub fn neighbours(slug: &str) -> (Option<&'static Chapter>, Option<&'static Chapter>) {
    let before = chapters().take_while(|chapter| chapter.slug != slug).last();
    let after = chapters().skip_while(|chapter| chapter.slug != slug).nth(1);
    (before, after)
}

/// Every picture.
#[must_use]
pub fn pictures() -> &'static [Picture] {
    PICTURES
}

#[cfg(test)]
#[path = "book.rs"]
#[expect(dead_code, reason = "the build script reads more of it")]
mod book;

#[cfg(test)]
mod tests;
