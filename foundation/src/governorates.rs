//! المحافظات: the 27 codes that the Civil Registry puts into national ids and the platform into
//! its numbers and tenants.

use crate::lang::Lang;

/// Code and Arabic name, by code.
pub const ALL: [(u8, &str); 27] = [
    (1, "القاهرة"),
    (2, "الإسكندرية"),
    (3, "بورسعيد"),
    (4, "السويس"),
    (11, "دمياط"),
    (12, "الدقهلية"),
    (13, "الشرقية"),
    (14, "القليوبية"),
    (15, "كفر الشيخ"),
    (16, "الغربية"),
    (17, "المنوفية"),
    (18, "البحيرة"),
    (19, "الإسماعيلية"),
    (21, "الجيزة"),
    (22, "بني سويف"),
    (23, "الفيوم"),
    (24, "المنيا"),
    (25, "أسيوط"),
    (26, "سوهاج"),
    (27, "قنا"),
    (28, "أسوان"),
    (29, "الأقصر"),
    (31, "البحر الأحمر"),
    (32, "الوادي الجديد"),
    (33, "مطروح"),
    (34, "شمال سيناء"),
    (35, "جنوب سيناء"),
];

/// The ministry and national bodies, as a tenant and in numbers.
pub const NATIONAL: u8 = 0;

/// English names, in the order of [`ALL`].
const ENGLISH: [&str; 27] = [
    "Cairo",
    "Alexandria",
    "Port Said",
    "Suez",
    "Damietta",
    "Dakahlia",
    "Sharqia",
    "Qalyubia",
    "Kafr El Sheikh",
    "Gharbia",
    "Monufia",
    "Beheira",
    "Ismailia",
    "Giza",
    "Beni Suef",
    "Fayoum",
    "Minya",
    "Asyut",
    "Sohag",
    "Qena",
    "Aswan",
    "Luxor",
    "Red Sea",
    "New Valley",
    "Matrouh",
    "North Sinai",
    "South Sinai",
];

/// The name of a governorate in a language; `None` if there is no such code.
#[must_use]
pub fn name_in(lang: Lang, code: u8) -> Option<&'static str> {
    let at = ALL.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    ALL.get(at).map(|(_, arabic)| lang.pick(arabic, ENGLISH.get(at).copied().unwrap_or_default()))
}

/// The Arabic name of a governorate; `None` if there is no such code.
#[must_use]
pub fn name(code: u8) -> Option<&'static str> {
    ALL.binary_search_by_key(&code, |(code, _)| *code).ok().and_then(|at| ALL.get(at)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_found() {
        assert!(ALL.is_sorted_by(|a, b| a.0 < b.0));
        assert!(ALL.iter().all(|(code, given)| name(*code) == Some(*given)));
        assert_eq!(name(20), None);
        assert_eq!(name_in(Lang::En, 1), Some("Cairo"));
        assert_eq!(name_in(Lang::En, 35), Some("South Sinai"));
        assert_eq!(name_in(Lang::Ar, 35), name(35));
    }
}
