//! التظلمات: what is objected to lies before the head of the competent unit, or one above; never before
//! who refused.

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::forms::FieldKind;
use foundation::web::{Answer, Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use jiff::ToSpan as _;
use record::Stream;
use record::views::{View, ViewLog};
use registry::privacy::{Field, FieldClass};
use registry::{Case as Looked, Step as At, Viewer};
use uuid::Uuid;

use super::open::failed;
use super::parts;
use crate::Office;
use crate::counter::words::told;
use crate::requests::act::{self, open_words};
use crate::requests::events::{Decision, STREAM};
use crate::requests::queries::{self, Case};
use crate::requests::rules::{Command, day};
use crate::requests::state::{Ending, Objection};
use crate::uploads;

/// Days in which the law awaits an answer: silence after them is a refusal (State Council Law, article 24).
const ANSWER: i64 = 60;

#[derive(Template)]
#[template(path = "desk/objections.html")]
struct ListPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    number: String,
    service: String,
    unit: String,
    filed: String,
    age: String,
    class: &'static str,
    until: String,
}

/// What waits, the oldest first.
pub(super) async fn list(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let c = c.dense();
    let tree = office.units.now();
    let today = day(office.clock.now());
    let rows = queries::objections(&mut office.db.reader(), &viewer, &tree).await?;
    let rows = rows.into_iter().map(|row| {
        let age = i64::from(today.since(row.filed_on).map_or(0, |span| span.get_days()));
        let until = row.filed_on.checked_add(ANSWER.days()).unwrap_or(row.filed_on);
        Line {
            href: format!("/desk/objections/{}", row.request),
            number: c.reference(&row.number),
            service: office.service_name(&row.service, c.lang),
            unit: tree.name_in(c.lang, &row.unit).to_owned(),
            filed: c.date(row.filed_on),
            age: c.t1("objections-age", "n", age),
            class: if age > ANSWER {
                "err"
            } else if age > ANSWER / 2 {
                "warn"
            } else {
                "info"
            },
            until: c.date(until),
        }
    });
    let rows = rows.collect();
    Ok(Html(ListPage { crumbs: vec![Crumb::here(c.t("objections-list"))], rows, c }).into_response())
}

#[derive(Template)]
#[template(path = "desk/objection.html")]
struct CasePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    number: String,
    service: String,
    facts: Vec<Answer>,
    words: String,
    files: Vec<(String, String)>,
    /// Why the form is not there.
    blocked: String,
    action: String,
    command: String,
    version: i64,
    fields: Vec<FieldView>,
}

/// The objection that is open, or the newest.
fn objection(case: &Case) -> Result<&Objection, PageError> {
    let course = &case.state.course;
    course.open_objection().or_else(|| course.objections.last()).ok_or(PageError::NotFound)
}

async fn find(office: &Office, viewer: &Viewer, id: Uuid) -> Result<Case, PageError> {
    let tree = office.units.now();
    let found = queries::objected(&mut office.db.reader(), viewer, &tree, id).await.map_err(failed)?;
    found.ok_or(PageError::NotFound)
}

fn note(log: Option<Extension<ViewLog>>, office: &Office, viewer: &Viewer, case: &Case) {
    if let (Some(Extension(log)), Some(staff)) = (log, viewer.staff()) {
        log.note(View {
            tenant: case.tenant.clone(),
            at: office.clock.now(),
            viewer: staff,
            assignment: viewer.grant(case.seen.under, &case.seen.place).map(|held| held.id),
            stream: Stream::new(STREAM, case.id),
            purpose: "objection",
        });
    }
}

/// What was refused, and why.
fn refusal(c: &Ctx, office: &Office, against: &Ending) -> Vec<Answer> {
    let name = |code: &String| super::forms::reason(c, office, code);
    let mut reasons: Vec<String> = against.reasons.iter().map(name).collect();
    reasons.extend(Some(against.text.clone()).filter(|text| !text.is_empty()));
    let mut lines = vec![
        Answer::text(c.t("objections-refused-on"), c.date(against.on)),
        Answer::text(c.t("objections-refused-why"), reasons.join(c.lang.semicolon())),
    ];
    lines.extend(against.decision.as_ref().map(|decision| {
        let text = c.ta("desk-decision-of", &[("number", &decision.number), ("date", &c.date(decision.date))]);
        Answer::text(c.t("objections-decision"), text)
    }));
    lines
}

/// The words, as far as the field matrix opens them.
async fn words(office: &Office, viewer: &Viewer, c: &Ctx, case: &Case, of: &Objection) -> Result<String, PageError> {
    let subject = case.state.file.applicant.subject;
    let key = office.record.keyring().open(&mut office.db.reader(), &case.tenant, subject).await.map_err(failed)?;
    let Some(key) = key else { return Ok(c.t("counter-erased")) };
    let looked = Looked {
        place: case.seen.place.clone(),
        under: case.seen.under,
        step: At::Closed,
        // The refusal was the decision; whether it stands is the question here.
        decided: true,
        visit: None,
        today: day(office.clock.now()),
    };
    let hidden = c.t("counter-hidden");
    let text = open_words(&key, &of.personal).map_err(failed)?;
    Ok(text.show(viewer, &Field::of(FieldClass::Name, &hidden), &looked).to_string())
}

