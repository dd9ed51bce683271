//! اختيار اللغة: which language a request is answered in, and what stays Arabic on a page that is not.
//!
//! The choice is a cookie (`lang`), set by the switch at the head of every page or by `?lang=` in an
//! address. Without either a page is Arabic: the browser's own languages do not decide, since most
//! telephones in Egypt that are set to English belong to people who read Arabic first.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, Uri, header};

use super::csrf;
use super::messages::Lang;
use super::see_other;

/// Name of the cookie.
const COOKIE: &str = "lang";
/// How long the choice is remembered, in seconds.
const AGE: u32 = 365 * 24 * 3600;
/// Name of the parameter.
const PARAMETER: &str = "lang";

/// What the address and the browser ask for.
#[derive(Debug)]
pub(super) struct Asked {
    /// Language of the answer.
    pub lang: Lang,
    /// It came with the address and has to be remembered.
    pub is_new: bool,
    /// The page itself, for the way back from the switch: path and query without `lang`.
    pub here: String,
}

/// Reads the language of a request.
pub(super) fn asked(method: &Method, uri: &Uri, headers: &HeaderMap) -> Asked {
    let kept = csrf::cookie(headers, COOKIE).and_then(Lang::of_tag);
    let query = uri.query().unwrap_or("");
    let said = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == PARAMETER)
        .and_then(|(_, tag)| Lang::of_tag(&tag));
    let is_new = said.is_some_and(|lang| Some(lang) != kept);
    Asked { lang: said.or(kept).unwrap_or_default(), is_new, here: here(method, uri, headers) }
}

/// The language that a program asks for: `?lang=`, else the first of ours in `Accept-Language` by its
/// weight, else Arabic. Nothing is remembered.
pub(super) fn asked_by_program(uri: &Uri, headers: &HeaderMap) -> Asked {
    let query = uri.query().unwrap_or("");
    let said = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == PARAMETER)
        .and_then(|(_, tag)| Lang::of_tag(&tag));
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    Asked { lang: said.or_else(|| preferred(accepted)).unwrap_or_default(), is_new: false, here: uri.path().to_owned() }
}

/// The first of our languages with the highest weight.
fn preferred(accepted: &str) -> Option<Lang> {
    let mut best: Option<(f32, Lang)> = None;
    for range in accepted.split(',') {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|number| number.parse().ok()).unwrap_or(0.0);
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        if let Some(lang) = Lang::of_tag(&primary)
            && weight > best.map_or(0.0, |(weight, _)| weight)
        {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// Where the switch comes back to. An answer to a form has the address of the form's target, which may
/// take nothing but forms: then it is the page that the form stood on.
fn here(method: &Method, uri: &Uri, headers: &HeaderMap) -> String {
    if matches!(*method, Method::GET | Method::HEAD) {
        return without_lang(uri);
    }
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<Uri>().ok());
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
    match referer {
        Some(page) if page.authority().map(http::uri::Authority::as_str) == host => without_lang(&page),
        _ => uri.path().to_owned(),
    }
}

fn without_lang(uri: &Uri) -> String {
    let kept: Vec<&str> = uri
        .query()
        .unwrap_or("")
        .split('&')
        .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(PARAMETER))
        .collect();
    if kept.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), kept.join("&")) }
}

/// The cookie that remembers a language.
pub(super) fn cookie(lang: Lang, secure: bool) -> Option<HeaderValue> {
    let flags = if secure { "; Secure" } else { "" };
    let text = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax{flags}; Max-Age={AGE}", lang.tag());
    HeaderValue::from_str(&text).ok()
}

/// The answer of the switch: remembers the language and goes back to a page of this site (or home).
pub fn switch(lang: Lang, back: &str, secure: bool) -> Response {
    let mut response = see_other(back).into_response();
    if let Some(cookie) = cookie(lang, secure) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Marks every run of Arabic in the text of a page that is not Arabic: `<bdi lang="ar" dir="rtl">…</bdi>`,
/// so that screen readers change their voice, fonts their shapes and lines their direction. What is marked
/// already stays; an `<option>` carries the mark itself, since it takes no elements.
pub(super) fn mark_arabic(page: &str) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    // Elements that are Arabic already, or whose text takes no elements: how deep we are in them.
    let mut skipped: Vec<&str> = Vec::new();
    let mut option = false;
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, tail) = rest.split_at(at);
        write_text(&mut out, text, skipped.is_empty(), option);
        let end = end_of_tag(tail);
        let (tag, after) = tail.split_at(end);
        let name = tag_name(tag);
        if tag.starts_with("</") {
            if skipped.last() == Some(&name) {
                skipped.pop();
            }
            option = option && name != "option";
        } else if !tag.starts_with("<!") {
            option = name == "option" && skipped.is_empty();
            let raw = matches!(name, "title" | "script" | "style" | "textarea" | "svg");
            let nested = skipped.last() == Some(&name);
            if (raw || nested || tag.contains(" lang=\"ar\"")) && !is_void(name) {
                skipped.push(name);
            }
        }
        out.push_str(tag);
        rest = after;
    }
    write_text(&mut out, rest, skipped.is_empty(), false);
    out
}

fn is_void(name: &str) -> bool {
    matches!(name, "input" | "img" | "br" | "hr" | "link" | "meta" | "path" | "source" | "col" | "wbr")
}

fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("")
}

