//! What can happen to an applicant. Kinds are never edited; the stream's id is the person's.

use record::Cipher;
use serde::{Deserialize, Serialize};

/// Kind of applicant (صفة مقدم الطلب), as the catalogue's expressions compare it.
pub use catalogue::model::ApplicantKind as PersonKind;

/// Kind of identifying number (نوع رقم الهوية).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityKind {
    /// الرقم القومي
    NationalId,
    /// جواز سفر
    Passport,
    /// سجل تجاري
    CommercialRegister,
    /// رقم التسجيل الضريبي
    TaxNumber,
    /// رقم قيد أو إشهار
    Registration,
}

impl IdentityKind {
    /// Every kind, in the order of the forms.
    pub const ALL: [Self; 5] =
        [Self::NationalId, Self::Passport, Self::CommercialRegister, Self::TaxNumber, Self::Registration];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NationalId => "national_id",
            Self::Passport => "passport",
            Self::CommercialRegister => "commercial_register",
            Self::TaxNumber => "tax_number",
            Self::Registration => "registration",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// All values of a person at one moment, encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// Kind of applicant.
    pub person_kind: PersonKind,
    /// Kind of identifying number.
    pub identity_kind: Option<IdentityKind>,
    /// Name.
    pub name: Cipher,
    /// Identifying number.
    pub identity: Option<Cipher>,
    /// Mobile.
    pub mobile: Option<Cipher>,
    /// E-mail.
    pub email: Option<Cipher>,
    /// Address of residence or seat.
    pub address: Option<Cipher>,
}

/// An event of a stream `person`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum PersonEvent {
    /// The person came to a window of the tenant for the first time.
    PersonRecorded(Values),
    /// Some values were wrong or have changed; all values as they are now.
    PersonCorrected(Values),
    /// Somebody at a window corrected the values, for a reason; all values as they are now.
    PersonAmended {
        /// The values.
        values: Values,
        /// Why: free text may name the person, so it is encrypted as they are.
        reason: Cipher,
    },
    /// The person's data are erased.
    PersonErased {
        /// On what ground.
        ground: String,
    },
}
