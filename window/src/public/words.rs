//! Conditions and formulas in words (الشروط والمعادلات بالكلمات), for people who apply.

use catalogue::Service;
use catalogue::expr::{Program, Scope};
use catalogue::model::{ApplicantKind, FeePart, Field};
use foundation::arabic::digits::Digits;
use foundation::dates;
use foundation::money::Piastres;
use foundation::web::Ctx;
use rust_decimal::Decimal;
use serde_json::Value;

/// Says in the language of the page what a service file says in expressions.
pub(crate) struct Words<'a> {
    c: &'a Ctx,
    service: &'a Service,
    scope: Scope,
}

impl<'a> Words<'a> {
    pub(crate) fn new(c: &'a Ctx, service: &'a Service) -> Self {
        Self { c, service, scope: Scope::of(service) }
    }

    /// «إذا اخترت «إيجار» في «سند حيازة المكان»».
    pub(crate) fn when(&self, text: &str) -> String {
        let clause = Program::compile(text, &self.scope).ok().and_then(|program| self.clause(&program.to_json()));
        match clause {
            Some(clause) => self.c.t1("public-when", "clause", clause),
            None => self.c.t("public-when-other"),
        }
    }

    /// What a formula of a fee part multiplies and adds.
    pub(crate) fn formula(&self, part: &FeePart, text: &str) -> String {
        let scope = Scope::of_part(self.service, part);
        let program = Program::compile(text, &scope).ok();
        program
            .and_then(|program| self.sum(&program.to_json(), Some(part)))
            .unwrap_or_else(|| self.c.t("public-fee-by-file"))
    }

    /// The names of fields that an expression reads.
    pub(crate) fn names(&self, part: &FeePart, text: &str) -> Vec<String> {
        let scope = Scope::of_part(self.service, part);
        Program::compile(text, &scope).map(|program| program.names().into_iter().collect()).unwrap_or_default()
    }

    fn clause(&self, node: &Value) -> Option<String> {
        if let Some(name) = name_of(node) {
            return self.answered(name, true);
        }
        if let Some((field, values)) = chosen(node) {
            return self.picked(field, &values, true);
        }
        let (op, args) = parts(node)?;
        match (op, args) {
            ("&&", [a, b]) => Some(self.two("public-when-and", self.clause(a)?, self.clause(b)?)),
            ("||", [a, b]) => Some(self.two("public-when-or", self.clause(a)?, self.clause(b)?)),
            ("!", [inner]) => match name_of(inner) {
                Some(name) => self.answered(name, false),
                None => Some(self.c.t1("public-when-not", "clause", self.clause(inner)?)),
            },
            ("==" | "!=", [a, b]) if truth_of(b).is_some() => {
                let wanted = truth_of(b)? == (op == "==");
                self.answered(name_of(a)?, wanted)
            }
            ("!=", [a, b]) if text_of(b).is_some() && !self.is_date(a) => {
                self.picked(name_of(a)?, &[text_of(b)?], false)
            }
            ("in", [a, b]) => self.picked(name_of(b)?, &[text_of(a)?], true),
            ("==" | "!=" | ">" | ">=" | "<" | "<=", [a, b]) => {
                let key = match op {
                    "==" => "public-when-equal",
                    "!=" => "public-when-unequal",
                    ">" => "public-when-more",
                    ">=" => "public-when-at-least",
                    "<" => "public-when-less",
                    _ => "public-when-at-most",
                };
                let (left, right) = (self.sum(a, None)?, self.measured(a, b)?);
                Some(self.c.ta(key, &[("left", &left), ("right", &right)]))
            }
            _ => None,
        }
    }

    fn two(&self, key: &str, a: String, b: String) -> String {
        self.c.ta(key, &[("a", &a), ("b", &b)])
    }

