//! When a text may be published and a figure set or withdrawn. Pure: days and facts are given.

use catalogue::fees::slots;
use catalogue::model::{FeePart, Service};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::check::Checked;
use super::events::{FigureSet, FigureWithdrawn, ServicePublished};

/// More decimal places than any tariff has.
const PLACES: u32 = 4;

/// Why the rules refuse a publication or a figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The text is the one in force.
    #[error("the text is the one published last")]
    NothingChanged,
    /// This very text was published before; a version is named by its text.
    #[error("the same text is version {version}")]
    PublishedBefore {
        /// The version that has this text.
        version: u32,
    },
    /// A service that was published changes from today on at the earliest.
    #[error("the first day is past")]
    FromPast,
    /// A version cannot come into force before the one published last.
    #[error("the last version begins on {from}")]
    BeforeLast {
        /// First day of that version.
        from: Date,
    },
    /// The service's fees have no such number.
    #[error("the service has no such figure")]
    NoFigure,
    /// The value is negative or has more places than a tariff.
    #[error("the value is no amount or percentage")]
    BadValue,
    /// The value lies outside what law or decree allow.
    #[error("the value lies outside its range")]
    OutOfRange(Range),
    /// No number of a decision.
    #[error("a figure needs the number of its decision")]
    NoDecision,
    /// The decision's day is still to come.
    #[error("the decision is dated after today")]
    DecisionAhead,
    /// A decision does not reach back before its own day.
    #[error("the figure begins before its decision")]
    BeforeDecision,
    /// The last day lies before the first.
    #[error("the last day is before the first")]
    EndsBeforeItBegins,
    /// Another figure holds on some of these days.
    #[error("another figure holds from {from}")]
    Overlaps {
        /// First day of that figure.
        from: Date,
        /// Its last day.
        to: Option<Date>,
    },
    /// There is no such figure to withdraw.
    #[error("no such figure was set")]
    NoEntry,
    /// It no longer holds anyway.
    #[error("the figure has ended")]
    Ended,
}

/// A version as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its number.
    pub version: u32,
    /// Hash of its text.
    pub hash: String,
    /// First day in force.
    pub from: Date,
}

/// Decides on a publication. `history` is in the order of publication.
///
/// # Errors
/// Says why not.
pub fn decide_publication(
    history: &[Published],
    text: &Checked,
    from: Date,
    today: Date,
) -> Result<ServicePublished, Refusal> {
    let service = text.service();
    if let Some(last) = history.last() {
        if last.hash == service.hash {
            return Err(Refusal::NothingChanged);
        }
        if let Some(same) = history.iter().find(|before| before.hash == service.hash) {
            return Err(Refusal::PublishedBefore { version: same.version });
        }
        if from < today {
            return Err(Refusal::FromPast);
        }
        if from < last.from {
            return Err(Refusal::BeforeLast { from: last.from });
        }
    }
    Ok(ServicePublished {
        code: service.code.clone(),
        version: history.last().map_or(1, |last| last.version.saturating_add(1)),
        from,
        hash: service.hash.clone(),
        text: text.text().to_owned(),
    })
}

/// A figure that a governorate has set (فئة محلية).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Version of the stream that set it.
    pub entry: i64,
    /// Code of the figure.
    pub figure: String,
    /// Pounds or per cent.
    pub value: Decimal,
    /// Number of the decision.
    pub decision: String,
    /// Day of the decision.
    pub decided_on: Date,
    /// First day in force.
    pub from: Date,
    /// Last day in force, if it ends.
    pub to: Option<Date>,
}

impl Figure {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    fn meets(&self, from: Date, to: Option<Date>) -> bool {
        to.is_none_or(|to| self.from <= to) && self.to.is_none_or(|own| from <= own)
    }
}

/// A figure somebody wants to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFigure {
    /// Code of the figure.
    pub figure: String,
    /// Pounds or per cent.
    pub value: Decimal,
    /// Number of the decision.
    pub decision: String,
    /// Day of the decision.
    pub decided_on: Date,
    /// First day in force.
    pub from: Date,
    /// Last day in force, if it ends.
    pub to: Option<Date>,
}

