//! A request as the window sees it (ملف الطلب على الشباك): person, journey, papers, money, what can be done now.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::{Answer, Crumb, Ctx, DeadlineView, Html, PageError, TrackView};
use registry::privacy::{FieldClass, may_see};
use registry::{Right, Viewer};
use uuid::Uuid;

use super::open::{self, Opened, Person, Views};
use super::words::{self, Tag};
use super::{papers, printed};
use crate::Office;
use crate::law::{self, LawView};
use crate::licences::chain::{self, LinkLine};
use crate::requests::act::open_answers;
use crate::requests::events::{PaperState, Status, StepKind};
use crate::requests::rules;
use crate::requests::rules::VOID_MINUTES;
use crate::uploads;

/// Rights at a window that open this page: those of the window, and the manager's.
pub(super) const OPENS: [Right; 4] =
    [Right::TakeRequests, Right::CollectPayments, Right::HandOver, Right::VoidRequests];

struct PaperLine {
    name: String,
    state: Tag,
    until: String,
    files: Vec<String>,
}

struct Paid {
    receipt: String,
    amount: String,
    at: String,
}

struct Issued {
    number: String,
    standing: Tag,
    issued: String,
    expires: String,
}

/// A thing to do now.
struct Doing {
    href: String,
    label: String,
    main: bool,
}

#[derive(Template)]
#[template(path = "counter/case.html")]
struct CasePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    id: String,
    number: String,
    service: String,
    unit: String,
    status: Tag,
    due: Option<DeadlineView>,
    law: LawView,
    received: String,
    person: Person,
    agent: Option<Person>,
    /// The applicant's own page; empty for whom it does not open.
    more: String,
    answers: Vec<Answer>,
    papers: Vec<PaperLine>,
    may_open: bool,
    owed: String,
    paid: Vec<Paid>,
    issued: Vec<Issued>,
    missing: Vec<String>,
    reasons: Vec<String>,
    doing: Vec<Doing>,
    slip: bool,
    track: TrackView,
    /// What the request is to do to an earlier paper: words, and the request that it came out of.
    about: Option<(String, String)>,
    chain: Vec<LinkLine>,
    children: Vec<(String, String)>,
}

