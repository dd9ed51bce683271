//! إخطارات: what people are told of their requests and papers, by text message and e-mail.
//!
//! A [follower](follow) turns what happens to a request into messages to the applicant and the agent, and
//! puts them into the [outbox](record::outbox). What no event of the record tells (a login code, a reminder)
//! other slices put themselves with the verbs here:
//!
//! ```
//! # use foundation::{clock::Micros, db::Tx, identity::Mobile};
//! # use record::{Keyring, RecordError, outbox::{self, Owner}};
//! # use window::notices::{self, Envelope, Recipient};
//! # async fn f(tx: &mut Tx, keyring: &Keyring, attempt: uuid::Uuid, mobile: &Mobile, now: Micros) -> Result<(), RecordError> {
//! let to = Recipient::mobile(Owner::Message, mobile);
//! for message in notices::login_code(&Envelope::new("01", attempt, now), &to, "482913", 10) {
//!     outbox::put(tx, keyring, &message, now).await?;
//! }
//! # Ok(()) }
//! ```
//!
//! The id of a message follows from what it tells, to whom and how, so that no replay sends it again.
//! Mobiles get a text message, without name, service or reason in it; who has an e-mail address gets a
//! letter as well. Nobody's wish for a language is known yet: Arabic. Where a governorate does not want
//! a message sent, the configuration says so ([`Silence`]).

pub mod follow;
mod own;
mod pages;
mod texts;

use foundation::clock::Micros;
use foundation::identity::Mobile;
use foundation::web::messages::Lang;
use jiff::civil::Date;
use record::follow::derived_id;
use record::outbox::{Channel, Content, Outgoing, Owner};
use registry::citizens::Citizen;
use uuid::Uuid;

pub use self::pages::routes;
pub use self::texts::{About, Notice, letter, sms};

/// How long a message about a request is worth sending.
pub const WORTH: i64 = 3 * Micros::DAY;

/// مستلم: who is told, and how they are reached.
#[derive(Clone)]
pub struct Recipient {
    /// Under whose key the messages lie until they are sent.
    pub owner: Owner,
    /// Mobile, E.164.
    pub mobile: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Language.
    pub lang: Lang,
}

impl Recipient {
    /// Somebody of whom only a mobile is known.
    #[must_use]
    pub fn mobile(owner: Owner, mobile: &Mobile) -> Self {
        Self { owner, mobile: Some(mobile.international()), email: None, lang: Lang::Ar }
    }

    /// An applicant or agent, as the registry knows them. What cannot be reached is left out.
    #[must_use]
    pub fn citizen(citizen: &Citizen) -> Self {
        let mobile = citizen.mobile.as_ref().and_then(|mobile| Mobile::parse(mobile.onto_paper()).ok());
        let email = citizen.email.as_ref().map(|email| email.onto_paper().trim().to_owned());
        Self {
            owner: Owner::Subject(citizen.id),
            mobile: mobile.map(|mobile| mobile.international()),
            email: email.filter(|email| email.contains('@')),
            lang: Lang::Ar,
        }
    }
}

/// ظرف: what surrounds a notice on its way.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Governorate.
    pub tenant: String,
    /// What it tells of: an event, an attempt, an appointment. With recipient and channel it makes the id.
    pub seed: Uuid,
    /// Earliest time.
    pub not_before: Micros,
    /// When it is worthless.
    pub expires_at: Micros,
    /// Ignores quiet hours.
    pub urgent: bool,
}

impl Envelope {
    /// From now on, worth sending for [`WORTH`].
    #[must_use]
    pub fn new(tenant: &str, seed: Uuid, now: Micros) -> Self {
        Self { tenant: tenant.to_owned(), seed, not_before: now, expires_at: now.plus(WORTH), urgent: false }
    }

    /// Worthless from this moment on, if that is earlier.
    #[must_use]
    pub fn until(mut self, moment: Micros) -> Self {
        self.expires_at = self.expires_at.min(moment);
        self
    }
}

/// The messages that tell something to somebody: to the mobile, and to the e-mail address.
#[must_use]
pub fn messages(envelope: &Envelope, to: &Recipient, notice: &Notice, about: &About) -> Vec<Outgoing> {
    let mut contents = Vec::new();
    if let Some(mobile) = &to.mobile {
        contents.push(Content::Sms { to: mobile.clone(), text: sms(to.lang, notice, about) });
    }
    if let Some(email) = &to.email {
        let (subject, text) = letter(to.lang, notice, about);
        contents.push(Content::Email { to: email.clone(), subject, text });
    }
    let whose = match to.owner {
        Owner::Subject(subject) => subject.to_string(),
        Owner::Message => String::new(),
    };
    let message = |content: Content| Outgoing {
        id: id(envelope, &whose, notice, content.channel()),
        tenant: envelope.tenant.clone(),
        owner: to.owner,
        template: notice.key().to_owned(),
        lang: to.lang,
        not_before: envelope.not_before,
        expires_at: envelope.expires_at,
        urgent: envelope.urgent,
        content,
    };
    contents.into_iter().map(message).collect()
}

