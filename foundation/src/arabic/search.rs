//! البحث المتسامح: tokens to store for a text, and how well a query fits a text.
//!
//! A store keeps one row per token (and per [deletion](deletions) of it); a query looks up its
//! own tokens, their prefixes and their deletions, and [`score`] ranks what comes back.

use std::collections::BTreeSet;

use super::collation::without_article;
use super::fold;

/// How a word of a text came to be a token of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The folded word, compounds joined.
    Whole,
    /// The word without «ال».
    WithoutArticle,
    /// The last word of a compound: «قرقاص» of «أبو قرقاص».
    Part,
    /// A title before a name, which may be the name itself («السيد»).
    Title,
}

/// A word under which a text is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    /// The folded word.
    pub text: String,
    /// Which word of the text, from 0; forms of one word share it.
    pub position: usize,
    /// Which form of it.
    pub form: Form,
}

/// The tokens of any text: every word, and again without «ال», and the ends of compounds.
#[must_use]
pub fn search_tokens(text: &str) -> Vec<Token> {
    tokens_of(&fold::words(text))
}

/// The tokens of a person's name: as [`search_tokens`], titles before it marked as such.
#[must_use]
pub fn name_tokens(text: &str) -> Vec<Token> {
    let folded = fold::words(text);
    let bare = fold::without_titles(&folded);
    let mut tokens = tokens_of(bare);
    let titles = folded.strip_suffix(bare).unwrap_or_default();
    tokens.extend(titles.split_whitespace().map(|title| Token {
        text: title.to_owned(),
        position: 0,
        form: Form::Title,
    }));
    tokens
}

fn tokens_of(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (position, word) in fold::compounds(folded).into_iter().enumerate() {
        let bare = without_article(&word);
        if bare != word {
            tokens.push(Token { text: bare.to_owned(), position, form: Form::WithoutArticle });
        }
        tokens.push(Token { text: word, position, form: Form::Whole });
    }
    // The ends of compounds, from the words as they stood.
    let mut position = 0;
    let mut opened = false;
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    for (index, word) in words.iter().enumerate() {
        let closes = matches!(*word, "الدين" | "الله");
        if index > 0 && !opened && !closes {
            position += 1;
        }
        if opened && !closes && word.chars().nth(1).is_some() {
            tokens.push(Token { text: (*word).to_owned(), position, form: Form::Part });
        }
        opened = fold::opening(word).is_some() && index + 1 < words.len();
    }
    tokens.sort_by(|a, b| (a.position, a.form, &a.text).cmp(&(b.position, b.form, &b.text)));
    tokens
}

/// Shortest word that is compared with an edit allowed; shorter ones would match anything.
pub const EDIT_FROM: usize = 4;

/// The word with one letter left out, at each place: two words within one edit of each other
/// share a deletion or are one of the other's. Empty for words under [`EDIT_FROM`] letters.
#[must_use]
pub fn deletions(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < EDIT_FROM {
        return BTreeSet::new();
    }
    (0..letters.len())
        .map(|gone| letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, c)| c).collect())
        .collect()
}

/// Whether at most one letter was added, left out or changed, or two neighbours swapped.
#[must_use]
pub fn within_one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default());
    match (a, b) {
        ([], []) | ([_], [] | [_]) | ([], [_]) => true,
        ([p, q], [r, s]) => p == s && q == r,
        _ => false,
    }
}

/// How a word or text was matched; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Letter for letter as typed.
    Exact,
    /// After folding.
    Normalised,
    /// The text's word begins with the query's.
    Prefix,
    /// One letter differs, or a space is missing.
    OneEdit,
}

/// How well a text fits a query; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score {
    /// The worst rank among the query's words.
    pub rank: Rank,
    /// Words of the text that the query did not ask for.
    pub spare: usize,
}

/// Whether the query's words must come in the text's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Names: «محمد حسن» finds «محمد علي حسن» and not «حسن محمد».
    Kept,
    /// Services and places: any order.
    Free,
}

/// How well `text` fits `query`; `None` if some word of the query is not in it. The empty
/// query fits nothing.
#[must_use]
pub fn score(query: &str, text: &str, order: Order) -> Option<Score> {
    let keys = if order == Order::Kept { fold::name } else { fold::fold };
    let asked = keys(query);
    let asked: Vec<&str> = asked.split(' ').filter(|word| !word.is_empty()).collect();
    if asked.is_empty() {
        return None;
    }
    let stored = if order == Order::Kept { name_tokens(text) } else { search_tokens(text) };
    let words = stored.iter().map(|token| token.position + 1).max().unwrap_or(0);
    let rank = [Rank::Normalised, Rank::Prefix, Rank::OneEdit]
        .into_iter()
        .find(|allowed| fits(&asked, &stored, words, *allowed, order))
        .or_else(|| misses_a_space(query, text).then_some(Rank::OneEdit))?;
    let rank = if rank == Rank::Normalised && stands_in(query, text) { Rank::Exact } else { rank };
    Some(Score { rank, spare: words.saturating_sub(asked.len()) })
}

/// Whether every asked word has a place of its own in the text at the allowed rank or better.
fn fits(asked: &[&str], stored: &[Token], words: usize, allowed: Rank, order: Order) -> bool {
    let mut free: Vec<usize> = (0..words).collect();
    let mut asked = asked.to_vec();
    if order == Order::Free {
        // The pickiest first: «رخ رخصة» must not give the only «رخصة» to «رخ».
        asked.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    }
    asked.iter().all(|word| {
        let at = |position: &usize| {
            let here = stored.iter().filter(|token| token.position == *position);
            here.filter_map(|token| word_rank(word, &token.text)).any(|rank| rank <= allowed)
        };
        match free.iter().position(at) {
            Some(index) if order == Order::Kept => {
                free.drain(..=index);
                true
            }
            Some(index) => {
                free.remove(index);
                true
            }
            None => false,
        }
    })
}

