//! Reading a text that somebody wants to publish (فحص نص الخدمة).

use std::sync::Arc;

use catalogue::check::{Fault, Finding, check_entry};
use catalogue::{Catalogue, Entry, Service};

/// A text without faults; there is no other way to make one.
#[derive(Debug, Clone)]
pub struct Checked {
    service: Arc<Service>,
    text: Arc<str>,
}

impl Checked {
    /// What the text says.
    #[must_use]
    pub fn service(&self) -> &Arc<Service> {
        &self.service
    }

    /// The exact text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Parses a text and checks it against the registers and the other services.
///
/// # Errors
/// All faults, in the order of their lines. A text that cannot be read has one.
pub fn check(catalogue: &Catalogue, text: &str) -> Result<Checked, Vec<Finding>> {
    let text: Arc<str> = tidy(text).into();
    let service = Service::parse(&text, "").map_err(|error| {
        vec![Finding { path: String::new(), line: error.line, kind: Fault::FieldShape, message: error.message }]
    })?;
    let entry = entry(Some(catalogue), Arc::new(service), text);
    let findings = check_entry(catalogue, &entry);
    if findings.is_empty() { Ok(Checked { service: entry.service, text: entry.text }) } else { Err(findings) }
}

/// A service with its text where its file lies or would lie: a finding of a misplaced file would say
/// nothing of a text that came without one.
pub(super) fn entry(catalogue: Option<&Catalogue>, service: Arc<Service>, text: Arc<str>) -> Entry {
    let known = catalogue.and_then(|catalogue| catalogue.entry(&service.code)).map(|entry| entry.path.clone());
    let path = known.unwrap_or_else(|| format!("services/{}/{}.toml", service.group, service.code));
    Entry { path, text, service }
}

/// The one form of a text, however it came here: forms send other line ends than files, and lose
/// the last one.
fn tidy(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    format!("{}\n", text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_sound_and_keeps_its_hash_on_the_way_through_a_form() {
        let catalogue = Catalogue::embedded().unwrap();
        for code in ["SHP-01", "BLD-02", "REC-01"] {
            let entry = catalogue.entry(code).unwrap();
            let sent = entry.text.trim().replace('\n', "\r\n");
            let checked = check(&catalogue, &sent).unwrap();
            assert_eq!(checked.service().hash, entry.service.hash, "{code}");
        }
        for entry in catalogue.entries() {
            assert_eq!(tidy(&entry.text), *entry.text, "{}", entry.path);
        }
    }

    #[test]
    fn faults_come_with_their_lines() {
        let catalogue = Catalogue::embedded().unwrap();
        let text = catalogue
            .entry("SHP-01")
            .unwrap()
            .text
            .replace("department = \"LIC\", kind = \"review\"", "department = \"NONE\", kind = \"review\"");
        let findings = check(&catalogue, &text).unwrap_err();
        let line = text.lines().position(|line| line.contains("NONE")).unwrap() + 1;
        assert!(
            findings.iter().any(|found| found.line == line && found.kind == Fault::UnknownDepartment),
            "{findings:?}"
        );
        assert_eq!(check(&catalogue, "code = ").unwrap_err().len(), 1);
    }
}
