//! نتيجة التحقق: what a paper is worth, and what of it is shown.
//!
//! The holder is masked on the page: who holds the paper compares it, nobody else learns a name.

use documents::sign::{Claims, Figure, FigureKind, PaperType};
use foundation::arabic::digits::Digits;
use foundation::clock::Micros;
use foundation::dates;
use foundation::money::Piastres;
use foundation::web::{Answer, Ctx};
use jiff::civil::Date;
use registry::units::Tree;
use rust_decimal::Decimal;

use super::journey::grouped;
use super::places;
use super::words::number_text;
use crate::requests::state::Standing;

/// ما ثبت عن المحرر
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// سارية
    Valid,
    /// انتهت مدتها
    Expired,
    /// لم تبدأ بعد
    NotYet,
    /// موقوفة
    Suspended,
    /// ملغاة
    Revoked,
    /// حل محلها غيرها
    Superseded,
    /// The signature is good; this server has no row of the paper.
    Signed,
    /// Changed, or signed by somebody else.
    Forged,
    /// No such paper.
    Unknown,
}

impl Word {
    /// Every word, with its name in messages and in the verifier's templates.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Expired => "expired",
            Self::NotYet => "not-yet",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
            Self::Signed => "valid-unchecked",
            Self::Forged => "forged",
            Self::Unknown => "unknown",
        }
    }

    /// Class of the box.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Valid => "ok",
            Self::Expired | Self::NotYet | Self::Suspended | Self::Superseded | Self::Signed => "warn",
            Self::Revoked | Self::Forged | Self::Unknown => "err",
        }
    }

    const fn icon(self) -> &'static str {
        match self.class().as_bytes() {
            b"ok" => "tick",
            b"warn" => "warning",
            _ => "cross",
        }
    }

    /// The word of a paper on record, on a day.
    pub(crate) fn of(standing: Standing, expires: Option<Date>, today: Date) -> Self {
        match standing {
            Standing::Revoked => Self::Revoked,
            Standing::Superseded => Self::Superseded,
            Standing::Suspended => Self::Suspended,
            Standing::Valid if expires.is_some_and(|last| last < today) => Self::Expired,
            Standing::Valid => Self::Valid,
        }
    }
}

/// The verdict as the page shows it.
#[derive(Debug, Default)]
pub(crate) struct VerdictView {
    pub class: &'static str,
    pub icon: &'static str,
    pub title: String,
    pub text: String,
    pub rows: Vec<Answer>,
    /// When this was true.
    pub as_of: String,
}

impl VerdictView {
    pub(crate) fn of(c: &Ctx, word: Word, rows: Vec<Answer>, now: Micros) -> Self {
        let name = word.name();
        Self {
            class: word.class(),
            icon: word.icon(),
            title: c.t(&format!("public-verdict-{name}")),
            text: c.t(&format!("public-verdict-{name}-text")),
            rows,
            as_of: c.instant(now),
        }
    }
}

/// What is shown of a paper on record.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub kind: String,
    pub service: String,
    pub number: String,
    pub unit: String,
    pub tenant: String,
    pub holder: Option<String>,
    pub last_four: Option<u16>,
    pub place: String,
    pub issued: Option<Date>,
    pub expires: Option<Date>,
    pub figures: Vec<Figure>,
    /// On a receipt: what was paid for, and the slip that came with the money.
    pub request: String,
    pub slip: String,
    /// A receipt has no end of validity.
    pub receipt: bool,
    /// Number of the paper that took its place.
    pub replaced_by: String,
}

impl Shown {
    /// What the signed claims say; `service` names the service by its code.
    pub(crate) fn of_claims(claims: &Claims, service: impl Fn(&str) -> String) -> Self {
        let day = |seconds: i64| dates::day_of(Micros::from_seconds(seconds));
        Self {
            kind: claims.kind.arabic().to_owned(),
            service: service(&claims.service),
            number: format!("{:015}", claims.number),
            unit: claims.unit.clone(),
            tenant: claims.issuer.clone(),
            holder: Some(claims.holder.clone()),
            last_four: claims.nid_last4,
            place: claims.place.clone(),
            issued: Some(day(claims.issued)),
            // Not valid from this second on: the last day is the one before.
            expires: claims.expires.map(|end| day(end - 1)),
            figures: claims.figures.clone(),
            request: claims.request.map(|number| format!("{number:015}")).unwrap_or_default(),
            slip: claims.slip.clone(),
            receipt: claims.kind == PaperType::Receipt,
            replaced_by: String::new(),
        }
    }

