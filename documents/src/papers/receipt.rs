//! The payment receipt (إيصال سداد).

use serde::Serialize;

use super::{FeeLine, Head};

/// Proof that money was taken (إيصال سداد); signed like a licence, with its own type.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Receipt {
    /// Who collected.
    pub head: Head,
    /// The receipt's number.
    pub number: String,
    /// The request's number.
    pub request: String,
    /// Name of the service.
    pub service: String,
    /// Who paid.
    pub payer: String,
    /// What was paid for.
    pub lines: Vec<FeeLine>,
    /// The sum in figures.
    pub total: String,
    /// The sum in words.
    pub total_words: String,
    /// Cash, card …
    pub method: String,
    /// Date and time.
    pub paid: String,
    /// Till and cashier's code.
    pub cashier: String,
    /// Text of the QR: [`crate::sign::paper_link`].
    pub link: String,
    /// The address of the verify page, without the scheme.
    pub verify_at: String,
}

impl Receipt {
    /// A receipt as it may look on an ordinary day.
    pub fn sample() -> Self {
        Self {
            head: super::Slip::sample().head,
            number: "301307260000459".into(),
            request: "101307260001234".into(),
            service: "ترخيص محل عام (نشاط ذو مخاطر كبيرة)".into(),
            payer: "أحمد محمود عبد الرحمن السيد".into(),
            lines: super::Slip::sample().fees,
            total: "1,256.90".into(),
            total_words: "ألف ومائتان وستة وخمسون جنيهًا وتسعون قرشًا".into(),
            method: "نقدًا".into(),
            paid: "22 نوفمبر 2026، الساعة 11:02 صباحًا".into(),
            cashier: "خزينة 1 – محصل 204".into(),
            link: super::paper::sample_link(crate::sign::PaperType::Receipt),
            verify_at: "shubbak.gov.eg/verify".into(),
        }
    }
}
