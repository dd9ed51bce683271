//! فحص نصوص الواجهة: compares the message keys used in templates and code with the message files.
//!
//! Every text is there in Arabic and in English, with the same arguments.
//!
//! Plain functions over plain files and nothing else, so that a build script can take this file in
//! (`#[path = "../foundation/src/web/messages_check.rs"] mod messages_check;`) and refuse to build
//! with a missing key.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A key that is used and not written, or written and not used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// Used in a template or in code, absent from the message files.
    Text {
        /// The key.
        key: String,
        /// File and line of the use.
        at: String,
    },
    /// Written in the other language alone.
    Twin {
        /// The key.
        key: String,
        /// File and line of the message that has no twin.
        at: String,
        /// The language that lacks it.
        language: &'static str,
    },
    /// Takes other arguments than its twin.
    Arguments {
        /// The key.
        key: String,
        /// File and line of the English message.
        at: String,
        /// Arguments that only one of the two takes.
        names: String,
    },
    /// An English text with Arabic in it.
    Untranslated {
        /// The key.
        key: String,
        /// File and line of the message.
        at: String,
    },
    /// In a message file, used nowhere.
    Use {
        /// The key.
        key: String,
        /// File and line of the message.
        at: String,
    },
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { key, at } => write!(f, "{at}: no text for message {key}"),
            Self::Twin { key, at, language } => write!(f, "{at}: message {key} has no text in {language}"),
            Self::Arguments { key, at, names } => {
                write!(f, "{at}: message {key} takes other arguments than in Arabic: {names}")
            }
            Self::Untranslated { key, at } => write!(f, "{at}: message {key} has Arabic in its English text"),
            Self::Use { key, at } => write!(f, "{at}: message {key} is used nowhere"),
        }
    }
}

/// Compares every use under `root` with `root/messages/ar`, and those texts with `root/messages/en`. Keys built at run time count as used
/// when their literal beginning (`error-` in `"error-{name}-title"`) matches.
#[must_use]
pub fn check(root: &Path) -> Vec<Missing> {
    let arabic = texts(root, "ar");
    let written: BTreeMap<String, String> = arabic.iter().map(|(key, text)| (key.clone(), text.at.clone())).collect();
    let mut uses: BTreeMap<String, String> = BTreeMap::new();
    let mut prefixes = BTreeSet::new();
    for folder in crates(root) {
        let mut sources = files(&folder.join("templates"), "html");
        sources.extend(files(&folder.join("src"), "rs"));
        for file in sources {
            // Examples in tests and doc comments are no uses.
            for (line, text) in lines(&file) {
                if text.trim_start().starts_with("//") {
                    continue;
                }
                if file.extension().is_some_and(|e| e == "rs") && text.trim() == "#[cfg(test)]" {
                    break;
                }
                for key in keys(&text) {
                    if let Some((prefix, _)) = key.split_once('{') {
                        prefixes.insert(prefix.to_owned());
                    } else {
                        uses.entry(key).or_insert_with(|| format!("{}:{line}", short(root, &file)));
                    }
                }
                for literal in literals(&text) {
                    if written.contains_key(literal) {
                        uses.entry(literal.to_owned()).or_insert_with(|| format!("{}:{line}", short(root, &file)));
                    }
                    if let Some((prefix, rest)) = literal.split_once('{')
                        && prefix.ends_with('-')
                        && rest.contains('}')
                        && looks_like_key(prefix.trim_end_matches('-'))
                    {
                        prefixes.insert(prefix.to_owned());
                    }
                }
            }
        }
    }
    let mut out = twins(&arabic, &texts(root, "en"));
    for (key, at) in &uses {
        if !written.contains_key(key) {
            out.push(Missing::Text { key: key.clone(), at: at.clone() });
        }
    }
    for (key, at) in written {
        if !uses.contains_key(&key) && !prefixes.iter().any(|p| !p.is_empty() && key.starts_with(p)) {
            out.push(Missing::Use { key, at });
        }
    }
    out
}

/// What must stop a build: keys without a text, in either language, and texts that are no translation.
#[must_use]
pub fn missing_texts(root: &Path) -> Vec<Missing> {
    check(root).into_iter().filter(|m| !matches!(m, Missing::Use { .. })).collect()
}

/// A message as it stands in its file.
struct Text {
    /// File and line.
    at: String,
    /// Names of its arguments.
    arguments: BTreeSet<String>,
    has_arabic: bool,
}

/// The messages of a language.
fn texts(root: &Path, language: &str) -> BTreeMap<String, Text> {
    let mut out: BTreeMap<String, Text> = BTreeMap::new();
    for file in files(&root.join("messages").join(language), "ftl") {
        let mut current = None;
        for (line, text) in lines(&file) {
            if let Some(key) = definition(&text) {
                let at = format!("{}:{line}", short(root, &file));
                out.insert(key.to_owned(), Text { at, arguments: BTreeSet::new(), has_arabic: false });
                current = Some(key.to_owned());
            } else if !text.starts_with(char::is_whitespace) {
                current = None;
            }
            let Some(message) = current.as_ref().and_then(|key| out.get_mut(key)) else { continue };
            message.has_arabic |= text.contains(|c: char| ('\u{0600}'..='\u{06FF}').contains(&c));
            for rest in text.split('$').skip(1) {
                let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                message.arguments.insert(name);
            }
        }
    }
    out
}

