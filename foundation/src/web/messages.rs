//! نصوص الواجهة: every text of the interface, read from `messages/<language>/*.ftl`.
//!
//! # A new text, in both languages
//!
//! 1. Write the key in `messages/ar/<slice>.ftl` and the same key in `messages/en/<slice>.ftl`. The two
//!    take the same `$arguments`. A choice by number has the six forms of Arabic (`zero one two few many
//!    other`) and the two of English (`one other`, and `[0]` where nothing is said differently).
//! 2. Use it: `c.t("key")`, `c.t1("key", "n", n)`, `c.ta("key", &[("n", &n), ("name", &name)])`. A key made
//!    at run time begins with a literal that ends in a dash: `c.t(&format!("desk-state-{name}"))`.
//! 3. Numbers, days, times, money, lists and quotation marks come from the page too: `c.n`, `c.date`,
//!    `c.weekday`, `c.times`, `c.instant`, `c.money`, `c.list`, `c.quoted`. Names that are kept in both
//!    languages: `service.name(c.lang)`, `field.label(c.lang)`, or [`Lang::pick`].
//! 4. What leaves the house as a legal paper is Arabic: `let c = &c.in_arabic();`.
//!
//! The build refuses a used key without a text in either language, a key that only one language has, and
//! a text that takes other arguments than its twin ([`super::messages_check`]). Arabic that stays on an
//! English page (names people typed, advice that has no translation) is marked `lang="ar"` by the shell.
//!
//! The files are embedded when the program is built. Texts are Fluent messages; numbers inside
//! them follow the digits of the page ([`Digits`]) and Arabic plural forms come from CLDR. No
//! isolation characters are added: a template isolates Latin parts with `<bdi>`.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::types::{FluentNumber, FluentNumberOptions, FluentValue};
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

pub use crate::arabic::digits::Digits;
use crate::arabic::digits::grouped;
pub use crate::lang::Lang;

type Bundle = fluent_bundle::bundle::FluentBundle<FluentResource, IntlLangMemoizer>;

/// One embedded message file: language folder, file name, text.
struct MessageFile {
    language: &'static str,
    name: &'static str,
    text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// A value that a message can take: numbers choose plural forms, texts are inserted as they are.
pub trait ToArg {
    /// The value as Fluent sees it.
    fn to_arg(&self) -> FluentValue<'_>;
}

macro_rules! number_arg {
    ($($kind:ty),*) => {$(
        impl ToArg for $kind {
            fn to_arg(&self) -> FluentValue<'_> {
                number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )*};
}
number_arg!(i16, i32, i64, u8, u16, u32, u64, usize);

impl ToArg for str {
    fn to_arg(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl ToArg for String {
    fn to_arg(&self) -> FluentValue<'_> {
        self.as_str().to_arg()
    }
}

impl ToArg for Cow<'_, str> {
    fn to_arg(&self) -> FluentValue<'_> {
        self.as_ref().to_arg()
    }
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> FluentValue<'_> {
        (**self).to_arg()
    }
}

/// Arguments of a message: `&[("n", &3), ("name", &name)]`.
pub type Args<'a> = &'a [(&'a str, &'a dyn ToArg)];

/// A number as Fluent takes it. The plural rules of the crate beneath forget the "modulo 100" of
/// Arabic (103 is as 3, 111 as 11), so a number from 100 on is given by the small number of its
/// form, and travels itself in an option that pages do not use.
fn number(value: i64) -> FluentValue<'static> {
    let form = match value.unsigned_abs() {
        small @ ..100 => small,
        large => match large % 100 {
            0..=2 => 100,
            rest => rest,
        },
    };
    let mut options = FluentNumberOptions::default();
    if form != value.unsigned_abs() || value < 0 {
        options.currency = Some(value.to_string());
    }
    FluentValue::Number(FluentNumber::new(form as f64, options))
}

fn printed(value: &FluentValue<'_>, digits: Digits) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let text = number.options.currency.clone().unwrap_or_else(|| number.value.to_string());
    text.parse().ok().map(|whole| grouped(whole, digits))
}

