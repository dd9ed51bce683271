//! Who may act under a mandate, and what may become of it. Pure.

use catalogue::model::ApplicantKind;
use jiff::civil::Date;
use record::SubjectKey;
use uuid::Uuid;

use super::events::{Capacity, Declared, MandateEvent, Party, Scan, Scope};
use crate::citizens::{Applicant, Identity, IdentityKind};

/// Most letters of a name, an office or a number of a document.
const MOST: usize = 200;

/// Names of the fields under which values are encrypted.
pub(super) const NAME: &str = "mandate principal";
pub(super) const NUMBER: &str = "mandate number";
pub(super) const TAX: &str = "mandate tax number";
pub(super) const MOBILE: &str = "mandate mobile";
pub(super) const DOCUMENT: &str = "mandate document";
pub(super) const OFFICE: &str = "mandate office";

/// For whom a mandate is (الأصيل). `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Principal {
    /// Person or company.
    pub kind: ApplicantKind,
    /// Name.
    pub name: String,
    /// National id of a person, number of a company in the commercial register.
    pub number: String,
    /// Tax number of a company: it alone is one in the whole country.
    pub tax: Option<String>,
    /// Mobile, eleven digits.
    pub mobile: String,
}

impl std::fmt::Debug for Principal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Principal({:?}, ***)", self.kind)
    }
}

impl Principal {
    /// The text whose keyed digest finds the mandates of a principal.
    pub(super) fn lookup(&self) -> String {
        match &self.tax {
            Some(tax) => format!("company:{}/{tax}", self.number),
            None => format!("person:{}", self.number),
        }
    }

    /// The principal as the applicant of a request. A company goes by its tax number, since numbers of the
    /// commercial register are given by each of its offices anew.
    pub fn applicant(&self) -> Applicant {
        let (kind, number) = match &self.tax {
            Some(tax) => (IdentityKind::TaxNumber, tax),
            None => (IdentityKind::NationalId, &self.number),
        };
        Applicant {
            kind: self.kind,
            name: self.name.clone(),
            identity: Some(Identity { kind, number: number.clone() }),
            mobile: Some(self.mobile.clone()),
            email: None,
            address: None,
        }
    }
}

/// The document behind a mandate (المحرر). `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// Its number.
    pub number: String,
    /// Who authenticated it: a notary's office, a court, a syndicate.
    pub office: String,
    /// Its day.
    pub dated: Date,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Document({}, ***)", self.dated)
    }
}

/// A mandate to be declared (إقرار بتوكيل).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// For whom.
    pub principal: Principal,
    /// In what capacity.
    pub capacity: Capacity,
    /// By what document.
    pub document: Document,
    /// First day.
    pub from: Date,
    /// Last day; none = until it is ended.
    pub to: Option<Date>,
    /// In which services.
    pub scope: Scope,
    /// The scan of the document.
    pub scan: Option<Scan>,
}

/// Who acts, from when to when, in what (حدود التوكيل).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The account that acts.
    pub grantee: Uuid,
    /// In what capacity.
    pub capacity: Capacity,
    /// First day.
    pub from: Date,
    /// Last day; none = until it is ended.
    pub to: Option<Date>,
    /// In which services.
    pub scope: Scope,
}

/// What the record says of a mandate (موقف التوكيل).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Told by the grantee alone.
    Declared,
    /// Confirmed.
    Confirmed,
    /// Refused.
    Refused,
    /// Ended before its day.
    Ended,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Declared, Self::Confirmed, Self::Refused, Self::Ended];

    /// The stored word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }

    /// The state with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What a mandate is on a day (حال التوكيل في يوم).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Declared, within its days.
    Declared,
    /// Confirmed, within its days.
    Confirmed,
    /// Its first day is to come.
    Early,
    /// Its last day has passed.
    Expired,
    /// Refused.
    Refused,
    /// Ended.
    Ended,
}

impl Standing {
    /// Part of the keys of its words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Confirmed => "confirmed",
            Self::Early => "early",
            Self::Expired => "expired",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }
}

impl Terms {
    /// What the mandate is on a day.
    pub fn standing(&self, state: State, day: Date) -> Standing {
        match state {
            State::Refused => Standing::Refused,
            State::Ended => Standing::Ended,
            _ if self.to.is_some_and(|to| to < day) => Standing::Expired,
            _ if day < self.from => Standing::Early,
            State::Declared => Standing::Declared,
            State::Confirmed => Standing::Confirmed,
        }
    }

    /// Whether an account may send a request for a service in the principal's name, and follow it.
    pub fn lets_send(&self, state: State, account: Uuid, service: &str, day: Date) -> bool {
        self.grantee == account
            && self.scope.covers(service)
            && matches!(self.standing(state, day), Standing::Declared | Standing::Confirmed)
    }

    /// Whether an account may open what is recorded of the principal for a service, and act in it.
    pub fn lets_open(&self, state: State, account: Uuid, service: &str, day: Date) -> bool {
        state == State::Confirmed && self.lets_send(state, account, service, day)
    }
}

/// Why a mandate is not declared or settled (سبب عدم القبول).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", self.message())]
pub enum Refusal {
    /// The principal has no whole name.
    Name,
    /// Grantee and principal are one.
    OneSelf,
    /// The principal is neither person nor company, or a number is missing.
    Principal,
    /// The document has no number.
    NoDocument,
    /// Nobody authenticated it.
    NoOffice,
    /// It is dated after today.
    Dated,
    /// It begins before its document.
    From,
    /// It ends before it begins, or before today.
    To,
    /// It is good for no service.
    NoScope,
    /// The scan is not there.
    NoScan,
    /// There is no such mandate, or it is none of the viewer's.
    NoMandate,
    /// Its grantee confirms nothing.
    OwnMandate,
    /// No window has seen the grantee's card.
    GranteeUnconfirmed,
    /// No window has seen the card of who accepts it.
    Unconfirmed,
    /// It was confirmed: it can be ended.
    Settled,
    /// It was refused, was ended, or its day has passed.
    Over,
}

