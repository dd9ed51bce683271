//! `doctor`: examines the node and says of each thing what is wrong, why it matters and which
//! command mends it. It changes nothing and needs no server; exit code 1 when something is wrong.

mod ground;
mod post;
mod reach;
mod roles;
mod store;

use anyhow::Result;
use serde::Serialize;

use crate::config::Config;
use crate::output::{Done, Output, columns};

/// How it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// In order.
    Good,
    /// Worth knowing; nothing breaks.
    Note,
    /// To be mended.
    Wrong,
}

/// ملاحظة الفحص: one thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// How it stands.
    pub state: State,
    /// What was looked at: `disk`, `record`.
    pub about: &'static str,
    /// What was seen.
    pub what: String,
    /// Why it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// What mends it: a command where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<String>,
}

/// What has been found so far.
#[derive(Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// This is in order.
    pub fn good(&mut self, about: &'static str, what: impl Into<String>) {
        self.0.push(Finding { state: State::Good, about, what: what.into(), why: None, mend: None });
    }

    /// This is worth knowing.
    pub fn note(&mut self, about: &'static str, what: impl Into<String>, why: &'static str, mend: impl Into<String>) {
        self.0.push(Finding { state: State::Note, about, what: what.into(), why: Some(why), mend: Some(mend.into()) });
    }

    /// This is wrong.
    pub fn wrong(&mut self, about: &'static str, what: impl Into<String>, why: &'static str, mend: impl Into<String>) {
        self.0.push(Finding { state: State::Wrong, about, what: what.into(), why: Some(why), mend: Some(mend.into()) });
    }
}

/// Examines everything.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = Findings::default();
    ground::examine(config, &mut findings);
    reach::examine(config, &mut findings).await;
    post::examine(config, &mut findings).await;
    store::examine(config, &mut findings).await;
    findings.0
}

/// Examines everything and says it.
pub async fn run(config: &Config, out: &Output) -> Result<Done> {
    let found = examine(config).await;
    out.answer(&found, |found| lines(found))?;
    Ok(Done::when(found.iter().all(|f| f.state != State::Wrong)))
}

fn lines(found: &[Finding]) -> Vec<String> {
    let word = |state| match state {
        State::Good => "good",
        State::Note => "note",
        State::Wrong => "WRONG",
    };
    let heads = columns(
        &found.iter().map(|f| vec![word(f.state).to_owned(), f.about.to_owned(), f.what.clone()]).collect::<Vec<_>>(),
    );
    let mut lines = Vec::new();
    for (finding, head) in found.iter().zip(heads) {
        lines.push(head);
        lines.extend(finding.why.map(|why| format!("       why:  {why}")));
        lines.extend(finding.mend.as_ref().map(|mend| format!("       mend: {mend}")));
    }
    let count = |state| found.iter().filter(|f| f.state == state).count();
    lines.push(format!("{} good, {} to note, {} wrong.", count(State::Good), count(State::Note), count(State::Wrong)));
    lines
}
