//! Versions and figures in memory: read at start, and again when another process has changed them.

use std::sync::Arc;
use std::time::Duration;

use catalogue::fees::LocalFigure;
use catalogue::{Entry, Service};
use foundation::arabic::digits::Digits;
use foundation::db::DbError;
use foundation::{dates, governorates};
use tokio::task::JoinHandle;

use super::check;
use super::rules::Figure;
use super::store::{self, Version};
use crate::Office;
use crate::requests::events::ServiceRef;

/// How old the picture may be in a process that made no change itself.
const LOOK: Duration = Duration::from_secs(1);

/// Makes all published versions and all figures known to the office.
///
/// # Errors
/// When the database fails. A text that this program cannot read is passed over and logged: requests
/// under other versions go on.
pub async fn load(office: &Office) -> Result<i64, DbError> {
    let known = office.clone();
    let (changes, versions, figures) = office
        .db
        .read(move |tx| {
            let office = known.clone();
            Box::pin(async move {
                let changes = store::changes(tx).await?;
                let mut services = Vec::new();
                for version in store::versions(tx).await? {
                    let reference = ServiceRef { code: version.code.clone(), version: version.hash.clone() };
                    let known = office.catalogue().entry(&version.code).filter(|own| own.service.hash == version.hash);
                    let entry = match known {
                        Some(own) => Some(own.clone()),
                        None if office.version(&reference).is_some() => None,
                        None => {
                            store::text(tx, &version.code, version.version).await?.and_then(|text| read(&version, text))
                        }
                    };
                    services.extend(entry.map(|entry| dated(entry, &version)));
                }
                Ok::<_, DbError>((changes, services, store::all_figures(tx).await?))
            })
        })
        .await?;
    for version in versions {
        office.publish(version);
    }
    for (tenant, figures) in figures {
        let figures = figures.into_iter().map(|(service, figure)| local(&tenant, service, figure)).collect();
        office.set_figures(&tenant, figures);
    }
    Ok(changes)
}

/// None if this program cannot read it.
fn read(version: &Version, text: String) -> Option<Entry> {
    match Service::parse(&text, &version.code) {
        Ok(service) => Some(check::entry(None, Arc::new(service), text.into())),
        Err(error) => {
            tracing::error!(service = version.code, version = version.version, %error, "a published text cannot be read");
            None
        }
    }
}

/// Number and first day are those of the publication, whatever the text says of itself.
fn dated(mut entry: Entry, version: &Version) -> Entry {
    if (entry.service.version, entry.service.from) != (version.version, version.from) {
        let service = Arc::make_mut(&mut entry.service);
        (service.version, service.from) = (version.version, version.from);
    }
    entry
}

fn local(tenant: &str, service: String, figure: Figure) -> LocalFigure {
    let decided = dates::format(figure.decided_on, Digits::Latn);
    let whose = tenant.parse().ok().and_then(governorates::name).unwrap_or(tenant);
    LocalFigure {
        service,
        figure: figure.figure,
        value: figure.value,
        decision_ar: format!("قرار محافظة {whose} رقم {} بتاريخ {decided}", figure.decision),
        from: figure.from,
        to: figure.to,
    }
}

/// Looks once a second whether another process has published or set something, until dropped.
#[derive(Debug)]
pub struct Watching(JoinHandle<()>);

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Keeps versions and figures fresh while the result lives. [`load`] them first: what is in force
/// must be known before the first page.
#[must_use]
pub fn watch(office: &Office) -> Watching {
    let office = office.clone();
    Watching(tokio::spawn(async move {
        // What was published between loading and now is not missed.
        let mut seen = -1;
        loop {
            if let Err(error) = look(&office, &mut seen).await {
                tracing::error!(%error, "published services could not be read again");
            }
            tokio::time::sleep(LOOK).await;
        }
    }))
}

async fn look(office: &Office, seen: &mut i64) -> Result<(), DbError> {
    if store::changes(&mut office.db.reader()).await? != *seen {
        *seen = load(office).await?;
    }
    Ok(())
}