    fn field(&self, name: &str) -> Option<&'a Field> {
        self.service.field(name)
    }

    fn is_date(&self, node: &Value) -> bool {
        name_of(node)
            .and_then(|name| self.field(name))
            .is_some_and(|field| field.kind == catalogue::model::FieldType::Date)
    }

    fn answered(&self, name: &str, yes: bool) -> Option<String> {
        let key = match (name, yes) {
            ("applicant.by_agent", true) => "public-when-agent",
            ("applicant.by_agent", false) => "public-when-self",
            ("applicant.is_foreign", true) => "public-when-foreign",
            ("applicant.is_foreign", false) => "public-when-egyptian",
            (_, true) => "public-when-yes",
            (_, false) => "public-when-no",
        };
        let label = if name.starts_with("applicant.") { "" } else { self.field(name)?.label(self.c.lang) };
        Some(self.c.t1(key, "label", label))
    }

    fn picked(&self, name: &str, values: &[&str], is: bool) -> Option<String> {
        let or = self.c.t("public-or");
        if name == "applicant.sex" {
            let male = values.contains(&"male") == is;
            return Some(self.c.t(if male { "public-when-male" } else { "public-when-female" }));
        }
        if name == "applicant.kind" {
            let label = |value: &&str| {
                ApplicantKind::ALL.into_iter().find(|k| k.code() == *value).map(|k| k.label(self.c.lang))
            };
            let kinds = values.iter().map(label).collect::<Option<Vec<_>>>()?.join(&or);
            return Some(self.c.t1(if is { "public-when-kind" } else { "public-when-not-kind" }, "kinds", kinds));
        }
        let field = self.field(name)?;
        let choices: Vec<String> =
            values.iter().map(|value| self.c.quoted(field.choice(value, self.c.lang).unwrap_or(value))).collect();
        let key = if is { "public-when-picked" } else { "public-when-not-picked" };
        Some(self.c.ta(key, &[("choices", &choices.join(&or)), ("label", &field.label(self.c.lang))]))
    }

    /// The right side of a comparison, with the unit of the left one.
    fn measured(&self, left: &Value, right: &Value) -> Option<String> {
        if let Some(text) = text_of(right) {
            let day = dates::parse_iso(text);
            return Some(day.map_or_else(|| text.to_owned(), |day| self.c.date(day)));
        }
        let plain = self.sum(right, None)?;
        let unit = name_of(left).and_then(|name| self.field(name)).map(|field| self.unit(field)).unwrap_or_default();
        let is_number = right.get("number").is_some();
        Some(if is_number && !unit.is_empty() { format!("{plain} {unit}") } else { plain })
    }

    /// A sum, product or amount.
    fn sum(&self, node: &Value, part: Option<&FeePart>) -> Option<String> {
        if let Some(name) = name_of(node) {
            return match name.strip_prefix("figure.") {
                Some(figure) => part?.figures.get(figure).map(|value| self.pounds(*value)),
                None => self.field(name).map(|field| self.c.quoted(field.label(self.c.lang))),
            };
        }
        if let Some(number) = node.get("number").and_then(Value::as_str) {
            return number.parse().ok().map(number_text);
        }
        let (op, args) = parts(node)?;
        let words = || args.iter().map(|arg| self.sum(arg, part)).collect::<Option<Vec<_>>>();
        let joined = |sign: &str, list: &[String]| list.join(sign);
        match op {
            "+" => Some(joined(" + ", &words()?)),
            "-" => Some(joined(" − ", &words()?)),
            "*" => {
                let factors = args.iter().map(|arg| {
                    let text = self.sum(arg, part)?;
                    let is_sum = matches!(parts(arg), Some(("+" | "-", _)));
                    Some(if is_sum { format!("({text})") } else { text })
                });
                Some(joined(" × ", &factors.collect::<Option<Vec<_>>>()?))
            }
            "/" => Some(joined(" ÷ ", &words()?)),
            "neg" => Some(format!("−{}", words()?.first()?)),
            "size" => Some(self.c.t1("public-fee-count", "of", words()?.first()?)),
            "double" => words()?.into_iter().next(),
            "min" => Some(self.c.t1("public-fee-least", "list", words()?.join(self.c.comma()))),
            "max" => Some(self.c.t1("public-fee-most", "list", words()?.join(self.c.comma()))),
            "?" => {
                let mut names = Vec::new();
                conditions(node, &mut names);
                let labels = names
                    .iter()
                    .filter_map(|name| self.field(name))
                    .map(|field| self.c.quoted(field.label(self.c.lang)));
                let labels: Vec<String> = labels.collect();
                Some(self.c.t1("public-fee-rate-by", "label", labels.join(self.c.comma())))
            }
            _ => None,
        }
    }

    /// Unit of a field in words; empty if it has none.
    pub(crate) fn unit(&self, field: &Field) -> String {
        field.unit.as_deref().map(|unit| unit_word(self.c, unit)).unwrap_or_default()
    }

    /// An amount of the service file.
    pub(crate) fn pounds(&self, egp: Decimal) -> String {
        pounds(self.c, egp)
    }
}

