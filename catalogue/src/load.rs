//! The catalogue as a whole (الدليل): every service and register, from the program or a folder.

mod csv;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::model::{
    Activity, ActivityGroup, Department, DocumentKind, Governorate, Group, Holiday, Law, Page, Reason, Service, Unit,
};
use crate::source_text::FileError;

include!(concat!(env!("OUT_DIR"), "/services.rs"));

impl Service {
    /// Reads one service file. The code and the hash of this exact text are the version's identity.
    pub fn parse(text: &str, path: &str) -> Result<Self, FileError> {
        let mut service: Self = toml::from_str(text).map_err(|error| FileError::from_toml(path, text, &error))?;
        service.hash = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(service)
    }
}

/// A service with the text it was read from.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Below the catalogue's folder: `services/shops/SHP-01.toml`.
    pub path: String,
    /// The exact text: what is published.
    pub text: Arc<str>,
    /// What it says.
    pub service: Arc<Service>,
}

/// Registers that all services share.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each is the list its name says")]
pub struct Registers {
    pub departments: Vec<Department>,
    pub documents: Vec<DocumentKind>,
    pub laws: Vec<Law>,
    pub reasons: Vec<Reason>,
    pub groups: Vec<Group>,
    pub pages: Vec<Page>,
    pub activity_groups: Vec<ActivityGroup>,
    pub activities: Vec<Activity>,
}

/// Catalogue (دليل الخدمات).
#[derive(Debug, Clone)]
pub struct Catalogue {
    services: BTreeMap<String, Entry>,
    registers: Arc<Registers>,
    synonyms: Arc<crate::search::Synonyms>,
}

/// Texts of the registers.
struct Texts<'t> {
    departments: &'t str,
    documents: &'t str,
    laws: &'t str,
    reasons: &'t str,
    groups: &'t str,
    sources: &'t str,
    activities: &'t str,
    synonyms: &'t str,
}

impl Catalogue {
    /// The catalogue that the program carries; read once.
    pub fn embedded() -> Result<Arc<Self>, FileError> {
        static EMBEDDED: OnceLock<Result<Arc<Catalogue>, FileError>> = OnceLock::new();
        let read = || {
            let texts = Texts {
                departments: include_str!("../departments.toml"),
                documents: include_str!("../documents.toml"),
                laws: include_str!("../laws.toml"),
                reasons: include_str!("../reasons.toml"),
                groups: include_str!("../groups.toml"),
                sources: include_str!("../sources.toml"),
                activities: include_str!("../activities.toml"),
                synonyms: include_str!("../synonyms.toml"),
            };
            let files = SERVICES.iter().map(|(path, text)| ((*path).to_owned(), Arc::from(*text))).collect();
            Self::read(files, &texts).map(Arc::new)
        };
        EMBEDDED.get_or_init(read).clone()
    }

    /// Reads a catalogue from a folder laid out like the shipped one.
    pub fn from_dir(root: &Path) -> Result<Self, FileError> {
        let register = |name: &str| read_file(root, &root.join(name));
        let mut files = Vec::new();
        for group in entries(root, &root.join("services"))? {
            for file in entries(root, &group)? {
                if file.extension().is_some_and(|extension| extension == "toml") {
                    files.push((below(root, &file), Arc::from(read_file(root, &file)?)));
                }
            }
        }
        Self::read(
            files,
            &Texts {
                departments: &register("departments.toml")?,
                documents: &register("documents.toml")?,
                laws: &register("laws.toml")?,
                reasons: &register("reasons.toml")?,
                groups: &register("groups.toml")?,
                sources: &register("sources.toml")?,
                activities: &register("activities.toml")?,
                synonyms: &register("synonyms.toml")?,
            },
        )
    }

