//! صندوق الوارد: what waits at the viewer's desks, most urgent first.

use askama::Template;
use axum::response::{IntoResponse, Response};
use catalogue::model::StepKind;
use foundation::web::{Choice, Crumb, Ctx, DeadlineView, FormData, Html, PageError, PagerView};
use registry::units::Tree;
use registry::{Right, Role, Viewer};

use super::parts::{self, Asked};
use crate::Office;
use crate::law;
use crate::requests::events::{Holder, ServiceRef};
use crate::requests::queries::{self, Counts, Cursor, Due, InboxFilter, Line, Marks, Moves};

/// Rows of a page.
const PAGE: usize = 25;

#[derive(Template)]
#[template(path = "desk/inbox.html")]
struct InboxPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    desks: Vec<Choice>,
    desk: String,
    tabs: Vec<Tab>,
    tab: &'static str,
    services: Vec<Choice>,
    service: String,
    kinds: Vec<Choice>,
    kind: String,
    rows: Vec<Row>,
    pager: PagerView,
    filtered: bool,
    empty: (String, String),
}

struct Tab {
    href: String,
    label: String,
    count: i64,
    current: bool,
}

/// A row of the table.
struct Row {
    href: String,
    number: String,
    service: String,
    step: String,
    place: String,
    question: bool,
    due: DeadlineView,
    /// The last day of the law, where one runs.
    law: Option<DeadlineView>,
    by_law: Option<(&'static str, String)>,
    taken: &'static str,
    visit: String,
}

/// In the place of a desk: all of them.
const ALL: &str = "all";

const TABS: [&str; 7] = ["all", "late", "today", "week", "mine", "asked", "halted"];

/// Rights that make a desk the viewer's own.
const OWN: [Right; 8] = [
    Right::ReviewSteps,
    Right::DecideSteps,
    Right::AnswerForBody,
    Right::Inspect,
    Right::HoldSittings,
    Right::AssessFees,
    Right::IssuePapers,
    Right::TakeRequests,
];

/// The desks at which the viewer works, each once, those of a unit together.
pub(crate) fn own_desks(viewer: &Viewer, tree: &Tree) -> Vec<Holder> {
    let mut desks: Vec<Holder> = Vec::new();
    for right in OWN {
        desks.extend(queries::desks(viewer, tree, right));
    }
    if viewer.assignments().iter().any(|held| held.role == Role::TitleChecker) {
        desks.extend(queries::desks(viewer, tree, Right::OpenIdentityPapers));
    }
    desks.sort();
    desks.dedup();
    desks
}

/// The inbox.
pub(super) async fn show(office: Office, viewer: Viewer, c: Ctx, Asked(asked): Asked) -> Result<Response, PageError> {
    let c = c.dense();
    let tree = office.units.now();
    let own = own_desks(&viewer, &tree);
    let (desks, desk, chosen) = choose(&c, &office, &tree, &own, asked.get("desk"));
    let tab = TABS.into_iter().find(|tab| *tab == asked.get("tab")).unwrap_or("all");
    let marks = Marks::at(office.clock.now());
    let mut filter = InboxFilter {
        service: asked.opt("service").map(str::to_owned),
        kind: asked.opt("kind").map(str::to_owned),
        ..InboxFilter::default()
    };
    match tab {
        "late" => filter.due = Some(Due::Late),
        "today" => filter.due = Some(Due::Today),
        "week" => filter.due = Some(Due::Week),
        "mine" => filter.taken_by = viewer.staff(),
        "asked" => filter.asked = true,
        "halted" => filter.moves = Moves::Halted,
        _ => {}
    }
    let after = Cursor::decode(asked.get("after"));
    let mut reader = office.db.reader();
    let counts = queries::counts(&mut reader, &chosen, viewer.staff(), &marks).await?;
    let page = queries::inbox(&mut reader, &chosen, &filter, &marks, after, PAGE).await?;
    let filtered = filter.service.is_some() || filter.kind.is_some();
    let next = page.next.map(|cursor| address(&asked, &[("after", &cursor.encode())], &[]));
    let previous = after.map(|_| address(&asked, &[], &["after"]));
    let view = InboxPage {
        crumbs: vec![Crumb::here(c.t("desk-inbox-title"))],
        tabs: tabs(&c, &asked, &counts, tab),
        tab,
        services: services(&c, &office, &chosen),
        service: asked.get("service").to_owned(),
        kinds: StepKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.label(c.lang))).collect(),
        kind: asked.get("kind").to_owned(),
        rows: page.rows.iter().map(|line| row(&c, &office, &tree, &viewer, line, &chosen)).collect(),
        pager: PagerView { previous, next, page: None },
        filtered,
        empty: empty(&c, tab, filtered, own.is_empty()),
        desks,
        desk,
        c,
    };
    Ok(Html(view).into_response())
}