fn id(envelope: &Envelope, whose: &str, notice: &Notice, channel: Channel) -> Uuid {
    derived_id("notices", &format!("{}/{whose}/{}/{}", envelope.seed, notice.key(), channel.code()))
}

/// A login code (رمز الدخول): at once, at night too, and worthless after `minutes`. The seed of the envelope
/// is the attempt: a second code is a second attempt.
#[must_use]
pub fn login_code(envelope: &Envelope, to: &Recipient, code: &str, minutes: i64) -> Vec<Outgoing> {
    let expires_at = envelope.not_before.plus_minutes(minutes);
    let envelope = Envelope { urgent: true, expires_at, ..envelope.clone() };
    messages(&envelope, to, &Notice::LoginCode { code: code.to_owned(), minutes }, &About::default())
}

/// A reminder of an appointment (تذكير بموعد): worthless once it has begun. `about` brings the link with
/// which it is changed.
#[must_use]
pub fn appointment_reminder(
    envelope: &Envelope,
    to: &Recipient,
    at: Micros,
    place: &str,
    about: &About,
) -> Vec<Outgoing> {
    messages(&envelope.clone().until(at), to, &Notice::Appointment { at, place: place.to_owned() }, about)
}

/// That a licence or another paper ends soon (قرب انتهاء مستند).
#[must_use]
pub fn licence_expiring(
    envelope: &Envelope,
    to: &Recipient,
    paper: &str,
    last_day: Date,
    about: &About,
) -> Vec<Outgoing> {
    let notice = Notice::LicenceExpiring { paper: paper.to_owned(), last: last_day };
    messages(envelope, to, &notice, about)
}

/// الإخطارات الموقوفة: what is not sent where, as the configuration lists it: `01/visit` in one
/// governorate, `*/redated` in all, `21/*` nothing in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Silence(Vec<(String, String)>);

impl Silence {
    /// Reads the list; the first entry that names no governorate or no message is the error.
    ///
    /// # Errors
    /// The entry as written.
    pub fn parse(list: &str) -> Result<Self, String> {
        let entry = |text: &str| {
            let (tenant, key) = text.split_once('/')?;
            let tenant_known = tenant == "*"
                || tenant == "00"
                || tenant.parse().is_ok_and(|n| foundation::governorates::name(n).is_some());
            (tenant_known && (key == "*" || Notice::KEYS.contains(&key))).then(|| (tenant.to_owned(), key.to_owned()))
        };
        let entries = list.split(',').map(str::trim).filter(|text| !text.is_empty());
        entries.map(|text| entry(text).ok_or_else(|| text.to_owned())).collect::<Result<_, _>>().map(Self)
    }

    /// Whether this message is not sent in this governorate.
    #[must_use]
    pub fn covers(&self, tenant: &str, key: &str) -> bool {
        self.0.iter().any(|(of, what)| (of == "*" || of == tenant) && (what == "*" || what == key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_read_and_kept() {
        let silence = Silence::parse("01/visit, */redated,21/*").expect("reads");
        for (tenant, key, silent) in
            [("01", "visit", true), ("02", "visit", false), ("02", "redated", true), ("21", "issued", true)]
        {
            assert_eq!(silence.covers(tenant, key), silent, "{tenant}/{key}");
        }
        assert_eq!(Silence::parse("01/visits"), Err("01/visits".into()));
        assert_eq!(Silence::parse("99/visit"), Err("99/visit".into()));
        assert!(!Silence::parse("").expect("nothing").covers("01", "visit"));
    }

    #[test]
    fn one_thing_told_to_one_person_in_one_way_is_one_message() {
        let mobile = Mobile::parse("01001234567").expect("a mobile");
        let to = Recipient {
            email: Some("a@b.example".into()),
            ..Recipient::mobile(Owner::Subject(Uuid::from_u128(1)), &mobile)
        };
        let envelope = Envelope::new("01", Uuid::from_u128(7), Micros(0));
        let ids = |envelope: &Envelope, to: &Recipient, notice: &Notice| -> Vec<Uuid> {
            messages(envelope, to, notice, &About::default()).iter().map(|message| message.id).collect()
        };
        let first = ids(&envelope, &to, &Notice::Issued);
        assert_eq!(first, ids(&envelope, &to, &Notice::Issued));
        let other = Recipient { owner: Owner::Subject(Uuid::from_u128(2)), ..to.clone() };
        let all = [
            first,
            ids(&envelope, &other, &Notice::Issued),
            ids(&Envelope { seed: Uuid::from_u128(8), ..envelope.clone() }, &to, &Notice::Issued),
        ]
        .concat();
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 6);
        let code = login_code(&envelope, &Recipient::mobile(Owner::Message, &mobile), "482913", 10);
        assert!(code[0].urgent && code[0].expires_at == Micros(0).plus_minutes(10));
    }
}
