//! What a centre's manager sets (إعداد الصالة): priorities, appointments, touch screens.

use std::sync::Arc;

use foundation::db::Tx;
use record::{Event, Stream};
use registry::units::Centre;
use registry::{Place, Right, Viewer, access};
use uuid::Uuid;

use super::{QueueError, attempts, envelope, tenant_of};
use crate::Office;
use crate::queue::events::{HALL, HallEvent};
use crate::queue::queries;
use crate::queue::rules::Refusal;
use crate::queue::rules::settings::Settings;
use crate::queue::store::KIOSK_DOMAIN;

struct Job {
    office: Office,
    viewer: Viewer,
    centre: Arc<Centre>,
    tenant: String,
    place: Place,
    command: Uuid,
    /// Version that the form showed; none where any will do.
    seen: Option<i64>,
    event: HallEvent,
}

/// Sets how a hall works. `seen` is the version that the form showed.
///
/// # Errors
/// [`QueueError`]; [`Refusal::Changed`] if somebody set it meanwhile.
pub async fn set_hall(
    office: &Office,
    viewer: &Viewer,
    centre: &Arc<Centre>,
    (command, seen): (Uuid, i64),
    settings: Settings,
) -> Result<(), QueueError> {
    let event = HallEvent::HallSet(settings.checked()?);
    run(office, viewer, centre, command, Some(seen), event).await
}

/// Makes a device a touch screen of the hall and gives the secret that it is to keep.
///
/// # Errors
/// [`QueueError`].
pub async fn enrol(
    office: &Office,
    viewer: &Viewer,
    centre: &Arc<Centre>,
    command: Uuid,
    name: &str,
) -> Result<String, QueueError> {
    let secret = format!("{}{}", office.ids.token(), office.ids.token());
    let event =
        HallEvent::KioskEnrolled { kiosk: office.ids.next(), name: name.to_owned(), digest: digest(office, &secret) };
    run(office, viewer, centre, command, None, event).await?;
    Ok(secret)
}

/// Takes a touch screen away.
///
/// # Errors
/// [`QueueError`].
pub async fn withdraw(
    office: &Office,
    viewer: &Viewer,
    centre: &Arc<Centre>,
    command: Uuid,
    kiosk: Uuid,
) -> Result<(), QueueError> {
    let known = match tenant_of(office, centre) {
        Some(tenant) => queries::kiosks(&mut office.db.reader(), &tenant, centre.id).await?,
        None => Vec::new(),
    };
    if known.iter().all(|one| one.id != kiosk) {
        return Err(QueueError::NotFound);
    }
    run(office, viewer, centre, command, None, HallEvent::KioskWithdrawn { kiosk }).await
}

/// Keyed digest of a device's secret.
pub(in crate::queue) fn digest(office: &Office, secret: &str) -> String {
    foundation::ids::base32(&office.record.keyring().digest(KIOSK_DOMAIN, secret))
}

async fn run(
    office: &Office,
    viewer: &Viewer,
    centre: &Arc<Centre>,
    command: Uuid,
    seen: Option<i64>,
    event: HallEvent,
) -> Result<(), QueueError> {
    let tree = office.units.now();
    let place = tree.unit(&centre.unit).map(|unit| unit.place()).ok_or(QueueError::NotFound)?;
    let tenant = tenant_of(office, centre).ok_or(QueueError::NotFound)?;
    let job = Job {
        office: office.clone(),
        viewer: viewer.clone(),
        centre: centre.clone(),
        tenant: tenant.clone(),
        place,
        command,
        seen,
        event,
    };
    attempts(office, (&tenant, command), job, |tx, job| Box::pin(async move { job.attempt(tx).await })).await.map(drop)
}

impl Job {
    async fn attempt(&self, tx: &mut Tx) -> Result<Vec<Event>, QueueError> {
        let held = access::confirm(tx, &self.viewer, Right::ManageQueue, &self.place).await?;
        let hall = queries::hall(tx, &self.tenant, self.centre.id).await?;
        if self.seen.is_some_and(|seen| seen != hall.version) {
            return Err(Refusal::Changed.into());
        }
        let command = envelope(self.command, &self.tenant, Some(&self.viewer), Some(held), self.office.clock.now());
        let stream = Stream::new(HALL, self.centre.id);
        Ok(self.office.record.append(tx, &command, stream, hall.version, &[self.event.draft()?]).await?)
    }
}
