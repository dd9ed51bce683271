//! The rows themselves, made of the state after an event.

use foundation::db::{Tx, Value};
use foundation::params;
use record::RecordError;
use uuid::Uuid;

use super::touched::touched;
use super::{Key, RequestEvent, register};
use crate::requests::events::{Outcome, StepKind, StepNo};
use crate::requests::state::{Course, IssuedPaper, Objection, Payment, Phase, State, StepClock};

/// Writes what the event changed.
pub(super) async fn write(tx: &mut Tx, key: Key<'_>, event: &RequestEvent, after: &State) -> Result<(), RecordError> {
    if let RequestEvent::Registered(_) = event {
        insert_request(tx, key, after).await?;
        token(tx, &after.file.slip.token, key, "request").await?;
    } else {
        update_request(tx, key, event, after).await?;
    }
    desks(tx, key, event, after).await?;
    match event {
        RequestEvent::PaymentCollected(_) => match after.course.payments.last() {
            Some(payment) => {
                insert_payment(tx, key, after, payment).await?;
                match &payment.paper {
                    Some(receipt) => token(tx, &receipt.token, key, "receipt").await,
                    None => Ok(()),
                }
            }
            None => Ok(()),
        },
        RequestEvent::Issued(_) => match after.course.issued.last() {
            Some(paper) => {
                insert_paper(tx, key, after, paper).await?;
                token(tx, &paper.token, key, "paper").await?;
                match &paper.published {
                    Some(published) => register::insert(tx, key, after, paper, published).await,
                    None => Ok(()),
                }
            }
            None => Ok(()),
        },
        RequestEvent::Objected(_) => match after.course.objections.last() {
            Some(objection) => insert_objection(tx, key, after, objection).await,
            None => Ok(()),
        },
        RequestEvent::ObjectionDecided(data) => {
            let ruling = if data.upheld { "upheld" } else { "rejected" };
            let sql = "UPDATE objections SET ruling = $4, ruled_on = $5 \
                       WHERE tenant = $1 AND request = $2 AND objection = $3";
            let on = data.effect.on.to_string();
            Ok(tx.queue(sql, params![key.tenant, key.id, i64::from(data.objection), ruling, on]).await?)
        }
        RequestEvent::PaperRevoked(ruling)
        | RequestEvent::PaperSuspended(ruling)
        | RequestEvent::PaperRestored(ruling) => update_paper(tx, key, after, &ruling.number).await,
        RequestEvent::PaperSuperseded(data) => update_paper(tx, key, after, &data.number).await,
        RequestEvent::ExpiryReminded(data) => update_paper(tx, key, after, &data.number).await,
        _ => Ok(()),
    }
}

async fn update_paper(tx: &mut Tx, key: Key<'_>, after: &State, number: &str) -> Result<(), RecordError> {
    let issued = after.course.issued.iter().find(|paper| paper.number == number);
    let Some(paper) = issued else { return Ok(()) };
    let look_on = paper.look_on().map(|day| day.to_string());
    let sql = "UPDATE papers SET standing = $3, look_on = $4 WHERE tenant = $1 AND number = $2";
    tx.queue(sql, params![key.tenant, paper.number.as_str(), paper.standing.word(), look_on]).await?;
    match paper.published {
        Some(_) => register::update(tx, after, paper).await,
        None => Ok(()),
    }
}

async fn insert_request(tx: &mut Tx, key: Key<'_>, state: &State) -> Result<(), RecordError> {
    let (file, course) = (&state.file, &state.course);
    tx.queue(
        "INSERT INTO requests (tenant, unit, id, number, service, service_hash, status, decided, subject, agent, token, \
         taken_unit, registered_by, registered_at, registered_on, due, due_at, version, file, course, law_due_at, by_law, \
         account, parent, parent_act, parent_open, mandate) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
         $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)",
        params![
            key.tenant,
            file.unit.as_str(),
            key.id,
            file.number.as_str(),
            file.service.code.as_str(),
            file.service.version.as_str(),
            course.status.word(),
            course.decided,
            file.applicant.subject,
            file.applicant.agent,
            file.slip.token.as_str(),
            file.taken_in.unit.as_str(),
            file.registered_by,
            file.registered_at,
            crate::requests::rules::day(file.registered_at).to_string(),
            course.total.due.to_string(),
            course.total.due_at,
            state.version,
            serde_json::to_vec(file)?,
            serde_json::to_vec(course)?,
            course.watched(),
            by_law(course),
            file.taken_in.account,
            file.parent.as_ref().map(|parent| parent.number.clone()),
            file.parent.as_ref().and_then(|parent| parent.act).map(|act| act.code()),
            parent_open(state),
            file.taken_in.mandate,
        ],
    )
    .await?;
    Ok(())
}