    fn read(files: Vec<(String, Arc<str>)>, texts: &Texts) -> Result<Self, FileError> {
        let activities = table(texts.activities, "activities.toml")?;
        let registers = Registers {
            departments: list(texts.departments, "departments.toml", "departments")?,
            documents: list(texts.documents, "documents.toml", "documents")?,
            laws: list(texts.laws, "laws.toml", "laws")?,
            reasons: list(texts.reasons, "reasons.toml", "reasons")?,
            groups: list(texts.groups, "groups.toml", "groups")?,
            pages: list(texts.sources, "sources.toml", "pages")?,
            activity_groups: part(&activities, texts.activities, "activities.toml", "groups")?,
            activities: part(&activities, texts.activities, "activities.toml", "activities")?,
        };
        let synonyms = toml::from_str(texts.synonyms)
            .map_err(|error| FileError::from_toml("synonyms.toml", texts.synonyms, &error))?;
        let mut services = BTreeMap::new();
        for (path, text, service) in parse_all(files)? {
            let code = service.code.clone();
            if let Some(other) = services.insert(code, Entry { path, text, service: Arc::new(service) }) {
                let message = format!("كود الخدمة مستعمل في ملف آخر (code also in {})", other.path);
                return Err(FileError { path: other.path, line: 1, message });
            }
        }
        Ok(Self { services, registers: Arc::new(registers), synonyms: Arc::new(synonyms) })
    }

    /// A service by its code.
    pub fn service(&self, code: &str) -> Option<&Arc<Service>> {
        self.services.get(code).map(|entry| &entry.service)
    }

    /// A service with its text.
    pub fn entry(&self, code: &str) -> Option<&Entry> {
        self.services.get(code)
    }

    /// All services with their texts, by code.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.services.values()
    }

    /// All services, by code.
    pub fn services(&self) -> impl Iterator<Item = &Arc<Service>> {
        self.services.values().map(|entry| &entry.service)
    }

    /// The services of a group, by code.
    pub fn in_group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Arc<Service>> {
        self.services().filter(move |service| service.group == group)
    }

    /// The shared registers.
    pub fn registers(&self) -> &Registers {
        &self.registers
    }

    /// A department, committee or body.
    pub fn department(&self, code: &str) -> Option<&Department> {
        self.registers.departments.iter().find(|department| department.code == code)
    }

    /// A kind of document.
    pub fn document(&self, code: &str) -> Option<&DocumentKind> {
        self.registers.documents.iter().find(|document| document.code == code)
    }

    /// A law.
    pub fn law(&self, code: &str) -> Option<&Law> {
        self.registers.laws.iter().find(|law| law.code == code)
    }

    /// A refusal reason.
    pub fn reason(&self, code: &str) -> Option<&Reason> {
        self.registers.reasons.iter().find(|reason| reason.code == code)
    }

    /// A group of services.
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.registers.groups.iter().find(|group| group.code == code)
    }

    /// A public page that facts were read in.
    pub fn page(&self, code: &str) -> Option<&Page> {
        self.registers.pages.iter().find(|page| page.code == code)
    }

    /// A shop activity.
    pub fn activity(&self, code: &str) -> Option<&Activity> {
        self.registers.activities.iter().find(|activity| activity.code == code)
    }

    /// Words that citizens use for what the guide names otherwise.
    pub fn synonyms(&self) -> &crate::search::Synonyms {
        &self.synonyms
    }

    /// The same registers with these services and no others: the guide of a day.
    pub fn holding(&self, entries: impl IntoIterator<Item = Entry>) -> Self {
        let services = entries.into_iter().map(|entry| (entry.service.code.clone(), entry)).collect();
        Self { services, registers: self.registers.clone(), synonyms: self.synonyms.clone() }
    }

    /// The same catalogue with one service replaced, as when a newer version is published.
    pub fn with_service(mut self, path: &str, text: &str) -> Result<Self, FileError> {
        let service = Service::parse(text, path)?;
        let entry = Entry { path: path.to_owned(), text: Arc::from(text), service: Arc::new(service) };
        self.services.insert(entry.service.code.clone(), entry);
        Ok(self)
    }
}

