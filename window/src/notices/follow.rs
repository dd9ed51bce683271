//! What is told when something happens to a request.

use foundation::arabic::digits::Digits;
use foundation::dates;
use foundation::db::Tx;
use foundation::money::Piastres;
use foundation::web::messages::{self, Lang};
use record::follow::Follower;
use record::{BoxFuture, Event, RecordError, outbox};
use registry::citizens;
use uuid::Uuid;

use super::{About, Envelope, Notice, Recipient, Silence, WORTH};
use crate::Office;
use crate::requests::events::{Missing, RequestEvent, Resolution, SittingHeld, Status};
use crate::requests::state::State;
use crate::requests::store;

const VISIT_SCHEDULED: &str = "request.visit-scheduled";
const VISIT_REPORTED: &str = "request.visit-reported";

/// Puts notices into the outbox, in the transaction that moves its position.
pub struct NoticeFollower {
    office: Office,
    silence: Silence,
}

impl NoticeFollower {
    /// The follower of this office's record.
    #[must_use]
    pub const fn new(office: Office, silence: Silence) -> Self {
        Self { office, silence }
    }

    async fn tell(&self, tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
        let now = self.office.clock.now();
        // What a rebuild, a late node or a first start reads of the past was told then, or is no news.
        if event.recorded_at.plus(WORTH) <= now {
            return Ok(());
        }
        let (tenant, request) = (event.tenant.as_str(), event.stream.id);
        // An event that this program does not read is the requests' own trouble, and stops no notices.
        let Ok(happened) = RequestEvent::read(&event.kind, &event.data) else { return Ok(()) };
        if !is_news(&happened) {
            return Ok(());
        }
        let Some(state) = store::load(tx, tenant, request).await? else { return Ok(()) };
        let Some(notice) = self.notice(&happened, event, &state) else { return Ok(()) };
        if self.silence.covers(tenant, notice.key()) {
            return Ok(());
        }
        let about = self.about(&state);
        let envelope = self.envelope(event, &notice);
        let applicant = &state.file.applicant;
        for person in [Some(applicant.subject), applicant.agent].into_iter().flatten() {
            let Some(to) = self.recipient(tx, tenant, person).await? else { continue };
            for message in super::messages(&envelope, &to, &notice, &about) {
                outbox::put(tx, self.office.record.keyring(), &message, now).await?;
            }
        }
        Ok(())
    }

    async fn recipient(&self, tx: &mut Tx, tenant: &str, person: Uuid) -> Result<Option<Recipient>, RecordError> {
        let found = citizens::find_with_key(tx, &self.office.record, tenant, person).await?;
        Ok(found.filter(|(citizen, _)| !citizen.erased).map(|(citizen, _)| Recipient::citizen(&citizen)))
    }

    fn about(&self, state: &State) -> About {
        let file = &state.file;
        let service = self.office.version(&file.service);
        About {
            number: file.number.clone(),
            link: format!("{}/T/{}", self.office.settings.public_url, file.slip.token),
            service: service.map_or_else(|| file.service.code.clone(), |service| service.name_ar.clone()),
            unit: self.office.units.now().name(&file.unit).to_owned(),
        }
    }

    fn envelope(&self, event: &Event, notice: &Notice) -> Envelope {
        let envelope = Envelope::new(&event.tenant, event.id, event.recorded_at);
        match notice {
            Notice::Visit { date, .. } => envelope.until(dates::end_of_day(*date)),
            _ => envelope,
        }
    }