/// Where a tag ends: behind the `>` that stands in no attribute; a comment behind its `-->`.
fn end_of_tag(tail: &str) -> usize {
    if tail.starts_with("<!--") {
        return tail.find("-->").map_or(tail.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, ch) in tail.char_indices() {
        match (quote, ch) {
            (None, '"' | '\'') => quote = Some(ch),
            (Some(open), _) if open == ch => quote = None,
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    tail.len()
}

/// A letter, digit or sign that belongs to Arabic writing.
const fn is_arabic(ch: char) -> bool {
    matches!(ch, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn write_text(out: &mut String, text: &str, free: bool, option: bool) {
    if !free || !text.contains(is_arabic) {
        out.push_str(text);
        return;
    }
    if option {
        // The tag has just been written and ends in `>`.
        if out.ends_with('>') {
            out.pop();
            out.push_str(" lang=\"ar\" dir=\"rtl\">");
        }
        out.push_str(text);
        return;
    }
    let mut rest = text;
    while let Some(from) = rest.find(is_arabic) {
        let (before, run) = rest.split_at(from);
        out.push_str(before);
        // Up to the first Latin letter or character reference; what follows the last Arabic sign is not part of it.
        let stop = run.find(|c: char| c.is_ascii_alphabetic() || c == '&').unwrap_or(run.len());
        let (run, after) = run.split_at(stop);
        let end = run
            .rfind(is_arabic)
            .map_or(0, |at| at + run.get(at..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8));
        let (arabic, between) = run.split_at(end);
        out.push_str("<bdi lang=\"ar\" dir=\"rtl\">");
        out.push_str(arabic);
        out.push_str("</bdi>");
        out.push_str(between);
        rest = after;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ask(uri: &str, cookie: &str) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        asked(&Method::GET, &uri.parse().unwrap(), &headers)
    }

    #[test]
    fn the_address_goes_before_the_cookie_and_arabic_is_the_language_of_the_house() {
        assert_eq!(ask("/", "a=b").lang, Lang::Ar);
        assert_eq!(ask("/", "lang=en").lang, Lang::En);
        assert_eq!(ask("/", "lang=fr").lang, Lang::Ar);
        let said = ask("/services?q=a%20b&lang=en&page=2", "lang=ar");
        assert!(said.lang == Lang::En && said.is_new);
        assert_eq!(said.here, "/services?q=a%20b&page=2");
        assert!(!ask("/?lang=en", "lang=en").is_new);
        assert_eq!(ask("/?lang=en", "").here, "/");
    }

    #[test]
    fn the_answer_to_a_form_leads_back_to_its_page_and_never_to_another_site() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "office.example".parse().unwrap());
        let here = |headers: &HeaderMap| asked(&Method::POST, &"/save".parse().unwrap(), headers).here;
        assert_eq!(here(&headers), "/save");
        headers.insert(header::REFERER, "https://office.example/new?service=A".parse().unwrap());
        assert_eq!(here(&headers), "/new?service=A");
        headers.insert(header::REFERER, "https://evil.example/new".parse().unwrap());
        assert_eq!(here(&headers), "/save");
    }

    #[test]
    fn the_switch_leads_only_to_pages_of_this_site() {
        let to = |back: &str| switch(Lang::En, back, true).headers()["location"].to_str().unwrap().to_owned();
        assert_eq!(to("/services?q=1"), "/services?q=1");
        for away in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
            assert_eq!(to(away), "/", "{away}");
        }
        let headers = switch(Lang::En, "/", true).headers().clone();
        let cookie = headers["set-cookie"].to_str().unwrap();
        assert!(cookie.starts_with("lang=en;") && cookie.contains("; Secure") && cookie.contains("HttpOnly"));
    }

    #[test]
    fn arabic_on_an_english_page_is_marked_once() {
        for (page, marked) in [
            ("<p>By محمد علي, today</p>", "<p>By <bdi lang=\"ar\" dir=\"rtl\">محمد علي</bdi>, today</p>"),
            ("<p>حي 12 شبرا 5</p>", "<p><bdi lang=\"ar\" dir=\"rtl\">حي 12 شبرا</bdi> 5</p>"),
            ("<title>شُبّاك</title>", "<title>شُبّاك</title>"),
            (
                "<a lang=\"ar\"><b>عربي</b></a> عربي",
                "<a lang=\"ar\"><b>عربي</b></a> <bdi lang=\"ar\" dir=\"rtl\">عربي</bdi>",
            ),
            ("<a lang=\"ar\"><a>ع</a>ع</a>", "<a lang=\"ar\"><a>ع</a>ع</a>"),
            ("<option value=\"1\">مصر</option>", "<option value=\"1\" lang=\"ar\" dir=\"rtl\">مصر</option>"),
            ("<option value=\"1\">Egypt</option>", "<option value=\"1\">Egypt</option>"),
            ("<textarea>نص</textarea>", "<textarea>نص</textarea>"),
            ("<i title=\"a > نص\">x</i>", "<i title=\"a > نص\">x</i>"),
            ("ع &amp; ب", "<bdi lang=\"ar\" dir=\"rtl\">ع</bdi> &amp; <bdi lang=\"ar\" dir=\"rtl\">ب</bdi>"),
        ] {
            assert_eq!(mark_arabic(page), marked);
            assert_eq!(mark_arabic(marked), marked, "marking again changes nothing");
        }
    }

    proptest! {
        #[test]
        fn marking_adds_only_marks(page in "[ a<>/\"&;محع5-]{0,60}") {
            let bare = mark_arabic(&page).replace("<bdi lang=\"ar\" dir=\"rtl\">", "").replace("</bdi>", "");
            prop_assert_eq!(bare.replace(" lang=\"ar\" dir=\"rtl\"", ""), page);
        }
    }
}
