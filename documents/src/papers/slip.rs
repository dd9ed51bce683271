//! The request slip (إيصال استلام الطلب), on A5 or on an 80 mm roll.

use serde::Serialize;

use super::{FeeLine, Head};

/// A paper that the applicant still owes (مستند مطلوب استيفاؤه).
#[derive(Clone, Debug, Serialize)]
pub struct MissingPaper {
    /// Its name.
    pub name: String,
    /// Until when; empty if there is no date.
    pub by: String,
}

/// What the applicant takes home (إيصال استلام الطلب).
#[derive(Clone, Debug, Default, Serialize)]
pub struct Slip {
    /// Who took the request in.
    pub head: Head,
    /// The request's number.
    pub number: String,
    /// The 4-digit PIN for asking by number.
    pub pin: String,
    /// Text of the QR: [`crate::sign::slip_link`].
    pub link: String,
    /// Name of the service.
    pub service: String,
    /// Name of the applicant.
    pub applicant: String,
    /// Date and time of receipt.
    pub received: String,
    /// Expected date; empty if none can be promised yet.
    pub due: String,
    /// Who took it: window and clerk's code, no name.
    pub window: String,
    /// Papers that were handed in.
    pub papers: Vec<String>,
    /// Papers that are missing.
    pub missing: Vec<MissingPaper>,
    /// Fees known so far.
    pub fees: Vec<FeeLine>,
    /// Their sum; empty without fees.
    pub total: String,
    /// Where and when to ask, one line.
    pub help: String,
    /// The address where a number and PIN are typed, without the scheme.
    pub track_at: String,
}

impl Slip {
    /// A slip as it may look on an ordinary day.
    pub fn sample() -> Self {
        Self {
            head: Head {
                governorate: "محافظة القاهرة".into(),
                unit: "حي شرق مدينة نصر".into(),
                centre: "المركز التكنولوجي لخدمة المواطنين".into(),
            },
            number: "101307260001234".into(),
            pin: "4071".into(),
            link: "HTTPS://SHUBBAK.GOV.EG/T/MZXW6YTBMZXW6YTB".into(),
            service: "ترخيص محل عام (نشاط ذو مخاطر كبيرة)".into(),
            applicant: "أحمد محمود عبد الرحمن السيد".into(),
            received: "22 نوفمبر 2026، الساعة 10:45 صباحًا".into(),
            due: "20 ديسمبر 2026".into(),
            window: "شباك 3 – موظف 117".into(),
            papers: vec![
                "صورة بطاقة الرقم القومي".into(),
                "صورة عقد الإيجار الموثق".into(),
                "رسم هندسي للمحل معتمد من مهندس نقابي".into(),
            ],
            missing: vec![MissingPaper {
                name: "صورة البطاقة الضريبية".into(), by: "6 ديسمبر 2026".into()
            }],
            fees: vec![FeeLine::new("رسم فحص ومعاينة", "1,250.00"), FeeLine::new("دمغات", "6.90")],
            total: "1,256.90".into(),
            help: "للاستفسار: 15330 – من الأحد إلى الخميس، 9 صباحًا إلى 3 مساءً".into(),
            track_at: "shubbak.gov.eg/track".into(),
        }
    }
}
