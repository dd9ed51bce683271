//! The words of the notices: one function for the text message, one for the letter. Pure.

use foundation::arabic::digits::Digits;
use foundation::clock::Micros;
use foundation::dates;
use foundation::money::Piastres;
use foundation::numbers::Number;
use foundation::web::messages::{self, Lang, ToArg};
use jiff::civil::Date;

/// إخطار: something that people are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// قُيد الطلب
    Registered {
        /// Last day of the whole request.
        due: Date,
    },
    /// طُلب استيفاء
    Completion {
        /// What is missing, in words.
        items: Vec<String>,
        /// Last day for it.
        until: Date,
    },
    /// حُدد موعد معاينة أو تغيّر
    Visit {
        /// Day.
        date: Date,
        /// Hour in words, if told.
        hour: String,
        /// Whether another day was told before.
        changed: bool,
    },
    /// رسوم مستحقة
    Fees {
        /// Sum.
        owed: Piastres,
    },
    /// تمت الموافقة
    Approved {
        /// What is still to be paid.
        owed: Option<Piastres>,
    },
    /// رُفض
    Refused {
        /// Reasons in words.
        reasons: Vec<String>,
    },
    /// صدر المستند
    Issued,
    /// مُدت المدة
    Extended {
        /// New last day.
        due: Date,
    },
    /// تغيّر الموعد لتعديل في أيام العمل
    Redated {
        /// New last day.
        due: Date,
    },
    /// سُحب
    Withdrawn,
    /// أُلغي القيد
    Voided,
    /// أُلغي المستند
    Revoked {
        /// Its number.
        paper: String,
    },
    /// أُوقف المستند
    Suspended {
        /// Its number.
        paper: String,
    },
    /// عاد المستند
    Restored {
        /// Its number.
        paper: String,
    },
    /// رمز دخول
    LoginCode {
        /// The code.
        code: String,
        /// How long it is good.
        minutes: i64,
    },
    /// تذكير بموعد
    Appointment {
        /// When.
        at: Micros,
        /// Where.
        place: String,
    },
    /// قرب انتهاء مستند
    LicenceExpiring {
        /// Its number.
        paper: String,
        /// Last day of validity.
        last: Date,
    },
    /// قُيد التظلم
    Objected,
    /// قُبل التظلم
    ObjectionUpheld,
    /// رُفض التظلم
    ObjectionRejected {
        /// Reasons in words.
        reasons: Vec<String>,
    },
}

impl Notice {
    /// The key of every notice: in message files, lists and the configuration.
    pub const KEYS: [&'static str; 22] = [
        "registered",
        "completion",
        "visit",
        "visit-changed",
        "fees",
        "approved",
        "approved-fees",
        "refused",
        "issued",
        "extended",
        "redated",
        "withdrawn",
        "voided",
        "revoked",
        "suspended",
        "restored",
        "login-code",
        "appointment",
        "licence-expiring",
        "objected",
        "objection-upheld",
        "objection-rejected",
    ];

    /// Its key.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "registered",
            Self::Completion { .. } => "completion",
            Self::Visit { changed: false, .. } => "visit",
            Self::Visit { changed: true, .. } => "visit-changed",
            Self::Fees { .. } => "fees",
            Self::Approved { owed: None } => "approved",
            Self::Approved { owed: Some(_) } => "approved-fees",
            Self::Refused { .. } => "refused",
            Self::Issued => "issued",
            Self::Extended { .. } => "extended",
            Self::Redated { .. } => "redated",
            Self::Withdrawn => "withdrawn",
            Self::Voided => "voided",
            Self::Revoked { .. } => "revoked",
            Self::Suspended { .. } => "suspended",
            Self::Restored { .. } => "restored",
            Self::LoginCode { .. } => "login-code",
            Self::Appointment { .. } => "appointment",
            Self::LicenceExpiring { .. } => "licence-expiring",
            Self::Objected => "objected",
            Self::ObjectionUpheld => "objection-upheld",
            Self::ObjectionRejected { .. } => "objection-rejected",
        }
    }
}

/// What a notice is about (موضوع الإخطار).
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Number of the request, 15 digits.
    pub number: String,
    /// Where it is followed, or the appointment changed; empty for none.
    pub link: String,
    /// Name of the service, for letters alone.
    pub service: String,
    /// Name of the unit, for letters alone.
    pub unit: String,
}

