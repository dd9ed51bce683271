//! Limits of the law in words (المدد القانونية): what runs, until when, and what silence made of a request.
//!
//! One place for the officer's file, the window, the head's list and the citizen's journey.

use catalogue::Catalogue;
use catalogue::model::{DayKind, Expiry};
use foundation::calendar::WorkCalendar;
use foundation::clock::Micros;
use foundation::dates;
use foundation::web::messages::ToArg;
use foundation::web::{Ctx, DeadlineView};
use jiff::civil::Date;

use crate::requests::events::LegalLimit;
use crate::requests::state::{Course, LimitEnd};

/// Days before the end of a limit from which pages warn.
const SOON: i64 = 7;

/// What the law says about a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LawView {
    /// What it made of silence.
    pub passed: Vec<Passed>,
    /// What runs.
    pub running: Vec<Running>,
}

/// A limit that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passed {
    /// Class of the note.
    pub class: &'static str,
    /// The whole sentence, with the ground.
    pub text: String,
    /// What that opens; empty where nothing.
    pub next: String,
}

/// A limit that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Running {
    /// What has to be done in time.
    pub label: String,
    /// Until when.
    pub due: DeadlineView,
    /// What silence would mean.
    pub effect: String,
    /// A warning, when the day is near.
    pub soon: String,
}

/// The law's limits of a request.
pub(crate) fn view(
    c: &Ctx,
    catalogue: &Catalogue,
    course: &Course,
    calendar: Option<&WorkCalendar>,
    now: Micros,
) -> LawView {
    let mut view = LawView::default();
    for clock in &course.limits {
        match clock.end {
            Some(LimitEnd::Passed { .. }) => view.passed.push(passed(c, catalogue, &clock.limit)),
            Some(LimitEnd::Answered { .. }) => {}
            None => {
                let line = running(c, course, &clock.limit, calendar, now);
                // The law may give the whole request and its first stage the same day.
                let told = view.running.iter().any(|other| (&other.due, &other.effect) == (&line.due, &line.effect));
                if !told {
                    view.running.push(line);
                }
            }
        }
    }
    view
}

fn running(c: &Ctx, course: &Course, limit: &LegalLimit, calendar: Option<&WorkCalendar>, now: Micros) -> Running {
    let due = deadline(c, calendar, limit.day_kind, limit.due, now);
    let near = (0..=SOON).contains(&due.days_left) && limit.on_expiry != Expiry::None;
    let held = course.holds_limit(limit).is_some();
    let effect = c.t(&format!("law-silence-{}", word(limit.on_expiry)));
    Running {
        label: if limit.label.is_empty() { c.t("law-whole") } else { limit.label.clone() },
        soon: match (near, held) {
            (_, true) => c.t("law-held"),
            (true, false) => c.ta("law-soon", &[("date", &due.date), ("effect", &effect)]),
            (false, false) => String::new(),
        },
        due,
        effect,
    }
}

fn passed(c: &Ctx, catalogue: &Catalogue, limit: &LegalLimit) -> Passed {
    let days = days(c, limit.days.into(), limit.day_kind);
    let (date, ground) = (c.date(limit.due), ground(c, catalogue, limit));
    let args: [(&str, &dyn ToArg); 4] =
        [("days", &days), ("date", &date), ("ground", &ground), ("label", &limit.label)];
    let of_step = limit.step.is_some() && limit.on_expiry == Expiry::DeemedApproved;
    let key = if of_step { "step" } else { word(limit.on_expiry) };
    Passed {
        class: class(limit.on_expiry),
        text: c.ta(&format!("law-passed-{key}"), &args),
        next: match limit.on_expiry {
            Expiry::DeemedApproved | Expiry::PreliminaryAcceptance => c.t(&format!("law-next-{key}")),
            _ => String::new(),
        },
    }
}

/// Class of tags and notes of an effect.
pub(crate) const fn class(effect: Expiry) -> &'static str {
    match effect {
        Expiry::DeemedApproved | Expiry::PreliminaryAcceptance => "ok",
        Expiry::DeemedRefused | Expiry::Lapses => "err",
        Expiry::AdministrativeClosure | Expiry::None => "warn",
    }
}

/// Tag of a request on which the law spoke, by the word of its row.
pub(crate) fn tag(c: &Ctx, code: &str) -> Option<(&'static str, String)> {
    let effect = Expiry::ALL.into_iter().find(|effect| effect.code() == code)?;
    Some((class(effect), c.t(&format!("law-tag-{}", word(effect)))))
}

const fn word(effect: Expiry) -> &'static str {
    match effect {
        Expiry::None => "none",
        Expiry::DeemedApproved => "approved",
        Expiry::DeemedRefused => "refused",
        Expiry::PreliminaryAcceptance => "in-principle",
        Expiry::AdministrativeClosure => "closure",
        Expiry::Lapses => "lapses",
    }
}

/// The law behind a limit: its name and articles.
fn ground(c: &Ctx, catalogue: &Catalogue, limit: &LegalLimit) -> String {
    let Some(code) = &limit.law else { return c.t("law-ground-none") };
    let name = catalogue.law(code).map_or_else(|| code.clone(), |law| law.name(c.lang).to_owned());
    match &limit.articles {
        Some(articles) => c.ta("law-ground", &[("law", &name), ("articles", articles)]),
        None => name,
    }
}

/// A last day of the law with the days that are left, of the kind that the law counts.
pub(crate) fn deadline(
    c: &Ctx,
    calendar: Option<&WorkCalendar>,
    kind: DayKind,
    due: Date,
    now: Micros,
) -> DeadlineView {
    let today = dates::day_of(now);
    let days_left = match (kind, calendar) {
        (DayKind::Working, Some(calendar)) => calendar.remaining(now, due),
        _ => today.until(due).map_or(0, |span| i64::from(span.get_days())),
    };
    DeadlineView {
        date: c.date(due),
        iso: dates::iso(due),
        days_left,
        calendar: kind == DayKind::Calendar,
        ..DeadlineView::default()
    }
}

/// A number of days in words.
pub(crate) fn days(c: &Ctx, days: u32, kind: DayKind) -> String {
    match kind {
        DayKind::Working => c.t1("common-working-days", "n", days),
        DayKind::Calendar => c.t1("common-calendar-days", "n", days),
    }
}
