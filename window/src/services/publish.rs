//! Publishing services, and what the program proposes to publish.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use catalogue::Entry;
use foundation::clock::Micros;
use foundation::dates::day_of;
use jiff::civil::Date;
use record::{Command, Draft, Event, Part, RecordError};
use registry::staff::By;
use registry::{Place, Right, access, place};
use uuid::Uuid;

use super::events::{GuideEvent, ServicePublished, service_stream};
use super::rules::{Published, decide_publication};
use super::{Checked, GuideError, check, load, store};
use crate::Office;

/// How many of the program's files one transaction publishes.
const BATCH: usize = 60;

/// A text on its way to publication.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Id of the command, from the form.
    pub command: Uuid,
    /// The text as it was given.
    pub text: String,
    /// First day in force.
    pub from: Date,
    /// The service that the form was about; none for a new one.
    pub code: Option<String>,
}

/// A file of the program that is not published (إصدار مقترح): an upgrade brought it.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The file.
    pub entry: Entry,
    /// Whether the guide has no version of this service yet.
    pub is_new: bool,
}

/// Checks a text and publishes it from a day on; gives what was published.
///
/// # Errors
/// Findings with their lines, a refusal, a missing right, or a fault of the record.
pub async fn publish_file(office: &Office, by: &By, publication: Publication) -> Result<ServicePublished, GuideError> {
    let checked = check(&office.everything(), &publication.text).map_err(GuideError::Unsound)?;
    if publication.code.as_ref().is_some_and(|code| *code != checked.service().code) {
        return Err(GuideError::Unknown);
    }
    let (record, by, at) = (office.record.clone(), by.clone(), office.clock.now());
    let (command, from) = (publication.command, publication.from);
    let outcome = office
        .db
        .write(move |tx| {
            let (record, by, checked) = (record.clone(), by.clone(), checked.clone());
            Box::pin(async move {
                let assignment = match &by {
                    By::Machine => None,
                    By::Viewer(viewer) => {
                        Some(access::confirm(tx, viewer, Right::EditCatalogue, &Place::national()).await?)
                    }
                };
                let repeated = record.repeated(tx, place::NATIONAL, command).await?;
                if !repeated.is_empty() {
                    return Err(RecordError::Repeated(repeated).into());
                }
                let code = checked.service().code.clone();
                let history: Vec<Published> = store::versions_of(tx, &code).await?.iter().map(Into::into).collect();
                let now = decide_publication(&history, &checked, from, day_of(at))?;
                let stream = service_stream(&code);
                let draft = GuideEvent::Published(now.clone()).draft()?;
                record
                    .append(tx, &national(command, &by, assignment, at), stream, history.len() as i64, &[draft])
                    .await?;
                Ok::<_, GuideError>(now)
            })
        })
        .await;
    match outcome {
        Ok(now) => {
            load(office).await?;
            Ok(now)
        }
        // The same form again: the same answer.
        Err(GuideError::Record(RecordError::Repeated(events))) => published(&events),
        Err(error) => Err(error),
    }
}

fn published(events: &[Event]) -> Result<ServicePublished, GuideError> {
    match events.first().map(GuideEvent::read).transpose()? {
        Some(GuideEvent::Published(now)) => Ok(now),
        _ => Err(RecordError::Shape("the command was something else".into()).into()),
    }
}

fn national(id: Uuid, by: &By, assignment: Option<Uuid>, occurred_at: Micros) -> Command {
    let actor = match by {
        By::Machine => None,
        By::Viewer(viewer) => viewer.staff(),
    };
    Command { id, tenant: place::NATIONAL.into(), actor, assignment, on_behalf: None, occurred_at }
}

/// Publishes the program's own files, at `init` only: those of services that the guide does not
/// have yet. Repeating it changes nothing. Gives how many.
///
/// # Errors
/// When the record fails.
pub async fn publish_shipped(office: &Office) -> Result<usize, GuideError> {
    let known: HashSet<String> =
        store::versions(&mut office.db.reader()).await?.into_iter().map(|version| version.code).collect();
    let mut drafts: Vec<(String, Draft)> = Vec::new();
    for entry in office.catalogue().entries().filter(|entry| !known.contains(&entry.service.code)) {
        let service = &entry.service;
        let now = ServicePublished {
            code: service.code.clone(),
            version: 1,
            from: service.from,
            hash: service.hash.clone(),
            text: entry.text.to_string(),
        };
        drafts.push((now.code.clone(), GuideEvent::Published(now).draft()?));
    }
    for batch in drafts.chunks(BATCH) {
        let parts: Arc<[Part]> = batch
            .iter()
            .map(|(code, draft)| Part { stream: service_stream(code), expected: 0, drafts: vec![draft.clone()] })
            .collect();
        let (record, command) =
            (office.record.clone(), national(office.ids.next(), &By::Machine, None, office.clock.now()));
        office
            .db
            .write(move |tx| {
                let (record, parts, command) = (record.clone(), parts.clone(), command.clone());
                Box::pin(async move { record.append_all(tx, &command, &parts).await.map(drop) })
            })
            .await
            .or_else(|error| match error {
                // Another process begins the same node.
                RecordError::Conflict { .. } => Ok(()),
                error => Err(error),
            })?;
    }
    load(office).await?;
    Ok(drafts.len())
}

/// The program's files that are not among the published texts, by code.
///
/// # Errors
/// When the database fails.
pub async fn proposals(office: &Office) -> Result<Vec<Proposal>, GuideError> {
    let versions = store::versions(&mut office.db.reader()).await?;
    Ok(proposed(office, &versions))
}

/// The same over versions already read.
pub(super) fn proposed(office: &Office, versions: &[store::Version]) -> Vec<Proposal> {
    let mut hashes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for version in versions {
        hashes.entry(&version.code).or_default().insert(&version.hash);
    }
    let propose = |entry: &Entry| {
        let known = hashes.get(entry.service.code.as_str());
        let is_there = known.is_some_and(|known| known.contains(entry.service.hash.as_str()));
        (!is_there).then(|| Proposal { entry: entry.clone(), is_new: known.is_none() })
    };
    office.catalogue().entries().filter_map(propose).collect()
}

/// A text as the editor's page previews it: checked, and of the service the page is about.
pub(super) fn preview(office: &Office, text: &str) -> Result<Checked, GuideError> {
    check(&office.everything(), text).map_err(GuideError::Unsound)
}