/// The text message: two parts of 67 characters at most in Arabic. No name, service or reason stands in
/// it: a phone lies open on tables.
#[must_use]
pub fn sms(lang: Lang, notice: &Notice, about: &About) -> String {
    let key = notice.key();
    // Numbers without groups: spaces between digits change places in a line from right to left.
    said(lang, &format!("notices-sms-{key}"), notice, about, str::to_owned).trim_end().to_owned()
}

/// Subject and text of the letter.
#[must_use]
pub fn letter(lang: Lang, notice: &Notice, about: &About) -> (String, String) {
    let key = notice.key();
    let subject = said(lang, &format!("notices-subject-{key}"), notice, about, str::to_owned);
    let mut paragraphs = vec![said(lang, &format!("notices-mail-{key}"), notice, about, grouped)];
    if !about.link.is_empty() {
        paragraphs.push(format!("{}\n{}", plain(lang, "notices-mail-link"), about.link));
    }
    paragraphs.push(plain(lang, "notices-mail-foot"));
    (subject, paragraphs.join("\n\n"))
}

fn plain(lang: Lang, key: &str) -> String {
    messages::text(lang, Digits::Latn, key, &[])
}

/// A number as it is read aloud, isolated from the letters around it.
fn grouped(number: &str) -> String {
    Number::parse(number).map_or_else(|_| number.to_owned(), |number| format!("\u{2066}{}\u{2069}", number.grouped()))
}

