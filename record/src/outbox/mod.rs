//! صندوق الصادر: what leaves the node: text messages, e-mail, calls to other systems (webhooks).
//!
//! A message is put into the box by the transaction that wants it sent, so that it is neither lost
//! nor sent for something that never happened. A [`Post`] delivers what is due, each channel in a
//! task of its own: waiting → sending → sent → delivered, or failed, or expired. The id makes it one
//! message however often it is put (for [`KEPT`] after it is over), and travels to the provider.
//! A crash between sending and noting it means that it is sent again, under the same id.
//!
//! ```
//! # use foundation::{clock::Micros, db::Tx, web::messages::Lang};
//! # use record::{Keyring, RecordError, outbox::{self, Content, Outgoing, Owner}};
//! # async fn login(tx: &mut Tx, keyring: &Keyring, attempt: uuid::Uuid, now: Micros) -> Result<(), RecordError> {
//! let code = Outgoing {
//!     id: attempt,                           // the same id twice is one message
//!     tenant: "01".into(),
//!     content: Content::Sms { to: "+201001234567".into(), text: "رمز الدخول إلى شُبّاك: 482913".into() },
//!     owner: Owner::Message,                 // the mobile belongs to nobody yet; else Owner::Subject(person)
//!     template: "login-code".into(),         // for lists: says what it is, nothing personal
//!     lang: Lang::Ar,
//!     not_before: now,
//!     expires_at: now.plus_minutes(10),      // never sent from then on
//!     urgent: true,                          // ignores quiet hours, goes before the others
//! };
//! outbox::put(tx, keyring, &code, now).await?;
//! # Ok(()) }
//! ```
//!
//! Texts for people are written by `window::notices`, which has verbs for the usual messages (login
//! code, reminder of an appointment, end of a licence). A webhook is put with
//! [`Outgoing::webhook`]. Recipient and text are encrypted under the given subject's key, or under a
//! key of the message's own that goes with it; both columns are emptied as soon as it is sent.

mod deliver;
mod parts;
mod rules;
mod store;
mod webhook;

use std::fmt;

use foundation::clock::Micros;
use foundation::db::Tx;
use foundation::web::messages::Lang;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::deliver::{Message, Outcome, Post, PostParts, Running, Settings, SweepJob, Transport};
pub use self::parts::{Alphabet, alphabet, parts};
pub use self::rules::{ATTEMPTS, Quiet, Why, pause};
pub use self::store::{Arrival, Count, KEPT, Listed, Of, Opened, Standing, counts, list, opened, own, retry, standing};
pub use self::webhook::{Call, CloudEvent};
use crate::{Keyring, RecordError};

/// قناة: a way out of the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// رسالة نصية
    Sms,
    /// بريد إلكتروني
    Email,
    /// نداء إلى نظام آخر
    Webhook,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 3] = [Self::Sms, Self::Email, Self::Webhook];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }

    /// The channel with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// Whether a person is reached by it, whose nights are quiet.
    pub const fn reaches_people(self) -> bool {
        !matches!(self, Self::Webhook)
    }
}

/// موقف الرسالة: where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// في الانتظار: for its time, the end of the quiet hours or another attempt.
    Waiting,
    /// جارٍ الإرسال
    Sending,
    /// أُرسلت: the provider has it.
    Sent,
    /// وصلت
    Delivered,
    /// تعذر الإرسال: refused for good, or tried too often.
    Failed,
    /// فات وقتها
    Expired,
    /// لم تُرسل: the channel is not configured.
    Off,
}

impl State {
    /// Every state, in the order of a message's life.
    pub const ALL: [Self; 7] =
        [Self::Waiting, Self::Sending, Self::Sent, Self::Delivered, Self::Failed, Self::Expired, Self::Off];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Off => "off",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether nothing is going to be sent any more.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Sending)
    }
}

/// مضمون الرسالة: recipient and text. `Debug` shows neither.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "channel", rename_all = "snake_case", deny_unknown_fields)]
pub enum Content {
    /// A text message.
    Sms {
        /// Number in E.164: `+201001234567`.
        to: String,
        /// What it says.
        text: String,
    },
    /// A letter.
    Email {
        /// Address.
        to: String,
        /// Subject line.
        subject: String,
        /// What it says: paragraphs parted by an empty line; addresses on lines of their own.
        text: String,
    },
    /// A call to another system.
    Webhook {
        /// Where it goes.
        url: String,
        /// `whsec_` and the base64 of the secret that it is signed with.
        secret: String,
        /// The body: JSON.
        body: String,
    },
}

impl Content {
    /// The channel on which it leaves.
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Sms { .. } => Channel::Sms,
            Self::Email { .. } => Channel::Email,
            Self::Webhook { .. } => Channel::Webhook,
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({})", self.channel().code())
    }
}

/// Under whose key recipient and text are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A person, company or request of the tenant: erasing them makes the message unreadable too.
    Subject(Uuid),
    /// Nobody yet: a key of the message's own, which goes with it.
    Message,
}

/// رسالة صادرة: a message to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its id: the same twice is one message.
    pub id: Uuid,
    /// Governorate on whose behalf it is sent, or `00`.
    pub tenant: String,
    /// Recipient and text.
    pub content: Content,
    /// Under whose key these are encrypted.
    pub owner: Owner,
    /// What kind of message it is, for lists and figures: `registered`, `login-code`. Nothing personal.
    pub template: String,
    /// Language of the text.
    pub lang: Lang,
    /// Earliest time.
    pub not_before: Micros,
    /// From this moment on it is worthless and is not sent any more.
    pub expires_at: Micros,
    /// Goes out in quiet hours too, and before the others.
    pub urgent: bool,
}

/// Puts a message into the box, in the transaction that wants it sent. Says whether it is new: false
/// if it was put before, or if its owner's key is gone (nobody may read or send it then).
pub async fn put(tx: &mut Tx, keyring: &Keyring, message: &Outgoing, now: Micros) -> Result<bool, RecordError> {
    store::put(tx, keyring, message, now).await
}