async fn update_request(tx: &mut Tx, key: Key<'_>, event: &RequestEvent, state: &State) -> Result<(), RecordError> {
    let course = &state.course;
    let mut params = params![
        key.tenant,
        key.id,
        course.status.word(),
        course.decided,
        course.total.due.to_string(),
        course.total.due_at,
        state.version,
        serde_json::to_vec(course)?,
        course.watched(),
        by_law(course),
        parent_open(state),
    ];
    let mut sql = "UPDATE requests SET status = $3, decided = $4, due = $5, due_at = $6, version = $7, course = $8, \
                   law_due_at = $9, by_law = $10, parent_open = $11 WHERE tenant = $1 AND id = $2";
    if event.touches_file() {
        sql = "UPDATE requests SET status = $3, decided = $4, due = $5, due_at = $6, version = $7, course = $8, \
               law_due_at = $9, by_law = $10, parent_open = $11, file = $12 WHERE tenant = $1 AND id = $2";
        params.push(Value::from(serde_json::to_vec(&state.file)?));
    }
    // `apply` read the row in this transaction, so that it is there.
    Ok(tx.queue(sql, params).await?)
}

/// Whether the request is still to do something to its parent.
fn parent_open(state: &State) -> Option<i64> {
    let acts = state.file.parent.as_ref().is_some_and(|parent| parent.act.is_some());
    let open = acts && !state.course.status.is_final() && state.course.issued.is_empty();
    open.then_some(1)
}

/// What the law made of silence, as its row says it.
fn by_law(course: &Course) -> Option<&'static str> {
    course.by_law().map(|limit| limit.on_expiry.code())
}

/// A desk as its row shows it.
struct Desk<'a> {
    step: StepNo,
    consult: u16,
    holder: &'a crate::requests::events::Holder,
    kind: StepKind,
    clock: &'a StepClock,
    taken_by: Option<Uuid>,
    state: &'static str,
    outcome: Option<Outcome>,
    closed_at: Option<foundation::clock::Micros>,
}

const COLUMNS: usize = 24;

async fn desks(tx: &mut Tx, key: Key<'_>, event: &RequestEvent, after: &State) -> Result<(), RecordError> {
    let mut touched = touched(event);
    if event.moves_limits() {
        // Every desk stands under the limits of the whole request.
        touched.extend(after.course.open_steps().map(|(no, _)| (no, 0)));
        touched
            .extend(after.course.consults.iter().filter(|asked| asked.is_open()).map(|asked| (asked.step, asked.no)));
    }
    let desks: Vec<Desk<'_>> = touched.into_iter().filter_map(|at| desk(after, at)).collect();
    if desks.is_empty() {
        return Ok(());
    }
    let opened = &event.effect().opened;
    let mut params: Vec<Value> = Vec::with_capacity(desks.len() * COLUMNS);
    for desk in &desks {
        let file = &after.file;
        let visit = after.course.next_visit(desk.step).filter(|_| desk.consult == 0 && desk.state != CLOSED);
        // Only an opening tells the id of a step; later events keep the one of the row.
        let of_step = opened.iter().find(|o| o.step == desk.step && o.consult == desk.consult);
        let limit = after.course.limit_of(desk.step).filter(|_| desk.state != CLOSED);
        let id = of_step.map(|opening| opening.id.as_str()).or_else(|| at_window(event, desk.step)).unwrap_or_default();
        params.extend(params![
            key.tenant,
            desk.holder.unit.as_str(),
            desk.holder.department.as_str(),
            key.id,
            desk.step,
            desk.consult,
            id,
            desk.kind.code(),
            file.number.as_str(),
            file.service.code.as_str(),
            file.service.version.as_str(),
            file.applicant.subject,
            desk.state,
            desk.clock.opened_at,
            desk.clock.opened_on.to_string(),
            desk.clock.due.to_string(),
            limit.map_or(desk.clock.due_at, |limit| limit.due_at.min(desk.clock.due_at)),
            desk.taken_by,
            visit.map(|visit| visit.date.to_string()),
            visit.and_then(|visit| visit.inspector),
            desk.outcome.map(outcome_word),
            desk.closed_at,
            limit.map(|limit| limit.due.to_string()),
            by_law(&after.course),
        ]);
    }
    let sql = format!(
        "INSERT INTO request_steps (tenant, unit, department, request, step, consult, step_id, kind, number, service, \
         service_hash, subject, state, opened_at, opened_on, due, due_at, taken_by, visit_on, inspector, outcome, closed_at, law_due, by_law) \
         VALUES {} ON CONFLICT (tenant, request, step, consult) DO UPDATE SET unit = excluded.unit, \
         department = excluded.department, state = excluded.state, opened_at = excluded.opened_at, \
         opened_on = excluded.opened_on, due = excluded.due, due_at = excluded.due_at, taken_by = excluded.taken_by, \
         visit_on = excluded.visit_on, inspector = excluded.inspector, outcome = excluded.outcome, closed_at = excluded.closed_at, \
         law_due = excluded.law_due, by_law = excluded.by_law",
        places(desks.len(), COLUMNS)
    );
    Ok(tx.queue(sql, params).await?)
}