impl Refusal {
    /// Key of the message.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Name => "mandates-refused-name",
            Self::OneSelf => "mandates-refused-one-self",
            Self::Principal => "mandates-refused-principal",
            Self::NoDocument => "mandates-refused-no-document",
            Self::NoOffice => "mandates-refused-no-office",
            Self::Dated => "mandates-refused-dated",
            Self::From => "mandates-refused-from",
            Self::To => "mandates-refused-to",
            Self::NoScope => "mandates-refused-no-scope",
            Self::NoScan => "mandates-refused-no-scan",
            Self::NoMandate => "mandates-refused-none",
            Self::OwnMandate => "mandates-refused-own",
            Self::GranteeUnconfirmed => "mandates-refused-grantee-unconfirmed",
            Self::Unconfirmed => "mandates-refused-unconfirmed",
            Self::Settled => "mandates-refused-settled",
            Self::Over => "mandates-refused-over",
        }
    }

    /// The field of the form that it is about.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::OneSelf => "nid",
            Self::Principal => "number",
            Self::NoDocument => "document",
            Self::NoOffice => "office",
            Self::Dated => "dated",
            Self::From => "from",
            Self::To => "to",
            Self::NoScope => "scope",
            Self::NoScan => "file.scan",
            _ => "",
        }
    }
}

fn words(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn within(text: &str, refusal: Refusal) -> Result<String, Refusal> {
    let text = words(text);
    if text.is_empty() || text.chars().count() > MOST { Err(refusal) } else { Ok(text) }
}

/// Judges what a grantee declares: an order that is in order, and for somebody else. `own` is the national id of
/// the grantee.
pub(super) fn judge(order: &Order, own: &str, today: Date) -> Result<(), Refusal> {
    let Principal { kind, name, number, tax, mobile } = &order.principal;
    let name = within(name, Refusal::Name)?;
    match (kind, tax) {
        (ApplicantKind::Person, None) if name.contains(' ') => {}
        (ApplicantKind::Person, None) => return Err(Refusal::Name),
        (ApplicantKind::Company, Some(tax)) if !tax.is_empty() => {}
        _ => return Err(Refusal::Principal),
    }
    if number.is_empty() || mobile.is_empty() {
        return Err(Refusal::Principal);
    }
    if *kind == ApplicantKind::Person && number == own {
        return Err(Refusal::OneSelf);
    }
    within(&order.document.number, Refusal::NoDocument)?;
    within(&order.document.office, Refusal::NoOffice)?;
    if order.document.dated > today {
        return Err(Refusal::Dated);
    }
    if order.from < order.document.dated {
        return Err(Refusal::From);
    }
    if order.to.is_some_and(|to| to < order.from || to < today) {
        return Err(Refusal::To);
    }
    if matches!(&order.scope, Scope::Only { services, .. } if services.is_empty()) {
        return Err(Refusal::NoScope);
    }
    Ok(())
}

/// Declares a mandate of an account.
pub(super) fn declare(
    key: &SubjectKey,
    grantee: Uuid,
    own: &str,
    order: &Order,
    today: Date,
) -> Result<MandateEvent, Refusal> {
    judge(order, own, today)?;
    let Principal { kind, name, number, tax, mobile } = &order.principal;
    Ok(MandateEvent::MandateDeclared(Box::new(Declared {
        grantee,
        principal_kind: *kind,
        name: key.encrypt(NAME, &words(name)),
        number: key.encrypt(NUMBER, number),
        tax: tax.as_ref().map(|tax| key.encrypt(TAX, tax)),
        mobile: key.encrypt(MOBILE, mobile),
        capacity: order.capacity,
        document: key.encrypt(DOCUMENT, &words(&order.document.number)),
        office: key.encrypt(OFFICE, &words(&order.document.office)),
        dated: order.document.dated,
        from: order.from,
        to: order.to,
        scope: order.scope.clone(),
        scan: order.scan.clone(),
    })))
}

/// What is done with a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// تأكيد
    Confirm,
    /// رفض
    Refuse,
    /// إنهاء
    End,
}

/// What settling a mandate depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// Who does it.
    pub by: Party,
    /// Whether a window has seen the grantee's card.
    pub grantee_confirmed: bool,
    /// The day.
    pub today: Date,
}

/// Settles a mandate; none if it stands so already.
pub(super) fn settle(state: State, to: Option<Date>, act: Act, facts: Facts) -> Result<Option<MandateEvent>, Refusal> {
    let by = facts.by;
    let expired = to.is_some_and(|to| to < facts.today);
    match (act, state) {
        (Act::Confirm, State::Confirmed) | (Act::Refuse, State::Refused) | (Act::End, State::Ended) => Ok(None),
        (_, State::Refused | State::Ended) => Err(Refusal::Over),
        _ if expired => Err(Refusal::Over),
        (Act::Confirm | Act::Refuse, _) if by == Party::Grantee => Err(Refusal::OwnMandate),
        (Act::Confirm, State::Declared) if !facts.grantee_confirmed => Err(Refusal::GranteeUnconfirmed),
        (Act::Confirm, State::Declared) => Ok(Some(MandateEvent::MandateConfirmed { by })),
        (Act::Refuse, State::Declared) => Ok(Some(MandateEvent::MandateRefused { by })),
        (Act::Refuse, State::Confirmed) => Err(Refusal::Settled),
        (Act::End, State::Declared | State::Confirmed) => Ok(Some(MandateEvent::MandateEnded { by })),
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
