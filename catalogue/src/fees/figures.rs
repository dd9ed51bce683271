//! The numbers of a service's fees that a governorate may set (الفئات القابلة للتعديل محليًّا).

use foundation::lang::Lang;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::LocalFigure;
use crate::model::{Band, FeePart, FeeRule, Service};

/// One number that a local decision may replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// `licence.rate`.
    pub code: String,
    /// Arabic name: the part and what the number is in it.
    pub label_ar: String,
    /// The same in English.
    pub label_en: String,
    /// Value in the service file; `None` for a percentage that a decision leaves open.
    pub value: Option<Decimal>,
    /// Per cent rather than pounds.
    pub percent: bool,
}

/// Every number of the service's fees that a local decision may replace.
pub fn slots(service: &Service) -> Vec<Slot> {
    let [mut slots, english] = Lang::ALL.map(|lang| {
        let mut slots = Vec::new();
        for part in &service.fee.parts {
            part_slots(lang, service, part, &mut slots);
        }
        slots
    });
    for (slot, english) in slots.iter_mut().zip(english) {
        slot.label_en = english.label_ar;
    }
    slots
}

impl Slot {
    /// The name in a language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        lang.pick(&self.label_ar, &self.label_en)
    }
}

/// The numbers of a part, named in one language (in `label_ar`).
fn part_slots(lang: Lang, service: &Service, part: &FeePart, slots: &mut Vec<Slot>) {
    let mut add = |name: &str, what: &str, value: Option<Decimal>, percent: bool| {
        let code = format!("{}.{name}", part.code);
        let label_ar = format!("{}: {what}", part.label(lang));
        slots.push(Slot { code, label_ar, label_en: String::new(), value, percent });
    };
    match &part.rule {
        FeeRule::Fixed { amount_egp } => add("amount", lang.pick("المبلغ", "Amount"), Some(*amount_egp), false),
        FeeRule::PerUnit { rate_egp, .. } => add("rate", lang.pick("فئة الوحدة", "Rate"), Some(*rate_egp), false),
        FeeRule::Percent { percent, .. } => add("percent", lang.pick("النسبة", "Percentage"), Some(*percent), true),
        FeeRule::Assessed { default_egp } => {
            add("default", lang.pick("القيمة المقترحة", "Proposed value"), *default_egp, false)
        }
        FeeRule::Formula { .. } => {}
        FeeRule::Bands { bands, variant_by, variants, .. } => {
            for (n, band) in bands.iter().enumerate() {
                add(&band_name(None, n), &band_label(lang, band, bands, n), Some(band.amount_egp), false);
            }
            for (variant, bands) in variants {
                let field = variant_by.as_deref().and_then(|id| service.field(id));
                let name = field.and_then(|field| field.choice(variant, lang)).unwrap_or(variant);
                for (n, band) in bands.iter().enumerate() {
                    let what = format!("{name}{}{}", lang.comma(), band_label(lang, band, bands, n));
                    add(&band_name(Some(variant), n), &what, Some(band.amount_egp), false);
                }
            }
        }
    }
    for (name, value) in &part.figures {
        add(name, &figure_label(lang, service, part, name), Some(*value), false);
    }
    if let Some(min) = part.min_egp {
        add("min", lang.pick("الحد الأدنى", "Minimum"), Some(min), false);
    }
    if let Some(max) = part.max_egp {
        add("max", lang.pick("الحد الأقصى", "Maximum"), Some(max), false);
    }
    for reduction in &part.reductions {
        for rate in &reduction.rates {
            let name = reduction_name(&reduction.code, rate.variant.as_deref());
            let fixed = (rate.percent_min == rate.percent_max).then_some(rate.percent_min);
            add(&name, &format!("{} ({})", lang.pick("نسبة التخفيض", "Reduction"), reduction.decision_ar), fixed, true);
        }
    }
}

/// The service with the figures of a day in their places, as its fees read where they hold.
pub fn localised(service: &Service, figures: &[LocalFigure], day: Date) -> Service {
    let mut local = service.clone();
    for part in &mut local.fee.parts {
        let code = part.code.clone();
        localise(part, &InForce { figures, service: &service.code, part: &code, day });
    }
    local
}

