//! The guide against the program: its commands parse, its links lead to pages, and every screen has a chapter.

use clap::Parser as _;
use clap::error::ErrorKind;
use registry::routes::list;

use crate::cli::Cli;

/// The simple commands of a line of shell, each as its words; what a word expands to is left as it stands.
fn commands(line: &str) -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    let (mut word, mut any) = (String::new(), false);
    let (mut quote, mut depth) = (None, 0_usize);
    let mut letters = line.chars().peekable();
    let end = |word: &mut String, any: &mut bool, all: &mut Vec<Vec<String>>| {
        if std::mem::take(any) {
            all.last_mut().expect("one is begun").push(std::mem::take(word));
        }
    };
    while let Some(letter) = letters.next() {
        match letter {
            '$' if letters.peek() == Some(&'(') => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            '"' | '\'' if quote.is_none() => (quote, any) = (Some(letter), true),
            _ if quote == Some(letter) => quote = None,
            _ if quote.is_some() => word.push(letter),
            '#' if !any => break,
            ' ' => end(&mut word, &mut any, &mut all),
            '&' | '|' | ';' | '>' => {
                end(&mut word, &mut any, &mut all);
                all.push(Vec::new());
            }
            _ => {
                word.push(letter);
                any = true;
            }
        }
    }
    end(&mut word, &mut any, &mut all);
    all.retain(|words| !words.is_empty());
    all
}

/// The words after variables that are set for one command, if it is one of ours.
fn ours(words: &[String]) -> Option<&[String]> {
    let set = |word: &&String| {
        word.split_once('=').is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
    };
    let own = words.get(words.iter().take_while(set).count()..)?;
    (own.first().map(String::as_str) == Some("shubbak")).then_some(own)
}

#[test]
fn a_line_of_shell_falls_into_its_commands() {
    let line = "A=1 shubbak backup verify \"$(ls -1 \"$X\" | tail -1)\" && shubbak user add x --name \"منى السيد\" > out # why";
    let found = commands(line);
    assert_eq!(ours(&found[0]).expect("ours"), ["shubbak", "backup", "verify", ""]);
    assert_eq!(ours(&found[1]).expect("ours"), ["shubbak", "user", "add", "x", "--name", "منى السيد"]);
    assert!(found.iter().all(|words| words != &["#", "why"]));
}

#[test]
fn every_command_in_the_guide_is_one_of_the_programs() {
    let mut seen = 0;
    for chapter in manual::chapters() {
        for block in chapter.blocks.iter().filter(|block| block.info.starts_with("sh")) {
            for words in block.text.lines().flat_map(commands) {
                let Some(words) = ours(&words) else { continue };
                let parsed = Cli::try_parse_from(words);
                assert!(
                    parsed.is_ok(),
                    "{}.md, the block of line {}: {words:?}\n{}",
                    chapter.slug,
                    block.line,
                    parsed.err().expect("an error")
                );
                seen += 1;
            }
        }
        for command in chapter.commands {
            for words in commands(command) {
                // In a sentence the name of a thing may be missing.
                let fault = Cli::try_parse_from(&words)
                    .err()
                    .filter(|error| error.kind() != ErrorKind::MissingRequiredArgument);
                assert!(fault.is_none(), "{}.md: {command}\n{}", chapter.slug, fault.expect("an error"));
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen}");
}

/// Pages without a chapter of their own, and why.
const NO_CHAPTER: &[(&str, &str)] = &[
    ("/logout", "only leaves"),
    ("/language", "sends back to the page in the other language"),
    ("/demo/outbox", "of the demonstration only: says all there is"),
    ("/about", "about the platform: says all there is"),
    ("/accessibility", "about the platform: says all there is"),
    ("/help", "the guide itself"),
    ("/keys", "a file for verifiers"),
    ("/status", "a file for verifiers"),
    ("/verifier.webmanifest", "a file for browsers"),
    ("/robots.txt", "a file for search engines"),
    ("/api", "for programs: the page and its document say all there is"),
    ("/requests", "a paper to print"),
    ("/receipts", "a paper to print"),
    ("/papers", "a paper to print"),
];

#[test]
fn every_screen_has_its_page_in_the_guide() {
    let routes = list(&crate::serve::tables());
    for route in &routes {
        let excused =
            NO_CHAPTER.iter().any(|(path, _)| route.path == *path || route.path.starts_with(&format!("{path}/")));
        let page = manual::page_of(route.path);
        assert!(
            page.is_some() != excused,
            "{}: give it a chapter in manual/render/screens.rs (now {page:?})",
            route.path
        );
    }
    for (path, _) in NO_CHAPTER {
        assert!(routes.iter().any(|route| route.path.starts_with(path)), "{path} is no route any more");
    }
    for (screen, _) in manual::SCREENS {
        let pattern = screen.replace('*', "{");
        let known = |path: &str| {
            let mut parts = path.split('/');
            pattern
                .split('/')
                .all(|want| parts.next().is_some_and(|part| part == want || want == "{" && part.starts_with('{')))
        };
        assert!(routes.iter().any(|route| known(route.path)), "{screen} is no route any more");
    }
}

#[test]
fn links_of_the_guide_lead_to_pages_of_the_program() {
    let routes = list(&crate::serve::tables());
    for chapter in manual::chapters() {
        for screen in chapter.screens {
            assert!(
                routes.iter().any(|route| route.method == "GET" && route.path == *screen),
                "{}.md: {screen}",
                chapter.slug
            );
        }
    }
}
