//! Registration (قيد الطلب): the applicant found or recorded, the number drawn, the slip made, all in
//! one transaction and one append.

use std::sync::Arc;

use catalogue::model::Service;
use foundation::db::Tx;
use foundation::numbers::Kind;
use record::{Command as Envelope, Event, Keyring, Part, RecordError, Stream, SubjectKey};
use registry::{Right, Viewer};
use registry::{citizens, freezes, mandates};
use uuid::Uuid;

use super::facts::Ground;
use super::{ActError, Answer, TreeWorld, answer, attempts, authority, draft, fees, personal};
use crate::Office;
use crate::requests::drafts;
use crate::requests::events::{Answers, Applicant, ApplicantKind, Channel, FileRef, Paper, STREAM, Slip, TakenIn};
use crate::requests::rules::{self, Command, Frozen, Known, Refusal, Register};
use crate::requests::store;
use crate::{numbers, online, uploads};

/// Somebody at the window: as typed, and as chosen from what is known.
#[derive(Debug, Clone)]
pub struct Who {
    /// Name, number and contact as typed.
    pub person: citizens::Applicant,
    /// The person that the clerk chose, if there was no number to find one by.
    pub chosen: Option<Uuid>,
}

/// A filled-in intake form (استمارة القيد), checked for form already.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Id of the form: the same form twice is one request.
    pub command: Uuid,
    /// Id that the request will have; files were uploaded under it.
    pub request: Uuid,
    /// Code of the service.
    pub service: String,
    /// Competent unit.
    pub unit: String,
    /// Where it is taken in.
    pub taken_in: TakenIn,
    /// Who asks.
    pub applicant: Who,
    /// Who came in the applicant's place.
    pub agent: Option<Who>,
    /// Whether a foreigner.
    pub foreign: bool,
    /// `male` or `female`, where known.
    pub sex: Option<String>,
    /// Number of the paper that the request is about, where it is known by itself; else the answer of the
    /// form's field is looked at.
    pub parent: Option<String>,
    /// All answers, personal ones too: canonical JSON by field id.
    pub answers: Answers,
    /// Documents, presented or to come.
    pub papers: Vec<Paper>,
    /// Whether the form was parked as a draft, which ends with the registration.
    pub parked: bool,
    /// Whether the clerk checked completeness at the window.
    pub checked: bool,
}

/// Registers a request and answers when it is sealed: number, code of the slip. Its PIN is
/// [`slip_pin`].
///
/// # Errors
/// [`ActError`].
pub async fn register(office: &Office, viewer: &Viewer, intake: Intake) -> Result<Answer, ActError> {
    let tree = office.units.now();
    let unit = tree.unit(&intake.unit).ok_or_else(|| ActError::NoUnit(intake.unit.clone()))?;
    let tenant = unit.tenant.clone();
    let service = office.service(&intake.service, rules::day(office.clock.now())).ok_or(ActError::NoService)?;
    let request = intake.request;
    let drawn = Drawn { applicant: office.ids.next(), agent: office.ids.next(), token: office.ids.token() };
    let job = Arc::new(Job {
        office: office.clone(),
        viewer: viewer.clone(),
        intake,
        tenant: tenant.clone(),
        service,
        drawn,
    });
    let events = attempts(office, job, |tx, job| Box::pin(async move { job.attempt(tx).await })).await?;
    answer::sealed(office, &tenant, request, &events).await
}

/// الرقم السري: the four digits on a request's slip. They follow from the request's id and the
/// node's key, so that a slip printed again says the same, and nothing that opens is stored.
#[must_use]
pub fn slip_pin(keyring: &Keyring, request: Uuid) -> String {
    let digest = keyring.digest("slip-pin", &request.to_string());
    let bits = digest.iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    format!("{:04}", bits % 10_000)
}

/// The keyed digest of a PIN, as the event carries it.
pub(crate) fn pin_digest(keyring: &Keyring, request: Uuid, pin: &str) -> String {
    let digest = keyring.digest("slip-pin-check", &format!("{request}/{pin}"));
    foundation::ids::base32(&digest)
}

/// Random parts, drawn once for all attempts.
struct Drawn {
    applicant: Uuid,
    agent: Uuid,
    token: String,
}