    /// What is told of an event; most are the office's own affair.
    fn notice(&self, happened: &RequestEvent, event: &Event, state: &State) -> Option<Notice> {
        let effect = happened.effect();
        let owed: Piastres = effect.charged.iter().map(|line| line.amount).sum();
        let owed = (!owed.is_zero()).then_some(owed);
        match happened {
            RequestEvent::Registered(data) => Some(Notice::Registered { due: data.total.due }),
            RequestEvent::CompletionAsked(data) => {
                let items = data.items.iter().map(|missing| self.words(missing, state)).collect();
                Some(Notice::Completion { items, until: data.until })
            }
            RequestEvent::VisitScheduled(data) => {
                let earlier = |kind: &str| {
                    let mut of_step = state.course.trail.iter().rev();
                    of_step
                        .find(|mark| mark.version < event.version && mark.step == Some(data.step) && mark.kind == kind)
                        .map(|mark| mark.version)
                };
                // A visit that was made in between is over: this is another one.
                let changed = earlier(VISIT_SCHEDULED) > earlier(VISIT_REPORTED);
                Some(Notice::Visit { date: data.date, hour: data.hour.clone(), changed })
            }
            RequestEvent::Refused(data) => Some(self.refused(&data.reasons, &data.text)),
            RequestEvent::SittingHeld(SittingHeld { resolution: Resolution::Refuse { reasons, text, .. }, .. })
                if effect.status == Status::Refused =>
            {
                Some(self.refused(reasons, text))
            }
            RequestEvent::LimitPassed(_) if effect.status == Status::Refused => {
                Some(self.refused(&[], &messages::text(Lang::Ar, Digits::Latn, "notices-reason-law", &[])))
            }
            RequestEvent::Issued(_) => Some(Notice::Issued),
            RequestEvent::Extended(_) => effect.total.map(|total| Notice::Extended { due: total.due }),
            RequestEvent::Redated(_) => effect.total.map(|total| Notice::Redated { due: total.due }),
            RequestEvent::Objected(_) => Some(Notice::Objected),
            RequestEvent::ObjectionDecided(data) if data.upheld => Some(Notice::ObjectionUpheld),
            RequestEvent::ObjectionDecided(data) => {
                Some(Notice::ObjectionRejected { reasons: vec![data.reasons.clone()] })
            }
            RequestEvent::Withdrawn(_) => Some(Notice::Withdrawn),
            RequestEvent::Voided(_) => Some(Notice::Voided),
            RequestEvent::PaperRevoked(data) => Some(Notice::Revoked { paper: data.number.clone() }),
            RequestEvent::PaperSuspended(data) => Some(Notice::Suspended { paper: data.number.clone() }),
            RequestEvent::PaperRestored(data) => Some(Notice::Restored { paper: data.number.clone() }),
            RequestEvent::ExpiryReminded(data) => {
                Some(Notice::LicenceExpiring { paper: data.number.clone(), last: data.expires })
            }
            _ if effect.decided => Some(Notice::Approved { owed }),
            _ => owed.map(|owed| Notice::Fees { owed }),
        }
    }

    fn refused(&self, codes: &[String], text: &str) -> Notice {
        let known = |code: &String| self.office.catalogue().reason(code).map(|reason| reason.name_ar.clone());
        let mut reasons: Vec<String> = codes.iter().filter_map(known).collect();
        reasons.extend(Some(text.to_owned()).filter(|text| !text.is_empty()));
        Notice::Refused { reasons }
    }

    /// A thing that is missing, by its name.
    fn words(&self, missing: &Missing, state: &State) -> String {
        let service = self.office.version(&state.file.service);
        let service = service.as_deref();
        match missing {
            Missing::Item { code } => {
                let item = service.and_then(|s| s.completion_items.iter().find(|item| item.code == *code));
                item.map_or_else(|| code.clone(), |item| item.ar.clone())
            }
            Missing::Document { doc } => {
                self.office.catalogue().document(doc).map_or_else(|| doc.clone(), |kind| kind.name_ar.clone())
            }
            Missing::Field { field } => {
                service.and_then(|s| s.field(field)).map_or_else(|| field.clone(), |field| field.label_ar.clone())
            }
            Missing::Text { text } => text.clone(),
        }
    }
}

/// Whether an event may be news to the applicant, before anything is read.
fn is_news(happened: &RequestEvent) -> bool {
    let effect = happened.effect();
    match happened {
        RequestEvent::Registered(_)
        | RequestEvent::CompletionAsked(_)
        | RequestEvent::VisitScheduled(_)
        | RequestEvent::Refused(_)
        | RequestEvent::Issued(_)
        | RequestEvent::Objected(_)
        | RequestEvent::ObjectionDecided(_)
        | RequestEvent::Withdrawn(_)
        | RequestEvent::Voided(_)
        | RequestEvent::PaperRevoked(_)
        | RequestEvent::PaperSuspended(_)
        | RequestEvent::PaperRestored(_)
        | RequestEvent::ExpiryReminded(_) => true,
        RequestEvent::Extended(_) | RequestEvent::Redated(_) => effect.total.is_some(),
        RequestEvent::SittingHeld(_) | RequestEvent::LimitPassed(_) if effect.status == Status::Refused => true,
        _ => effect.decided || !effect.charged.is_empty(),
    }
}

impl Follower for NoticeFollower {
    fn name(&self) -> &'static str {
        "notices"
    }

    fn kinds(&self) -> &'static [&'static str] {
        RequestEvent::KINDS
    }

    fn handle<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(self.tell(tx, event))
    }
}
