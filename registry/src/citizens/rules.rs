//! What an applicant's data must look like, and how names are compared. Pure.

use record::{Cipher, SubjectKey};

use super::events::{IdentityKind, PersonKind, Values};

/// An applicant as typed and checked (بيانات مقدم الطلب).
#[derive(Clone, PartialEq, Eq)]
pub struct Applicant {
    /// Kind of applicant.
    pub kind: PersonKind,
    /// Name as written.
    pub name: String,
    /// Identifying number.
    pub identity: Option<Identity>,
    /// Mobile, eleven digits.
    pub mobile: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address of residence or seat.
    pub address: Option<String>,
}

impl std::fmt::Debug for Applicant {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Applicant({:?}, ***)", self.kind)
    }
}

/// What a window corrects of an applicant (تصحيح البيانات): everything as it is from now on, but for
/// the identifying number, which says who it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Correction {
    /// Name as written.
    pub name: String,
    /// Mobile, eleven digits.
    pub mobile: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address of residence or seat.
    pub address: Option<String>,
    /// Why.
    pub reason: String,
}

impl std::fmt::Debug for Correction {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Correction(***)")
    }
}

/// An identifying number with its kind.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its kind.
    pub kind: IdentityKind,
    /// The number in Latin digits, without spaces.
    pub number: String,
}

impl Identity {
    /// The text whose keyed digest finds the person.
    pub fn lookup(&self) -> String {
        let number: String = self.number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        format!("{}:{number}", self.kind.code())
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Identity({:?}, ***)", self.kind)
    }
}

/// Why a command about an applicant is refused; each has its words in the message files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A name is missing or too long.
    #[error("not a name")]
    Name,
    /// There is no such person.
    #[error("no such person")]
    NoPerson,
    /// The person was erased.
    #[error("the person was erased")]
    Erased,
    /// Another person of the tenant has this number.
    #[error("another person has this number")]
    IdentityTaken,
    /// A ground is missing.
    #[error("a ground is missing")]
    NoGround,
    /// A request of the person is still under way.
    #[error("a request of the person is under way")]
    UnderWay,
}

impl Refusal {
    /// Key of its words in the message files.
    pub fn message(self) -> &'static str {
        match self {
            Self::Name => "registry-refused-name",
            Self::NoPerson => "registry-refused-no-person",
            Self::Erased => "registry-refused-erased",
            Self::IdentityTaken => "registry-refused-identity-taken",
            Self::NoGround => "registry-refused-no-reason",
            Self::UnderWay => "registry-refused-under-way",
        }
    }
}

/// Names of the fields under which values are encrypted.
pub(super) const NAME: &str = "name";
pub(super) const IDENTITY: &str = "identity";
pub(super) const MOBILE: &str = "mobile";
pub(super) const EMAIL: &str = "email";
pub(super) const ADDRESS: &str = "address";
const REASON: &str = "correction reason";

/// Encrypts an applicant's values. Equal values give equal ciphers, so comparing ciphers compares
/// values.
pub(super) fn encrypt(key: &SubjectKey, applicant: &Applicant) -> Result<Values, Refusal> {
    let name = applicant.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() < 2 || name.chars().count() > 200 {
        return Err(Refusal::Name);
    }
    let some = |field: &str, value: &Option<String>| {
        value.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(|text| key.encrypt(field, text))
    };
    Ok(Values {
        person_kind: applicant.kind,
        identity_kind: applicant.identity.as_ref().map(|identity| identity.kind),
        name: key.encrypt(NAME, &name),
        identity: applicant.identity.as_ref().map(|identity| key.encrypt(IDENTITY, identity.number.trim())),
        mobile: some(MOBILE, &applicant.mobile),
        email: some(EMAIL, &applicant.email),
        address: some(ADDRESS, &applicant.address),
    })
}

/// What a window's correction makes of the values; none if nothing changes.
pub(super) fn amended(
    key: &SubjectKey,
    old: &Values,
    correction: &Correction,
) -> Result<Option<(Values, Cipher)>, Refusal> {
    let reason = ground(&correction.reason)?;
    let applicant = Applicant {
        kind: old.person_kind,
        name: correction.name.clone(),
        identity: None,
        mobile: correction.mobile.clone(),
        email: correction.email.clone(),
        address: correction.address.clone(),
    };
    let new = Values { identity_kind: old.identity_kind, identity: old.identity.clone(), ..encrypt(key, &applicant)? };
    Ok((new != *old).then(|| (new, key.encrypt(REASON, &reason))))
}

