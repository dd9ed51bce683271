//! فحص العربية خارج ملفات النصوص: words of pages stand in `messages/`, or English pages would show them in Arabic.

use std::fs;
use std::path::Path;

use super::messages_check::{crates, files, lines, short};

/// Where Arabic may stand outside the message files, and why. A folder or a file, from the root.
const ARABIC: &[(&str, &str)] = &[
    ("foundation/src/arabic/", "tables that fold, count and write Arabic"),
    ("foundation/src/dates.rs", "months and days, in both languages, and as people type them"),
    ("foundation/src/money.rs", "the pound, in both languages, and as people type it"),
    ("foundation/src/governorates.rs", "the 27 names, in both languages"),
    ("foundation/src/identity/", "the words of national ids in Arabic papers"),
    ("foundation/src/numbers/", "kinds of numbers, in both languages"),
    ("foundation/src/lang.rs", "signs of the two languages"),
    ("foundation/src/web/ctx.rs", "the name of the product, and the sample page"),
    ("foundation/src/web/sample.rs", "the sample page"),
    ("foundation/templates/sample", "the sample page"),
    ("documents/src/", "legal papers are Arabic"),
    ("documents/build.rs", "legal papers are Arabic"),
    ("catalogue/src/model.rs", "words of the file format; English in words.rs"),
    ("catalogue/src/model/", "words of the file format; English in words.rs"),
    ("catalogue/src/check", "findings for editors, bilingual in one line"),
    ("catalogue/src/explain.rs", "the command line's account of a service"),
    ("catalogue/src/expr/", "the account of a formula, recorded with the fee"),
    ("catalogue/src/fees", "the account of a fee, recorded in Arabic"),
    ("catalogue/src/load", "errors of the file format"),
    ("catalogue/src/plan.rs", "errors of the file format"),
    ("catalogue/src/source_text.rs", "errors of the file format"),
    ("catalogue/src/decimal.rs", "errors of the file format"),
    ("catalogue/src/day.rs", "errors of the file format"),
    ("catalogue/src/search.rs", "words that searches leave out"),
    ("catalogue/src/answers/values.rs", "answers as people type them"),
    ("registry/src/units/seed.rs", "names that a new tree begins with"),
    ("registry/src/staff/passwords.rs", "words that are easy to guess"),
    ("registry/src/imports/", "headings and words of files, as people write them"),
    ("registry/src/units/grown.rs", "names that a unit begins with"),
    ("foundation/src/geo.rs", "signs between numbers, as people type them"),
    ("window/src/licences/freezes.rs", "the comma between codes, as people type it"),
    ("registry/src/testing.rs", "people of the tests"),
    ("record/src/vectors.rs", "texts of the published vectors"),
    ("window/src/public/places.rs", "the article in names that people type"),
    ("window/src/public/service_view.rs", "the comma of articles in service files"),
    ("window/src/services/follow.rs", "the name of a decision, recorded in Arabic"),
    ("window/src/counter/papers.rs", "legal papers are Arabic"),
    ("foundation/src/web/arabic_check.rs", "the examples of the test"),
    ("app/src/backup/", "why erasures are repeated, recorded in Arabic"),
    ("app/src/guide.rs", "an example of the guide"),
    ("app/src/cli.rs", "the command line"),
    ("app/src/post/", "the name of the product"),
    ("app/src/demo/", "people of the demonstration"),
    ("app/src/commands/", "the command line"),
    ("app/src/config.rs", "the name of the product"),
    ("app/src/serve.rs", "the name of the product"),
];

/// Lines of code and templates, of the rooms that make pages, with Arabic words in them that no message
/// file holds and no reason allows.
fn stray_arabic(root: &Path) -> Vec<String> {
    let is_word = |c: char| ('\u{0620}'..='\u{064A}').contains(&c) || matches!(c, '\u{060C}' | '\u{061B}' | '\u{061F}');
    let mut out = Vec::new();
    for folder in crates(root) {
        let mut sources = files(&folder.join("templates"), "html");
        sources.extend(files(&folder.join("src"), "rs"));
        for file in sources {
            let name = short(root, &file);
            let is_test = name.contains("/tests/") || name.ends_with("tests.rs") || name.ends_with("test.rs");
            if is_test || ARABIC.iter().any(|(place, _)| name.starts_with(place)) {
                continue;
            }
            let is_template = name.ends_with(".html");
            let mut comment = false;
            for (line, text) in lines(&file) {
                if !is_template && text.trim() == "#[cfg(test)]" {
                    break;
                }
                let opens = is_template && text.contains("{#");
                let skipped = comment || opens || text.trim_start().starts_with("//");
                comment = is_template && (comment || opens) && !text.contains("#}");
                if !skipped && text.split(" // ").next().unwrap_or("").contains(is_word) {
                    out.push(format!("{name}:{line}: Arabic outside the message files"));
                }
            }
        }
    }
    out
}

#[test]
fn arabic_in_code_or_templates_is_found() {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("window/Cargo.toml", "");
    write("window/templates/p.html", "{# «تعليق» #}\n<p>نص</p>\n{{ list.join(\"، \") }}\n");
    write("window/src/x.rs", "/// تعليق\nlet a = \"نص\"; // why\nlet b = 1; // نص\n#[cfg(test)]\nlet c = \"نص\";\n");
    write("window/src/counter/papers.rs", "let a = \"رخصة\";\n");
    assert_eq!(
        stray_arabic(root.path()),
        [
            "window/templates/p.html:2: Arabic outside the message files",
            "window/templates/p.html:3: Arabic outside the message files",
            "window/src/x.rs:2: Arabic outside the message files",
        ]
    );
}

#[test]
fn every_arabic_word_of_a_page_is_in_a_message_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let found = stray_arabic(&root);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
