//! Where a part of a service comes from (مصدر البيان), in the editor's words.

use catalogue::Catalogue;
use catalogue::model::{Service, Source};
use foundation::arabic::digits::{Digits, grouped};
use foundation::web::Ctx;
use rust_decimal::Decimal;

/// A source: its kind as a tag, and where to look it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// Class of the tag: what is ours waits for somebody to confirm it.
    pub class: &'static str,
    /// Kind of source.
    pub label: String,
    /// Title, site and date of the page, or the law.
    pub text: String,
    /// Code of the page; empty for others.
    pub code: String,
}

impl Origin {
    pub(super) fn of(c: &Ctx, catalogue: &Catalogue, source: &Source) -> Self {
        let label = source.label(c.lang).to_owned();
        match source {
            Source::Page(code) => {
                let code = code.clone().unwrap_or_default();
                let text = catalogue.page(&code).map_or_else(
                    || c.t("services-origin-pages"),
                    |page| {
                        let more = [Some(page.title.as_str()), page.site.as_deref(), page.date.as_deref()];
                        more.into_iter().flatten().collect::<Vec<_>>().join(c.comma())
                    },
                );
                Self { class: "ok", label, text, code }
            }
            Source::Law(law) => {
                let law = law.as_deref();
                let name = law.and_then(|law| catalogue.law(law)).map(|law| law.name(c.lang)).or(law);
                let text = name.map_or_else(|| c.t("services-origin-law"), str::to_owned);
                Self { class: "info", label, text, code: String::new() }
            }
            Source::Default => Self { class: "warn", label, text: c.t("services-origin-default"), code: String::new() },
        }
    }

    /// The source of one item, where it has its own.
    pub(super) fn own(c: &Ctx, catalogue: &Catalogue, service: &Service, key: &str) -> Option<Self> {
        service.sources.get(key).map(|source| Self::of(c, catalogue, source))
    }
}

/// A number with its thousands parted.
pub(super) fn number(number: Decimal) -> String {
    let plain = number.normalize();
    let whole = i64::try_from(plain).ok().filter(|_| plain.fract().is_zero());
    whole.map_or_else(|| plain.to_string(), |whole| grouped(whole, Digits::Latn))
}

/// A figure with its unit.
pub(super) fn amount(c: &Ctx, value: Decimal, percent: bool) -> String {
    c.t1(if percent { "services-percent" } else { "services-pounds" }, "n", number(value))
}