struct Job {
    office: Office,
    viewer: Viewer,
    intake: Intake,
    tenant: String,
    service: Arc<Service>,
    drawn: Drawn,
}

impl Job {
    async fn attempt(&self, tx: &mut Tx) -> Result<Vec<Event>, ActError> {
        let (office, intake) = (&self.office, &self.intake);
        let tree = office.units.now();
        let assignment = match intake.taken_in.channel {
            Channel::Online => {
                // Sent in from home: the holder of the account named, signed in at this moment.
                let account = registry::accounts::confirm_signed_in(tx, &self.viewer).await?;
                if intake.taken_in.account != Some(account) {
                    return Err(ActError::Forbidden);
                }
                if let Some(mandate) = intake.taken_in.mandate {
                    self.confirm_mandate(tx, account, mandate).await?;
                }
                None
            }
            Channel::Window | Channel::Mobile => {
                let window = authority::window(&tree, &intake.taken_in.unit);
                let window = window.ok_or_else(|| ActError::NoUnit(intake.taken_in.unit.clone()))?;
                Some(authority::confirm(tx, &self.viewer, &[(Right::TakeRequests, window)]).await?)
            }
        };
        let now = office.clock.now();
        let mut envelope = Envelope {
            id: intake.command,
            tenant: self.tenant.clone(),
            actor: self.viewer.actor(),
            assignment,
            on_behalf: None,
            occurred_at: now,
        };
        match self.parts(tx, TreeWorld::new(tree, office.catalogue().clone()), now).await {
            Ok((applicant, parts)) => {
                envelope.on_behalf = intake.taken_in.mandate.map(|_| applicant);
                Ok(office.record.append_all(tx, &envelope, &parts).await?)
            }
            Err(error) => {
                let before = office.record.repeated(tx, &self.tenant, intake.command).await?;
                Err(match answer::of_stream(before, intake.request, envelope.actor) {
                    Some(events) => RecordError::Repeated(events).into(),
                    None => error,
                })
            }
        }
    }

    /// Confirms that the account may act at this moment for just this applicant in just this service.
    async fn confirm_mandate(&self, tx: &mut Tx, account: Uuid, mandate: Uuid) -> Result<(), ActError> {
        let (office, intake) = (&self.office, &self.intake);
        let day = rules::day(office.clock.now());
        let keyring = office.record.keyring();
        let acting = mandates::acting(tx, keyring, account, mandate, &self.service.code, day).await?;
        let acting = acting.ok_or(ActError::NoMandate)?;
        let is_principal = acting.principal.applicant().identity == intake.applicant.person.identity;
        if is_principal && intake.agent.is_some() { Ok(()) } else { Err(ActError::Forbidden) }
    }