/// A ground as it is kept.
pub(super) fn ground(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() < 3 { Err(Refusal::NoGround) } else { Ok(text.to_owned()) }
}

/// What an intake makes of the values: a value left out at the window stays as it was.
pub(super) fn merged(old: &Values, new: Values) -> Values {
    Values {
        person_kind: new.person_kind,
        identity_kind: new.identity_kind.or(old.identity_kind),
        name: new.name,
        identity: new.identity.or_else(|| old.identity.clone()),
        mobile: new.mobile.or_else(|| old.mobile.clone()),
        email: new.email.or_else(|| old.email.clone()),
        address: new.address.or_else(|| old.address.clone()),
    }
}

/// How well a name meets a query; the smaller the better (`rules.md` 1.3, point 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// Letter by letter.
    Exact,
    /// After folding.
    Folded,
    /// Words are beginnings.
    Prefix,
    /// A word has one slip of a letter.
    OneEdit,
}

/// Compares a name with a query: the query's words must meet words of the name in the same order.
pub fn compare(query: &str, name: &str, fold: impl Fn(&str) -> Vec<String>) -> Option<Match> {
    if query.trim() == name {
        return Some(Match::Exact);
    }
    let (wanted, words) = (fold(query), fold(name));
    let mut rest = words.iter();
    let mut worst = Match::Folded;
    if wanted.is_empty() {
        return None;
    }
    for want in &wanted {
        let found = rest.by_ref().find_map(|word| word_match(want, word))?;
        worst = worst.max(found);
    }
    Some(worst)
}

fn word_match(want: &str, word: &str) -> Option<Match> {
    if want == word {
        Some(Match::Folded)
    } else if word.starts_with(want) && want.chars().count() >= 2 {
        Some(Match::Prefix)
    } else if want.chars().count() >= 3 && one_edit(want, word) {
        Some(Match::OneEdit)
    } else {
        None
    }
}

/// One letter left out, added or changed, or two neighbours swapped.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let tail = |list: &[char], from: usize| list.get(from..).unwrap_or_default().to_vec();
    match a.len().abs_diff(b.len()) {
        0 => {
            tail(a, 1) == tail(b, 1)
                || (a.len() >= 2 && a.first() == b.get(1) && a.get(1) == b.first() && tail(a, 2) == tail(b, 2))
        }
        1 if a.len() < b.len() => a == tail(b, 1),
        1 => tail(a, 1) == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.replace('ى', "ي").replace('أ', "ا").split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn names_are_ranked_exact_folded_prefix_one_edit() {
        let name = "أحمد محمود علي حسن";
        let rank = |query| compare(query, name, words);
        assert_eq!(rank(name), Some(Match::Exact));
        assert_eq!(rank("احمد محمود علي حسن"), Some(Match::Folded));
        assert_eq!(rank("احمد حسن"), Some(Match::Folded));
        assert_eq!(rank("احمد محم"), Some(Match::Prefix));
        assert_eq!(rank("احمد محموود"), Some(Match::OneEdit));
        assert_eq!(rank("احمد محومد"), Some(Match::OneEdit));
        assert_eq!(rank("حسن احمد"), None, "words out of order");
        assert_eq!(rank("سعيد"), None);
        assert_eq!(rank(""), None);
    }

    proptest::proptest! {
        #[test]
        fn one_slip_is_met_and_the_measure_is_symmetric(word in "[a-d]{3,8}", at: proptest::sample::Index, letter in "[a-d]") {
            let letters: Vec<char> = word.chars().collect();
            let at = at.index(letters.len());
            let mut without = letters.clone();
            without.remove(at);
            let without: String = without.into_iter().collect();
            let mut changed = letters.clone();
            if let Some(place) = changed.get_mut(at) { *place = letter.chars().next().unwrap_or('a'); }
            let changed: String = changed.into_iter().collect();
            for other in [without, changed] {
                proptest::prop_assert!(other == word || one_edit(&word, &other));
                proptest::prop_assert_eq!(one_edit(&word, &other), one_edit(&other, &word));
            }
        }
    }
}