fn localise(part: &mut FeePart, in_force: &InForce<'_, '_>) {
    let set = |name: &str, value: &mut Decimal| {
        if let Some(local) = in_force.local(name) {
            *value = local.value;
        }
    };
    let set_bands = |variant: Option<&str>, bands: &mut [Band]| {
        for (n, band) in bands.iter_mut().enumerate() {
            set(&band_name(variant, n), &mut band.amount_egp);
        }
    };
    match &mut part.rule {
        FeeRule::Fixed { amount_egp } => set("amount", amount_egp),
        FeeRule::PerUnit { rate_egp, .. } => set("rate", rate_egp),
        FeeRule::Percent { percent, .. } => set("percent", percent),
        FeeRule::Assessed { default_egp } => {
            *default_egp = in_force.local("default").map(|local| local.value).or(*default_egp);
        }
        FeeRule::Formula { .. } => {}
        FeeRule::Bands { bands, variants, .. } => {
            set_bands(None, bands);
            variants.iter_mut().for_each(|(variant, bands)| set_bands(Some(variant), bands));
        }
    }
    part.figures.iter_mut().for_each(|(name, value)| set(name, value));
    part.min_egp.iter_mut().for_each(|min| set("min", min));
    part.max_egp.iter_mut().for_each(|max| set("max", max));
    for reduction in &mut part.reductions {
        for rate in &mut reduction.rates {
            let name = reduction_name(&reduction.code, rate.variant.as_deref());
            if let Some(local) = in_force.local(&name) {
                let percent = local.value.clamp(rate.percent_min, rate.percent_max);
                (rate.percent_min, rate.percent_max) = (percent, percent);
            }
        }
    }
}

/// The numbers of a service that figures of a day replace, each with its figure.
pub fn in_force<'a>(service: &Service, figures: &'a [LocalFigure], day: Date) -> Vec<(Slot, &'a LocalFigure)> {
    let local = |slot: Slot| {
        let (part, name) = slot.code.split_once('.')?;
        let figure = InForce { figures, service: &service.code, part, day }.local(name)?;
        Some((slot, figure))
    };
    slots(service).into_iter().filter_map(local).collect()
}

/// What a named figure is: the choice it goes by, if it bears the name of one.
pub(super) fn figure_label(lang: Lang, service: &Service, part: &FeePart, name: &str) -> String {
    let formula = match &part.rule {
        FeeRule::Formula { formula } => formula.as_str(),
        _ => "",
    };
    let fields = service.fields.iter().chain(&service.inspection_report);
    let choice = fields.filter(|field| formula.contains(&field.id)).find_map(|field| field.choice(name, lang));
    if let Some(choice) = choice {
        return choice.to_owned();
    }
    match name.split_once('_').map_or((name, ""), |(head, rest)| (head, rest)) {
        ("rate", _) => lang.pick("الفئة", "Rate").into(),
        ("share", _) => lang.pick("النسبة", "Percentage").into(),
        ("base", _) => lang.pick("المبلغ الأساسي", "Base amount").into(),
        ("amount", _) => lang.pick("المبلغ", "Amount").into(),
        ("otherwise", _) => lang.pick("ما عدا ذلك", "Otherwise").into(),
        ("up", rest) => format!("{} {}", lang.pick("حتى", "up to"), rest.trim_start_matches("to_").replace('_', ".")),
        ("if", rest) => service.field(rest).map_or_else(|| rest.to_owned(), |field| field.label(lang).to_owned()),
        _ => name.to_owned(),
    }
}

fn band_label(lang: Lang, band: &Band, bands: &[Band], n: usize) -> String {
    match (band.up_to, n.checked_sub(1).and_then(|before| bands.get(before))) {
        (Some(up_to), _) => format!("{} {}", lang.pick("حتى", "up to"), up_to.normalize()),
        (None, Some(Band { up_to: Some(above), .. })) => {
            format!("{} {}", lang.pick("أكثر من", "more than"), above.normalize())
        }
        (None, _) => lang.pick("الكل", "all").into(),
    }
}

/// `band.1`, or `city_district.1` in the table of a variant.
pub(super) fn band_name(variant: Option<&str>, n: usize) -> String {
    format!("{}.{}", variant.unwrap_or("band"), n + 1)
}

pub(super) fn reduction_name(code: &str, variant: Option<&str>) -> String {
    match variant {
        Some(variant) => format!("reduction.{code}.{variant}"),
        None => format!("reduction.{code}"),
    }
}

/// Figures in force for one part on one day.
pub(super) struct InForce<'f, 's> {
    pub(super) figures: &'f [LocalFigure],
    pub(super) service: &'s str,
    pub(super) part: &'s str,
    pub(super) day: Date,
}

impl<'f> InForce<'f, '_> {
    /// The local figure, the latest where several hold.
    pub(super) fn local(&self, name: &str) -> Option<&'f LocalFigure> {
        let matches = |figure: &&LocalFigure| {
            figure.service == self.service
                && figure.in_force(self.day)
                && figure.figure.strip_prefix(self.part).and_then(|rest| rest.strip_prefix('.')) == Some(name)
        };
        self.figures.iter().filter(matches).max_by_key(|figure| figure.from)
    }
}
