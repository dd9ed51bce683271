//! Money and endings (الرسوم والقرار والإصدار): fees, payment, refusal, papers, hand-over.

use std::collections::BTreeMap;

use foundation::money::Piastres;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::course::{Decision, Sitting};
use super::effect::{Effect, FeeLine, StepNo};
use super::intake::{Act, Answers, ServiceRef};
use uuid::Uuid;

/// تقدير الرسوم
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeesAssessed {
    /// The step.
    pub step: StepNo,
    /// Amounts that the officer set, by fee part.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub assessed: BTreeMap<String, Piastres>,
    /// Sum of the lines charged here.
    pub total: Piastres,
    /// Sitting of a pricing committee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sitting: Option<Sitting>,
    /// Words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What followed; the lines are in `charged`.
    pub effect: Effect,
}

/// Kind of paper of a payment's receipt.
pub const RECEIPT: &str = "receipt";

/// سداد
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentCollected {
    /// The payment step.
    pub step: StepNo,
    /// Amount.
    pub amount: Piastres,
    /// Number of the slip or bank paper in hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub slip: String,
    /// Number of the receipt (kind 3); the collector is the actor.
    pub receipt: String,
    /// Lines that are paid by it.
    pub lines: Vec<FeeLine>,
    /// 80 random bits of the receipt's QR, Base32; receipts of before had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The payer and the signed bytes, encrypted; opaque here.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub personal: Value,
    /// What followed.
    pub effect: Effect,
}

/// رفض مسبب
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The step at which it was refused.
    pub step: StepNo,
    /// Reasons of the service's list.
    pub reasons: Vec<String>,
    /// Reasons in words.
    pub text: String,
    /// Written decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// What followed.
    pub effect: Effect,
}

/// سحب الطلب
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Why, if told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What followed.
    pub effect: Effect,
}

/// إلغاء القيد
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// Why.
    pub reason: String,
    /// Whether a manager did it, after the clerk's time had passed.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub by_manager: bool,
    /// What followed.
    pub effect: Effect,
}

/// إصدار المحرر
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The step.
    pub step: StepNo,
    /// 15 digits, kind 2.
    pub number: String,
    /// `licence`, `approval`, `certificate`.
    pub kind: String,
    /// 80 random bits of the QR, Base32.
    pub token: String,
    /// Place in the status list.
    pub status_index: i64,
    /// What stands on the paper, without the person.
    pub values: Answers,
    /// The person and the signed bytes, encrypted; opaque here.
    pub personal: Value,
    /// Last day of validity, if it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// The paper in whose place it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
    /// Days before the end on which the holder is reminded; papers of before had the usual ones.
    #[serde(default = "usual_reminders")]
    pub reminders: Vec<u16>,
    /// What the public register tells of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// What followed.
    pub effect: Effect,
}

pub(crate) fn usual_reminders() -> Vec<u16> {
    catalogue::model::REMINDERS.to_vec()
}

/// ما حل المحرر محله
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Number of the paper of before.
    pub number: String,
    /// Why it was replaced.
    pub act: Act,
    /// Which issue of the chain the new one is, from 2.
    pub issue: u16,
    /// Service of the first paper of the chain.
    pub origin: String,
    /// A duplicate says what its original said: the service as whose paper it is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed_as: Option<ServiceRef>,
}

/// بيانات السجل العام: what everybody may read of a paper. No name and no number of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Group of the service.
    pub group: String,
    /// Code of the activity, of shops.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// The address that it is about, if the file of the service lets it be told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Millionths of a degree, east then north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<[i64; 2]>,
}

/// حل محل المحرر محرر آخر
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperSuperseded {
    /// Number of the paper.
    pub number: String,
    /// Number of the new one.
    pub by: String,
    /// The request that the new one came out of.
    pub request: Uuid,
    /// Why.
    pub act: Act,
    /// What followed.
    pub effect: Effect,
}

/// تذكير بقرب انتهاء المحرر
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpiryReminded {
    /// Number of the paper.
    pub number: String,
    /// Its last day.
    pub expires: Date,
    /// The reminder that it is: days before the last day.
    pub days: u16,
    /// What followed.
    pub effect: Effect,
}

/// من تسلّم
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    /// The applicant.
    Applicant,
    /// The agent.
    Agent,
}

/// تسليم: the paper, or word of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The step, if the service declares one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepNo>,
    /// To whom.
    pub to: Receiver,
    /// Code of the identity paper that was looked at.
    pub checked: String,
    /// What followed.
    pub effect: Effect,
}

/// موقف المحرر الصادر
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRuling {
    /// Number of the paper.
    pub number: String,
    /// Why.
    pub reason: String,
    /// The decision behind it.
    pub decision: Decision,
    /// Last day of a suspension that ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Number of the paper by which the holder asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What followed.
    pub effect: Effect,
}
