//! Fees (الرسوم): assessed by an officer or by the rules alone, collected at the payment steps.

use std::collections::BTreeMap;

use catalogue::model::StepKind;
use foundation::money::Piastres;

use super::decision::convened;
use super::guard::Case;
use super::refusal::Refusal;
use crate::requests::events::*;

/// Fixes the fees of every payment that comes after this step.
pub(super) fn assess(
    case: &Case<'_>,
    no: StepNo,
    assessed: &BTreeMap<String, Piastres>,
    sitting: Option<&Sitting>,
    note: &str,
) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    desk.kind(&[StepKind::AssessFee])?;
    desk.no_questions(case)?;
    if desk.seat.committee && sitting.is_none() {
        return Err(Refusal::NeedsSitting);
    }
    sitting.map_or(Ok(()), |sitting| convened(case, &desk, sitting))?;
    let fees = case.facts.fees.ok_or(Refusal::NotProvided { what: "fees" })?;
    let unknown = fees.unknown.iter().filter(|(_, pay)| *pay > no);
    let unknown: Vec<String> = unknown.map(|(part, _)| part.clone()).collect();
    if !unknown.is_empty() {
        return Err(Refusal::FeesUnknown { parts: unknown });
    }
    let lines: Vec<FeeLine> = fees.lines.iter().filter(|line| line.pay > no).cloned().collect();
    let total = lines.iter().map(|line| line.amount).sum();

    let mut turn = case.turn();
    turn.reassess();
    turn.charge(lines);
    turn.close(no, Outcome::Assessed)?;
    turn.advance()?;
    Ok(RequestEvent::FeesAssessed(FeesAssessed {
        step: no,
        assessed: assessed.clone(),
        total,
        sitting: sitting.cloned(),
        note: note.trim().to_owned(),
        effect: turn.finish()?,
    }))
}

/// What a payment step collects: what was charged for it, or what the rules give today.
fn bill(case: &Case<'_>, no: StepNo) -> Result<(Vec<FeeLine>, Vec<FeeLine>), Refusal> {
    let owed: Vec<FeeLine> = case.state.course.owed(no).cloned().collect();
    if !owed.is_empty() {
        return Ok((owed, Vec::new()));
    }
    let fees = case.facts.fees.ok_or(Refusal::NotProvided { what: "fees" })?;
    let unknown = fees.unknown.iter().filter(|(_, pay)| *pay == no);
    let unknown: Vec<String> = unknown.map(|(part, _)| part.clone()).collect();
    if !unknown.is_empty() {
        return Err(Refusal::FeesUnknown { parts: unknown });
    }
    let lines: Vec<FeeLine> = fees.lines.iter().filter(|line| line.pay == no).cloned().collect();
    Ok((lines.clone(), lines))
}

/// Whether it is known that a payment step has nothing to collect.
pub(super) fn nothing_due(case: &Case<'_>, no: StepNo) -> bool {
    bill(case, no).is_ok_and(|(lines, _)| lines.is_empty())
}

/// Takes the money of a payment step, all of it.
pub(super) fn collect(case: &Case<'_>, no: StepNo, amount: Piastres, slip: &str) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    desk.kind(&[StepKind::Pay])?;
    let (lines, new) = bill(case, no)?;
    let due = lines.iter().map(|line| line.amount).sum();
    if amount != due || due == Piastres(0) {
        return Err(Refusal::WrongAmount { due, given: amount });
    }
    let receipt = case.facts.number.ok_or(Refusal::NotProvided { what: "receipt" })?;

    let mut turn = case.turn();
    turn.charge(new);
    turn.close(no, Outcome::Collected)?;
    turn.advance()?;
    Ok(RequestEvent::PaymentCollected(PaymentCollected {
        step: no,
        amount,
        slip: slip.trim().to_owned(),
        receipt: receipt.to_owned(),
        lines,
        token: case.facts.receipt.map(|drawn| drawn.token.clone()),
        personal: case.facts.receipt.map(|drawn| drawn.personal.clone()).unwrap_or_default(),
        effect: turn.finish()?,
    }))
}
