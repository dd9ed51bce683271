//! From the chapters in Markdown to pages: run by the build script, and by the tests on texts of their own.
//!
//! mdBook reads the same folder. What it would let through and we do not: HTML in a chapter, a link that leads
//! nowhere or out of the program, a picture without words, a heading twice in a chapter.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use sha2::{Digest as _, Sha256};

/// الكتاب: all parts, in the order of `SUMMARY.md`.
#[derive(Debug, Default)]
pub struct Book {
    pub parts: Vec<Part>,
    pub pictures: Vec<Picture>,
    pub version: String,
}

/// باب: chapters under one title.
#[derive(Debug)]
pub struct Part {
    pub title: String,
    pub chapters: Vec<Chapter>,
}

/// فصل: one page.
#[derive(Debug, Default)]
pub struct Chapter {
    /// Name of its file, and its address below `/help/`.
    pub slug: String,
    pub title: String,
    /// Its first paragraph, as plain text.
    pub lead: String,
    /// Without the title.
    pub html: String,
    /// What stands before the first heading is the first, without an id.
    pub sections: Vec<Section>,
    pub blocks: Vec<Block>,
    /// Pages of the program that it links to.
    pub screens: Vec<String>,
    /// Commands inside its sentences.
    pub commands: Vec<String>,
    links: Vec<(String, String)>,
}

/// جزء من فصل: a heading and the plain text below it.
#[derive(Debug, Default)]
pub struct Section {
    pub id: String,
    pub heading: String,
    pub level: u8,
    pub text: String,
}

/// A fenced block.
#[derive(Debug)]
pub struct Block {
    pub info: String,
    pub text: String,
    pub line: usize,
}

/// A picture with its name on the wire.
#[derive(Debug)]
pub struct Picture {
    pub name: String,
    pub file: String,
    pub path: PathBuf,
    pub width: u32,
    pub height: u32,
}

/// Reads the folder.
///
/// # Errors
/// Every fault, each with its file and line.
pub fn read(folder: &Path) -> Result<Book, Vec<String>> {
    let mut faults = Vec::new();
    let mut book = Book::default();
    let mut hash = Sha256::new();
    let text = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| vec![format!("{name}: {e}")]);
    book.pictures = pictures(&folder.join("pictures"), &mut hash, &mut faults);
    let summary = text("SUMMARY.md")?;
    hash.update(&summary);
    for (title, slugs) in contents(&summary, &mut faults) {
        let mut chapters = Vec::new();
        for (name, slug) in slugs {
            let written = text(&format!("{slug}.md"))?;
            hash.update(&written);
            match chapter(&slug, &written, &book.pictures) {
                Ok(one) if one.title != name => {
                    faults.push(format!("{slug}.md: «{}», in the summary «{name}»", one.title))
                }
                Ok(one) => chapters.push(one),
                Err(more) => faults.extend(more),
            }
        }
        book.parts.push(Part { title, chapters });
    }
    faults.extend(lost(&book, folder));
    book.version = hash.finalize().iter().take(5).map(|b| format!("{b:02x}")).collect();
    if faults.is_empty() { Ok(book) } else { Err(faults) }
}

/// Parts with their chapters (title, slug) as `SUMMARY.md` lists them.
fn contents(summary: &str, faults: &mut Vec<String>) -> Vec<(String, Vec<(String, String)>)> {
    let mut parts: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for (at, line) in summary.lines().enumerate() {
        if let Some(title) = line.strip_prefix("# ") {
            parts.push((title.trim().to_owned(), Vec::new()));
            continue;
        }
        let line = line.trim().trim_start_matches("- ");
        if line.is_empty() {
            continue;
        }
        let link = line
            .strip_prefix('[')
            .and_then(|l| l.split_once("]("))
            .and_then(|(t, l)| Some((t, l.strip_suffix(".md)")?)));
        match (link, parts.last_mut()) {
            (Some((title, slug)), Some((_, chapters))) if is_slug(slug) => {
                chapters.push((title.to_owned(), slug.to_owned()))
            }
            _ => faults.push(format!("SUMMARY.md, line {}: no chapter", at + 1)),
        }
    }
    // Its own title is no part.
    parts.retain(|(_, chapters)| !chapters.is_empty());
    parts
}

fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn pictures(folder: &Path, hash: &mut Sha256, faults: &mut Vec<String>) -> Vec<Picture> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        let Ok(bytes) = fs::read(&path) else { continue };
        let Some((width, height)) = webp_size(&bytes) else {
            faults.push(format!("pictures/{name}: no WebP picture"));
            continue;
        };
        hash.update(&bytes);
        let tag: String = Sha256::digest(&bytes).iter().take(5).map(|b| format!("{b:02x}")).collect();
        let file = format!("{}.{tag}.webp", name.trim_end_matches(".webp"));
        out.push(Picture { name, file, path, width, height });
    }
    out
}

/// Width and height of a WebP picture (RFC 9649, 2.5 and 2.7): lossy as it is, or with an extended head.
fn webp_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let byte = |at: usize| bytes.get(at).copied().map(u32::from);
    let short = |at: usize| Some(byte(at)? | byte(at + 1)? << 8);
    (bytes.get(..4)? == b"RIFF").then_some(())?;
    match bytes.get(8..16)? {
        b"WEBPVP8 " => Some((short(26)? & 0x3fff, short(28)? & 0x3fff)),
        b"WEBPVP8X" => Some(((short(24)? | byte(26)? << 16) + 1, (short(27)? | byte(29)? << 16) + 1)),
        _ => None,
    }
}

/// Links into the book that lead nowhere, and chapters that the summary does not name.
fn lost(book: &Book, folder: &Path) -> Vec<String> {
    let all = || book.parts.iter().flat_map(|part| &part.chapters);
    let mut faults = Vec::new();
    for chapter in all() {
        for (slug, id) in &chapter.links {
            let there = all()
                .find(|c| c.slug == *slug)
                .is_some_and(|c| id.is_empty() || c.sections.iter().any(|s| s.id == *id));
            if !there {
                faults.push(format!("{}.md: {slug}.md#{id} is not there", chapter.slug));
            }
        }
    }
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if let Some(slug) = name.strip_suffix(".md")
            && slug != "SUMMARY"
            && !all().any(|c| c.slug == slug)
        {
            faults.push(format!("{name} is not in the summary"));
        }
    }
    faults
}

/// What is being written at the moment.
struct Writer<'a> {
    slug: &'a str,
    pictures: &'a [Picture],
    chapter: Chapter,
    out: Vec<Event<'a>>,
    heads: Vec<String>,
    cell: usize,
    in_head: bool,
    in_heading: bool,
    regions: BTreeSet<String>,
    faults: Vec<String>,
}

/// Turns one chapter into a page.
///
/// # Errors
/// Every fault, each with its line.
pub fn chapter(slug: &str, written: &str, pictures: &[Picture]) -> Result<Chapter, Vec<String>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_GFM;
    let mut w = Writer {
        slug,
        pictures,
        chapter: Chapter { slug: slug.to_owned(), sections: vec![Section::default()], ..Chapter::default() },
        out: Vec::new(),
        heads: Vec::new(),
        cell: 0,
        in_head: false,
        in_heading: false,
        regions: BTreeSet::new(),
        faults: Vec::new(),
    };
    let mut events = Parser::new_ext(written, options).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let line = written.get(..range.start).map_or(0, |before| before.lines().count()) + 1;
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let inner = until(&mut events, |end| matches!(end, TagEnd::Heading(_)));
                w.heading(level, id.map(|id| id.to_string()), inner, line);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let words = plain(&until(&mut events, |end| *end == TagEnd::Image));
                w.picture(&dest_url, &words, line);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let inner = until(&mut events, |end| *end == TagEnd::CodeBlock);
                w.block(&kind, &inner, line);
            }
            event => w.event(event, line),
        }
    }
    let Writer { mut chapter, out, mut faults, .. } = w;
    if chapter.title.is_empty() {
        faults.push(format!("{slug}.md: no title"));
    }
    html::push_html(&mut chapter.html, out.into_iter());
    chapter.lead = chapter.lead.trim().to_owned();
    for section in &mut chapter.sections {
        section.text = section.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if faults.is_empty() { Ok(chapter) } else { Err(faults) }
}

/// The events before an end.
fn until<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, std::ops::Range<usize>)>,
    over: impl Fn(&TagEnd) -> bool,
) -> Vec<Event<'a>> {
    let mut inner = Vec::new();
    for (event, _) in events {
        match event {
            Event::End(end) if over(&end) => break,
            event => inner.push(event),
        }
    }
    inner
}

fn plain(events: &[Event<'_>]) -> String {
    let words = events.iter().filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    });
    words.collect()
}

impl<'a> Writer<'a> {
    fn fault(&mut self, line: usize, what: &str) {
        self.faults.push(format!("{}.md, line {line}: {what}", self.slug));
    }

