//! Papers (المحررات): issue, hand-over, and what becomes of them later.

use catalogue::model::{Output, OutputKind, Service, StepKind, TermUnit};
use foundation::money::Piastres;
use jiff::ToSpan;
use jiff::civil::Date;

use super::guard::{Case, words};
use super::intake::is_personal;
use super::refusal::Refusal;
use super::steps::papers_here;
use crate::requests::events::*;
use crate::requests::state::{IssuedPaper, Standing, State};

/// Issues the paper.
pub(super) fn issue(case: &Case<'_>, no: StepNo) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    desk.kind(&[StepKind::Issue])?;
    let kind = paper_kind(case.facts.service).ok_or(Refusal::WrongKind { kind: desk.step.kind })?;
    let replaces = super::lineage::replaced(case)?;
    papers_here(case)?;
    let due = case.state.course.owed_in_all();
    if due > Piastres(0) {
        return Err(Refusal::Unpaid { due });
    }
    let paper = case.facts.paper.ok_or(Refusal::NotProvided { what: "paper" })?;
    let service = case.facts.service;
    let most = last_day(service, case.state, case.today());
    if let Some(most) = most
        && paper.expires.is_none_or(|expires| expires > most)
    {
        return Err(Refusal::ValidTooLong { most });
    }

    // A duplicate is of the kind of its original.
    let original = case.facts.parent.filter(|_| replaces.as_ref().is_some_and(|paper| paper.act == Act::Duplicate));
    let kind = original.map_or(kind, |original| &original.paper.kind);
    let mut turn = case.turn();
    turn.paper();
    turn.close(no, Outcome::Issued)?;
    turn.advance()?;
    Ok(RequestEvent::Issued(Box::new(Issued {
        step: no,
        number: paper.number.clone(),
        kind: kind.to_owned(),
        token: paper.token.clone(),
        status_index: paper.status_index,
        values: paper.values.clone(),
        personal: paper.personal.clone(),
        expires: paper.expires,
        published: super::lineage::published(case, &paper.values),
        replaces,
        reminders: if service.output.renewable { service.output.reminders.clone() } else { Vec::new() },
        effect: turn.finish()?,
    })))
}

/// Hands the paper over, or tells the result.
pub(super) fn hand_over(case: &Case<'_>, to: Receiver, checked: &str) -> Result<RequestEvent, Refusal> {
    let course = &case.state.course;
    words(checked, "checked")?;
    if to == Receiver::Agent && case.state.file.applicant.agent.is_none() {
        return Err(Refusal::NoAgent);
    }
    let mut turn = case.turn();
    let mut step = None;
    match course.status {
        Status::Refused | Status::Issued if course.handed_over.is_some() => {
            return Err(Refusal::AlreadyHandedOver);
        }
        // A refusal is told; that ends nothing, it has ended.
        Status::Refused => {}
        Status::Issued => {
            step = course.open_steps().find(|(_, step)| step.kind == Some(StepKind::Handover)).map(|(no, _)| no);
            if let Some(no) = step {
                case.running(no)?;
                turn.close(no, Outcome::HandedOver)?;
                turn.advance()?;
            }
        }
        Status::Closed => return Err(Refusal::AlreadyHandedOver),
        status if status.is_final() => return Err(Refusal::Over { status }),
        _ => return Err(Refusal::NotIssued),
    }
    turn.hand_over();
    let checked = checked.trim().to_owned();
    Ok(RequestEvent::HandedOver(HandedOver { step, to, checked, effect: turn.finish()? }))
}

/// Revokes, suspends or restores a paper.
pub(super) fn rule(
    case: &Case<'_>,
    number: &str,
    standing: Standing,
    (reason, decision): (&str, &Decision),
    until: Option<Date>,
) -> Result<RequestEvent, Refusal> {
    let mut signed = case.state.course.signed();
    let paper = signed.find(|paper| paper.number == number);
    let paper = paper.ok_or_else(|| Refusal::NoPaper { number: number.to_owned() })?;
    // What is revoked or replaced stays so: a new paper has to be asked for.
    if paper.standing.is_final() || paper.standing == standing {
        return Err(Refusal::PaperStands { standing: paper.standing });
    }
    words(reason, "reason")?;
    case.decision(decision)?;
    if let Some(until) = until
        && (standing != Standing::Suspended || until < case.today())
    {
        return Err(Refusal::DateOutside { from: case.today(), to: None });
    }
    let ruling = PaperRuling {
        until,
        by: None,
        number: number.to_owned(),
        reason: reason.trim().to_owned(),
        decision: decision.clone(),
        effect: case.turn().finish()?,
    };
    Ok(match standing {
        Standing::Revoked => RequestEvent::PaperRevoked(ruling),
        Standing::Suspended => RequestEvent::PaperSuspended(ruling),
        Standing::Valid => RequestEvent::PaperRestored(ruling),
        // Only another paper replaces a paper.
        Standing::Superseded => return Err(Refusal::PaperStands { standing: paper.standing }),
    })
}

