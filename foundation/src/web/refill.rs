//! إعادة ما كُتب إلى نموذجه: puts typed values back into a form of a finished page.
//!
//! A form that came too late (the session had ended) is kept and shown again on its own page. The
//! page is asked for as ever and its answer is filled here, so that no page needs code for it. Only
//! what our own templates write is read: quoted attributes, lower-case names, closed tags.

use std::borrow::Cow;
use std::ops::Range;

use super::csrf;

/// Hidden fields that stay as the page wrote them: the token is the new session's, and the version
/// is that of the state which the page shows now.
const OF_THE_PAGE: [&str; 2] = [csrf::FIELD, "seen"];

/// A page with its form filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refilled {
    /// The page.
    pub html: String,
    /// What found no control to go back into.
    pub left: Vec<(String, String)>,
}

/// Fills the form of `page` that posts to `action` with what was typed, and puts `note` (HTML made
/// by the caller from what is left) before it. `None` if the page has no such form.
pub fn refill(
    page: &str,
    action: &str,
    typed: &[(String, String)],
    note: impl FnOnce(&[(String, String)]) -> String,
) -> Option<Refilled> {
    let tags = tags(page);
    let form = forms(&tags)
        .into_iter()
        .filter(|form| form.posts_to(action))
        .map(|form| (form.fits(typed), form))
        .filter_map(|(fits, form)| Some((fits?, form)))
        // Of equals the first: the page's order is the reader's.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })?
        .1;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut chosen: Option<&str> = None;
    for tag in form.inside {
        match tag.name {
            "input" => edits.extend(input(tag, typed)),
            "textarea" => {
                if let Some(value) = one(typed, &tag.get("name")) {
                    edits.push((tag.body.clone(), escape(value)));
                }
            }
            "select" => chosen = one(typed, &tag.get("name")),
            "/select" => chosen = None,
            "option" => {
                if let Some(value) = chosen {
                    edits.push((tag.at.clone(), tag.with_flag("selected", tag.get("value") == value)));
                }
            }
            _ => {}
        }
    }
    let names: Vec<Cow<'_, str>> = form.inside.iter().map(|tag| tag.get("name")).collect();
    let left: Vec<(String, String)> =
        typed.iter().filter(|(name, value)| !value.is_empty() && !names.iter().any(|n| n == name)).cloned().collect();
    edits.push((form.start..form.start, note(&left)));
    edits.sort_by_key(|(at, _)| (at.start, at.end));
    let mut html = String::with_capacity(page.len() + 1024);
    let mut done = 0;
    for (at, text) in edits {
        html.push_str(page.get(done..at.start)?);
        html.push_str(&text);
        done = at.end;
    }
    html.push_str(page.get(done..)?);
    Some(Refilled { html, left })
}

/// What becomes of one input.
fn input(tag: &Tag<'_>, typed: &[(String, String)]) -> Option<(Range<usize>, String)> {
    let name = tag.get("name");
    let known = typed.iter().any(|(n, _)| *n == name);
    let new = match &*tag.get("type") {
        "checkbox" => {
            let value = tag.get("value");
            tag.with_flag("checked", typed.iter().any(|(n, v)| *n == name && *v == value))
        }
        "radio" if known => {
            let value = tag.get("value");
            tag.with_flag("checked", typed.iter().any(|(n, v)| *n == name && *v == value))
        }
        "file" | "password" | "submit" | "button" | "radio" => return None,
        // The command says which submission this is: had it come through after all, sending it
        // again is answered from the record.
        "hidden" if name != "command" => return None,
        _ => tag.with_value(one(typed, &name)?),
    };
    Some((tag.at.clone(), new))
}

fn one<'t>(typed: &'t [(String, String)], name: &str) -> Option<&'t str> {
    typed.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// A tag: where it stands, its attributes, and for a text area what is in it.
struct Tag<'p> {
    name: &'p str,
    at: Range<usize>,
    text: &'p str,
    attributes: Vec<(&'p str, &'p str)>,
    body: Range<usize>,
}