/// A number as prose shows it.
pub(super) fn number_text(value: &FluentValue<'_>, digits: Digits) -> String {
    match (printed(value, digits), value) {
        (Some(text), _) => text,
        (None, FluentValue::String(text)) => text.clone().into_owned(),
        (None, _) => String::new(),
    }
}

fn arab_digits(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    printed(value, Digits::Arab)
}

fn latn_digits(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    printed(value, Digits::Latn)
}

fn bundle(language: &str, digits: Digits) -> Bundle {
    let id: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match digits {
        Digits::Latn => latn_digits,
        Digits::Arab => arab_digits,
    }));
    for file in MESSAGES.iter().filter(|f| f.language == language) {
        // A file with a mistake still gives its good messages; the tests refuse the mistake.
        let resource = match FluentResource::try_new(file.text.to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                tracing::error!(file = file.name, ?errors, "message file has errors");
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(file = file.name, ?errors, "message defined twice");
        }
    }
    bundle
}

static AR_LATN: LazyLock<Bundle> = LazyLock::new(|| bundle("ar", Digits::Latn));
static AR_ARAB: LazyLock<Bundle> = LazyLock::new(|| bundle("ar", Digits::Arab));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", Digits::Latn));

/// The text of `key`, or nothing if no file has it.
#[must_use]
pub fn find(lang: Lang, digits: Digits, key: &str, args: Args<'_>) -> Option<String> {
    let arabic = match digits {
        Digits::Latn => &*AR_LATN,
        Digits::Arab => &*AR_ARAB,
    };
    let own = match lang {
        Lang::Ar => None,
        Lang::En => format(&EN, key, args),
    };
    own.or_else(|| format(arabic, key, args))
}

/// The text of `key`; a key without text (the build refuses it) shows itself.
#[must_use]
pub fn text(lang: Lang, digits: Digits, key: &str, args: Args<'_>) -> String {
    find(lang, digits, key, args).unwrap_or_else(|| {
        tracing::error!(key, "message missing");
        key.to_owned()
    })
}

fn format(bundle: &Bundle, key: &str, args: Args<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut given = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        given.set(*name, value.to_arg());
    }
    let mut errors: Vec<FluentError> = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&given), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "message could not be filled");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_no_key_is_defined_twice() {
        let mut seen = std::collections::BTreeMap::new();
        for file in MESSAGES {
            if let Err((_, errors)) = FluentResource::try_new(file.text.to_owned()) {
                panic!("{}: {errors:?}", file.name);
            }
            for line in file.text.lines() {
                let Some((key, _)) = line.split_once(" =") else { continue };
                if key.starts_with(|c: char| c.is_ascii_lowercase()) {
                    let earlier = seen.insert((file.language, key), file.name);
                    assert_eq!(earlier, None, "{key} again in {}", file.name);
                }
            }
        }
    }

    #[test]
    fn arabic_plurals_follow_the_number() {
        let say = |n: i64| text(Lang::Ar, Digits::Latn, "common-working-days", &[("n", &n)]);
        assert_eq!(say(0), "أقل من يوم عمل");
        assert_eq!(say(1), "يوم عمل واحد");
        assert_eq!(say(2), "يوما عمل");
        assert_eq!(say(3), "3 أيام عمل");
        assert_eq!(say(11), "11 يوم عمل");
        assert_eq!(say(100), "100 يوم عمل");
        assert_eq!(say(103), "103 أيام عمل");
        assert_eq!(say(111), "111 يوم عمل");
        assert_eq!(say(12_345), "12,345 يوم عمل");
        assert_eq!(say(1_000_002), "1,000,002 يوم عمل");
    }

    #[test]
    fn digits_follow_the_setting_and_nothing_is_isolated() {
        let args: Args<'_> = &[("n", &25), ("name", &"منى")];
        assert_eq!(text(Lang::Ar, Digits::Arab, "common-working-days", args), "٢٥ يوم عمل");
        let all: String = ["common-working-days", "common-signed-in-as"]
            .iter()
            .map(|k| text(Lang::En, Digits::Latn, k, args))
            .collect();
        assert!(!all.contains(['\u{2068}', '\u{2069}']), "{all}");
    }

    #[test]
    fn an_unknown_key_shows_itself() {
        assert_eq!(text(Lang::Ar, Digits::Latn, "no-such-key", &[]), "no-such-key");
    }
}
