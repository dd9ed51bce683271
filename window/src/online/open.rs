//! An application opened by its owner: the service in force, what was typed, who asks.

use std::sync::Arc;

use axum::response::{IntoResponse as _, Response};
use catalogue::Service;
use catalogue::answers::Applicant as Known;
use catalogue::model::ApplicantKind;
use foundation::identity::{NationalId, Sex};
use foundation::web::{Ctx, Flash, FormData, PageError, see_other};
use jiff::civil::Date;
use registry::Viewer;
use registry::accounts::Account;
use registry::citizens::{Applicant, PersonKind};
use registry::mandates::{self, Mandate};
use uuid::Uuid;

use super::steps::{self, Reading};
use super::store::{self, Application, Fate, SaveError};
use crate::Office;
use crate::requests::act::Who;
use crate::requests::events::ServiceRef;
use crate::requests::rules;

/// An application that is the viewer's own.
pub(super) struct Opened {
    pub application: Application,
    /// The version in force now.
    pub service: Arc<Service>,
    pub data: FormData,
    pub acting: Acting,
}

/// Who asks, and for whom.
pub(super) struct Acting {
    pub applicant: Who,
    pub agent: Option<Who>,
    pub known: Known,
}

/// What came of opening.
pub(super) enum Found {
    Here(Box<Opened>),
    /// It is not there; the answer says what has become of it.
    Gone(Response),
}

impl Opened {
    pub(super) fn reading<'a>(&'a self, office: &Office) -> Reading<'a> {
        Reading {
            service: &self.service,
            applicant: &self.acting.known,
            data: &self.data,
            today: rules::day(office.clock.now()),
        }
    }

    /// Path of a page of it.
    pub(super) fn path(&self, below: &str) -> String {
        path(self.application.id, below)
    }
}

/// Path of a page of an application.
pub(super) fn path(id: Uuid, below: &str) -> String {
    match below {
        "" => format!("/account/applications/{id}"),
        below => format!("/account/applications/{id}/{below}"),
    }
}

/// The holder of the account asking for themselves, or in the place of the principal of a mandate: then both
/// stand in the request, and conditions of the service see an agent.
pub(super) fn acting(account: &Account, mandate: Option<&Mandate>) -> Acting {
    let own = own(account);
    let Some(mandate) = mandate else { return own };
    let principal = &mandate.principal;
    let number = NationalId::parse(&principal.number, Date::MAX).ok();
    let sex = number.filter(|_| principal.kind == ApplicantKind::Person).map(|number| sex(&number));
    Acting {
        applicant: Who { person: principal.applicant(), chosen: None },
        agent: Some(own.applicant),
        known: Known { kind: principal.kind, by_agent: true, is_foreign: false, sex },
    }
}

fn sex(number: &NationalId) -> &'static str {
    match number.sex() {
        Sex::Male => "male",
        Sex::Female => "female",
    }
}

fn own(account: &Account) -> Acting {
    let login = &account.login;
    let sex = sex(&login.national_id);
    let applicant = Who {
        person: Applicant {
            kind: PersonKind::Person,
            name: account.name.clone(),
            identity: Some(account.identity()),
            mobile: Some(login.mobile.as_str().to_owned()),
            email: account.email.clone(),
            address: None,
        },
        chosen: None,
    };
    let known = Known { kind: ApplicantKind::Person, by_agent: false, is_foreign: false, sex: Some(sex) };
    Acting { applicant, agent: None, known }
}

/// Opens an application, fitted to the version of its service that is in force now.
pub(super) async fn open(office: &Office, viewer: &Viewer, c: &Ctx, id: Uuid) -> Result<Found, PageError> {
    let account = &viewer.holder().ok_or(PageError::SignIn)?.account;
    let found = store::open(office, viewer, id).await.map_err(|error| PageError::from_error(&error))?;
    let Some((application, typed)) = found else { return gone(office, viewer, c, id).await };
    let today = rules::day(office.clock.now());
    let Some(service) = office.service(&application.service, today) else {
        let words = c.t("online-service-ended");
        return Ok(Found::Gone(see_other("/account").with_flash(Flash::warn(words)).into_response()));
    };
    let mandate = match application.mandate {
        None => None,
        Some(mandate) => {
            let keyring = office.record.keyring();
            let mut reader = office.db.reader();
            let found = mandates::acting(&mut reader, keyring, account.id, mandate, &service.code, today).await;
            let Some(found) = found.map_err(|error| PageError::from_error(&error))? else {
                let words = c.t("mandates-acting-over");
                return Ok(Found::Gone(see_other("/account").with_flash(Flash::warn(words)).into_response()));
            };
            Some(found)
        }
    };
    let mut data = pairs(&typed);
    if service.hash != application.hash {
        let old = ServiceRef { code: service.code.clone(), version: application.hash.clone() };
        // A version that nobody knows any more asks everything again.
        if let Some(old) = office.version(&old) {
            steps::reconcile(&old, &service, &mut data);
        }
    }
    let acting = acting(account, mandate.as_ref());
    Ok(Found::Here(Box::new(Opened { application, service, data, acting })))
}

/// What was typed, as it was kept.
fn pairs(typed: &serde_json::Value) -> FormData {
    let pairs = typed.as_array().map(Vec::as_slice).unwrap_or_default().iter();
    let pairs = pairs.filter_map(|pair| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned())));
    FormData::from_pairs(pairs)
}

async fn gone(office: &Office, viewer: &Viewer, c: &Ctx, id: Uuid) -> Result<Found, PageError> {
    match store::fate(&mut office.db.reader(), viewer, id).await? {
        Fate::Sent(number) => {
            let flash = Flash::info(c.t("online-sent-already"));
            Ok(Found::Gone(see_other(format!("/account/requests/{number}")).with_flash(flash).into_response()))
        }
        Fate::Unknown => Err(PageError::Gone(Some(c.t("online-gone")))),
    }
}

/// Keeps what is typed now; gives the new version.
pub(super) async fn save(office: &Office, viewer: &Viewer, opened: &Opened) -> Result<i64, SaveError> {
    let typed: Vec<[&str; 2]> = opened.data.pairs().map(|(name, value)| [name, value]).collect();
    let typed = serde_json::to_value(typed).map_err(record::RecordError::from)?;
    store::save(office, viewer, &opened.application, &opened.service.hash, typed).await
}

/// What a save that did not come about is as a page, but for the one that another device won.
pub(super) fn save_error(c: &Ctx, error: SaveError) -> PageError {
    match error {
        SaveError::SignIn => PageError::SignIn,
        SaveError::Gone => PageError::Gone(Some(c.t("online-gone"))),
        SaveError::TooMany => PageError::Conflict(c.t1("online-too-many", "n", store::MOST)),
        SaveError::NoMandate => PageError::Conflict(c.t("mandates-acting-over")),
        SaveError::Elsewhere => PageError::Conflict(c.t("online-elsewhere")),
        SaveError::Record(record::RecordError::Db(error)) => error.into(),
        SaveError::Record(error) => PageError::from_error(&error),
    }
}