impl<'p> Tag<'p> {
    fn get(&self, name: &str) -> Cow<'p, str> {
        let raw = self.attributes.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| *value);
        unescape(raw)
    }

    /// The tag with or without an attribute that has no value.
    fn with_flag(&self, flag: &str, on: bool) -> String {
        let word = format!(" {flag}");
        let bare = |outside: &str| {
            [" ", ">", "/"].iter().fold(outside.to_owned(), |text, end| text.replace(&format!("{word}{end}"), end))
        };
        // Every second piece lies inside quotes.
        let pieces = self.text.split('"').enumerate();
        let pieces: Vec<String> =
            pieces.map(|(at, piece)| if at % 2 == 0 { bare(piece) } else { piece.to_owned() }).collect();
        let mut out = pieces.join("\"");
        if on && out != self.text {
            return self.text.to_owned();
        }
        if on {
            out.insert_str(self.name.len() + 1, &word);
        }
        out
    }

    fn with_value(&self, value: &str) -> String {
        let new = format!(" value=\"{}\"", escape(value));
        match self.attributes.iter().find(|(n, _)| *n == "value") {
            Some((_, old)) => self.text.replacen(&format!(" value=\"{old}\""), &new, 1),
            None => {
                let mut out = self.text.to_owned();
                out.insert_str(self.name.len() + 1, &new);
                out
            }
        }
    }
}

struct Form<'t, 'p> {
    start: usize,
    tag: &'t Tag<'p>,
    inside: &'t [Tag<'p>],
}

impl Form<'_, '_> {
    fn posts_to(&self, action: &str) -> bool {
        let path = |text: &str| text.split(['?', '#']).next().unwrap_or("").to_owned();
        self.tag.get("method").eq_ignore_ascii_case("post") && path(&self.tag.get("action")) == path(action)
    }

    /// How well it is the form that was sent: what it fixes (which window, which step) must have
    /// been sent so, then the more of the sent names it has the better.
    fn fits(&self, typed: &[(String, String)]) -> Option<usize> {
        let mut names = 0;
        for tag in self.inside.iter().filter(|tag| matches!(tag.name, "input" | "select" | "textarea" | "button")) {
            let name = tag.get("name");
            let sent = typed.iter().any(|(n, _)| *n == name);
            let fixed = tag.get("type") == "hidden" && name != "command" && !OF_THE_PAGE.contains(&&*name);
            if fixed && sent && one(typed, &name) != Some(&*tag.get("value")) {
                return None;
            }
            names += usize::from(sent);
        }
        Some(names)
    }
}

fn forms<'t, 'p>(tags: &'t [Tag<'p>]) -> Vec<Form<'t, 'p>> {
    let starts = tags.iter().enumerate().filter(|(_, tag)| tag.name == "form");
    starts
        .map(|(at, tag)| {
            let rest = tags.get(at + 1..).unwrap_or_default();
            let end = rest.iter().position(|tag| tag.name == "/form").unwrap_or(rest.len());
            Form { start: tag.at.start, tag, inside: rest.get(..end).unwrap_or_default() }
        })
        .collect()
}

/// The tags of a page that matter to its forms.
fn tags(page: &str) -> Vec<Tag<'_>> {
    const KNOWN: [&str; 8] = ["form", "/form", "input", "select", "/select", "option", "textarea", "button"];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = page.get(at..).and_then(|rest| rest.find('<')).map(|next| at + next) {
        let rest = page.get(open..).unwrap_or("");
        if rest.starts_with("<!--") {
            at = open + rest.find("-->").map_or(rest.len(), |end| end + 3);
            continue;
        }
        let Some(end) = end_of_tag(rest).map(|end| open + end) else { break };
        let text = page.get(open..end).unwrap_or("");
        let name = text.get(1..).unwrap_or("").split([' ', '\n', '>']).next().unwrap_or("");
        at = end;
        let mut body = end..end;
        // What is in these is no markup.
        if matches!(name, "textarea" | "script" | "style") {
            let close = format!("</{name}>");
            body.end = page.get(end..).and_then(|rest| rest.find(&close)).map_or(page.len(), |len| end + len);
            at = body.end;
        }
        if KNOWN.contains(&name) {
            found.push(Tag { name, at: open..end, text, attributes: attributes(text), body });
        }
    }
    found
}

/// Length of the tag at the start of a text: up to the first `>` outside quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit([' ', '\n']).next().unwrap_or("");
        let (value, next) = after.split_once('"').unwrap_or((after, ""));
        found.push((name, value));
        rest = next;
    }
    found
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    const SIGNS: [(&str, &str); 10] = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    Cow::Owned(SIGNS.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to)))
}

