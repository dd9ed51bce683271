//! The fonts of the papers (خطوط المحررات), embedded in the program at build time.

use std::sync::LazyLock;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::PdfError;

static EMBEDDED: &[&[u8]] = &include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// Families that the templates name.
const FAMILIES: [&str; 2] = ["Amiri", "Cairo"];

/// A set of fonts (مجموعة خطوط).
pub struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
}

impl Fonts {
    /// The fonts inside the program.
    pub fn embedded() -> &'static Self {
        static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(EMBEDDED.iter().copied()));
        &FONTS
    }

    /// Reads TTF files; files that are no fonts are left out.
    pub fn new(files: impl IntoIterator<Item = &'static [u8]>) -> Self {
        let fonts: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }

    /// Says which family is missing, if any is.
    pub fn check(&self) -> Result<(), PdfError> {
        let missing = |family: &&str| !self.book.contains_family(&family.to_lowercase());
        FAMILIES.into_iter().find(missing).map_or(Ok(()), |family| Err(PdfError::MissingFont(family)))
    }

    /// Whether a letter can be printed at all.
    pub(super) fn covers(&self, letter: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
    }
}