    pub(crate) fn rows(&self, c: &Ctx, tree: &Tree) -> Vec<Answer> {
        let day = |day: Date| c.date(day);
        let unit = tree.unit(&self.unit).map_or_else(|| self.unit.clone(), |unit| places::title(c, unit));
        let unit = format!("{unit}{}{}", c.comma(), places::governorate(c.lang, &self.tenant));
        let mut rows = vec![
            Answer::text(c.t("verifier-type"), self.kind.as_str()),
            Answer::text(c.t("public-paper-service"), self.service.as_str()),
            Answer::latin(c.t("verifier-number"), grouped(&self.number)),
            Answer::text(c.t("public-paper-unit"), unit),
        ];
        if !self.replaced_by.is_empty() {
            rows.push(Answer::latin(c.t("licences-superseded-by"), grouped(&self.replaced_by)));
        }
        if let Some(holder) = &self.holder {
            rows.push(Answer::text(c.t("verifier-holder"), mask(holder)));
        }
        if let Some(digits) = self.last_four {
            rows.push(Answer::latin(c.t("verifier-last4"), format!("{digits:04}")));
        }
        if !self.place.is_empty() {
            rows.push(Answer::text(c.t("verifier-place"), self.place.as_str()));
        }
        if let Some(issued) = self.issued {
            rows.push(Answer::text(c.t("verifier-issued"), day(issued)));
        }
        if !self.receipt {
            rows.push(Answer::text(c.t("verifier-expires"), self.expires.map_or_else(|| c.t("verifier-no-end"), day)));
        }
        if !self.request.is_empty() {
            rows.push(Answer::latin(c.t("verifier-request"), grouped(&self.request)));
        }
        if !self.slip.is_empty() {
            rows.push(Answer::latin(c.t("verifier-slip"), self.slip.as_str()));
        }
        rows.extend(self.figures.iter().map(|figure| {
            Answer::latin(c.t(&format!("verifier-figure-{}", figure.kind.code())), figure_text(*figure))
        }));
        rows
    }
}

fn figure_text(figure: Figure) -> String {
    match figure.kind {
        FigureKind::Area | FigureKind::Height | FigureKind::Length | FigureKind::BuiltArea => {
            number_text(Decimal::new(figure.value, 2))
        }
        FigureKind::Amount => Piastres(figure.value).number(Digits::Latn),
        FigureKind::Floors | FigureKind::Units | FigureKind::Basements | FigureKind::Persons => {
            figure.value.to_string()
        }
    }
}

/// «أحمد م••• ع•••»: the first word, and the first letter of each other one. The verifier page does the
/// same without a network: `docs/vectors/masked-names.json`.
pub(crate) fn mask(name: &str) -> String {
    let mut words = name.split_whitespace();
    let Some(first) = words.next() else { return "•••".to_owned() };
    let rest = words.map(|word| word.chars().next().map_or_else(String::new, |letter| format!("{letter}•••")));
    std::iter::once(first.to_owned()).chain(rest).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// The verifier page masks by the same rule (`assets/js/mask.js`), tested with the same vectors.
    #[test]
    fn names_are_masked() {
        const VECTORS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/vectors/masked-names.json"));
        let vectors: serde_json::Value = serde_json::from_str(VECTORS).unwrap();
        let names = vectors["names"].as_array().unwrap();
        assert!(names.len() >= 8);
        for vector in names {
            assert_eq!(mask(vector["name"].as_str().unwrap()), vector["masked"].as_str().unwrap());
        }
    }

    #[test]
    fn the_last_day_still_counts() {
        let last = Some(date(2026, 11, 22));
        assert_eq!(Word::of(Standing::Valid, last, date(2026, 11, 22)), Word::Valid);
        assert_eq!(Word::of(Standing::Valid, last, date(2026, 11, 23)), Word::Expired);
        assert_eq!(Word::of(Standing::Revoked, last, date(2026, 11, 23)), Word::Revoked);
        assert_eq!(Word::of(Standing::Suspended, None, date(2026, 11, 23)), Word::Suspended);
    }
}
