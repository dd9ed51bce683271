//! The parts of a service as its editor sees them, each with where it comes from.

use std::fmt::Debug;

use catalogue::Catalogue;
use catalogue::fees::slots;
use catalogue::model::{Beneficiary, DayKind, FeePart, FeeRule, Field, FilledBy, Need, Service};
use foundation::web::Ctx;

use super::origin::{self, Origin};

/// A section of the page.
#[derive(Debug)]
pub(super) struct Section {
    pub id: &'static str,
    pub title: String,
    pub from: Origin,
    /// Whether a part of it was mended by us.
    pub mended: bool,
    pub lines: Vec<Line>,
}

impl Section {
    /// Whether its items are sentences and nothing more.
    pub(super) fn is_plain(&self) -> bool {
        let bare = |line: &Line| {
            let words = line.code.is_empty() && line.text.is_empty() && line.when.is_empty();
            words && line.notes.is_empty() && line.rows.is_empty() && line.from.is_none()
        };
        self.lines.iter().all(bare)
    }
}

/// One item of a section.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub label: String,
    /// Its code in the file.
    pub code: String,
    pub text: String,
    /// Expression under which it holds, as written.
    pub when: String,
    pub notes: Vec<String>,
    /// Numbers that belong to it.
    pub rows: Vec<(String, String)>,
    /// Where it has a source of its own.
    pub from: Option<Origin>,
}

/// Reads a service for its editor.
pub(super) struct Reader<'a> {
    pub c: &'a Ctx,
    pub catalogue: &'a Catalogue,
    pub service: &'a Service,
}