    fn html(&mut self, text: String) {
        self.out.push(Event::InlineHtml(text.into()));
    }

    /// Adds to what the search reads.
    fn say(&mut self, text: &str) {
        if self.in_heading {
            return;
        }
        if self.chapter.sections.len() == 1 && self.chapter.lead.len() < 400 && !self.in_table() {
            self.chapter.lead.push_str(text);
        }
        if let Some(section) = self.chapter.sections.last_mut() {
            section.text.push_str(text);
        }
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<String>, inner: Vec<Event<'a>>, line: usize) {
        let text = plain(&inner).trim().to_owned();
        if level == HeadingLevel::H1 {
            if !self.chapter.title.is_empty() {
                self.fault(line, "a second title");
            }
            self.chapter.title = text;
            return;
        }
        let id = id.unwrap_or_else(|| id_of(&text));
        if self.chapter.sections.iter().any(|s| s.id == id) {
            self.fault(line, "a heading of this name stands above");
        }
        let n = if level == HeadingLevel::H2 { 2 } else { 3 };
        self.html(format!("<h{n} id=\"{}\">", escaped(&id)));
        self.in_heading = true;
        for event in inner {
            self.event(event, line);
        }
        self.in_heading = false;
        self.html(format!(
            " <a class=\"anchor noprint\" href=\"#{}\" aria-label=\"رابط إلى: {}\">#</a></h{n}>\n",
            escaped(&id),
            escaped(&text)
        ));
        self.chapter.sections.push(Section { id, heading: text, level: n, text: String::new() });
    }

    fn picture(&mut self, address: &str, words: &str, line: usize) {
        if words.trim().is_empty() {
            self.fault(line, "a picture without words");
        }
        match self.pictures.iter().find(|p| address.strip_prefix("pictures/") == Some(&p.name)) {
            Some(p) => {
                let tag = format!(
                    "<img class=\"shot\" src=\"/help/pictures/{}\" alt=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\">",
                    p.file,
                    escaped(words),
                    p.width,
                    p.height
                );
                self.html(tag);
            }
            None => self.fault(line, &format!("no picture {address}")),
        }
    }

