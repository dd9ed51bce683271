//! Versions and figures in memory: read at start, and again when another process has changed them.

use std::sync::Arc;
use std::time::Duration;

use catalogue::Service;
use catalogue::fees::LocalFigure;
use foundation::arabic::digits::Digits;
use foundation::dates;
use foundation::db::DbError;
use tokio::task::JoinHandle;

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
                    let service = match carried(&office, &version) {
                        Some(service) => Some(service),
                        None => store::text(tx, &version.code, version.version)
                            .await?
                            .and_then(|text| read(&version, &text)),
                    };
                    services.extend(service.map(|service| dated(service, &version)));
                }
                Ok::<_, DbError>((changes, services, store::all_figures(tx).await?))
            })
        })
        .await?;
    for service in versions {
        office.publish(service);
    }
    for (tenant, figures) in figures {
        office.set_figures(&tenant, figures.into_iter().map(|(service, figure)| local(service, figure)).collect());
    }
    Ok(changes)
}

/// The service as the office or the program already has it: nothing to read.
fn carried(office: &Office, version: &Version) -> Option<Arc<Service>> {
    office.version(&ServiceRef { code: version.code.clone(), version: version.hash.clone() })
}

fn read(version: &Version, text: &str) -> Option<Arc<Service>> {
    match Service::parse(text, &version.code) {
        Ok(service) => Some(Arc::new(service)),
        Err(error) => {
            tracing::error!(service = version.code, version = version.version, %error, "a published text cannot be read");
            None
        }
    }
}

/// Number and first day are those of the publication, whatever the text says of itself.
fn dated(service: Arc<Service>, version: &Version) -> Arc<Service> {
    if (service.version, service.from) == (version.version, version.from) {
        return service;
    }
    let mut service = Arc::unwrap_or_clone(service);
    (service.version, service.from) = (version.version, version.from);
    Arc::new(service)
}

fn local(service: String, figure: Figure) -> LocalFigure {
    let decided = dates::format(figure.decided_on, Digits::Latn);
    LocalFigure {
        service,
        figure: figure.figure,
        value: figure.value,
        decision_ar: format!("قرار رقم {} بتاريخ {decided}", figure.decision),
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
