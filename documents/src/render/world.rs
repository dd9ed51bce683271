//! The closed world that Typst sees: our templates, one data file, our fonts. No disk, no
//! network, no clock.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, WorldExt,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::{Fonts, data::Data};

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

static TEMPLATES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    templates![
        "base.typ",
        "slip80.typ",
        "slip_a5.typ",
        "print_out.typ",
        "paper.typ",
        "building_permit.typ",
        "shop_licence.typ",
        "certificate.typ",
        "receipt.typ",
        "receipt80.typ",
        "ticket80.typ",
        "booklet.typ",
    ]
    .into_iter()
    .filter_map(|(name, text)| Some(Source::new(file_id(name)?, text.to_owned())))
    .collect()
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

fn file_id(name: &str) -> Option<FileId> {
    VirtualPath::new(name).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What one compilation sees.
pub(super) struct World {
    main: FileId,
    data: FileId,
    json: Bytes,
    signed: FileId,
    cose: Bytes,
    fonts: &'static Fonts,
}

impl World {
    pub(super) fn new(template: &str, data: Data, fonts: &'static Fonts) -> Result<Self, String> {
        let id = |name: &str| file_id(name).ok_or_else(|| format!("{name} is no file name"));
        Ok(Self {
            main: id(template)?,
            data: id("data.json")?,
            json: Bytes::new(data.json),
            signed: id("signed-paper.cose")?,
            cose: Bytes::new(data.signed),
            fonts,
        })
    }

    /// One message with its place.
    pub(super) fn explain(&self, diagnostic: &SourceDiagnostic) -> String {
        let span = diagnostic.span;
        let place = span.id().and_then(|id| {
            let source = typst::World::source(self, id).ok()?;
            let line = source.lines().byte_to_line(self.range(span)?.start)? + 1;
            Some(format!(" ({}:{line})", id.vpath().get_without_slash()))
        });
        format!("{}{}", diagnostic.message, place.unwrap_or_default())
    }

    /// All messages.
    pub(super) fn explain_all(&self, diagnostics: &[SourceDiagnostic]) -> String {
        diagnostics.iter().map(|one| self.explain(one)).collect::<Vec<_>>().join("; ")
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = TEMPLATES.iter().find(|source| source.id() == id).cloned();
        found.ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data {
            Ok(self.json.clone())
        } else if id == self.signed {
            Ok(self.cose.clone())
        } else {
            self.source(id).map(|source| Bytes::from_string(source.text().to_owned()))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