fn at_window(event: &RequestEvent, step: StepNo) -> Option<&str> {
    match event {
        RequestEvent::Registered(data) => {
            data.at_window.as_ref().filter(|opening| opening.step == step).map(|opening| opening.id.as_str())
        }
        _ => None,
    }
}

const CLOSED: &str = "closed";

fn desk(after: &State, (step, consult): (StepNo, u16)) -> Option<Desk<'_>> {
    if consult > 0 {
        let asked = after.course.consult(consult)?;
        return Some(Desk {
            step,
            consult,
            holder: &asked.holder,
            // What is asked is an opinion, whatever the asking step is.
            kind: StepKind::Review,
            clock: &asked.clock,
            taken_by: asked.taken_by,
            state: if asked.is_open() { "open" } else { CLOSED },
            outcome: asked.outcome,
            closed_at: asked.closed_at,
        });
    }
    let stands = after.course.step(step)?;
    let over = !stands.is_open();
    let last = stands.last().filter(|_| over);
    Some(Desk {
        step,
        consult,
        holder: stands.holder.as_ref()?,
        kind: stands.kind?,
        clock: stands.clock.as_ref()?,
        taken_by: stands.taken_by,
        state: match stands.phase {
            Phase::Open => "open",
            Phase::Halted => "halted",
            _ => CLOSED,
        },
        outcome: last.map(|run| run.outcome),
        closed_at: last.map(|run| run.closed_at),
    })
}

async fn insert_objection(tx: &mut Tx, key: Key<'_>, after: &State, objection: &Objection) -> Result<(), RecordError> {
    let file = &after.file;
    tx.queue(
        "INSERT INTO objections (tenant, request, objection, unit, number, service, filed_at, filed_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            key.tenant,
            key.id,
            i64::from(objection.no),
            file.unit.as_str(),
            file.number.as_str(),
            file.service.code.as_str(),
            objection.at,
            objection.on.to_string(),
        ],
    )
    .await?;
    Ok(())
}

async fn insert_payment(tx: &mut Tx, key: Key<'_>, after: &State, payment: &Payment) -> Result<(), RecordError> {
    let holder = after.course.step(payment.step).and_then(|step| step.holder.as_ref());
    let unit = holder.map_or(after.file.unit.as_str(), |holder| holder.unit.as_str());
    tx.queue(
        "INSERT INTO request_payments (tenant, unit, receipt, request, step, amount, slip, collected_by, collected_at, collected_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            key.tenant,
            unit,
            payment.receipt.as_str(),
            key.id,
            payment.step,
            payment.amount,
            payment.slip.as_str(),
            payment.by,
            payment.at,
            payment.on.to_string(),
        ],
    )
    .await?;
    Ok(())
}

async fn insert_paper(tx: &mut Tx, key: Key<'_>, after: &State, paper: &IssuedPaper) -> Result<(), RecordError> {
    let holder = after.course.step(paper.step).and_then(|step| step.holder.as_ref());
    let unit = holder.map_or(after.file.unit.as_str(), |holder| holder.unit.as_str());
    tx.queue(
        "INSERT INTO papers (tenant, unit, number, token, request, step, kind, service, subject, status_index, standing, \
         issued_at, issued_on, expires, look_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params![
            key.tenant,
            unit,
            paper.number.as_str(),
            paper.token.as_str(),
            key.id,
            paper.step,
            paper.kind.as_str(),
            after.file.service.code.as_str(),
            after.file.applicant.subject,
            paper.status_index,
            paper.standing.word(),
            paper.issued_at,
            paper.issued_on.to_string(),
            paper.expires.map(|day| day.to_string()),
            paper.look_on().map(|day| day.to_string()),
        ],
    )
    .await?;
    Ok(())
}

async fn token(tx: &mut Tx, token: &str, key: Key<'_>, kind: &str) -> Result<(), RecordError> {
    let sql = "INSERT INTO tokens (token, tenant, kind, id) VALUES ($1, $2, $3, $4)";
    Ok(tx.queue(sql, params![token, key.tenant, kind, key.id]).await?)
}

/// The word of an outcome in its row.
fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Reported => "reported",
        Outcome::Assessed => "assessed",
        Outcome::Collected => "collected",
        Outcome::Issued => "issued",
        Outcome::HandedOver => "handed_over",
        Outcome::Refused => "refused",
        Outcome::SentBack => "sent_back",
        Outcome::Answered => "answered",
        Outcome::Recalled => "recalled",
        Outcome::Dropped => "dropped",
        Outcome::ByLaw => "by_law",
    }
}

/// `($1, $2), ($3, $4)` for `rows` × `columns`.
pub(super) fn places(rows: usize, columns: usize) -> String {
    let row = |at: usize| {
        let cells: Vec<String> = (1..=columns).map(|cell| format!("${}", at * columns + cell)).collect();
        format!("({})", cells.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