/// What a figure may be (حدود القيمة), both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// Least value.
    pub min: Option<Decimal>,
    /// Greatest value.
    pub max: Option<Decimal>,
}

impl Range {
    fn contains(&self, value: Decimal) -> bool {
        self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max)
    }
}

/// The range of a figure of a service; none if the service has no such figure.
#[must_use]
pub fn range(service: &Service, figure: &str) -> Option<Range> {
    let slot = slots(service).into_iter().find(|slot| slot.code == figure)?;
    let of = |part: &&FeePart| figure.strip_prefix(part.code.as_str()).is_some_and(|rest| rest.starts_with('.'));
    let part = service.fee.parts.iter().find(of)?;
    let name = figure.get(part.code.len() + 1..).unwrap_or_default();
    let percent = Range { min: Some(Decimal::ZERO), max: Some(Decimal::ONE_HUNDRED) };
    if let Some(reduction) = name.strip_prefix("reduction.") {
        let rates = part.reductions.iter().flat_map(|known| known.rates.iter().map(move |rate| (known, rate)));
        let mut same = rates.filter(|(known, rate)| match &rate.variant {
            Some(variant) => {
                reduction.strip_prefix(known.code.as_str()).and_then(|rest| rest.strip_prefix('.')) == Some(variant)
            }
            None => reduction == known.code,
        });
        return Some(
            same.next().map_or(percent, |(_, rate)| Range { min: Some(rate.percent_min), max: Some(rate.percent_max) }),
        );
    }
    if slot.percent {
        return Some(percent);
    }
    // Floor and ceiling bound the part's amount, not the rates and bases that it is made of.
    let amount = name != "rate" && !part.figures.contains_key(name);
    Some(if amount { Range { min: part.min_egp, max: part.max_egp } } else { Range::default() })
}

/// Decides on a figure. `book` holds the figures of the service in the governorate, `service` is
/// the version in force on the figure's first day.
///
/// # Errors
/// Says why not.
pub fn decide_figure(service: &Service, book: &[Figure], new: &NewFigure, today: Date) -> Result<FigureSet, Refusal> {
    let range = range(service, &new.figure).ok_or(Refusal::NoFigure)?;
    let value = new.value.normalize();
    if value.is_sign_negative() && !value.is_zero() || value.scale() > PLACES {
        return Err(Refusal::BadValue);
    }
    if !range.contains(value) {
        return Err(Refusal::OutOfRange(range));
    }
    if new.decision.trim().is_empty() {
        return Err(Refusal::NoDecision);
    }
    if new.decided_on > today {
        return Err(Refusal::DecisionAhead);
    }
    if new.from < new.decided_on {
        return Err(Refusal::BeforeDecision);
    }
    if new.to.is_some_and(|to| to < new.from) {
        return Err(Refusal::EndsBeforeItBegins);
    }
    let mut same = book.iter().filter(|held| held.figure == new.figure);
    if let Some(held) = same.find(|held| held.meets(new.from, new.to)) {
        return Err(Refusal::Overlaps { from: held.from, to: held.to });
    }
    Ok(FigureSet {
        service: service.code.clone(),
        figure: new.figure.clone(),
        value: value.to_string(),
        decision: new.decision.trim().to_owned(),
        decided_on: new.decided_on,
        from: new.from,
        to: new.to,
    })
}

/// Decides on a withdrawal: the figure held until yesterday, or never if it begins today or later.
///
/// # Errors
/// Says why not.
pub fn decide_withdrawal(service: &str, book: &[Figure], entry: i64, today: Date) -> Result<FigureWithdrawn, Refusal> {
    let held = book.iter().find(|held| held.entry == entry).ok_or(Refusal::NoEntry)?;
    if held.to.is_some_and(|to| to < today) {
        return Err(Refusal::Ended);
    }
    let until = today.yesterday().ok().filter(|until| held.from <= *until);
    Ok(FigureWithdrawn { service: service.to_owned(), entry, until })
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
