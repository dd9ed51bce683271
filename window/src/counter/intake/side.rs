//! Beside the form (بجانب الاستمارة): what it will cost, until when it will take, what is known already.

use std::collections::BTreeMap;

use askama::Template;
use catalogue::Service;
use catalogue::answers::{Answers, Applicant as Told};
use foundation::arabic::digits::Digits;
use foundation::money::Piastres;
use foundation::web::{Ctx, DeadlineView, FormData, PageError};
use registry::citizens::Citizen;
use uuid::Uuid;

use super::super::words::{self, Tag};
use super::{Work, read, who};
use crate::requests::act::split;
use crate::requests::events::Applicant;
use crate::requests::queries;
use crate::requests::rules::{self, Fees, Known};

/// What stands there.
#[derive(Debug, Default)]
pub(in crate::counter) struct Side {
    pub lines: Vec<Line>,
    pub total: String,
    /// Names of parts that cannot be reckoned yet.
    pub later: Vec<String>,
    pub promised: Option<DeadlineView>,
    pub law: String,
    /// Whether a number was typed under which somebody may be known.
    pub asked: bool,
    pub earlier: Vec<Earlier>,
    /// The same service, still under way.
    pub same: bool,
}

/// A line of fees.
#[derive(Debug, Default)]
pub(in crate::counter) struct Line {
    pub label: String,
    pub amount: String,
    pub rule: String,
}

/// An earlier request of the same person.
#[derive(Debug, Default)]
pub(in crate::counter) struct Earlier {
    pub id: String,
    pub number: String,
    pub service: String,
    pub status: Tag,
}

#[derive(Template)]
#[template(path = "counter/side.html")]
pub(super) struct SidePart {
    pub c: Ctx,
    pub side: Side,
}

/// Reckons the side from what was typed so far.
pub(super) async fn side(
    work: &Work<'_>,
    c: &Ctx,
    data: &FormData,
    known: Option<&Citizen>,
) -> Result<Side, PageError> {
    let service = &*work.service;
    let now = work.office.clock.now();
    let today = rules::day(now);
    let told = who::known(service, data, today);
    let answers = read::so_far(service, data, today);
    let unit = read::unit(work, data).unwrap_or_else(|| work.seat.unit.clone());
    let mut side = Side { asked: who::identity(data, today).is_some(), ..Side::default() };
    fees(c, &mut side, work, &told, &answers);
    let tree = work.office.units.now();
    if let Some(calendar) = tree.calendar(&unit) {
        let days = days(service, &catalogue::answers::Case { applicant: &told, answers: &answers });
        let received = calendar.received_day(now);
        side.promised = Some(words::deadline(c, &tree, &unit, calendar.nth_working_day(received, days, &[]), now));
    }
    side.law =
        service.time_limit.statutory.as_ref().map(|law| law.on_expiry.label(c.lang).to_owned()).unwrap_or_default();
    if let Some(citizen) = known {
        let list =
            queries::of_subject(&mut work.office.db.reader(), work.viewer, &work.seat.tenant, citizen.id).await?;
        let others = list.into_iter().filter(|one| one.id != work.request);
        for one in others.take(6) {
            let over = matches!(one.status.as_str(), "closed" | "refused" | "withdrawn" | "voided");
            side.same |= one.service == service.code && !over;
            side.earlier.push(Earlier {
                id: one.id.to_string(),
                number: one.number,
                service: work.office.service_name(&one.service, c.lang),
                status: words::status(c, &one.status),
            });
        }
    }
    Ok(side)
}

fn fees(c: &Ctx, side: &mut Side, work: &Work<'_>, told: &Told, answers: &Answers) {
    let service = &*work.service;
    let json = match answers.to_json() {
        serde_json::Value::Object(json) => json,
        _ => return,
    };
    let (open, _) = split(&service.fields, json);
    let applicant = Applicant {
        subject: Uuid::nil(),
        kind: told.kind,
        agent: told.by_agent.then(Uuid::nil),
        foreign: told.is_foreign,
        sex: told.sex.map(str::to_owned),
    };
    let known = Known::told(service, &applicant, &open);
    let figures = work.office.figures(&work.seat.tenant);
    let fees = Fees::reckon(&known, &figures, &BTreeMap::new(), rules::day(work.office.clock.now()));
    let total: Piastres = fees.lines.iter().map(|line| line.amount).sum();
    side.total = total.number(Digits::Latn);
    side.lines = fees
        .lines
        .into_iter()
        .map(|line| Line {
            label: service.charge_label(c.lang, &line.part, &line.label),
            amount: line.amount.number(Digits::Latn),
            rule: line.rule,
        })
        .collect();
    let name = |code: &str| {
        let part = service.fee.parts.iter().find(|part| part.code == code);
        part.map_or_else(|| code.to_owned(), |part| part.label(c.lang).to_owned())
    };
    side.later = fees.unknown.iter().map(|(part, _)| name(part)).collect();
}

/// Working days promised: the first variant whose condition holds.
pub(crate) fn days(service: &Service, case: &catalogue::answers::Case<'_>) -> u32 {
    let variants = service.time_limit.variants.iter();
    let holds = |when: &str| catalogue::plan::service_holds(service, when, case).unwrap_or(false);
    let variant = variants.into_iter().find(|variant| holds(&variant.when));
    variant.map_or(service.time_limit.working_days, |variant| variant.working_days)
}