/// The switch between desks: all of whoever works in several units, all of a unit that has several,
/// and every desk alone. What nobody chose hides nothing.
fn choose(c: &Ctx, office: &Office, tree: &Tree, own: &[Holder], asked: &str) -> (Vec<Choice>, String, Vec<Holder>) {
    let mut choices: Vec<(Choice, Vec<Holder>)> = Vec::new();
    let mut units: Vec<&str> = own.iter().map(|desk| desk.unit.as_str()).collect();
    units.dedup();
    if units.len() > 1 {
        choices.push((Choice::new(ALL, c.t("desk-all")), own.to_vec()));
    }
    for unit in units {
        let here: Vec<Holder> = own.iter().filter(|desk| desk.unit == unit).cloned().collect();
        if here.len() > 1 {
            choices.push((Choice::new(unit, c.t1("desk-all-of", "unit", tree.name_in(c.lang, unit))), here.clone()));
        }
        for desk in here {
            let label = parts::holder(c, office, tree, &desk);
            choices.push((Choice::new(format!("{unit}:{}", desk.department), label), vec![desk]));
        }
    }
    let at = choices.iter().position(|(choice, _)| choice.value == asked).unwrap_or(0);
    let chosen = choices.get(at).map(|(choice, desks)| (choice.value.clone(), desks.clone()));
    let (desk, desks) = chosen.unwrap_or_default();
    (choices.into_iter().map(|(choice, _)| choice).collect(), desk, desks)
}

/// This page's address with some things changed.
fn address(asked: &FormData, set: &[(&str, &str)], drop: &[&str]) -> String {
    let kept = asked.pairs().filter(|(name, value)| {
        !value.is_empty() && !drop.contains(name) && !set.iter().any(|(other, _)| other == name)
    });
    let kept = kept.filter(|(name, _)| ["desk", "tab", "service", "kind", "after"].contains(name));
    let pairs = kept.chain(set.iter().copied());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    if pairs.is_empty() { "/desk".to_owned() } else { format!("/desk?{}", pairs.join("&")) }
}

/// A value for an address: what is not plain is dropped, for codes are plain.
fn escaped(value: &str) -> String {
    value.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')).collect()
}

fn tabs(c: &Ctx, asked: &FormData, counts: &Counts, current: &str) -> Vec<Tab> {
    let count = |tab: &str| match tab {
        "late" => counts.late,
        "today" => counts.today,
        "week" => counts.week,
        "mine" => counts.mine,
        "asked" => counts.asked,
        "halted" => counts.halted,
        _ => counts.running,
    };
    TABS.into_iter()
        .map(|tab| Tab {
            href: address(asked, &[("tab", tab)], &["after"]),
            label: c.t(&format!("desk-tab-{tab}")),
            count: count(tab),
            current: tab == current,
        })
        .collect()
}

/// Services that have a step at these desks.
fn services(c: &Ctx, office: &Office, desks: &[Holder]) -> Vec<Choice> {
    let here = |department: &String| desks.iter().any(|desk| desk.department == *department);
    // Requests go on under the version of their registration: every version counts.
    let versions = office.known_services();
    let mut codes: Vec<&str> = versions
        .iter()
        .filter(|service| service.steps.iter().any(|step| here(&step.department)))
        .map(|service| service.code.as_str())
        .collect();
    codes.dedup();
    codes.into_iter().map(|code| Choice::new(code, office.service_name(code, c.lang))).collect()
}

fn row(c: &Ctx, office: &Office, tree: &Tree, viewer: &Viewer, line: &Line, desks: &[Holder]) -> Row {
    let several_units = desks.iter().any(|desk| desk.unit != line.holder.unit);
    let version = ServiceRef { code: line.service.clone(), version: line.service_hash.clone() };
    let service = office.version(&version);
    let step =
        service.as_ref().and_then(|service| service.step(&line.step_id)).map(|step| step.label(c.lang).to_owned());
    let query = if line.consult > 0 { format!("consult={}", line.consult) } else { format!("step={}", line.step) };
    Row {
        href: format!("/desk/requests/{}?{query}", line.request),
        number: c.reference(&line.number),
        service: service.map_or_else(|| line.service.clone(), |service| service.name(c.lang).to_owned()),
        step: step.unwrap_or_default(),
        place: match desks {
            [_] => String::new(),
            _ if several_units => parts::holder(c, office, tree, &line.holder),
            _ => parts::department(c, office, &line.holder.department),
        },
        question: line.consult > 0,
        due: parts::deadline(c, tree, &line.holder.unit, line.due, office.clock.now(), line.halted),
        law: parts::law_deadline(c, tree, line, office.clock.now()),
        by_law: line.by_law.as_deref().and_then(|code| law::tag(c, code)),
        taken: match line.taken_by {
            None => "free",
            by if by == viewer.staff() => "mine",
            Some(_) => "other",
        },
        visit: line.visit_on.map(|day| c.date(day)).unwrap_or_default(),
    }
}

/// Why the list is empty, and what to do.
fn empty(c: &Ctx, tab: &str, filtered: bool, no_desk: bool) -> (String, String) {
    if no_desk {
        return (c.t("desk-empty-no-desk"), c.t("desk-empty-no-desk-text"));
    }
    if filtered {
        return (c.t("desk-empty-filter"), c.t("desk-empty-filter-text"));
    }
    (c.t(&format!("desk-empty-{tab}")), c.t("desk-empty-text"))
}
