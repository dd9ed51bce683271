//! Where the request stands in time: its journey, and who held it how long.

use foundation::dates;
use foundation::web::{Ctx, TrackState, TrackStep, TrackView};

use crate::Office;
use crate::desk::open::Opened;
use crate::desk::parts;
use crate::requests::rules::{Moment, journey, so_far};

/// A desk that held the request.
pub(super) struct HeldLine {
    pub step: String,
    pub place: String,
    pub from: String,
    pub to: String,
    pub worked: u16,
    pub paused: u16,
}

/// The journey, step by step.
pub(super) fn track(c: &Ctx, office: &Office, opened: &Opened) -> TrackView {
    let lines = journey(opened.state(), &opened.service).lines;
    let steps = lines.into_iter().map(|line| {
        let (state, day) = match line.moment {
            Moment::Done => (TrackState::Done, line.to),
            Moment::Now => (TrackState::Now, line.due),
            Moment::Next => (TrackState::Next, None),
            Moment::Ended => (TrackState::Skipped, line.to),
        };
        let department = parts::department(c, office, &line.department);
        let place = match line.unit.as_deref().map(|unit| opened.tree.name_in(c.lang, unit)) {
            Some(unit) if !unit.contains(department.as_str()) => format!("{department}{}{unit}", c.comma()),
            _ => department,
        };
        let date = match (line.moment, day) {
            (_, None) => String::new(),
            (Moment::Now, Some(day)) => c.t1("desk-until", "date", c.date(day)),
            (_, Some(day)) => c.date(day),
        };
        let note = match (line.halted, line.visit) {
            (Some(reason), _) => c.t(&format!("desk-halted-{}", reason.word())),
            (None, Some(day)) => c.t1("desk-visit-on", "date", c.date(day)),
            (None, None) => String::new(),
        };
        TrackStep {
            state,
            title: line.label(c.lang).to_owned(),
            place,
            date,
            iso: day.map(dates::iso).unwrap_or_default(),
            note,
        }
    });
    TrackView { steps: steps.collect() }
}

/// What comes after the steps that are on their desks, and where.
pub(super) fn next(c: &Ctx, office: &Office, opened: &Opened) -> Option<String> {
    let lines = journey(opened.state(), &opened.service).lines;
    let line = lines.into_iter().find(|line| line.moment == Moment::Next)?;
    Some(format!("{}{}{}", line.label(c.lang), c.comma(), parts::department(c, office, &line.department)))
}

/// Who held it how long, in the order of the steps.
pub(super) fn held(c: &Ctx, office: &Office, opened: &Opened) -> Vec<HeldLine> {
    let mut lines = Vec::new();
    for (no, step) in &opened.state().course.steps {
        let label = opened.declared_at(*no).map(|step| step.label(c.lang).to_owned()).unwrap_or_default();
        let place =
            step.holder.as_ref().map(|holder| parts::holder(c, office, &opened.tree, holder)).unwrap_or_default();
        for run in &step.runs {
            lines.push(HeldLine {
                step: label.clone(),
                place: place.clone(),
                from: c.day_of(run.opened_at),
                to: c.date(run.closed_on),
                worked: run.worked,
                paused: run.paused,
            });
        }
        if let Some(clock) = step.clock.as_ref().filter(|_| step.is_open()) {
            let unit = step.holder.as_ref().map_or("", |holder| holder.unit.as_str());
            let calendar = opened.tree.calendar(unit);
            let (worked, paused) = calendar.map(|calendar| so_far(calendar, clock, opened.today)).unwrap_or_default();
            lines.push(HeldLine {
                step: label,
                place,
                from: c.date(clock.opened_on),
                to: c.t("desk-still-there"),
                worked,
                paused,
            });
        }
    }
    lines
}