/// Where the two languages differ in more than their words.
fn twins(arabic: &BTreeMap<String, Text>, english: &BTreeMap<String, Text>) -> Vec<Missing> {
    let mut out = Vec::new();
    for (key, text) in arabic {
        if !english.contains_key(key) {
            out.push(Missing::Twin { key: key.clone(), at: text.at.clone(), language: "English" });
        }
    }
    for (key, text) in english {
        let (key, at) = (key.clone(), text.at.clone());
        let Some(twin) = arabic.get(&key) else {
            out.push(Missing::Twin { key, at, language: "Arabic" });
            continue;
        };
        let odd: Vec<&str> = text.arguments.symmetric_difference(&twin.arguments).map(String::as_str).collect();
        if !odd.is_empty() {
            out.push(Missing::Arguments { key: key.clone(), at: at.clone(), names: odd.join(", ") });
        }
        if text.has_arabic {
            out.push(Missing::Untranslated { key, at });
        }
    }
    out
}

pub(super) fn crates(root: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(root) else { return Vec::new() };
    let mut folders: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.join("Cargo.toml").is_file()).collect();
    folders.sort();
    folders
}

pub(super) fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut out = Vec::new();
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            out.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            out.push(path);
        }
    }
    out.sort();
    out
}

pub(super) fn lines(file: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().enumerate().map(|(i, l)| (i + 1, l.to_owned())).collect()
}

pub(super) fn short(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).display().to_string()
}

fn definition(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    // Names of codes (`public-unit-EGP`, `public-status-in_progress`) are parts of some keys.
    let written = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (written && !line.starts_with(char::is_whitespace)).then_some(key)
}

fn looks_like_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The keys in calls `t("…")`, `ta("…"`, `t1("…"` of a line; a key with `{` is built at run time.
fn keys(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for call in [".t(", ".ta(", ".t1("] {
        for (at, _) in line.match_indices(call) {
            let rest = line.get(at + call.len()..).unwrap_or("").trim_start_matches(['&', ' ']);
            let rest = rest.strip_prefix("format!(").unwrap_or(rest);
            let Some(rest) = rest.strip_prefix('"') else { continue };
            if let Some((key, _)) = rest.split_once('"') {
                let plain = key.split(['{', '}']).next().unwrap_or("");
                if looks_like_key(plain.trim_end_matches('-')) || key.starts_with('{') {
                    out.push(key.to_owned());
                }
            }
        }
    }
    out
}

/// The string literals of a line (keys kept in tables and passed on).
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_and_unused_keys_are_found_with_file_and_line() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("messages/ar/a.ftl", "# x\na-used = نص\na-unused = نص\na-state-open = مفتوح\na-table =\n    نص\n");
        write("messages/en/a.ftl", "a-used = text\na-unused = text\na-state-open = open\na-table =\n    text\n");
        write("room/Cargo.toml", "");
        write("room/templates/p.html", "<p>{{ c.t(\"a-used\") }}\n{{ c.ta(\"a-missing\", &[]) }}</p>");
        write("room/src/x.rs", "// c.t(\"a-comment\")\nc.t(&format!(\"a-state-{s}\"));\nlet k = [\"a-table\"];\n");
        let found: Vec<String> = check(root.path()).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "room/templates/p.html:2: no text for message a-missing",
                "messages/ar/a.ftl:3: message a-unused is used nowhere",
            ]
        );
        assert_eq!(missing_texts(root.path()).len(), 1);
    }

    #[test]
    fn both_languages_have_every_text_with_the_same_arguments() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("room/Cargo.toml", "");
        write("room/src/x.rs", "let k = [\"a-both\", \"a-arabic\", \"a-count\", \"a-left\"];\n");
        write(
            "messages/ar/a.ftl",
            "a-both = { $x } نص\na-arabic = نص\na-count =\n    { $n ->\n       *[other] { $n } يوم\n    }\na-left = نص\n",
        );
        write(
            "messages/en/a.ftl",
            "a-both = { $x } text\na-english = text\na-count =\n    { $n ->\n       *[other] { $m } days\n    }\na-left = نص\n",
        );
        let found: Vec<String> = missing_texts(root.path()).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "messages/ar/a.ftl:2: message a-arabic has no text in English",
                "messages/en/a.ftl:3: message a-count takes other arguments than in Arabic: m",
                "messages/en/a.ftl:2: message a-english has no text in Arabic",
                "messages/en/a.ftl:7: message a-left has Arabic in its English text",
            ]
        );
    }

    #[test]
    fn the_house_itself_is_complete_in_both_languages() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let found: Vec<String> = missing_texts(&root).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