impl Reader<'_> {
    /// All sections in the order of the file.
    pub(super) fn sections(&self) -> Vec<Section> {
        let service = self.service;
        let fields = |key: &str, list: &[Field]| list.iter().map(|field| self.field(key, field)).collect();
        let mut all = vec![
            self.section("name", "services-part-name", self.identity()),
            self.section("notes_ar", "services-part-notes", service.notes_ar.lines().map(plain).collect()),
            self.section("legal_basis", "services-part-law", self.laws()),
            self.section("conditions", "services-part-conditions", self.conditions()),
            self.section("documents", "services-part-documents", self.documents()),
            self.section("fields", "services-part-fields", fields("fields", &service.fields)),
        ];
        if !service.inspection_report.is_empty() {
            let lines = fields("inspection_report", &service.inspection_report);
            all.push(self.section("inspection_report", "services-part-report", lines));
        }
        all.extend([
            self.section("fee", "services-part-fee", service.fee.parts.iter().map(|part| self.fee(part)).collect()),
            self.section("time_limit", "services-part-limit", self.limits()),
            self.section("steps", "services-part-steps", self.steps()),
            self.section("refusal_reasons", "services-part-reasons", self.reasons()),
            self.section("completion_items", "services-part-completion", self.completion()),
            self.section("output", "services-part-output", self.output()),
        ]);
        all
    }

    fn section(&self, key: &'static str, title: &str, lines: Vec<Line>) -> Section {
        Section {
            id: key,
            title: self.c.t(title),
            from: Origin::of(self.c, self.catalogue, self.service.source(key)),
            mended: self.service.sources.contains_key(&format!("{key}.mended")),
            lines,
        }
    }

    fn own(&self, section: &str, item: &str) -> Option<Origin> {
        Origin::own(self.c, self.catalogue, self.service, &format!("{section}.{item}"))
    }

    fn identity(&self) -> Vec<Line> {
        let service = self.service;
        let group =
            self.catalogue.group(&service.group).map_or(service.group.as_str(), |group| group.name(self.c.lang));
        let applicants: Vec<&str> = service.applicants.iter().map(|kind| kind.label(self.c.lang)).collect();
        let channels: Vec<String> =
            service.channels.iter().map(|channel| self.c.t(&format!("services-channel-{}", kebab(channel)))).collect();
        let mut lines = vec![
            Line { label: self.c.t("services-name"), text: service.name(self.c.lang).to_owned(), ..Line::default() },
            Line { label: self.c.t("services-name-en"), text: service.name_en.clone(), ..Line::default() },
            Line { label: self.c.t("services-group"), text: group.to_owned(), ..Line::default() },
            Line { label: self.c.t("services-applicants"), text: applicants.join(self.c.comma()), ..Line::default() },
            Line {
                label: self.c.t("services-channels"),
                text: channels.join(self.c.comma()),
                from: Origin::own(self.c, self.catalogue, service, "channels"),
                ..Line::default()
            },
        ];
        if let Some(window) = &service.application_window {
            lines.push(Line {
                label: self.c.t("services-window"),
                text: super::days(self.c, window.from, Some(window.to)),
                notes: [Some(window.decision_ar.clone()), window.note_ar.clone()].into_iter().flatten().collect(),
                from: Some(Origin::of(self.c, self.catalogue, &window.source)),
                ..Line::default()
            });
        }
        lines
    }

    fn laws(&self) -> Vec<Line> {
        let line = |basis: &catalogue::model::LegalBasis| Line {
            label: self.catalogue.law(&basis.law).map_or(basis.law.as_str(), |law| law.name(self.c.lang)).to_owned(),
            code: basis.law.clone(),
            text: basis
                .articles
                .as_ref()
                .map(|articles| self.c.t1("services-articles", "articles", articles))
                .unwrap_or_default(),
            ..Line::default()
        };
        self.service.legal_basis.iter().map(line).collect()
    }

    fn conditions(&self) -> Vec<Line> {
        let conditions = self.service.conditions.iter().map(|condition| Line {
            label: condition.text(self.c.lang).to_owned(),
            when: condition.when.clone().unwrap_or_default(),
            notes: condition.check.iter().map(|check| self.c.t1("services-checked", "expr", check)).collect(),
            ..Line::default()
        });
        let checks = self.service.checks.iter().map(|check| Line {
            label: check.text(self.c.lang).to_owned(),
            text: self.c.t(&format!("services-level-{}", kebab(&check.level))),
            when: check.expr.clone(),
            ..Line::default()
        });
        conditions.chain(checks).collect()
    }

    fn documents(&self) -> Vec<Line> {
        let line = |document: &catalogue::model::Document| {
            let kind = self.catalogue.document(&document.doc);
            let (need, when) = self.need(&document.required);
            let copies = (document.copies > 1).then(|| self.c.t1("services-copies", "n", document.copies));
            let personal = kind.filter(|kind| kind.identifies_person).map(|_| self.c.t("services-identifies"));
            Line {
                label: kind.map_or(document.doc.as_str(), |kind| kind.name(self.c.lang)).to_owned(),
                code: document.doc.clone(),
                text: need,
                when,
                notes: [document.hint_ar.clone(), copies, personal].into_iter().flatten().collect(),
                from: self.own("documents", &document.doc),
                ..Line::default()
            }
        };
        self.service.documents.iter().map(line).collect()
    }

    fn field(&self, section: &str, field: &Field) -> Line {
        let (need, when) = self.need(&field.required);
        let unit = field.unit.clone().unwrap_or_default();
        let range = (field.min.is_some() || field.max.is_some()).then(|| {
            let range = super::Range { min: field.min, max: field.max };
            format!("{} {unit}", super::range_words(self.c, &range)).trim().to_owned()
        });
        let choices: Vec<&str> = field.choices.iter().map(|choice| choice.text(self.c.lang)).collect();
        let choices =
            (!choices.is_empty()).then(|| self.c.t1("services-choices", "list", choices.join(self.c.comma())));
        let columns: Vec<&str> = field.fields.iter().map(|column| column.label(self.c.lang)).collect();
        let columns =
            (!columns.is_empty()).then(|| self.c.t1("services-columns", "list", columns.join(self.c.comma())));
        let office = (field.filled_by == FilledBy::Office).then(|| self.c.t("services-office-fills"));
        let personal = field.personal.then(|| self.c.t("services-personal"));
        Line {
            label: field.label(self.c.lang).to_owned(),
            code: field.id.clone(),
            text: format!("{}{}{need}", self.c.t(&format!("services-type-{}", kebab(&field.kind))), self.c.comma()),
            when,
            notes: [field.hint_ar.clone(), range, choices, columns, office, personal].into_iter().flatten().collect(),
            from: self.own(section, &field.id),
            ..Line::default()
        }
    }

    fn fee(&self, part: &FeePart) -> Line {
        let c = self.c;
        let payee = match &part.beneficiary {
            Beneficiary::Body(code) => self.department(code),
            known => known.label(self.c.lang).unwrap_or_default().to_owned(),
        };
        let (kind, formula) = match &part.rule {
            FeeRule::Fixed { .. } => ("services-fee-fixed", None),
            FeeRule::PerUnit { quantity, .. } => ("services-fee-per-unit", Some(quantity)),
            FeeRule::Percent { of, .. } => ("services-fee-percent", Some(of)),
            FeeRule::Bands { by, .. } => ("services-fee-bands", Some(by)),
            FeeRule::Assessed { .. } => ("services-fee-assessed", None),
            FeeRule::Formula { formula } => ("services-fee-formula", Some(formula)),
        };
        let range = super::Range { min: part.min_egp, max: part.max_egp };
        let limits = (range != super::Range::default()).then(|| {
            let range = c.t1("services-fee-limits", "range", super::range_words(c, &range));
            let from = part.limit_source.as_ref().map(|source| Origin::of(c, self.catalogue, source));
            from.map_or(range.clone(), |from| format!("{range} ({}: {})", from.label, from.text))
        });
        let step = part.pay_step.as_ref().map(|step| c.t1("services-fee-step", "step", step));
        let reductions = part.reductions.iter().map(|reduction| {
            format!("{} {}", reduction.decision_ar, super::days(c, reduction.from, Some(reduction.to)))
        });
        let formula = formula.map(|formula| c.t1("services-fee-by", "expr", formula));
        let mut notes: Vec<String> =
            [formula, limits, step, part.note_ar.clone(), part.editor_note.clone()].into_iter().flatten().collect();
        notes.extend(reductions);
        let head = format!("{}.", part.code);
        let rows = slots(self.service).into_iter().filter(|slot| slot.code.starts_with(&head)).map(|slot| {
            let value = slot.value.map_or_else(|| c.t("services-open"), |value| origin::amount(c, value, slot.percent));
            (
                slot.label(self.c.lang)
                    .strip_prefix(&format!("{}: ", part.label(self.c.lang)))
                    .unwrap_or(slot.label(self.c.lang))
                    .to_owned(),
                value,
            )
        });
        Line {
            label: part.label(self.c.lang).to_owned(),
            code: part.code.clone(),
            text: c.ta(
                "services-fee-line",
                &[("kind", &c.t(kind)), ("due", &part.due.label(self.c.lang)), ("payee", &payee)],
            ),
            when: part.when.clone().unwrap_or_default(),
            notes,
            rows: rows.collect(),
            from: part
                .source
                .as_ref()
                .map(|source| Origin::of(c, self.catalogue, source))
                .or_else(|| self.own("fee", &part.code)),
        }
    }

    fn limits(&self) -> Vec<Line> {
        let limit = &self.service.time_limit;
        let working = |days: u32| self.days(days, DayKind::Working);
        let mut lines = vec![Line {
            label: self.c.t("services-limit-whole"),
            text: working(limit.working_days),
            notes: limit.note_ar.iter().cloned().collect(),
            from: limit.note_source.as_ref().map(|source| Origin::of(self.c, self.catalogue, source)),
            ..Line::default()
        }];
        lines.extend(limit.variants.iter().map(|variant| Line {
            label: self.c.t("services-limit-variant"),
            text: working(variant.working_days),
            when: variant.when.clone(),
            ..Line::default()
        }));
        lines.extend(limit.statutory.iter().map(|law| Line {
            label: self.c.t("services-limit-law"),
            text: format!(
                "{}{}{}",
                self.days(law.days, law.day_kind),
                self.c.comma(),
                law.on_expiry.label(self.c.lang)
            ),
            notes: law.note_ar.iter().cloned().collect(),
            from: Some(Origin::of(self.c, self.catalogue, &law.source)),
            ..Line::default()
        }));
        lines.extend(limit.stages.iter().map(|stage| Line {
            label: stage.text(self.c.lang).to_owned(),
            code: stage.code.clone(),
            text: format!(
                "{}{}{}",
                self.days(stage.days, stage.day_kind),
                self.c.comma(),
                stage.on_expiry.label(self.c.lang)
            ),
            ..Line::default()
        }));
        lines
    }

    fn steps(&self) -> Vec<Line> {
        let line = |step: &catalogue::model::Step| Line {
            label: step.label(self.c.lang).to_owned(),
            code: step.id.clone(),
            text: format!(
                "{}{comma}{}{comma}{}",
                step.kind.label(self.c.lang),
                self.department(&step.department),
                self.days(step.working_days, DayKind::Working),
                comma = self.c.comma(),
            ),
            when: step.when.clone().unwrap_or_default(),
            notes: step.parallel.iter().map(|letter| self.c.t1("services-parallel", "letter", letter)).collect(),
            from: self.own("steps", &step.id),
            ..Line::default()
        };
        self.service.steps.iter().map(line).collect()
    }

    fn reasons(&self) -> Vec<Line> {
        let line = |code: &String| {
            let reason = self.catalogue.reason(code);
            Line {
                label: reason.map_or(code.as_str(), |reason| reason.name(self.c.lang)).to_owned(),
                code: code.clone(),
                notes: reason.and_then(|reason| reason.ground_note_ar.clone()).into_iter().collect(),
                from: reason.map(|reason| Origin::of(self.c, self.catalogue, &reason.source)),
                ..Line::default()
            }
        };
        self.service.refusal_reasons.iter().map(line).collect()
    }

    fn completion(&self) -> Vec<Line> {
        let items = self.service.completion_items.iter().map(|item| Line {
            label: item.text(self.c.lang).to_owned(),
            code: item.code.clone(),
            when: item.when.clone().unwrap_or_default(),
            from: self.own("completion_items", &item.code),
            ..Line::default()
        });
        items.collect()
    }

    fn output(&self) -> Vec<Line> {
        let output = &self.service.output;
        let mut lines = vec![Line {
            label: output.name(self.c.lang).to_owned(),
            text: self.c.t(&format!("services-output-{}", kebab(&output.kind))),
            notes: [output.start_rule_ar.clone(), output.effect_ar.clone()].into_iter().flatten().collect(),
            ..Line::default()
        }];
        if let Some(months) = output.validity_months {
            lines.push(Line {
                label: self.c.t("services-validity"),
                text: self.c.t1("services-months", "n", months),
                from: self.own("output", "validity_months"),
                ..Line::default()
            });
        }
        if !output.printed_fields.is_empty() {
            let name = |id: &'_ String| {
                self.service.field(id).map_or_else(|| id.clone(), |field| field.label(self.c.lang).to_owned())
            };
            let printed: Vec<String> = output.printed_fields.iter().map(name).collect();
            lines.push(Line {
                label: self.c.t("services-printed"),
                text: printed.join(self.c.comma()),
                ..Line::default()
            });
        }
        lines
    }

    fn need(&self, need: &Need) -> (String, String) {
        match need {
            Need::Always => (self.c.t("services-need-always"), String::new()),
            Need::Optional => (self.c.t("services-need-optional"), String::new()),
            Need::When(expr) => (self.c.t("services-need-when"), expr.clone()),
        }
    }

    fn department(&self, code: &str) -> String {
        self.catalogue.department(code).map_or(code, |department| department.name(self.c.lang)).to_owned()
    }

    fn days(&self, n: u32, kind: DayKind) -> String {
        match kind {
            DayKind::Working => self.c.t1("services-working-days", "n", n),
            DayKind::Calendar => self.c.t1("services-calendar-days", "n", n),
        }
    }
}

/// `multi-choice` of a variant `MultiChoice`: the end of its message's key.
fn kebab(variant: &impl Debug) -> String {
    let mut name = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn plain(text: &str) -> Line {
    Line { label: text.to_owned(), ..Line::default() }
}