/// The page.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "case").await?;
    let (state, service) = (opened.state(), &*opened.service);
    let catalogue = office.catalogue();
    let tree = office.units.now();
    let now = office.clock.now();
    let windows = printed::windows(&tree, state);
    if !windows.iter().any(|window| OPENS.iter().any(|right| viewer.grant(*right, window).is_some())) {
        return Err(PageError::forbidden());
    }
    let day = |day: jiff::civil::Date| c.date(day);
    let glance = open::glance(&office, &opened.case);
    let person = open::applicant(&office, &viewer, &c, &opened.case).await?;
    let agent = open::agent(&office, &viewer, &c, &opened.case).await?;
    let corrects = viewer.holding(Right::CorrectPersons).any(|held| held.tenant == opened.case.tenant);
    let more = if corrects { format!("/counter/persons/{}", state.file.applicant.subject) } else { String::new() };
    let asked = state.course.completions.iter().filter(|asked| asked.is_open());
    let ending = state.course.ending.as_ref();
    let owed = state.course.owed_in_all();
    let (chain, children) = lineage(&office, &c, &opened).await?;
    let page = CasePage {
        about: state.file.parent.as_ref().map(|parent| {
            let words = chain::about(&c, parent, &c.reference_inline(&parent.number));
            (words, format!("/counter/requests/{}", parent.request))
        }),
        chain,
        children,
        crumbs: vec![
            Crumb::new("/counter", c.t("counter-nav-desk")),
            Crumb::here(c.reference_inline(&state.file.number)),
        ],
        id: id.to_string(),
        number: state.file.number.clone(),
        service: service.name(c.lang).to_owned(),
        unit: tree.name_in(c.lang, &state.file.unit).to_owned(),
        status: words::status(&c, state.course.status.word()),
        due: state.course.expected().map(|due| words::deadline(&c, &tree, &state.file.unit, due, now)),
        law: law::view(&c, catalogue, &state.course, tree.calendar(&state.file.unit).map(AsRef::as_ref), now),
        received: c.instant(state.file.registered_at),
        answers: answers(&office, &viewer, &c, &opened, &glance).await?,
        papers: state
            .file
            .papers
            .iter()
            .map(|paper| PaperLine {
                name: words::document(&c, catalogue, &paper.doc),
                state: match paper.state {
                    PaperState::Presented => Tag { class: "ok", label: c.t("counter-paper-here") },
                    PaperState::Pending => Tag { class: "warn", label: c.t("counter-paper-pending") },
                },
                until: paper.until.map(day).unwrap_or_default(),
                files: paper.files.iter().map(|file| file.hash.clone()).collect(),
            })
            .collect(),
        may_open: may_see(&viewer, FieldClass::IdentityPaper, &glance),
        owed: if owed.is_zero() { String::new() } else { papers::sum(owed) },
        paid: state
            .course
            .payments
            .iter()
            .map(|paid| Paid {
                receipt: paid.receipt.clone(),
                amount: papers::sum(paid.amount),
                at: c.instant(paid.at),
            })
            .collect(),
        issued: state
            .course
            .issued
            .iter()
            .map(|paper| Issued {
                number: paper.number.clone(),
                standing: words::standing(&c, paper.standing.word()),
                issued: day(paper.issued_on),
                expires: paper.expires.map(day).unwrap_or_default(),
            })
            .collect(),
        missing: asked
            .flat_map(|asked| {
                asked.missing().map(|item| words::missing(&c, item, catalogue, service)).collect::<Vec<_>>()
            })
            .collect(),
        reasons: ending
            .map(|ending| {
                let named = ending
                    .reasons
                    .iter()
                    .filter_map(|code| catalogue.reason(code))
                    .map(|reason| reason.name(c.lang).to_owned());
                named.chain([ending.text.clone()]).filter(|text| !text.is_empty()).collect()
            })
            .unwrap_or_default(),
        doing: doing(&office, &viewer, &c, &opened),
        slip: printed::windows(&tree, state).iter().any(|window| viewer.grant(Right::TakeRequests, window).is_some()),
        track: words::track(&c, &office, &tree, state, service),
        person,
        agent,
        more,
        c: c.clone().dense(),
    };
    Ok(Html(page).into_response())
}

/// The papers before and after the one that the request gave or is about, and the requests about its own.
async fn lineage(
    office: &Office,
    c: &Ctx,
    opened: &Opened,
) -> Result<(Vec<LinkLine>, Vec<(String, String)>), PageError> {
    let state = opened.state();
    let mut q = office.db.reader();
    let own = state.course.issued.last().map(|paper| paper.number.as_str());
    let of = own.or_else(|| state.file.parent.as_ref().map(|parent| parent.number.as_str()));
    let Some(number) = of else { return Ok(Default::default()) };
    let links = chain::chain(&mut q, number).await.map_err(|error| PageError::from_error(&error))?;
    let mut children = Vec::new();
    if let Some(own) = own {
        for child in chain::children(&mut q, &opened.case.tenant, own).await? {
            let words = format!(
                "{} {} ({})",
                office.service_name(&child.service, c.lang),
                c.reference_inline(&child.number),
                words::status(c, &child.status).label
            );
            children.push((format!("/counter/requests/{}", child.id), words));
        }
    }
    Ok((chain::lines(c, office, &links, number), children))
}

/// Public answers, and the personal ones where the field matrix opens them.
async fn answers(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    opened: &Opened,
    glance: &registry::Case,
) -> Result<Vec<Answer>, PageError> {
    let state = opened.state();
    let key =
        office.record.keyring().open(&mut office.db.reader(), &opened.case.tenant, state.file.applicant.subject).await;
    let key = key.map_err(|error| PageError::from_error(&error))?;
    let hidden = c.t("counter-hidden");
    let personal = match key {
        Some(key) => {
            let answers = open_answers(&key, &state.file.personal).map_err(|error| PageError::from_error(&error))?;
            answers.show(viewer, &registry::Field::of(FieldClass::Contact, &hidden), glance).open().cloned()
        }
        None => None,
    };
    let personal = personal.unwrap_or_default();
    let lines = opened.service.fields.iter().filter_map(|field| {
        let value = state.file.answers.get(&field.id).or_else(|| personal.get(&field.id))?;
        let text = printed::text(c, office, field, value);
        Some(if field.kind.is_numeric() {
            Answer::latin(field.label(c.lang).to_owned(), text)
        } else {
            Answer::text(field.label(c.lang).to_owned(), text)
        })
    });
    Ok(lines.collect())
}