/// The local units shipped with the product.
pub fn units() -> Result<Vec<Unit>, FileError> {
    csv::units(include_str!("../units.csv"), "units.csv")
}

/// The governorates shipped with the product.
pub fn governorates() -> Result<Vec<Governorate>, FileError> {
    csv::governorates(include_str!("../governorates.csv"), "governorates.csv")
}

/// The public holidays shipped with the product.
pub fn holidays() -> Result<Vec<Holiday>, FileError> {
    csv::holidays(include_str!("../holidays.csv"), "holidays.csv")
}

/// Outlines of the governorates (GeoJSON, ODbL 1.0): for display only, see `PROVENANCE.md`.
pub fn outlines() -> &'static str {
    include_str!("../governorates.geojson")
}

type Parsed = (String, Arc<str>, Service);

/// Files are read on as many threads as there are cores: a start waits for this.
fn parse_all(files: Vec<(String, Arc<str>)>) -> Result<Vec<Parsed>, FileError> {
    let read = |files: &[(String, Arc<str>)]| -> Result<Vec<Parsed>, FileError> {
        files.iter().map(|(path, text)| Ok((path.clone(), text.clone(), Service::parse(text, path)?))).collect()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let share = files.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let shares: Vec<_> = files.chunks(share).map(|files| scope.spawn(move || read(files))).collect();
        let mut all = Vec::with_capacity(files.len());
        for share in shares {
            let broken =
                |_| FileError { path: "services".into(), line: 1, message: "تعذرت القراءة".into() };
            all.extend(share.join().map_err(broken)??);
        }
        Ok(all)
    })
}

fn table(text: &str, path: &str) -> Result<toml::Table, FileError> {
    toml::from_str(text).map_err(|error| FileError::from_toml(path, text, &error))
}

fn list<T: DeserializeOwned>(text: &str, path: &str, key: &str) -> Result<Vec<T>, FileError> {
    part(&table(text, path)?, text, path, key)
}

fn part<T: DeserializeOwned>(table: &toml::Table, text: &str, path: &str, key: &str) -> Result<Vec<T>, FileError> {
    let value = table.get(key).cloned().unwrap_or_else(|| toml::Value::Array(Vec::new()));
    value.try_into().map_err(|error: toml::de::Error| FileError::from_toml(path, text, &error))
}

fn read_file(root: &Path, file: &Path) -> Result<String, FileError> {
    std::fs::read_to_string(file).map_err(|error| unreadable(root, file, &error))
}

fn entries(root: &Path, folder: &Path) -> Result<Vec<std::path::PathBuf>, FileError> {
    let listing = std::fs::read_dir(folder).map_err(|error| unreadable(root, folder, &error))?;
    let mut paths: Vec<_> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

fn unreadable(root: &Path, file: &Path, error: &std::io::Error) -> FileError {
    FileError { path: below(root, file), line: 1, message: format!("تعذرت القراءة ({error})") }
}

fn below(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_shipped_is_read() {
        let start = std::time::Instant::now();
        let catalogue = Catalogue::embedded().unwrap_or_else(|error| panic!("{error}"));
        println!("read in {:?}", start.elapsed());
        assert_eq!(catalogue.services().count(), 168);
        assert_eq!(units().unwrap().len(), 374);
        assert_eq!(governorates().unwrap().len(), 27);
        assert!(holidays().unwrap().len() > 40);
        let from_dir = Catalogue::from_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        for (a, b) in catalogue.services().zip(from_dir.services()) {
            assert_eq!(a, b);
        }
    }

    #[test]
    fn an_unreadable_file_is_told_with_its_line() {
        let text = "code = \"X-01\"\nversion = \"one\"\n";
        let error = Service::parse(text, "services/x/X-01.toml").unwrap_err();
        assert_eq!((error.path.as_str(), error.line), ("services/x/X-01.toml", 2));
        assert!(error.message.contains("قيمة من نوع غير مناسب"), "{}", error.message);
        assert_eq!(Service::parse("code = ", "a.toml").unwrap_err().line, 1);
    }
}