    fn block(&mut self, kind: &CodeBlockKind<'_>, inner: &[Event<'_>], line: usize) {
        let text = plain(inner);
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.to_string(),
            CodeBlockKind::Indented => String::new(),
        };
        if info.is_empty() {
            self.fault(line, "a block that does not say what it holds");
        }
        let label = self.region("أوامر");
        self.html(format!(
            "<div class=\"tbl\" dir=\"ltr\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><pre><code>{}</code></pre></div>\n",
            escaped(&text)
        ));
        self.say(&text);
        self.say(" ");
        self.chapter.blocks.push(Block { info, text, line });
    }

    /// A name for something that scrolls by itself, once in a chapter.
    fn region(&mut self, what: &str) -> String {
        let heading = self.chapter.sections.last().map(|s| s.heading.clone()).filter(|h| !h.is_empty());
        let base = format!("{what}: {}", escaped(&heading.unwrap_or_else(|| self.chapter.title.clone())));
        let free = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base} ({n})") });
        let name = free.into_iter().find(|name| !self.regions.contains(name)).unwrap_or_default();
        self.regions.insert(name.clone());
        name
    }

    fn event(&mut self, event: Event<'a>, line: usize) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) if !text.trim().is_empty() => {
                self.fault(line, &format!("HTML in a chapter: {}", text.trim()));
            }
            Event::Text(text) => {
                self.say(&text);
                self.head(&text);
                self.html(isolated(&text));
            }
            Event::Code(text) => {
                self.say(&text);
                self.head(&text);
                if text.starts_with("shubbak ") {
                    self.chapter.commands.push(text.to_string());
                }
                let tag = if is_key(&text) { "kbd" } else { "code" };
                self.html(format!("<{tag} dir=\"ltr\">{}</{tag}>", escaped(&text)));
            }
            Event::SoftBreak | Event::HardBreak => {
                self.say(" ");
                self.out.push(event);
            }
            Event::Start(Tag::Link { dest_url, title, link_type, id }) => {
                let target = self.link(&dest_url, line);
                self.out.push(Event::Start(Tag::Link { link_type, dest_url: target.into(), title, id }));
            }
            Event::Start(Tag::BlockQuote(kind)) => {
                let class = if kind == Some(BlockQuoteKind::Warning) { "note warn" } else { "note" };
                self.html(format!("<div class=\"{class}\">\n"));
            }
            Event::End(TagEnd::BlockQuote(_)) => self.html("</div>\n".into()),
            Event::Start(Tag::Table(_)) => {
                let label = self.region("جدول");
                self.heads.clear();
                self.html(format!(
                    "<div class=\"tbl\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table class=\"stack\">"
                ));
            }
            Event::End(TagEnd::Table) => {
                self.html("</tbody></table></div>\n".into());
            }
            Event::Start(Tag::TableHead) => {
                self.in_head = true;
                self.html("<thead><tr>".into());
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                self.html("</tr></thead><tbody>\n".into());
            }
            Event::Start(Tag::TableRow) => {
                self.cell = 0;
                self.html("<tr>".into());
            }
            Event::End(TagEnd::TableRow) => self.html("</tr>\n".into()),
            Event::Start(Tag::TableCell) if self.in_head => {
                self.heads.push(String::new());
                self.html("<th scope=\"col\">".into());
            }
            Event::End(TagEnd::TableCell) if self.in_head => self.html("</th>".into()),
            Event::Start(Tag::TableCell) => {
                let head = self.heads.get(self.cell).cloned().unwrap_or_default();
                self.cell += 1;
                self.html(format!("<td data-l=\"{}\"><span>", escaped(&head)));
            }
            Event::End(TagEnd::TableCell) => {
                self.say(" ");
                self.html("</span></td>".into());
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                self.say(" ");
                self.out.push(event);
            }
            event => self.out.push(event),
        }
    }

    fn in_table(&self) -> bool {
        !self.heads.is_empty() || self.in_head
    }

    /// Adds to the name of a column, which each cell below it repeats on a telephone.
    fn head(&mut self, text: &str) {
        if self.in_head
            && let Some(head) = self.heads.last_mut()
        {
            head.push_str(text);
        }
    }

    /// Where a link of a chapter leads in the program.
    fn link(&mut self, target: &str, line: usize) -> String {
        let (file, id) = target.split_once('#').unwrap_or((target, ""));
        if file.is_empty() {
            self.chapter.links.push((self.slug.to_owned(), id.to_owned()));
            return target.to_owned();
        }
        if let Some(slug) = file.strip_suffix(".md") {
            self.chapter.links.push((slug.to_owned(), id.to_owned()));
            return if id.is_empty() { format!("/help/{slug}") } else { format!("/help/{slug}#{id}") };
        }
        if file.starts_with('/') && !file.starts_with("//") {
            self.chapter.screens.push(file.to_owned());
        } else {
            self.fault(line, &format!("a link out of the program: {target}"));
        }
        target.to_owned()
    }
}

/// The id that mdBook gives a heading: letters and digits, a hyphen for a space.
fn id_of(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_ascii_lowercase()),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

/// Whether a word in code style names a key or a chord.
fn is_key(text: &str) -> bool {
    text.split('+').all(|part| {
        matches!(part, "Ctrl" | "Alt" | "Shift" | "Enter" | "Esc" | "Space" | "Tab" | "1–9")
            || part.strip_prefix('F').is_some_and(|n| n.parse::<u8>().is_ok())
            || (part.len() == 1 && part.chars().all(|c| c.is_ascii_uppercase()))
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Latin words isolated from the Arabic around them, so that signs beside them stay in their place.
fn isolated(text: &str) -> String {
    let latin = |c: char| c.is_ascii_alphanumeric() || "./:_-+@%=&".contains(c);
    let mut out = String::new();
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        // Digits and signs that belong to the word stand before its first letter.
        let before = rest.get(..from).unwrap_or_default();
        let start = before.trim_end_matches(latin).len();
        let run = rest.get(start..).unwrap_or_default();
        let mut end = 0;
        for word in run.split_inclusive(' ') {
            if end > 0 && !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
                break;
            }
            let own = word.find(|c: char| !latin(c)).unwrap_or(word.len());
            if word.get(own..) != Some(" ") {
                end += own;
                break;
            }
            end += word.len();
        }
        let run = run.get(..end).unwrap_or_default().trim_end_matches([' ', '.', ':', '-', '،']);
        out.push_str(&escaped(rest.get(..start).unwrap_or_default()));
        out.push_str(&format!("<bdi>{}</bdi>", escaped(run)));
        rest = rest.get(start + run.len()..).unwrap_or_default();
    }
    out.push_str(&escaped(rest));
    out
}