fn escape(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html).map_or_else(|_| String::new(), |text| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn fill(page: &str, pairs: &[(&str, &str)]) -> Option<Refilled> {
        refill(page, "/a", &typed(pairs), |left| format!("[{}]", left.len()))
    }

    #[test]
    fn every_kind_of_control_takes_its_value_back() {
        let page = "<main><form method=\"post\" action=\"/a?x=1\"><input type=\"hidden\" name=\"csrf\" value=\"new\">\
            <input type=\"hidden\" name=\"command\" value=\"1\"><input type=\"hidden\" name=\"seen\" value=\"9\">\
            <input class=\"inp\" name=\"who\" value=\"\" autofocus><textarea name=\"why\" rows=\"3\">old</textarea>\
            <select name=\"kind\"><option value=\"\">-</option><option value=\"a\" selected>A</option><option value=\"b\">B</option></select>\
            <input type=\"radio\" name=\"r\" value=\"1\" checked><input type=\"radio\" name=\"r\" value=\"2\">\
            <input type=\"checkbox\" name=\"c\" value=\"x\"><input type=\"checkbox\" name=\"c\" value=\"y\" checked>\
            <input type=\"file\" name=\"f\"><button name=\"do\" value=\"go\">x</button></form></main>";
        let pairs = [
            ("command", "7"),
            ("seen", "3"),
            ("who", "\"منى\" <b> & co"),
            ("why", "a < b"),
            ("kind", "b"),
            ("r", "2"),
            ("c", "x"),
            ("do", "go"),
            ("gone", "كلمة"),
            ("empty", ""),
        ];
        let Refilled { html, left } = fill(page, &pairs).expect("the form is there");
        for part in [
            "<main>[1]<form",
            "name=\"csrf\" value=\"new\"",
            "name=\"command\" value=\"7\"",
            "name=\"seen\" value=\"9\"",
            "name=\"who\" value=\"&#34;منى&#34; &#60;b&#62; &#38; co\" autofocus>",
            "rows=\"3\">a &#60; b</textarea>",
            "<option value=\"a\">",
            "<option selected value=\"b\">",
            "<input type=\"radio\" name=\"r\" value=\"1\">",
            "<input checked type=\"radio\" name=\"r\" value=\"2\">",
            "<input checked type=\"checkbox\" name=\"c\" value=\"x\">",
            "<input type=\"checkbox\" name=\"c\" value=\"y\">",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(left, typed(&[("gone", "كلمة")]));
    }

    #[test]
    fn of_several_forms_the_one_that_was_sent_is_filled() {
        let row = |n: u8| {
            format!(
                "<form method=\"post\" action=\"/a\"><input type=\"hidden\" name=\"number\" value=\"{n}\"><button name=\"do\" value=\"close\">x</button></form>"
            )
        };
        let add = "<form method=\"post\" action=\"/a\"><input name=\"number\" value=\"\"><input name=\"name\" value=\"\"></form>";
        let page =
            format!("<form method=\"get\" action=\"/a\"><input name=\"number\"></form>{}{}{add}", row(1), row(2));
        let filled = fill(&page, &[("number", "5"), ("name", "س")]).expect("the last").html;
        assert!(
            filled.ends_with("<input name=\"number\" value=\"5\"><input name=\"name\" value=\"س\"></form>"),
            "{filled}"
        );
        let pressed = fill(&page, &[("number", "2"), ("do", "close")]).expect("the second").html;
        assert!(
            pressed
                .contains("[0]<form method=\"post\" action=\"/a\"><input type=\"hidden\" name=\"number\" value=\"2\">")
        );
        assert_eq!(fill("<p>nothing</p>", &[("a", "b")]), None);
        assert_eq!(fill("<form method=\"post\" action=\"/b\"></form>", &[]), None);
    }

    #[test]
    fn markup_inside_values_scripts_and_comments_is_no_markup() {
        let page = "<!-- <form method=\"post\" action=\"/a\"> --><script>\"<form\"</script>\
            <form data-when='{\"a\":\">\"}' method=\"post\" action=\"/a\"><textarea name=\"t\"><input name=\"x\"></textarea></form>";
        let filled = fill(page, &[("t", "</textarea>"), ("x", "1")]).expect("the form");
        assert!(filled.html.contains("<textarea name=\"t\">&#60;/textarea&#62;</textarea>"), "{}", filled.html);
        assert_eq!(filled.left.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_page_breaks_it(page in "[<>a-z\"'=/ é]{0,200}", value in ".{0,20}") {
            let _ = fill(&page, &[("a", &value)]);
            let form = format!("<form method=\"post\" action=\"/a\"><input name=\"a\" value=\"\">{page}");
            proptest::prop_assert!(fill(&form, &[("a", &value)]).is_some());
        }
    }
}
