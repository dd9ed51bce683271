//! What can happen to a service and to a governorate's figures. Kinds are never edited.

use jiff::civil::Date;
use record::follow::derived_id;
use record::{Draft, Event, RecordError, Stream};
use serde::{Deserialize, Serialize};

/// Kind of the streams of services, in the national tenant.
pub const SERVICE: &str = "service";
/// Kind of the streams of figures, in the governorate's tenant.
pub const FIGURES: &str = "figures";

const PUBLISHED: &str = "ServicePublished";
const SET: &str = "FigureSet";
const WITHDRAWN: &str = "FigureWithdrawn";

/// The stream of a service.
#[must_use]
pub fn service_stream(code: &str) -> Stream {
    Stream::new(SERVICE, derived_id(SERVICE, code))
}

/// The stream of a service's figures in a governorate.
#[must_use]
pub fn figures_stream(tenant: &str, service: &str) -> Stream {
    Stream::new(FIGURES, derived_id(FIGURES, &format!("{tenant}/{service}")))
}

/// A text of a service is in force from a day on (نشر إصدار من خدمة).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePublished {
    /// Code of the service.
    pub code: String,
    /// Counts the service's publications from 1.
    pub version: u32,
    /// First day on which requests are registered under it.
    pub from: Date,
    /// Lower-case hex SHA-256 of the text.
    pub hash: String,
    /// The exact text.
    pub text: String,
}

/// A governorate set one number of a service's fees (تحديد فئة محلية).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureSet {
    /// Code of the service.
    pub service: String,
    /// Code of the figure, as `catalogue::fees::slots` lists it.
    pub figure: String,
    /// Pounds or per cent, as decimal text.
    pub value: String,
    /// Number of the decision.
    pub decision: String,
    /// Day of the decision.
    pub decided_on: Date,
    /// First day in force.
    pub from: Date,
    /// Last day in force, if it ends.
    pub to: Option<Date>,
}

/// A figure no longer holds (سحب فئة محلية).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureWithdrawn {
    /// Code of the service.
    pub service: String,
    /// Version of the stream that set the figure.
    pub entry: i64,
    /// The last day on which it held; none if it never came into force.
    pub until: Option<Date>,
}

/// An event of this slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuideEvent {
    /// See [`ServicePublished`].
    Published(ServicePublished),
    /// See [`FigureSet`].
    Set(FigureSet),
    /// See [`FigureWithdrawn`].
    Withdrawn(FigureWithdrawn),
}

impl GuideEvent {
    /// Reads an event of the record.
    ///
    /// # Errors
    /// When the kind is not one of this slice or the data has another shape.
    pub fn read(event: &Event) -> Result<Self, RecordError> {
        match event.kind.as_str() {
            PUBLISHED => event.data().map(Self::Published),
            SET => event.data().map(Self::Set),
            WITHDRAWN => event.data().map(Self::Withdrawn),
            other => Err(RecordError::Shape(format!("unknown kind {other}"))),
        }
    }

    /// As it goes into the record.
    ///
    /// # Errors
    /// When the data is no JSON, which these are.
    pub fn draft(&self) -> Result<Draft, RecordError> {
        match self {
            Self::Published(data) => Draft::of(PUBLISHED, data),
            Self::Set(data) => Draft::of(SET, data),
            Self::Withdrawn(data) => Draft::of(WITHDRAWN, data),
        }
    }
}
