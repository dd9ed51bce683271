//! The list of services by group: version, first day, state, findings, proposals.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use askama::Template;
use catalogue::check::{check as examine, check_entry};
use catalogue::{Catalogue, Entry};
use foundation::web::{Crumb, Ctx, Html, PageError};
use jiff::civil::Date;
use registry::Viewer;

use super::Known;
use crate::Office;
use crate::services::{check, publish, store};

#[derive(Template)]
#[template(path = "services/list.html")]
pub(super) struct ListPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    is_editor: bool,
    proposals: Vec<ProposalLine>,
    groups: Vec<GroupView>,
    /// Services and findings in all.
    services: usize,
    findings: usize,
}

struct ProposalLine {
    code: String,
    name: String,
    is_new: bool,
}

struct GroupView {
    code: String,
    name: String,
    rows: Vec<Row>,
}

struct Row {
    code: String,
    name: String,
    version: String,
    from: String,
    state: &'static str,
    state_class: &'static str,
    /// First day of the version to come.
    coming: String,
    findings: usize,
}

/// All services.
pub(super) async fn show(office: Office, viewer: Viewer, c: Ctx) -> Result<Html<ListPage>, PageError> {
    let today = super::today(&office);
    let all = store::versions(&mut office.db.reader()).await?;
    let proposed = publish::proposed(&office, &all);
    let mut by_code: BTreeMap<String, Vec<store::Version>> =
        office.catalogue().services().map(|service| (service.code.clone(), Vec::new())).collect();
    for version in all {
        by_code.entry(version.code.clone()).or_default().push(version);
    }
    let known: Vec<Known> =
        by_code.into_iter().filter_map(|(code, versions)| Known::of(&office, &code, versions)).collect();
    let findings = findings(&office, &known).await?;
    let mut groups: Vec<GroupView> = Vec::new();
    for group in &office.catalogue().registers().groups {
        let of_group = known.iter().filter(|known| known.service.group == group.code);
        let rows: Vec<Row> = of_group.map(|known| row(&c, known, today, &findings)).collect();
        if !rows.is_empty() {
            groups.push(GroupView { code: group.code.clone(), name: group.name(c.lang).to_owned(), rows });
        }
    }
    let proposals = proposed.into_iter().map(|proposal| ProposalLine {
        code: proposal.entry.service.code.clone(),
        name: proposal.entry.service.name(c.lang).to_owned(),
        is_new: proposal.is_new,
    });
    Ok(Html(ListPage {
        crumbs: vec![Crumb::here(c.t("services-title"))],
        is_editor: super::is_editor(&viewer),
        proposals: proposals.collect(),
        services: known.len(),
        findings: findings.values().sum(),
        groups,
        c: c.dense(),
    }))
}

fn row(c: &Ctx, known: &Known, today: Date, findings: &HashMap<String, usize>) -> Row {
    let in_force = known.in_force(today);
    let coming = known.coming(today);
    let (state, state_class) = match (in_force, coming) {
        (Some(_), _) => ("services-state-in-force", "ok"),
        (None, Some(_)) => ("services-state-coming", "info"),
        (None, None) => ("services-state-unpublished", "warn"),
    };
    let shown = in_force.or(coming);
    Row {
        code: known.service.code.clone(),
        name: known.service.name(c.lang).to_owned(),
        version: shown.map(|version| version.version.to_string()).unwrap_or_default(),
        from: shown.map(|version| c.date(version.from)).unwrap_or_default(),
        state,
        state_class,
        coming: in_force.and(coming).map(|version| c.date(version.from)).unwrap_or_default(),
        findings: findings.get(&known.service.code).copied().unwrap_or(0),
    }
}

/// Findings of the texts in force, by code: an upgrade may bring registers that no longer hold what
/// an older text names.
async fn findings(office: &Office, known: &[Known]) -> Result<HashMap<String, usize>, PageError> {
    let (carries, catalogue) = (office.catalogue().clone(), office.everything());
    let mut others: Vec<Entry> = Vec::new();
    let mut carried: Vec<String> = Vec::new();
    for known in known {
        let service = &known.service;
        if carries.service(&service.code).is_some_and(|own| own.hash == service.hash) {
            carried.push(service.code.clone());
        } else if let Some(version) = known.versions.iter().find(|version| version.hash == service.hash) {
            let text = store::text(&mut office.db.reader(), &version.code, version.version).await?;
            others.extend(text.map(|text| check::entry(Some(&catalogue), service.clone(), text.into())));
        }
    }
    let count = move || {
        let own = shipped(&carries);
        let mut all: HashMap<String, usize> =
            carried.into_iter().filter_map(|code| own.get(&code).map(|n| (code, *n))).collect();
        all.extend(others.iter().map(|entry| (entry.service.code.clone(), check_entry(&catalogue, entry).len())));
        all
    };
    tokio::task::spawn_blocking(count).await.map_err(|error| PageError::from_error(&error))
}

/// Findings of the program's own files by code, counted once.
fn shipped(catalogue: &Catalogue) -> &'static HashMap<String, usize> {
    static COUNTED: OnceLock<HashMap<String, usize>> = OnceLock::new();
    COUNTED.get_or_init(|| {
        let mut all: HashMap<String, usize> = HashMap::new();
        for found in examine(catalogue) {
            if let Some(entry) = catalogue.entries().find(|entry| entry.path == found.path) {
                *all.entry(entry.service.code.clone()).or_default() += 1;
            }
        }
        all
    })
}
