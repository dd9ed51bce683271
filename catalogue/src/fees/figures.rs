//! The numbers of a service's fees that a governorate may set (الفئات القابلة للتعديل محليًّا).

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
    /// Value in the service file; `None` for a percentage that a decision leaves open.
    pub value: Option<Decimal>,
    /// Per cent rather than pounds.
    pub percent: bool,
}

/// Every number of the service's fees that a local decision may replace.
pub fn slots(service: &Service) -> Vec<Slot> {
    let mut slots = Vec::new();
    for part in &service.fee.parts {
        part_slots(service, part, &mut slots);
    }
    slots
}

fn part_slots(service: &Service, part: &FeePart, slots: &mut Vec<Slot>) {
    let mut add = |name: &str, what: &str, value: Option<Decimal>, percent: bool| {
        let code = format!("{}.{name}", part.code);
        slots.push(Slot { code, label_ar: format!("{}: {what}", part.label_ar), value, percent });
    };
    match &part.rule {
        FeeRule::Fixed { amount_egp } => add("amount", "المبلغ", Some(*amount_egp), false),
        FeeRule::PerUnit { rate_egp, .. } => add("rate", "فئة الوحدة", Some(*rate_egp), false),
        FeeRule::Percent { percent, .. } => add("percent", "النسبة", Some(*percent), true),
        FeeRule::Assessed { default_egp } => add("default", "القيمة المقترحة", *default_egp, false),
        FeeRule::Formula { .. } => {}
        FeeRule::Bands { bands, variant_by, variants, .. } => {
            for (n, band) in bands.iter().enumerate() {
                add(&band_name(None, n), &band_label(band, bands, n), Some(band.amount_egp), false);
            }
            for (variant, bands) in variants {
                let field = variant_by.as_deref().and_then(|id| service.field(id));
                let name = field.and_then(|field| field.choice_ar(variant)).unwrap_or(variant);
                for (n, band) in bands.iter().enumerate() {
                    let what = format!("{name}، {}", band_label(band, bands, n));
                    add(&band_name(Some(variant), n), &what, Some(band.amount_egp), false);
                }
            }
        }
    }
    for (name, value) in &part.figures {
        add(name, &figure_label(service, part, name), Some(*value), false);
    }
    if let Some(min) = part.min_egp {
        add("min", "الحد الأدنى", Some(min), false);
    }
    if let Some(max) = part.max_egp {
        add("max", "الحد الأقصى", Some(max), false);
    }
    for reduction in &part.reductions {
        for rate in &reduction.rates {
            let name = reduction_name(&reduction.code, rate.variant.as_deref());
            let fixed = (rate.percent_min == rate.percent_max).then_some(rate.percent_min);
            add(&name, &format!("نسبة التخفيض ({})", reduction.decision_ar), fixed, true);
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
pub(super) fn figure_label(service: &Service, part: &FeePart, name: &str) -> String {
    let formula = match &part.rule {
        FeeRule::Formula { formula } => formula.as_str(),
        _ => "",
    };
    let fields = service.fields.iter().chain(&service.inspection_report);
    let choice = fields.filter(|field| formula.contains(&field.id)).find_map(|field| field.choice_ar(name));
    if let Some(choice) = choice {
        return choice.to_owned();
    }
    match name.split_once('_').map_or((name, ""), |(head, rest)| (head, rest)) {
        ("rate", _) => "الفئة".into(),
        ("share", _) => "النسبة".into(),
        ("base", _) => "المبلغ الأساسي".into(),
        ("amount", _) => "المبلغ".into(),
        ("otherwise", _) => "ما عدا ذلك".into(),
        ("up", rest) => format!("حتى {}", rest.trim_start_matches("to_").replace('_', ".")),
        ("if", rest) => service.field(rest).map_or_else(|| rest.to_owned(), |field| field.label_ar.clone()),
        _ => name.to_owned(),
    }
}

fn band_label(band: &Band, bands: &[Band], n: usize) -> String {
    match (band.up_to, n.checked_sub(1).and_then(|before| bands.get(before))) {
        (Some(up_to), _) => format!("حتى {}", up_to.normalize()),
        (None, Some(Band { up_to: Some(above), .. })) => format!("أكثر من {}", above.normalize()),
        (None, _) => "الكل".into(),
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
