//! صيغ الجمع: which form of a noun goes with a number, by the Arabic rules of Unicode CLDR.

use super::digits::{self, Digits};

/// The six plural categories of Arabic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// 0
    Zero,
    /// 1
    One,
    /// 2
    Two,
    /// 3–10, 103–110, …
    Few,
    /// 11–99, 111–199, …
    Many,
    /// 100–102, 200–202, …
    Other,
}

/// The category of a whole number.
#[must_use]
pub const fn category(n: u64) -> Category {
    match (n, n % 100) {
        (0, _) => Category::Zero,
        (1, _) => Category::One,
        (2, _) => Category::Two,
        (_, 3..=10) => Category::Few,
        (_, 11..=99) => Category::Many,
        _ => Category::Other,
    }
}

/// A noun with its number in all six forms; `{n}` stands for the number.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// «لا أيام»
    pub zero: &'static str,
    /// «يوم واحد»
    pub one: &'static str,
    /// «يومان»
    pub two: &'static str,
    /// «{n} أيام»
    pub few: &'static str,
    /// «{n} يومًا»
    pub many: &'static str,
    /// «{n} يوم»
    pub other: &'static str,
}

/// يوم
pub const DAYS: Forms =
    Forms {
        zero: "لا أيام", one: "يوم واحد", two: "يومان", few: "{n} أيام", many: "{n} يومًا", other: "{n} يوم"
    };

/// يوم عمل
pub const WORKING_DAYS: Forms = Forms {
    zero: "لا أيام عمل",
    one: "يوم عمل واحد",
    two: "يوما عمل",
    few: "{n} أيام عمل",
    many: "{n} يوم عمل",
    other: "{n} يوم عمل",
};

/// The noun in the form that the number asks for, the number written in.
#[must_use]
pub fn plural(n: u64, forms: &Forms, digits: Digits) -> String {
    let form = match category(n) {
        Category::Zero => forms.zero,
        Category::One => forms.one,
        Category::Two => forms.two,
        Category::Few => forms.few,
        Category::Many => forms.many,
        Category::Other => forms.other,
    };
    let number = i64::try_from(n).map_or_else(|_| digits::show(&n.to_string(), digits), |n| digits::grouped(n, digits));
    form.replace("{n}", &number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample numbers of CLDR, `plurals.xml`, locale ar.
    #[test]
    fn cldr_samples() {
        for (category_of, samples) in [
            (Category::Zero, &[0_u64][..]),
            (Category::One, &[1]),
            (Category::Two, &[2]),
            (Category::Few, &[3, 10, 103, 110, 1003]),
            (Category::Many, &[11, 26, 99, 111, 1011]),
            (Category::Other, &[100, 102, 200, 202, 300, 1000, 10_000, 1_000_000]),
        ] {
            for n in samples {
                assert_eq!(category(*n), category_of, "{n}");
            }
        }
    }

    #[test]
    fn days() {
        for (n, text) in [
            (0, "لا أيام"),
            (1, "يوم واحد"),
            (2, "يومان"),
            (3, "3 أيام"),
            (11, "11 يومًا"),
            (100, "100 يوم"),
            (1_103, "1,103 أيام"),
        ] {
            assert_eq!(plural(n, &DAYS, Digits::Latn), text);
        }
        assert_eq!(plural(15, &WORKING_DAYS, Digits::Arab), "١٥ يوم عمل");
    }
}
