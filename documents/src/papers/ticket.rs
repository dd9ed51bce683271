//! What stands on a queue ticket. It carries no person.

use serde::Serialize;

use super::Head;

/// تذكرة الدور: what a visitor holds in the hall.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Ticket {
    /// Which centre.
    pub head: Head,
    /// `A047`.
    pub ticket: String,
    /// Text of the QR: [`crate::sign::ticket_link`].
    pub link: String,
    /// Class of service.
    pub class: String,
    /// Priority; empty without one.
    pub priority: String,
    /// Date and time when it was taken.
    pub taken: String,
    /// «أمامك 3 أشخاص»
    pub ahead: String,
    /// «نحو 12 دقيقة»; empty if nobody is before.
    pub wait: String,
}

impl Ticket {
    /// A ticket as it may look on an ordinary day.
    pub fn sample() -> Self {
        Self {
            head: Head {
                governorate: "محافظة القاهرة".into(),
                unit: "حي شرق مدينة نصر".into(),
                centre: "المركز التكنولوجي لخدمة المواطنين".into(),
            },
            ticket: "A047".into(),
            link: "HTTPS://SHUBBAK.GOV.EG/Q/MZXW6YTBMZXW6YTB".into(),
            class: "تقديم طلب جديد".into(),
            priority: "كبار السن".into(),
            taken: "22 نوفمبر 2026، الساعة 10:45 صباحًا".into(),
            ahead: "أمامك 3 أشخاص".into(),
            wait: "نحو 12 دقيقة".into(),
        }
    }
}