    /// The applicant, and what is appended: the applicant and agent where something is new, then the request.
    async fn parts(
        &self,
        tx: &mut Tx,
        world: TreeWorld,
        now: foundation::clock::Micros,
    ) -> Result<(Uuid, Vec<Part>), ActError> {
        let (office, intake) = (&self.office, &self.intake);
        let mut parts = Vec::with_capacity(3);
        let (applicant, key) = self.person(tx, &intake.applicant, self.drawn.applicant, &mut parts).await?;
        let agent = match &intake.agent {
            Some(agent) => Some(self.person(tx, agent, self.drawn.agent, &mut parts).await?.0),
            None => None,
        };
        let (mut public, of_person) = personal::split(&self.service.fields, intake.answers.clone());
        let named = intake.parent.clone().or_else(|| rules::named_parent(&self.service, &public));
        let parent = match &named {
            Some(number) => store::parent(tx, &self.tenant, number, intake.request).await?,
            None => None,
        };
        if let (Some(relation), Some(number)) = (&self.service.parent, &named) {
            public.insert(relation.field.clone(), number.clone().into());
        }
        let personal =
            if of_person.is_empty() { serde_json::Value::Null } else { personal::encrypt_answers(&key, &of_person)? };
        let files: Vec<FileRef> = intake.papers.iter().flat_map(|paper| paper.files.clone()).collect();
        if !files.is_empty() && !uploads::kept(tx, &self.tenant, intake.request, &files).await? {
            return Err(ActError::UnknownFile);
        }
        if intake.parked {
            match intake.taken_in.channel {
                Channel::Online => online::registered(tx, &self.tenant, intake.request).await?,
                Channel::Window | Channel::Mobile => drafts::registered(tx, &self.tenant, intake.request).await?,
            }
        }
        let subject = applicant;
        let applicant = Applicant {
            subject,
            kind: kind(intake.applicant.person.kind),
            agent,
            foreign: intake.foreign,
            sex: intake.sex.clone(),
        };
        let keyring = office.record.keyring();
        let pin = slip_pin(keyring, intake.request);
        let slip = Slip { token: self.drawn.token.clone(), pin: pin_digest(keyring, intake.request, &pin) };
        let freeze = self.freeze(&world, &applicant, &public, now)?;
        let ground = Ground {
            now,
            actor: self.viewer.actor(),
            by_manager: false,
            expected: None,
            world,
            fees: fees::at_intake(office, &self.service, &self.tenant, &applicant, &public, now),
            service: self.service.clone(),
            parent: parent.map(|parent| parent.facts),
            freeze,
        };
        let command = Command::Register(Box::new(Register {
            tenant: self.tenant.clone(),
            unit: intake.unit.clone(),
            taken_in: intake.taken_in.clone(),
            applicant,
            parent: named,
            answers: public,
            personal,
            papers: intake.papers.clone(),
            checked: intake.checked,
        }));
        let sample = numbers::sample(&intake.unit, Kind::Request, now)?.to_string();
        rules::decide(None, &command, &ground.with_slip(&sample, &slip))?;
        let number = numbers::allot(tx, &self.tenant, &intake.unit, Kind::Request, now).await?.to_string();
        let events = rules::decide(None, &command, &ground.with_slip(&number, &slip))?;
        let drafts = events.iter().map(draft).collect::<Result<_, _>>()?;
        parts.push(Part { stream: Stream::new(STREAM, intake.request), expected: 0, drafts });
        Ok((subject, parts))
    }

    /// The freeze that keeps the request out, if one does.
    fn freeze(
        &self,
        world: &TreeWorld,
        applicant: &Applicant,
        public: &Answers,
        now: foundation::clock::Micros,
    ) -> Result<Option<Frozen>, Refusal> {
        let tree = world.tree();
        let Some(unit) = tree.path(&self.intake.unit) else { return Ok(None) };
        let act = match &self.service.parent {
            Some(relation) => rules::parent_act(relation, &Known::told(&self.service, applicant, public))?,
            None => None,
        };
        let place = freezes::Place { unit: &unit, point: rules::public_point(&self.service.fields, public) };
        let what = freezes::What { service: &self.service, of_earlier: act.is_some(), day: rules::day(now) };
        let against = freezes::against(tree.freezes(), what, place);
        let refuses = against.into_iter().find(|freeze| freeze.treatment == freezes::Treatment::Refuse);
        Ok(refuses.map(|freeze| Frozen { decision: freeze.decision.clone(), dated: freeze.dated, until: freeze.to }))
    }

    async fn person(
        &self,
        tx: &mut Tx,
        who: &Who,
        fresh: Uuid,
        parts: &mut Vec<Part>,
    ) -> Result<(Uuid, SubjectKey), ActError> {
        let record = &self.office.record;
        let vouched = self.intake.taken_in.channel != Channel::Online;
        let found = citizens::intake(tx, record, &self.tenant, &who.person, who.chosen, fresh, vouched).await?;
        // Applicant and agent may be one person typed twice: one stream, one part.
        parts.extend(found.part.filter(|part| parts.iter().all(|other| other.stream != part.stream)));
        Ok((found.person, found.key))
    }
}

fn kind(kind: citizens::PersonKind) -> ApplicantKind {
    match kind {
        citizens::PersonKind::Person => ApplicantKind::Person,
        citizens::PersonKind::Company => ApplicantKind::Company,
        citizens::PersonKind::Government => ApplicantKind::Government,
        citizens::PersonKind::Association => ApplicantKind::Association,
        citizens::PersonKind::OwnersUnion => ApplicantKind::OwnersUnion,
    }
}
