//! لغة الواجهة: Arabic, which the product is written in, and English, its translation.
//!
//! What is kept (names of services, units, documents) often has both languages; [`Lang::pick`] is the one
//! choice between them. Legal papers are Arabic whatever the page is.

/// لغة الصفحة: the language of a page. Arabic is the product; English falls back to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Arabic as written in Egypt, right to left.
    #[default]
    Ar,
    /// English, left to right.
    En,
}

impl Lang {
    /// Both, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Ar, Self::En];

    /// The tag for the `lang` attribute.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// The value for the `dir` attribute.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En => "ltr",
        }
    }

    /// The language of a tag, exactly as [`Lang::tag`] gives it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The one to switch to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ar => Self::En,
            Self::En => Self::Ar,
        }
    }

    /// What the language calls itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ar => "العربية",
            Self::En => "English",
        }
    }

    /// The words in this language, and the Arabic ones where there are no others. A page that is not
    /// Arabic marks what stays Arabic by itself ([`crate::web`]).
    #[must_use]
    pub fn pick<'a>(self, ar: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::En if !en.is_empty() => en,
            _ => ar,
        }
    }

    /// What stands between the items of a list, or a thing and its place: «أ، ب», `a, b`.
    #[must_use]
    pub const fn comma(self) -> &'static str {
        match self {
            Self::Ar => "، ",
            Self::En => ", ",
        }
    }

    /// What stands between longer items: «أ؛ ب», `a; b`.
    #[must_use]
    pub const fn semicolon(self) -> &'static str {
        match self {
            Self::Ar => "؛ ",
            Self::En => "; ",
        }
    }

    /// The items with commas between them.
    #[must_use]
    pub fn list<T: AsRef<str>>(self, items: &[T]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        items.join(self.comma())
    }

    /// Quotation marks of the language: «…», “…”.
    #[must_use]
    pub fn quoted(self, text: &str) -> String {
        match self {
            Self::Ar => format!("«{text}»"),
            Self::En => format!("“{text}”"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_signs_and_arabic_is_there_always() {
        assert_eq!(Lang::Ar.list(&["أ", "ب"]), "أ، ب");
        assert_eq!(Lang::En.list(&["a", "b"]), "a, b");
        assert_eq!(Lang::En.quoted("x"), "“x”");
        assert_eq!(Lang::En.pick("رخصة", "Licence"), "Licence");
        assert_eq!(Lang::En.pick("رخصة", ""), "رخصة");
        assert_eq!(Lang::Ar.pick("رخصة", "Licence"), "رخصة");
        assert_eq!(Lang::of_tag("en"), Some(Lang::En));
        assert_eq!(Lang::of_tag("EN"), None);
        assert_eq!(Lang::En.other(), Lang::Ar);
    }
}
