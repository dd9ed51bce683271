//! Fields of a form (بيانات الاستمارة).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::decimal;

/// Field (بيان): one typed question of a form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Lower-case with underscores; the same id has the same type in every service.
    pub id: String,
    #[serde(rename = "type")]
    pub kind: FieldType,
    pub label_ar: String,
    pub label_en: String,
    #[serde(default)]
    pub hint_ar: Option<String>,
    /// `m2`, `EGP`, `month` …
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default, with = "decimal::optional")]
    pub min: Option<Decimal>,
    #[serde(default, with = "decimal::optional")]
    pub max: Option<Decimal>,
    pub required: Need,
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Choices kept elsewhere: only `shop_activities`.
    #[serde(default)]
    pub choices_ref: Option<String>,
    #[serde(default)]
    pub filled_by: FilledBy,
    /// Tells who a person is or where they can be reached: hidden from blinded roles.
    #[serde(default)]
    pub personal: bool,
    /// The columns of a repeated group.
    #[serde(default)]
    pub fields: Vec<Field>,
}

impl Field {
    /// The Arabic name of a choice of this field.
    pub fn choice_ar(&self, value: &str) -> Option<&str> {
        self.choices.iter().find(|choice| choice.value == value).map(|choice| choice.ar.as_str())
    }
}

/// Type of a field (نوع البيان).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    Text,
    Number,
    Integer,
    Choice,
    MultiChoice,
    Date,
    Money,
    AreaM2,
    LengthM,
    NationalId,
    Mobile,
    Email,
    YesNo,
    Point,
    Polygon,
    Line,
    Address,
    File,
    RepeatedGroup,
    /// Number of an earlier request or paper.
    ServiceNumber,
}

impl FieldType {
    /// Answers of this type are exact decimals.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Integer | Self::Money | Self::AreaM2 | Self::LengthM)
    }
}

/// Who fills a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilledBy {
    #[default]
    Applicant,
    /// The window or the department; the citizen does not see it.
    Office,
}

/// One choice of a field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub value: String,
    pub ar: String,
    pub en: String,
}

/// Need (الإلزام): `"always"`, `"optional"` or `{ when = "…" }`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawNeed")]
pub enum Need {
    Always,
    Optional,
    /// Required while this expression is true.
    When(String),
}

impl Need {
    /// The expression, if the need depends on one.
    pub fn when(&self) -> Option<&str> {
        match self {
            Self::When(expr) => Some(expr),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawNeed {
    Word(String),
    When { when: String },
}

impl TryFrom<RawNeed> for Need {
    type Error = String;

    fn try_from(raw: RawNeed) -> Result<Self, String> {
        match raw {
            RawNeed::When { when } => Ok(Self::When(when)),
            RawNeed::Word(word) => match word.as_str() {
                "always" => Ok(Self::Always),
                "optional" => Ok(Self::Optional),
                other => Err(format!(
                    "«{other}»: المتوقع always أو optional أو {{ when = \"…\" }} (expected always, optional or a condition)"
                )),
            },
        }
    }
}
