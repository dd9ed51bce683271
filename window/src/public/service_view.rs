//! بطاقة الخدمة: a service of the guide as a citizen reads it.

use catalogue::Catalogue;
use catalogue::model::{Channel, LegalBasis, Need, Service, Source, TermUnit};
use foundation::web::{Answer, Ctx};

use super::words::Words;
use crate::law::days;

/// What the card says, section by section.
#[derive(Debug, Default)]
pub(crate) struct ServiceView {
    pub code: String,
    pub name: String,
    pub group: String,
    pub group_code: String,
    pub applicants: Vec<String>,
    pub channels: Vec<String>,
    /// Whether it can be asked for from home by a person.
    pub online: bool,
    pub only_between: Option<String>,
    pub notes: Vec<String>,
    /// What everybody brings, then what depends on the case.
    pub documents: [Vec<DocumentLine>; 2],
    pub conditions: Vec<Line>,
    pub days: String,
    pub variants: Vec<String>,
    pub law_days: Option<String>,
    pub silence: String,
    pub stages: Vec<String>,
    pub time_note: Option<String>,
    pub steps: Vec<StepLine>,
    pub reasons: Vec<String>,
    pub output: Vec<Answer>,
    pub laws: Vec<String>,
    pub sources: Vec<SourceLine>,
}

/// A sentence, and when it holds (empty = always).
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub text: String,
    pub when: String,
}

/// A document to bring.
#[derive(Debug, Default)]
pub(crate) struct DocumentLine {
    pub name: String,
    pub copies: String,
    /// «اختياري», or the condition in words; empty for what everybody brings.
    pub need: String,
    pub is_always: bool,
    pub hint: String,
}

/// A step on the way.
#[derive(Debug, Default)]
pub(crate) struct StepLine {
    pub label: String,
    pub department: String,
    pub days: String,
    pub together: bool,
    pub when: String,
}

/// Where a part of the card comes from.
#[derive(Debug, Default)]
pub(crate) struct SourceLine {
    pub part: String,
    pub from: String,
}

impl ServiceView {
    pub(crate) fn of(c: &Ctx, catalogue: &Catalogue, service: &Service) -> Self {
        let words = Words::new(c, service);
        let when = |text: &Option<String>| text.as_deref().map(|text| words.when(text)).unwrap_or_default();
        let limit = &service.time_limit;
        Self {
            code: service.code.clone(),
            name: service.name(c.lang).to_owned(),
            group: catalogue.group(&service.group).map(|group| group.name(c.lang).to_owned()).unwrap_or_default(),
            group_code: service.group.clone(),
            applicants: service.applicants.iter().map(|kind| kind.label(c.lang).to_owned()).collect(),
            online: service.channels.contains(&Channel::Online)
                && service.applicants.contains(&catalogue::model::ApplicantKind::Person),
            channels: service.channels.iter().map(|channel| c.t(channel_key(*channel))).collect(),
            only_between: service.application_window.as_ref().map(|window| {
                let (from, to) = (c.date(window.from), c.date(window.to));
                c.ta("public-service-between", &[("from", &from), ("to", &to), ("decision", &window.decision_ar)])
            }),
            notes: paragraphs(&service.notes_ar),
            documents: documents(c, catalogue, service, &words),
            conditions: service
                .conditions
                .iter()
                .map(|condition| Line { text: condition.text(c.lang).to_owned(), when: when(&condition.when) })
                .collect(),
            days: c.t1("common-working-days", "n", limit.working_days),
            variants: limit
                .variants
                .iter()
                .map(|variant| {
                    let days = c.t1("common-working-days", "n", variant.working_days);
                    c.ta("public-service-variant", &[("when", &words.when(&variant.when)), ("days", &days)])
                })
                .collect(),
            law_days: limit.statutory.as_ref().map(|law| days(c, law.days, law.day_kind)),
            silence: limit.statutory.as_ref().map(|law| law.on_expiry.label(c.lang).to_owned()).unwrap_or_default(),
            stages: limit
                .stages
                .iter()
                .map(|stage| {
                    let days = days(c, stage.days, stage.day_kind);
                    c.ta("public-service-stage", &[("what", &stage.text(c.lang)), ("days", &days)])
                })
                .collect(),
            time_note: limit.statutory.as_ref().and_then(|law| law.note_ar.clone()).or_else(|| limit.note_ar.clone()),
            steps: steps(c, catalogue, service, &words),
            reasons: service
                .refusal_reasons
                .iter()
                .filter_map(|code| catalogue.reason(code))
                .map(|reason| reason.name(c.lang).to_owned())
                .collect(),
            output: output(c, service),
            laws: service.legal_basis.iter().map(|basis| law(c, catalogue, basis)).collect(),
            sources: sources(c, catalogue, service),
        }
    }
}