/// A suspension whose last day has passed is over.
pub(super) fn end_suspension(case: &Case<'_>, number: &str) -> Result<RequestEvent, Refusal> {
    let paper = issued(case, number)?;
    let over = paper.suspended_until.filter(|last| paper.standing == Standing::Suspended && *last < case.today());
    let (Some(until), Some(ruling)) = (over, paper.rulings.last()) else { return Err(Refusal::NothingChanged) };
    Ok(RequestEvent::PaperRestored(PaperRuling {
        number: number.to_owned(),
        reason: String::new(),
        decision: ruling.decision.clone(),
        until: Some(until),
        by: None,
        effect: case.turn().finish()?,
    }))
}

/// The holder is reminded that the term ends: of the reminders whose day has come, the last.
pub(super) fn remind(case: &Case<'_>, number: &str) -> Result<RequestEvent, Refusal> {
    let paper = issued(case, number)?;
    let today = case.today();
    let is_due = paper.next_reminder().is_some_and(|(_, day)| day <= today);
    let Some(expires) = paper.expires.filter(|_| is_due) else { return Err(Refusal::NothingChanged) };
    let come = |days: &&u16| expires.checked_sub(i64::from(**days).days()).is_ok_and(|day| day <= today);
    let days = paper.reminders.iter().filter(come).min().copied().ok_or(Refusal::NothingChanged)?;
    Ok(RequestEvent::ExpiryReminded(ExpiryReminded {
        number: number.to_owned(),
        expires,
        days,
        effect: case.turn().finish()?,
    }))
}

fn issued<'a>(case: &Case<'a>, number: &str) -> Result<&'a IssuedPaper, Refusal> {
    let paper = case.state.course.issued.iter().find(|paper| paper.number == number);
    paper.ok_or_else(|| Refusal::NoPaper { number: number.to_owned() })
}

/// Kind of the paper in which a service ends (نوع المحرر); none if it ends in an act.
#[must_use]
pub const fn paper_kind(service: &Service) -> Option<&'static str> {
    match service.output.kind {
        OutputKind::Licence => Some("licence"),
        OutputKind::Approval => Some("approval"),
        OutputKind::Certificate => Some("certificate"),
        OutputKind::None => None,
    }
}

/// Last day on which a paper issued on a day can be valid (آخر يوم لسريان المحرر); none = no end.
#[must_use]
pub fn last_day(service: &Service, state: &State, issued: Date) -> Option<Date> {
    let Output { validity_months, validity_from, .. } = &service.output;
    let parent = state.file.parent.as_ref();
    let begins = super::lineage::begins(parent, issued);
    let ceiling = validity_months.and_then(|months| term(begins, months, TermUnit::Month));
    let asked = validity_from.as_ref().and_then(|term_of| {
        let answers = [&state.course.report, &state.file.answers];
        let value = answers.into_iter().find_map(|answers| answers.get(&term_of.field))?;
        let length = match value {
            serde_json::Value::String(text) => text.split('.').next()?.parse().ok()?,
            value => u32::try_from(value.as_u64()?).ok()?,
        };
        term(begins, length, term_of.unit)
    });
    let own = match (asked, ceiling) {
        (Some(asked), Some(ceiling)) => Some(asked.min(ceiling)),
        (asked, ceiling) => asked.or(ceiling),
    };
    super::lineage::bounded(parent, own)
}

/// The day before the same day after a term: a year from 5 March ends on 4 March.
fn term(from: Date, length: u32, unit: TermUnit) -> Option<Date> {
    let length = i64::from(length);
    let span = match unit {
        TermUnit::Day => jiff::Span::new().try_days(length),
        TermUnit::Month => jiff::Span::new().try_months(length),
        TermUnit::Year => jiff::Span::new().try_years(length),
    };
    from.checked_add(span.ok()?).ok()?.checked_sub(1.day()).ok()
}

/// What stands on the paper without the person (بيانات المحرر): the service's printed fields, as the
/// inspector found them or the applicant gave them.
#[must_use]
pub fn printed_values(state: &State, service: &Service) -> Answers {
    let fields = service.output.printed_fields.iter();
    let open = fields.filter(|id| service.field(id).is_some_and(|field| !is_personal(field)));
    open.filter_map(|id| {
        let value = state.course.report.get(id).or_else(|| state.file.answers.get(id))?;
        Some((id.clone(), value.clone()))
    })
    .collect()
}
