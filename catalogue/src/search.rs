//! Search in the guide (البحث في الدليل).

use std::collections::BTreeMap;

use serde::Deserialize;

/// Words of the people (مترادفات): sets of words that stand for each other, and phrases for a service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synonyms {
    /// Each set means one thing.
    pub words: Vec<Vec<String>>,
    /// By code of service.
    #[serde(default)]
    pub services: BTreeMap<String, Vec<String>>,
}
