//! Registers shared by all services (السجلات المشتركة): departments, documents, laws, reasons,
//! groups, pages, activities, units, governorates and holidays.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Department (إدارة), committee (لجنة) or outside body (جهة خارجية) that can hold a step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub kind: DepartmentKind,
    pub seat: Seat,
    /// Bodies only: the fixed place in a governorate; unit digits are 500 + order.
    #[serde(default)]
    pub order: Option<u16>,
}

impl Department {
    /// Unit code of an outside body in a governorate: `01-B501`.
    pub fn body_unit(&self, governorate: &str) -> Option<String> {
        self.order.map(|order| format!("{governorate}-B{}", 500 + order))
    }
}

/// Kind of department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepartmentKind {
    Internal,
    Committee,
    External,
}

/// Seat (المقر): which unit a department's people sit in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// The unit competent for the place.
    Unit,
    /// The governorate's headquarters.
    Governorate,
    /// The outside body's own unit in the governorate.
    Body,
}

/// Kind of document (نوع مستند).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentKind {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    /// Shows who the applicant is: kept from those who decide blind.
    pub identifies_person: bool,
}

/// Law (قانون أو قرار).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
}

/// Refusal reason (سبب رفض).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    /// Legal ground, where known.
    #[serde(default)]
    pub ground: Vec<super::LegalBasis>,
    /// A ground that is not a law of the register: a circular, a protocol, a court's principle.
    #[serde(default)]
    pub ground_note_ar: Option<String>,
    #[serde(default)]
    pub source: super::Source,
}

/// Group of services (مجموعة خدمات).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
}

/// Public page (صفحة منشورة) that facts were read in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub code: String,
    pub title: String,
    #[serde(default)]
    pub site: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    /// How much of it could be read.
    #[serde(default)]
    pub extent: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Group of shop activities (مجموعة أنشطة).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityGroup {
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
}

/// Shop activity (نشاط محل عام).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    pub code: String,
    /// Code of an [`ActivityGroup`].
    pub group: String,
    pub name_ar: String,
    pub name_en: String,
    pub class: ActivityClass,
    #[serde(default)]
    pub handles_food: bool,
    #[serde(default)]
    pub has_motors: bool,
    #[serde(default)]
    pub hours_class: HoursClass,
    /// Where the name comes from.
    #[serde(default)]
    pub source: super::Source,
    /// Where the class comes from.
    #[serde(default)]
    pub class_source: super::Source,
    #[serde(default)]
    pub editor_note: Option<String>,
}

/// Class of opening hours (فئة مواعيد العمل).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursClass {
    #[default]
    Retail,
    Workshop,
    Restaurant,
    Exempt,
}

/// Class of an activity (درجة الخطورة).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityClass {
    /// بالإخطار
    Notification,
    /// بالترخيص
    Licence,
}

/// Local unit (وحدة محلية) as shipped.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// `01-D01`.
    pub code: String,
    pub governorate: String,
    pub kind: UnitKind,
    pub name_ar: String,
    pub name_en: String,
    /// Markaz or city it belongs to; for Cairo the zone.
    pub parent_ar: Option<String>,
    /// Under Local Development; a new-city authority otherwise.
    pub local: bool,
    pub lon: f64,
    pub lat: f64,
    /// `geonames` or `approx`.
    pub coord_source: String,
    pub confidence: String,
    pub census_pcode: Option<String>,
}

/// Kind of local unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    Governorate,
    Markaz,
    City,
    District,
    NewCity,
}

/// Governorate (محافظة) as shipped.
#[derive(Debug, Clone, PartialEq)]
pub struct Governorate {
    /// As in the national id: `01`.
    pub code: String,
    pub iso_3166_2: String,
    pub name_ar: String,
    pub name_en: String,
    pub capital_ar: String,
    pub capital_en: String,
    pub capital_lon: f64,
    pub capital_lat: f64,
    pub region_ar: String,
    pub region_en: String,
    pub population_census_2017: u64,
    pub population_est_2023: u64,
}

/// Public holiday (عطلة رسمية).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub date: Date,
    pub name_ar: String,
    pub name_en: String,
    /// `past`, `fixed`, `computed`, `estimate` or `check`.
    pub status: String,
}