fn fields(c: &Ctx, office: &Office, data: &FormData, errors: &FormErrors) -> Vec<FieldView> {
    let outcomes = vec![
        Choice::new("upheld", c.t("objections-upheld")).hint(c.t("objections-upheld-hint")),
        Choice::new("rejected", c.t("objections-rejected")),
    ];
    let today = day(office.clock.now());
    vec![
        FieldView::radios("outcome", c.t("objections-outcome"), outcomes).required().filled(data, errors),
        FieldView::textarea("reasons", c.t("objections-reasons")).required().max_length(4_000).filled(data, errors),
        FieldView::text("number", c.t("objections-decision-number")).required().max_length(60).filled(data, errors),
        parts::with_date(FieldView::new(FieldKind::Date, "date", c.t("objections-decision-date")), today)
            .required()
            .filled(data, errors),
    ]
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    case: &Case,
    data: &FormData,
    errors: FormErrors,
) -> Result<CasePage, PageError> {
    let c = c.dense().failed(errors.any());
    let (state, found) = (&case.state, objection(case)?);
    let tree = office.units.now();
    let service = office.version(&state.file.service).ok_or(PageError::NotFound)?;
    let mut facts = vec![
        Answer::text(c.t("objections-unit"), tree.name_in(c.lang, &state.file.unit).to_owned()),
        Answer::text(c.t("objections-filed-on"), c.date(found.on)),
    ];
    facts.extend(refusal(&c, office, &found.against));
    if let Some(ruling) = &found.ruling {
        let key = if ruling.upheld { "objections-upheld" } else { "objections-rejected" };
        let decision =
            c.ta("desk-decision-of", &[("number", &ruling.decision.number), ("date", &c.date(ruling.decision.date))]);
        facts.push(Answer::text(c.t("objections-outcome"), c.t(key)));
        facts.push(Answer::text(c.t("objections-reasons"), ruling.reasons.clone()));
        facts.push(Answer::text(c.t("objections-decision-number"), decision));
    }
    let own = viewer.staff().is_some() && viewer.staff() == found.against.by;
    let blocked = match &found.ruling {
        Some(_) => c.t("objections-decided-already"),
        None if own => c.t("refusal-objection-own"),
        None => String::new(),
    };
    let files = found.files.iter().enumerate().map(|(at, file)| {
        (format!("/desk/objections/{}/files/{}", case.id, file.hash), c.t1("objections-file-n", "n", at + 1))
    });
    Ok(CasePage {
        crumbs: vec![
            Crumb::new("/desk/objections", c.t("objections-list")),
            Crumb::here(c.reference_inline(&state.file.number)),
        ],
        number: c.reference(&state.file.number),
        service: service.name(c.lang).to_owned(),
        words: words(office, viewer, &c, case, found).await?,
        files: files.collect(),
        blocked,
        action: format!("/desk/objections/{}", case.id),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        version: state.version,
        fields: fields(&c, office, data, &errors),
        facts,
        errors,
        c,
    })
}

/// One objection.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    log: Option<Extension<ViewLog>>,
) -> Result<Response, PageError> {
    let case = find(&office, &viewer, id).await?;
    note(log, &office, &viewer, &case);
    Ok(Html(page(&office, &viewer, c, &case, &FormData::default(), FormErrors::new()).await?).into_response())
}

/// Decides it.
pub(super) async fn decide(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let case = find(&office, &viewer, id).await?;
    let mut errors = FormErrors::new();
    let upheld = match data.get("outcome") {
        "upheld" => Some(true),
        "rejected" => Some(false),
        _ => {
            errors.add("outcome", c.t("objections-outcome-missing"));
            None
        }
    };
    let reasons = data.required("reasons", &mut errors, || c.t("objections-reasons-missing"));
    let number = data.required("number", &mut errors, || c.t("objections-number-missing"));
    let date = parts::required_date(&c, &data, "date", &mut errors);
    if let (false, Some(upheld), Some(date)) = (errors.any(), upheld, date) {
        let objection = objection(&case)?.no;
        let what = Command::DecideObjection { objection, upheld, reasons, decision: Decision { number, date } };
        let wanted = case.act(parts::command(&data)?, parts::version(&data), what);
        match act::act(&office, &viewer, wanted).await {
            Ok(_) => {
                let number = c.reference_inline(&case.state.file.number);
                let key = if upheld { "objections-done-upheld" } else { "objections-done-rejected" };
                let flash = Flash::ok(c.t1(key, "number", number));
                return Ok(see_other("/desk/objections").with_flash(flash).into_response());
            }
            Err(error) => errors.add("", told(&c, &office, error)?),
        }
    }
    Ok(Html(page(&office, &viewer, c, &case, &data, errors).await?).unprocessable())
}

/// A paper that came with an objection.
pub(super) async fn file(
    office: Office,
    viewer: Viewer,
    Path((id, hash)): Path<(Uuid, String)>,
    log: Option<Extension<ViewLog>>,
) -> Result<Response, PageError> {
    let case = find(&office, &viewer, id).await?;
    let mut given = case.state.course.objections.iter().flat_map(|objection| &objection.files);
    if !given.any(|file| file.hash == hash) {
        return Err(PageError::NotFound);
    }
    note(log, &office, &viewer, &case);
    let (media, bytes) = uploads::fetch(&office, &case.tenant, id, &hash).await?.ok_or(PageError::NotFound)?;
    let short: String = hash.chars().take(8).collect();
    Ok(uploads::download(&format!("objection-{short}"), media, bytes))
}