/// What this viewer can do now, the likeliest first.
fn doing(office: &Office, viewer: &Viewer, c: &Ctx, opened: &Opened) -> Vec<Doing> {
    let state = opened.state();
    let course = &state.course;
    let id = opened.case.id;
    let windows = printed::windows(&office.units.now(), state);
    let may = |right: Right| windows.iter().any(|window| viewer.grant(right, window).is_some());
    let mut list = Vec::new();
    let mut offer = |path: &str, label: &str, main: bool| {
        list.push(Doing { href: format!("/counter/requests/{id}/{path}"), label: c.t(label), main });
    };
    let told = matches!(course.status, Status::Issued | Status::Refused) && course.handed_over.is_none();
    if told && may(Right::HandOver) {
        offer("hand-over", "counter-do-hand-over", true);
    }
    if course.completions.iter().any(crate::requests::state::Completion::is_open) && may(Right::TakeRequests) {
        offer("supply", "counter-do-supply", true);
    }
    if window_check(opened).is_some() && may(Right::TakeRequests) {
        offer("check", "counter-do-check", true);
    }
    if may(Right::TakeRequests) && crate::objections::until(office, state, &opened.service).is_some() {
        offer("objection", "objections-do", false);
    }
    let late = office.clock.now().0 > state.file.registered_at.0 + VOID_MINUTES * foundation::clock::Micros::MINUTE;
    let mine = state.file.registered_by.is_some() && state.file.registered_by == viewer.staff();
    let open = !words::is_over(state) && course.issued.is_empty();
    if open && may(Right::TakeRequests) {
        offer("withdraw", "counter-do-withdraw", false);
    }
    if open && !course.has_payment() && (may(Right::VoidRequests) || (mine && !late)) {
        offer("void", "counter-do-void", false);
    }
    if course.open_steps().any(|(_, step)| words::is_pay(step.kind)) && may(Right::CollectPayments) {
        list.insert(
            0,
            Doing { href: format!("/counter/pay?q={}", state.file.number), label: c.t("counter-do-pay"), main: true },
        );
    }
    list
}

/// The completeness check that lies open at the window.
pub(super) fn window_check(opened: &Opened) -> Option<crate::requests::events::StepNo> {
    let course = &opened.state().course;
    let at_window = |step: &crate::requests::state::StepState| {
        step.kind == Some(StepKind::Check)
            && step.holder.as_ref().is_some_and(|holder| holder.department == registry::place::WINDOW)
    };
    let open =
        course.open_steps().find(|(_, step)| at_window(step) && step.phase == crate::requests::state::Phase::Open);
    open.map(|(no, _)| no)
}

/// A scan, for whoever may open papers that tell who somebody is.
pub(super) async fn file(
    office: Office,
    viewer: Viewer,
    views: Views,
    Path((id, hash)): Path<(Uuid, String)>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "scan").await?;
    if !may_see(&viewer, FieldClass::IdentityPaper, &open::glance(&office, &opened.case)) {
        return Err(PageError::forbidden());
    }
    let state = opened.state();
    let of_papers = state.file.papers.iter().flat_map(|paper| &paper.files);
    let attached = state.file.attachments.iter().map(|attached| &attached.file);
    let known = of_papers.chain(attached).any(|file| file.hash == hash);
    let found = if known { uploads::fetch(&office, &opened.case.tenant, id, &hash).await } else { Ok(None) };
    let (media, bytes) = found.map_err(|error| PageError::from_error(&error))?.ok_or(PageError::NotFound)?;
    let name = format!("{}-{}", state.file.number, rules::day(office.clock.now()));
    Ok(uploads::download(&name, media, bytes))
}