pub(crate) fn channel_key(channel: Channel) -> &'static str {
    match channel {
        Channel::Window => "public-channel-window",
        Channel::Online => "public-channel-online",
        Channel::Mobile => "public-channel-mobile",
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn documents(c: &Ctx, catalogue: &Catalogue, service: &Service, words: &Words) -> [Vec<DocumentLine>; 2] {
    let lines: Vec<DocumentLine> = service
        .documents
        .iter()
        .map(|document| DocumentLine {
            name: catalogue
                .document(&document.doc)
                .map_or_else(|| document.doc.clone(), |kind| kind.name(c.lang).to_owned()),
            copies: if document.copies > 1 { c.t1("public-copies", "n", document.copies) } else { String::new() },
            need: match &document.required {
                Need::Always => String::new(),
                Need::Optional => c.t("public-document-optional"),
                Need::When(text) => words.when(text),
            },
            is_always: document.required == Need::Always,
            hint: document.hint_ar.clone().unwrap_or_default(),
        })
        .collect();
    let (always, others) = lines.into_iter().partition(|line| line.is_always);
    [always, others]
}

fn steps(c: &Ctx, catalogue: &Catalogue, service: &Service, words: &Words) -> Vec<StepLine> {
    let mut before: Option<&str> = None;
    let lines = service.steps.iter().map(|step| {
        let parallel = step.parallel.as_deref();
        let together = parallel.is_some() && parallel == before;
        before = parallel;
        StepLine {
            label: step.label(c.lang).to_owned(),
            department: department(c, catalogue, &step.department),
            days: c.t1("common-working-days", "n", step.working_days),
            together,
            when: step.when.as_deref().map(|text| words.when(text)).unwrap_or_default(),
        }
    });
    lines.collect()
}

/// Name of a department.
pub(crate) fn department(c: &Ctx, catalogue: &Catalogue, code: &str) -> String {
    catalogue.department(code).map_or_else(|| code.to_owned(), |department| department.name(c.lang).to_owned())
}

fn output(c: &Ctx, service: &Service) -> Vec<Answer> {
    let output = &service.output;
    let mut lines = vec![Answer::text(c.t("public-output-what"), output.name(c.lang).to_owned())];
    if output.kind == catalogue::model::OutputKind::None {
        return lines;
    }
    let months = output.validity_months.map(|months| c.t1("public-months", "n", months));
    let term = match (&output.validity_from, months) {
        (Some(term), most) => {
            let label = service.field(&term.field).map(|field| field.label(c.lang).to_owned()).unwrap_or_default();
            let unit = c.t(match term.unit {
                TermUnit::Day => "public-term-day",
                TermUnit::Month => "public-term-month",
                TermUnit::Year => "public-term-year",
            });
            let asked = c.ta("public-output-asked", &[("label", &label), ("unit", &unit)]);
            match most {
                Some(most) => format!("{asked} {}", c.t1("public-output-at-most", "months", most)),
                None => asked,
            }
        }
        (None, Some(months)) if output.validity_is_maximum => c.t1("public-output-maximum", "months", months),
        (None, Some(months)) => months,
        (None, None) => c.t("public-output-open"),
    };
    lines.push(Answer::text(c.t("public-output-term"), term));
    if output.renewable {
        lines.push(Answer::text(c.t("public-output-renewable"), c.t("common-yes")));
    }
    if let Some(months) = output.start_within_months {
        let rule = output.start_rule_ar.clone().unwrap_or_else(|| c.t1("public-months", "n", months));
        lines.push(Answer::text(c.t("public-output-start"), rule));
    }
    if let Some(effect) = &output.effect_ar {
        lines.push(Answer::text(c.t("public-output-effect"), effect.clone()));
    }
    let printed: Vec<&str> =
        output.printed_fields.iter().filter_map(|id| service.field(id)).map(|field| field.label(c.lang)).collect();
    if !printed.is_empty() {
        lines.push(Answer::text(c.t("public-output-printed"), printed.join(c.comma())));
    }
    lines
}

fn law(c: &Ctx, catalogue: &Catalogue, basis: &LegalBasis) -> String {
    let name = catalogue.law(&basis.law).map_or(basis.law.as_str(), |law| law.name(c.lang));
    match &basis.articles {
        Some(articles) => {
            let parts = articles.split(|c: char| c.is_whitespace() || matches!(c, ',' | '،'));
            let list: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            let list = list.join(c.comma());
            c.ta("public-law-articles", &[("law", &name), ("list", &list)])
        }
        None => name.to_owned(),
    }
}

/// Parts of a card whose origin is told, with their keys in the file and in the messages.
const PARTS: [(&str, &str); 8] = [
    ("documents", "public-part-documents"),
    ("conditions", "public-part-conditions"),
    ("fee", "public-part-fee"),
    ("time_limit", "public-part-time"),
    ("steps", "public-part-steps"),
    ("refusal_reasons", "public-part-reasons"),
    ("output", "public-part-output"),
    ("legal_basis", "public-part-law"),
];

fn sources(c: &Ctx, catalogue: &Catalogue, service: &Service) -> Vec<SourceLine> {
    let lines =
        PARTS.iter().map(|(key, part)| SourceLine { part: c.t(part), from: source(c, catalogue, service.source(key)) });
    lines.collect()
}

/// Where something comes from, in plain words.
pub(crate) fn source(c: &Ctx, catalogue: &Catalogue, source: &Source) -> String {
    match source {
        Source::Page(reference) => {
            let page = reference.as_deref().and_then(|code| catalogue.page(code));
            match page {
                Some(page) => {
                    let site = [page.site.as_deref(), page.date.as_deref()];
                    let site: Vec<&str> = site.into_iter().flatten().collect();
                    let site = site.join(c.comma());
                    if site.is_empty() {
                        c.t1("public-source-titled", "title", &page.title)
                    } else {
                        c.ta("public-source-page", &[("title", &page.title), ("site", &site)])
                    }
                }
                None => c.t("public-source-published"),
            }
        }
        Source::Law(Some(law)) => {
            let name = catalogue.law(law).map_or(law.as_str(), |law| law.name(c.lang));
            c.t1("public-source-law-named", "law", name)
        }
        Source::Law(None) => c.t("public-source-law"),
        Source::Default => c.t("public-source-default"),
    }
}
