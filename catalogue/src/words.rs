//! What the catalogue is called in the language of a page (أسماء الدليل باللغتين).
//!
//! Services, documents, laws, fields and choices carry both names in their files; advice, hints and
//! decisions are kept in Arabic alone and stay so. The words of the kinds below belong to the data
//! format and stand beside it.

use foundation::lang::Lang;
use foundation::web::messages::{self, Args, Digits};

use crate::fees::FeeLine;
use crate::model::{
    Activity, ActivityGroup, ApplicantKind, Beneficiary, Check, Choice, CompletionItem, Condition, Department,
    DocumentKind, Due, Expiry, FeePart, Field, Governorate, Group, Holiday, Law, Output, Reason, Service, Source,
    Stage, Step, StepKind, Unit,
};

macro_rules! named {
    ($($kind:ty),*) => {$(
        impl $kind {
            /// The name in a language; the Arabic one where there is no other.
            #[must_use]
            pub fn name(&self, lang: Lang) -> &str {
                lang.pick(&self.name_ar, &self.name_en)
            }
        }
    )*};
}
named!(
    Activity,
    ActivityGroup,
    Department,
    DocumentKind,
    Governorate,
    Group,
    Holiday,
    Law,
    Output,
    Reason,
    Service,
    Unit
);

macro_rules! labelled {
    ($($kind:ty),*) => {$(
        impl $kind {
            /// The label in a language; the Arabic one where there is no other.
            #[must_use]
            pub fn label(&self, lang: Lang) -> &str {
                lang.pick(&self.label_ar, &self.label_en)
            }
        }
    )*};
}
labelled!(FeeLine, FeePart, Field);

macro_rules! said {
    ($($kind:ty),*) => {$(
        impl $kind {
            /// The words in a language; the Arabic ones where there are no others.
            #[must_use]
            pub fn text(&self, lang: Lang) -> &str {
                lang.pick(&self.ar, &self.en)
            }
        }
    )*};
}
said!(Check, Choice, CompletionItem, Condition, Stage);

impl Step {
    /// What is done in the step. Files name steps in Arabic; where none gives an English label, the kind
    /// of the step says it, and the department stands beside it on every page.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        lang.pick(&self.label_ar, self.label_en.as_deref().unwrap_or(self.kind.label(Lang::En)))
    }
}

impl Service {
    /// What a fee line is called: `part` is the code of its part, `recorded` the Arabic label that was
    /// recorded with it.
    #[must_use]
    pub fn charge_label(&self, lang: Lang, part: &str, recorded: &str) -> String {
        if lang == Lang::Ar {
            return recorded.to_owned();
        }
        let (code, share) = part.split_once('.').map_or((part, false), |(code, _)| (code, true));
        let Some(found) = self.fee.parts.iter().find(|found| found.code == code) else { return recorded.to_owned() };
        if share { format!("{} (treasury share)", found.label(lang)) } else { found.label(lang).to_owned() }
    }
}

impl Field {
    /// The name of a choice of this field.
    #[must_use]
    pub fn choice(&self, value: &str, lang: Lang) -> Option<&str> {
        self.choices.iter().find(|choice| choice.value == value).map(|choice| choice.text(lang))
    }
}

impl ApplicantKind {
    /// Its name in a language.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        let english = match self {
            Self::Person => "Individual",
            Self::Company => "Company or establishment",
            Self::Government => "Government body",
            Self::Association => "Association or foundation",
            Self::OwnersUnion => "Occupants’ union",
        };
        lang.pick(self.label_ar(), english)
    }
}

impl Expiry {
    /// What the passing of the limit means, in a language.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        let english = match self {
            Self::None => "the passing of the limit has no legal effect",
            Self::DeemedApproved => "no answer in time counts as approval",
            Self::DeemedRefused => "no answer in time counts as refusal",
            Self::PreliminaryAcceptance => "no answer in time counts as acceptance in principle",
            Self::AdministrativeClosure => "the passing of the limit allows closure by decision",
            Self::Lapses => "the passing of the limit ends the acceptance",
        };
        lang.pick(self.label_ar(), english)
    }
}

impl StepKind {
    /// Its name in a language.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        let english = match self {
            Self::Check => "Completeness check",
            Self::Review => "Review",
            Self::Inspect => "Inspection",
            Self::AssessFee => "Fee assessment",
            Self::Pay => "Payment",
            Self::Approve => "Approval",
            Self::Issue => "Issue",
            Self::Handover => "Hand-over",
        };
        lang.pick(self.label_ar(), english)
    }
}

impl Source {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &'static str {
        let english = match self {
            Self::Page(_) => "published",
            Self::Law(_) => "law",
            Self::Default => "estimate to be approved",
        };
        lang.pick(self.label_ar(), english)
    }
}

impl Due {
    /// Its name in a language.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        let english = match self {
            Self::WithApplication => "with the application",
            Self::BeforeInspection => "before the inspection",
            Self::AfterInspection => "after the inspection",
            Self::BeforeIssue => "after review and before issue",
            Self::AfterApproval => "after approval",
        };
        lang.pick(self.label_ar(), english)
    }
}

impl Beneficiary {
    /// The name in a language; a body's is in the register of departments.
    #[must_use]
    pub fn label(&self, lang: Lang) -> Option<&'static str> {
        let english = match self {
            Self::LocalUnit => "Local unit",
            Self::Governorate => "Governorate",
            Self::Treasury => "Public treasury",
            Self::EngineersSyndicate => "Engineers’ syndicate",
            Self::InsurancePool => "Insurance pool",
            Self::Body(_) => return None,
        };
        self.label_ar().map(|arabic| lang.pick(arabic, english))
    }
}

/// Words in both languages (عبارة باللغتين), made where the language of the page is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// In Arabic.
    pub ar: String,
    /// In English.
    pub en: String,
}

impl Said {
    /// A message of the files.
    #[must_use]
    pub fn of(key: &str) -> Self {
        Self::with(key, &[])
    }

    /// A message of the files with its arguments.
    #[must_use]
    pub fn with(key: &str, args: Args<'_>) -> Self {
        let say = |lang| messages::text(lang, Digits::Latn, key, args);
        Self { ar: say(Lang::Ar), en: say(Lang::En) }
    }

    /// In a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.ar, &self.en)
    }
}

/// The word of a unit of measure; the code itself where there is none.
#[must_use]
pub fn unit_word(lang: Lang, unit: &str) -> String {
    let key = format!("public-unit-{}", unit.replace('/', "-per-"));
    messages::find(lang, Digits::Latn, &key, &[]).unwrap_or_else(|| unit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    #[test]
    fn whatever_citizens_read_most_has_an_english_name() {
        let catalogue = Catalogue::embedded().unwrap();
        let arabic = |text: &str| text.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c));
        for service in catalogue.services() {
            assert!(!arabic(service.name(Lang::En)), "{}", service.code);
            assert!(service.steps.iter().all(|step| !arabic(step.label(Lang::En))), "{}", service.code);
            for field in service.fields.iter().chain(&service.inspection_report) {
                assert!(!arabic(field.label(Lang::En)), "{} {}", service.code, field.id);
                assert!(field.choices.iter().all(|choice| !arabic(choice.text(Lang::En))), "{}", field.id);
            }
            for part in &service.fee.parts {
                assert!(!arabic(part.label(Lang::En)), "{} {}", service.code, part.code);
            }
        }
    }
}
