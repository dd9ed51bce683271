//! What can happen to a mandate. Kinds are never edited; the stream's id is the mandate's.

use catalogue::model::ApplicantKind;
use jiff::civil::Date;
use record::Cipher;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// In what capacity somebody acts (صفة النائب).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// ممثل قانوني: of a company, or guardian of a person.
    LegalRepresentative,
    /// وكيل بتوكيل رسمي
    Agent,
    /// مهندس
    Engineer,
    /// محام
    Lawyer,
}

impl Capacity {
    /// Every capacity, in the order of the forms.
    pub const ALL: [Self; 4] = [Self::LegalRepresentative, Self::Agent, Self::Engineer, Self::Lawyer];

    /// The stored word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LegalRepresentative => "legal_representative",
            Self::Agent => "agent",
            Self::Engineer => "engineer",
            Self::Lawyer => "lawyer",
        }
    }

    /// The capacity with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.code() == code)
    }
}

/// What a mandate is good for (نطاق التوكيل).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every service.
    All,
    /// Some services. A group means the services that it had when the mandate was declared, so that a
    /// document of one year does not grow with the catalogue.
    Only {
        /// Codes of groups, as they were chosen.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<String>,
        /// Codes of all services, those of the groups too.
        services: Vec<String>,
    },
}

impl Scope {
    /// Whether a service is within it.
    pub fn covers(&self, service: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only { services, .. } => services.iter().any(|code| code == service),
        }
    }
}

/// The scan of the document: a stored file under the mandate's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// SHA-256 of the stored bytes, hexadecimal.
    pub hash: String,
    /// Media type by content.
    pub media: String,
    /// Bytes.
    pub size: i64,
}

/// Who settles a mandate (من فصل في التوكيل).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// النائب
    Grantee,
    /// الأصيل
    Principal,
    /// الشباك
    Window,
}

/// What a grantee declared (بيانات التوكيل), personal values encrypted under the mandate's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// The account that acts.
    pub grantee: Uuid,
    /// Person or company.
    pub principal_kind: ApplicantKind,
    /// Name of the principal.
    pub name: Cipher,
    /// National id, or number in the commercial register.
    pub number: Cipher,
    /// Tax number of a company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Cipher>,
    /// Mobile of the principal.
    pub mobile: Cipher,
    /// In what capacity.
    pub capacity: Capacity,
    /// Number of the document.
    pub document: Cipher,
    /// Who authenticated it.
    pub office: Cipher,
    /// Its day.
    pub dated: Date,
    /// First day.
    pub from: Date,
    /// Last day; none = until it is ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// What it is good for.
    pub scope: Scope,
    /// The scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<Scan>,
}

/// An event of a stream `mandate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum MandateEvent {
    /// The grantee told it.
    MandateDeclared(Box<Declared>),
    /// The principal accepted it, or a window saw the original.
    MandateConfirmed {
        /// Who.
        by: Party,
    },
    /// It is not so.
    MandateRefused {
        /// Who says so.
        by: Party,
    },
    /// It is over before its day.
    MandateEnded {
        /// Who ended it.
        by: Party,
    },
}