/// An amount in pounds as pages print it.
pub(crate) fn pounds(c: &Ctx, egp: Decimal) -> String {
    let piastres =
        egp.checked_mul(Decimal::ONE_HUNDRED).filter(|p| p.fract().is_zero()).and_then(|p| i64::try_from(p).ok());
    match piastres {
        Some(piastres) => c.money(Piastres(piastres)),
        // Rates of less than a piastre stay as the decree writes them.
        None => c.t1("services-pounds", "n", egp.normalize().to_string()),
    }
}

/// A number with its thousands parted.
pub(crate) fn number_text(number: Decimal) -> String {
    let plain = number.normalize();
    let whole = i64::try_from(plain.trunc()).map(|n| foundation::arabic::digits::grouped(n, Digits::Latn));
    match (whole, plain.fract().is_zero()) {
        (Ok(whole), true) => whole,
        _ => plain.to_string(),
    }
}

/// The word of a unit of measure; the code itself where there is none.
pub(crate) fn unit_word(c: &Ctx, unit: &str) -> String {
    catalogue::words::unit_word(c.lang, unit)
}

fn parts(node: &Value) -> Option<(&str, &[Value])> {
    Some((node.get("op")?.as_str()?, node.get("args")?.as_array()?))
}

fn name_of(node: &Value) -> Option<&str> {
    node.get("name")?.as_str()
}

fn text_of(node: &Value) -> Option<&str> {
    node.get("text")?.as_str()
}

fn truth_of(node: &Value) -> Option<bool> {
    node.get("bool")?.as_bool()
}

/// A field and the choices of it that make the condition true: `==`, `in [..]`, and `||` of these.
fn chosen(node: &Value) -> Option<(&str, Vec<&str>)> {
    match parts(node)? {
        ("==", [a, b]) => Some((name_of(a)?, vec![text_of(b)?])),
        ("in", [a, b]) => {
            let list = b.get("list")?.as_array()?;
            Some((name_of(a)?, list.iter().map(text_of).collect::<Option<_>>()?))
        }
        ("||", [a, b]) => {
            let ((one, mut values), (other, more)) = (chosen(a)?, chosen(b)?);
            values.extend(more);
            (one == other).then_some((one, values))
        }
        _ => None,
    }
}

/// Names in the conditions of nested choices, each once.
fn conditions<'n>(node: &'n Value, names: &mut Vec<&'n str>) {
    if let Some(("?", [condition, yes, no])) = parts(node) {
        collect(condition, names);
        conditions(yes, names);
        conditions(no, names);
    }
}

fn collect<'n>(node: &'n Value, names: &mut Vec<&'n str>) {
    if let Some(name) = name_of(node).filter(|name| !names.contains(name)) {
        names.push(name);
    }
    if let Some((_, args)) = parts(node) {
        args.iter().for_each(|arg| collect(arg, names));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::Catalogue;

    fn said(code: &str, text: &str) -> String {
        let catalogue = Catalogue::embedded().unwrap();
        let c = Ctx::sample();
        Words::new(&c, catalogue.service(code).unwrap()).when(text)
    }

    #[test]
    fn conditions_are_said_in_words() {
        assert_eq!(said("SHP-01", "applicant.by_agent"), "إذا قدّم الطلب وكيل");
        assert_eq!(said("SHP-01", "premises_tenure == 'lease'"), "إذا اخترت «إيجار» في «سند حيازة المكان»");
        assert_eq!(
            said("SHP-01", "has_motors || units_count > 1 || shop_area_m2 > 100"),
            "إذا كانت إجابتك «نعم» عن «هل توجد آلات بمحركات؟»، أو زاد «عدد الوحدات المكونة للمحل» على 1، \
             أو زاد «مساحة المحل» على 100 م²"
        );
        assert_eq!(said("SHP-01", "not a condition"), "في حالات تحددها بيانات طلبك");
    }

    #[test]
    fn every_condition_of_the_guide_has_words() {
        let catalogue = Catalogue::embedded().unwrap();
        let c = Ctx::sample();
        let mut silent = Vec::new();
        for service in catalogue.services() {
            let words = Words::new(&c, service);
            let documents = service.documents.iter().filter_map(|d| d.required.when());
            let steps = service.steps.iter().filter_map(|s| s.when.as_deref());
            let conditions = service.conditions.iter().filter_map(|s| s.when.as_deref());
            let parts = service.fee.parts.iter().filter_map(|p| p.when.as_deref());
            for text in documents.chain(steps).chain(conditions).chain(parts) {
                if words.when(text) == c.t("public-when-other") {
                    silent.push(format!("{}: {text}", service.code));
                }
            }
        }
        assert!(silent.is_empty(), "{silent:#?}");
    }
}
