//! للاعتماد: what waits for the head of the unit, each case on one card with what the officers said.

use askama::Template;
use axum::response::{IntoResponse, Response};
use catalogue::model::{DepartmentKind, StepKind};
use foundation::web::{Crumb, Ctx, DeadlineView, FormData, Html, PageError, PagerView};
use registry::{Right, Viewer};

use super::file::{self, OpinionLine};
use super::open;
use super::parts::{self, Asked};
use crate::Office;
use crate::law;
use crate::requests::queries::{self, Cursor, InboxFilter, Marks};

/// Cards of a page.
const PAGE: usize = 10;

#[derive(Template)]
#[template(path = "desk/approvals.html")]
struct ApprovalsPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    cards: Vec<Card>,
    /// Requests of the unit on which the law spoke in the office's place.
    deemed: Vec<Deemed>,
    pager: PagerView,
}

struct Card {
    href: String,
    number: String,
    service: String,
    step: String,
    place: String,
    due: DeadlineView,
    law: Option<DeadlineView>,
    by_law: Option<(&'static str, String)>,
    total: String,
    opinions: Vec<OpinionLine>,
}

/// A request that the law decided.
struct Deemed {
    href: String,
    number: String,
    service: String,
    class: &'static str,
    tag: String,
    status: (&'static str, String),
}

/// The cards.
pub(super) async fn list(office: Office, viewer: Viewer, c: Ctx, Asked(asked): Asked) -> Result<Response, PageError> {
    let c = c.dense();
    let tree = office.units.now();
    let mut desks = queries::desks(&viewer, &tree, Right::Approve);
    desks.retain(|desk| {
        office.catalogue().department(&desk.department).is_none_or(|found| found.kind != DepartmentKind::Committee)
    });
    let filter = InboxFilter { kind: Some(StepKind::Approve.code().to_owned()), ..InboxFilter::default() };
    let marks = Marks::at(office.clock.now());
    let after = Cursor::decode(asked.get("after"));
    let page = queries::inbox(&mut office.db.reader(), &desks, &filter, &marks, after, PAGE).await?;
    let mut cards = Vec::with_capacity(page.rows.len());
    for line in page.rows.iter().filter(|line| line.consult == 0) {
        let step = FormData::from_pairs([("step", line.step.to_string())]);
        let opened = open::open(&office, &viewer, line.request, &step).await?;
        cards.push(Card {
            href: format!("/desk/requests/{}?step={}", line.request, line.step),
            number: c.reference(&line.number),
            service: opened.service.name(c.lang).to_owned(),
            step: opened.declared().map(|step| step.label(c.lang).to_owned()).unwrap_or_default(),
            place: parts::department(&c, &office, &line.holder.department),
            due: parts::deadline(&c, &tree, &line.holder.unit, line.due, office.clock.now(), line.halted),
            law: parts::law_deadline(&c, &tree, line, office.clock.now()),
            by_law: line.by_law.as_deref().and_then(|code| law::tag(&c, code)),
            total: super::fees::charged(&c, &opened).map(|fees| fees.total).unwrap_or_default(),
            opinions: file::opinions(&c, &office, &opened),
        });
    }
    let next = page.next.map(|cursor| format!("/desk/approvals?after={}", cursor.encode()));
    let previous = after.map(|_| "/desk/approvals".to_owned());
    let pager = PagerView { previous, next, page: None };
    let mut deemed = Vec::new();
    for found in queries::deemed(&mut office.db.reader(), &viewer, &tree).await? {
        let Some((class, tag)) = law::tag(&c, &found.by_law) else { continue };
        deemed.push(Deemed {
            href: format!("/desk/requests/{}", found.request),
            number: c.reference(&found.number),
            service: office.service_name(&found.service, c.lang),
            class,
            tag,
            status: file::status(&c, &found.status),
        });
    }
    let view = ApprovalsPage { crumbs: vec![Crumb::here(c.t("desk-approvals-title"))], cards, deemed, pager, c };
    Ok(Html(view).into_response())
}