fn said(lang: Lang, key: &str, notice: &Notice, about: &About, number: fn(&str) -> String) -> String {
    let day = |day: Date| match lang {
        Lang::Ar => dates::format(day, Digits::Latn),
        Lang::En => dates::format_english(day),
    };
    let weekday = |date: Date| match lang {
        Lang::Ar => dates::format_weekday(date, Digits::Latn),
        Lang::En => day(date),
    };
    let money = |amount: Piastres| match lang {
        Lang::Ar => amount.format(Digits::Latn),
        Lang::En => format!("{} EGP", amount.number(Digits::Latn)),
    };
    let (mut date, mut hour, mut amount, mut paper) = (String::new(), String::new(), String::new(), String::new());
    let (mut items, mut n, mut code, mut place) = (Vec::new(), 0, String::new(), String::new());
    match notice {
        Notice::Registered { due } | Notice::Extended { due } | Notice::Redated { due } => date = day(*due),
        Notice::Completion { items: missing, until } => {
            date = day(*until);
            n = i64::try_from(missing.len()).unwrap_or(i64::MAX);
            items.clone_from(missing);
        }
        Notice::Visit { date: on, hour: at, .. } => {
            date = weekday(*on);
            hour.clone_from(at);
        }
        Notice::Fees { owed } | Notice::Approved { owed: Some(owed) } => amount = money(*owed),
        Notice::Refused { reasons } | Notice::ObjectionRejected { reasons } => items.clone_from(reasons),
        Notice::Revoked { paper: of } | Notice::Suspended { paper: of } | Notice::Restored { paper: of } => {
            paper = number(of);
        }
        Notice::LoginCode { code: of, minutes } => {
            code.clone_from(of);
            n = *minutes;
        }
        Notice::Appointment { at, place: of } => {
            date = weekday(dates::day_of(*at));
            hour = match lang {
                Lang::Ar => dates::format_time(dates::local(*at).time(), Digits::Latn),
                Lang::En => dates::local(*at).strftime("%H:%M").to_string(),
            };
            place.clone_from(of);
        }
        Notice::LicenceExpiring { paper: of, last } => {
            paper = number(of);
            date = day(*last);
        }
        Notice::Approved { owed: None }
        | Notice::Issued
        | Notice::Withdrawn
        | Notice::Voided
        | Notice::Objected
        | Notice::ObjectionUpheld => {}
    }
    if !hour.is_empty() {
        hour = messages::text(lang, Digits::Latn, "notices-hour", &[("hour", &hour)]);
    }
    let items: Vec<String> = items.into_iter().map(|item| format!("• {item}")).collect();
    let (items, of) = (items.join("\n"), number(&about.number));
    let args: &[(&str, &dyn ToArg)] = &[
        ("number", &of),
        ("link", &about.link),
        ("service", &about.service),
        ("unit", &about.unit),
        ("date", &date),
        ("hour", &hour),
        ("amount", &amount),
        ("paper", &paper),
        ("items", &items),
        ("n", &n),
        ("code", &code),
        ("place", &place),
    ];
    messages::text(lang, Digits::Latn, key, args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use record::outbox::parts;

    fn all() -> Vec<Notice> {
        let day = date(2026, 11, 25);
        let paper = || "201301260001235".to_owned();
        let owed = Piastres(125_690);
        vec![
            Notice::Registered { due: day },
            Notice::Completion { items: vec!["صورة عقد الإيجار".into(); 12], until: day },
            Notice::Visit { date: day, hour: "من 10 إلى 12".into(), changed: false },
            Notice::Visit { date: day, hour: "من 10 إلى 12".into(), changed: true },
            Notice::Fees { owed },
            Notice::Approved { owed: None },
            Notice::Approved { owed: Some(owed) },
            Notice::Refused { reasons: vec!["المساحة أقل من المقرر".into()] },
            Notice::Issued,
            Notice::Extended { due: day },
            Notice::Redated { due: day },
            Notice::Withdrawn,
            Notice::Voided,
            Notice::Revoked { paper: paper() },
            Notice::Suspended { paper: paper() },
            Notice::Restored { paper: paper() },
            Notice::LoginCode { code: "482913".into(), minutes: 10 },
            Notice::Appointment { at: Micros(1_795_253_400_000_000), place: "مركز حي شبرا".into() },
            Notice::LicenceExpiring { paper: paper(), last: day },
            Notice::Objected,
            Notice::ObjectionUpheld,
            Notice::ObjectionRejected { reasons: vec!["المساحة أقل من المقرر".into()] },
        ]
    }

    fn about() -> About {
        About {
            number: "101301260001237".into(),
            link: "https://shubbak.gov.eg/T/ABCDEFGHIJKLMNOP".into(),
            service: "ترخيص محل عام".into(),
            unit: "حي شبرا".into(),
        }
    }

    #[test]
    fn every_notice_has_its_words_and_fits() {
        let all = all();
        let keys: Vec<&str> = all.iter().map(Notice::key).collect();
        assert_eq!(keys, Notice::KEYS);
        for notice in &all {
            for lang in [Lang::Ar, Lang::En] {
                let text = sms(lang, notice, &about());
                let count = parts(&text).len();
                assert!(count <= 2, "{count} parts: {text}");
                assert!(!text.contains(['{', '}', '\n']) && !text.contains("notices-"), "{text}");
                // No service, reason or missing paper on a phone that lies open on a table.
                for private in ["ترخيص محل عام", "المساحة", "عقد", "حي شبرا،"] {
                    assert!(!text.contains(private), "{text}");
                }
                let (subject, letter) = letter(lang, notice, &about());
                assert!(!subject.contains(['{', '\n']) && subject.chars().count() < 80, "{subject}");
                assert!(!letter.contains('{') && letter.ends_with(&plain(lang, "notices-mail-foot")), "{letter}");
                let arabic = |text: &str| text.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c));
                assert_eq!(arabic(&subject), lang == Lang::Ar, "{subject}");
            }
        }
    }

    #[test]
    fn the_words_as_people_read_them() {
        let said = |notice: &Notice| sms(Lang::Ar, notice, &about());
        let all = all();
        assert_eq!(
            said(&all[0]),
            "قُيد طلبك 101301260001237 وموعده 25 نوفمبر 2026. تابعه: https://shubbak.gov.eg/T/ABCDEFGHIJKLMNOP"
        );
        let two = Notice::Completion { items: vec!["أ".into(), "ب".into()], until: date(2026, 11, 25) };
        assert!(said(&two).starts_with("طلبك 101301260001237 ينقصه بندان حتى 25 نوفمبر 2026."), "{}", said(&two));
        assert!(said(&all[1]).contains("ينقصه 12 بندًا حتى"), "{}", said(&all[1]));
        assert!(said(&all[2]).contains("يوم الأربعاء 25 نوفمبر 2026، من 10 إلى 12. "), "{}", said(&all[2]));
        assert_eq!(said(&all[16]), "رمز الدخول إلى شُبّاك: 482913. لا تعطه لأحد. صالح 10 دقائق.");
        assert_eq!(parts(&said(&all[16])).len(), 1);
        assert!(letter(Lang::Ar, &all[7], &about()).1.contains("• المساحة أقل من المقرر\n\nلك أن تتظلم"));
        let english = sms(Lang::En, &all[0], &about());
        assert!(english.contains("due 25 November 2026"), "{english}");
    }
}