/// How one folded word of a query matches one token.
#[must_use]
pub fn word_rank(asked: &str, token: &str) -> Option<Rank> {
    let bare = without_article(asked);
    if asked == token || bare == token {
        return Some(Rank::Normalised);
    }
    if token.starts_with(asked) {
        return Some(Rank::Prefix);
    }
    let long = asked.chars().nth(EDIT_FROM - 1).is_some() && token.chars().nth(EDIT_FROM - 1).is_some();
    (long && within_one_edit(asked, token)).then_some(Rank::OneEdit)
}

/// Whether the query's words stand in the text as they were typed, in order.
fn stands_in(query: &str, text: &str) -> bool {
    let mut words = text.split_whitespace();
    query.split_whitespace().all(|asked| words.any(|word| word == asked))
}

fn misses_a_space(query: &str, text: &str) -> bool {
    let squeeze = |text: &str| fold::letters(text).replace(' ', "");
    let query = squeeze(query);
    query.chars().nth(EDIT_FROM - 1).is_some() && squeeze(text).starts_with(&query)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(tokens: &[Token]) -> Vec<&str> {
        tokens.iter().map(|token| token.text.as_str()).collect()
    }

    #[test]
    fn tokens_with_and_without_the_article_and_compounds() {
        assert_eq!(texts(&search_tokens("رخصة المحل")), ["رخصه", "المحل", "محل"]);
        assert_eq!(texts(&search_tokens("مركز أبو قرقاص")), ["مركز", "ابوقرقاص", "قرقاص"]);
        assert_eq!(texts(&name_tokens("السيد نصر الدين علي")), ["نصرالدين", "علي", "السيد"]);
        assert_eq!(texts(&name_tokens("محمد عبد الله")), ["محمد", "عبدالله"]);
        assert!(search_tokens(" ، ").is_empty());
    }

    #[test]
    fn ranks() {
        let rank = |query, text| score(query, text, Order::Kept).map(|score| score.rank);
        assert_eq!(rank("أحمد علي", "أحمد محمد علي"), Some(Rank::Exact));
        assert_eq!(rank("احمد على", "أحمد محمد علي"), Some(Rank::Normalised));
        assert_eq!(rank("المهندس أحمد", "احمد"), Some(Rank::Normalised));
        assert_eq!(rank("احمد مح", "أحمد محمد علي"), Some(Rank::Prefix));
        assert_eq!(rank("احمد محمدد", "أحمد محمد علي"), Some(Rank::OneEdit));
        assert_eq!(rank("ضياء مرتضي", "ضياء مرتظى"), Some(Rank::OneEdit));
        assert_eq!(rank("محمدعلي", "محمد علي"), Some(Rank::OneEdit));
        assert_eq!(rank("علي أحمد", "أحمد محمد علي"), None);
        assert_eq!(rank("السيد", "السيد البدوي"), Some(Rank::Exact));
        assert_eq!(rank("", "أحمد"), None);
        let free = |query, text| score(query, text, Order::Free).map(|score| score.rank);
        assert_eq!(free("بناء رخصة", "رخصة بناء"), Some(Rank::Normalised));
        assert_eq!(free("رخصة محل", "رخصة تشغيل المحل"), Some(Rank::Normalised));
        assert_eq!(free("رخ رخصة", "رخصة رخام"), Some(Rank::Prefix));
        assert_eq!(free("الرخصة", "رخصة تشغيل"), Some(Rank::Normalised));
    }

    #[test]
    fn fewer_spare_words_come_first() {
        let short = score("رخصة بناء", "رخصة بناء", Order::Free);
        let long = score("رخصة بناء", "تجديد رخصة بناء", Order::Free);
        assert!(short < long && short.is_some());
    }

    fn word() -> impl Strategy<Value = String> {
        "[ابتثجحخدذرزسشصضطظعغفقكلمنهوي]{4,9}"
    }

    proptest! {
        #[test]
        fn one_edit_is_found_by_deletions(word in word(), at in 0_usize..9, kind in 0_u8..4, letter in "[ابتنمي]") {
            let mut edited: Vec<char> = word.chars().collect();
            let at = at.min(edited.len() - 1);
            match kind {
                0 => { edited.remove(at); }
                1 => edited.splice(at..at, letter.chars()).for_each(drop),
                2 => edited.splice(at..=at, letter.chars()).for_each(drop),
                _ => { let next = (at + 1).min(edited.len() - 1); edited.swap(at, next); }
            }
            let edited: String = edited.into_iter().collect();
            prop_assert!(within_one_edit(&word, &edited), "{} {}", word, edited);
            prop_assert!(within_one_edit(&edited, &word));
            let (mut a, mut b) = (deletions(&word), deletions(&edited));
            a.insert(word);
            b.insert(edited);
            prop_assert!(a.intersection(&b).next().is_some());
        }

        #[test]
        fn a_text_fits_itself_and_its_ordered_subsets(words in proptest::collection::vec(word(), 1..5), keep in proptest::collection::vec(any::<bool>(), 5)) {
            let text = words.join(" ");
            prop_assert_eq!(score(&text, &text, Order::Kept).map(|s| s.rank), Some(Rank::Exact));
            let part: Vec<&str> = words.iter().zip(keep).filter(|(_, keep)| *keep).map(|(w, _)| w.as_str()).collect();
            if !part.is_empty() {
                prop_assert_eq!(score(&part.join(" "), &text, Order::Kept).map(|s| s.rank), Some(Rank::Exact));
            }
        }
    }
}
