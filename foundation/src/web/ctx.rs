//! سياق الصفحة: what every page template needs besides its own data.

use std::borrow::Borrow;
use std::sync::Arc;

use askama::filters::{Html as HtmlEscaper, Safe};
use axum::extract::FromRequestParts;
use http::request::Parts;
use jiff::civil::Date;

use super::messages::{self, Args, Digits, Lang, ToArg};
use super::request::RequestInfo;
use super::{PageError, assets, random};
use crate::clock::Micros;
use crate::dates;
use crate::money::Piastres;

/// موقع النشر: what is the same on every page of a deployment.
#[derive(Clone, Debug)]
pub struct SiteInfo {
    /// Name in the header and titles, e.g. «شُبّاك».
    pub name: String,
    /// The same on English pages.
    pub name_en: String,
    /// Version of the program, shown in the footer.
    pub version: String,
    /// Scheme and host of public links, without a slash at the end.
    pub public_url: String,
    /// Telephone of the help line, as written.
    pub phone: String,
    /// Path of the operating guide.
    pub help: String,
    /// The guide's page about the screen at a path, relative to the guide; `None` where its front page will do.
    pub help_of: fn(&str) -> Option<&'static str>,
    /// Demo data is loaded: every page says so.
    pub demo: bool,
    /// Digits of prose.
    pub digits: Digits,
}

impl Default for SiteInfo {
    fn default() -> Self {
        Self {
            name: "شُبّاك".into(),
            name_en: "Shubbak".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            public_url: "http://127.0.0.1:8080".into(),
            phone: "16528".into(),
            help: "/help".into(),
            help_of: |_| None,
            demo: false,
            digits: Digits::Latn,
        }
    }
}

impl SiteInfo {
    /// Whether public links are HTTPS; decides the names and flags of cookies.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.public_url.get(..8).is_some_and(|s| s.eq_ignore_ascii_case("https://"))
    }
}

/// عنصر في شريط التنقل: one link of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// What it says, already in the language of the page.
    pub label: String,
    /// A number beside it (an inbox count).
    pub count: Option<i64>,
    /// The key that opens it, e.g. `F2`.
    pub key: Option<&'static str>,
}

impl NavItem {
    /// A plain link.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), count: None, key: None }
    }

    /// With a number beside it.
    #[must_use]
    pub fn count(mut self, count: i64) -> Self {
        self.count = Some(count);
        self
    }

    /// With the key that opens it (`F2`, `F4`, `F8`, `F9`).
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }
}

/// من سجّل الدخول: the signed-in person as pages show them. The session middleware puts it into
/// the request with [`RequestInfo::sign_in`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedIn {
    /// Name of the member of staff.
    pub name: String,
    /// Roles and place in words, e.g. «موظف شباك، حي مدينة نصر».
    pub roles: String,
    /// Links for these roles.
    pub nav: Vec<NavItem>,
    /// A citizen with an account, not a member of staff.
    pub citizen: bool,
}

/// كثافة الصفحة: which of the three densities a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Citizens: 17 px, 44 px controls.
    #[default]
    Citizen,
    /// Staff: 15 px, 36 px controls.
    Dense,
    /// Tablet outdoors: 19 px, 52 px controls, black on white.
    Field,
}

/// نوع الرسالة العابرة: how a flash message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlashKind {
    /// Something was done.
    Ok,
    /// Something to know.
    Info,
    /// Something to be careful about.
    Warn,
}

/// رسالة عابرة: said once on the next page, after a redirect.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Flash {
    /// How it is meant.
    pub kind: FlashKind,
    /// What it says.
    pub text: String,
    /// Where «تراجع» posts to, for reversible actions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
}

impl Flash {
    /// Something was done.
    pub fn ok(text: impl Into<String>) -> Self {
        Self { kind: FlashKind::Ok, text: text.into(), undo: None }
    }

    /// Something to know.
    pub fn info(text: impl Into<String>) -> Self {
        Self { kind: FlashKind::Info, text: text.into(), undo: None }
    }

    /// Something to be careful about.
    pub fn warn(text: impl Into<String>) -> Self {
        Self { kind: FlashKind::Warn, text: text.into(), undo: None }
    }

    /// With an undo button that posts to `path`.
    #[must_use]
    pub fn undo(mut self, path: impl Into<String>) -> Self {
        self.undo = Some(path.into());
        self
    }

    /// The class of the note.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.kind {
            FlashKind::Ok => "ok",
            FlashKind::Info => "info",
            FlashKind::Warn => "warn",
        }
    }
}

/// سياق الصفحة: field `c` of every page template. Taken by a handler as an argument.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// Language of the page.
    pub lang: Lang,
    /// Digits of prose.
    pub digits: Digits,
    /// Name, version, help line of the deployment.
    pub site: Arc<SiteInfo>,
    /// The signed-in person, if any.
    pub user: Option<SignedIn>,
    /// Path of this page, for the current item of the navigation.
    pub path: String,
    /// Path and query of this page: where the switch of languages comes back to.
    pub here: String,
    /// Token for the hidden field `csrf` of each form (masked anew on every page).
    pub csrf: String,
    /// Reference of this request, shown on error pages and in the log.
    pub request_id: String,
    /// Message of the action just done.
    pub flash: Option<Flash>,
    /// Density; `dense()` and `outdoors()` change it.
    pub density: Density,
    /// Page of the operating guide about this screen: by the screen's path, or as `help_page` says.
    pub help: String,
    /// The form was refused: the title begins with «خطأ:».
    pub failed: bool,
}

impl Ctx {
    /// A context for tests and snapshots: Arabic, anonymous, fixed token and request id.
    #[must_use]
    pub fn sample() -> Self {
        let site = Arc::new(SiteInfo::default());
        Self {
            lang: Lang::Ar,
            digits: site.digits,
            help: site.help.clone(),
            site,
            user: None,
            path: "/".into(),
            here: "/".into(),
            csrf: "sample-token".into(),
            request_id: "0000000000".into(),
            flash: None,
            density: Density::Citizen,
            failed: false,
        }
    }

    /// A signed-in member of staff at a dense page, for tests and snapshots.
    #[must_use]
    pub fn sample_staff() -> Self {
        let mut c = Self::sample().dense();
        c.user = Some(SignedIn {
            name: "منى عبد الرحمن".into(),
            roles: "موظفة شباك، حي مدينة نصر".into(),
            nav: vec![
                NavItem::new("/desk", "مكتبي"),
                NavItem::new("/intake", "طلب جديد").key("F2"),
                NavItem::new("/search", "بحث").key("F4"),
                NavItem::new("/pay", "تحصيل").key("F8"),
                NavItem::new("/returned", "معاد").count(3),
            ],
            citizen: false,
        });
        c
    }

    pub(super) fn of(info: &RequestInfo) -> Self {
        let site = info.site();
        let lang = info.lang();
        let c = Self {
            lang,
            digits: digits_of(lang, &site),
            user: info.signed_in(),
            path: info.path().to_owned(),
            here: info.here().to_owned(),
            csrf: info.csrf_masked(),
            request_id: info.id().to_owned(),
            flash: info.flash(),
            density: Density::Citizen,
            help: site.help.clone(),
            failed: false,
            site,
        };
        match (c.site.help_of)(info.path()) {
            Some(page) => c.help_page(page),
            None => c,
        }
    }

    /// Staff density.
    #[must_use]
    pub fn dense(mut self) -> Self {
        self.density = Density::Dense;
        self
    }

    /// Outdoor density.
    #[must_use]
    pub fn outdoors(mut self) -> Self {
        self.density = Density::Field;
        self
    }

    /// The page of the guide that explains this screen, relative to the guide: for a screen whose path does not tell.
    #[must_use]
    pub fn help_page(mut self, page: &str) -> Self {
        self.help = format!("{}/{}", self.site.help.trim_end_matches('/'), page);
        self
    }

    /// Marks the page as a refused form, if `failed`.
    #[must_use]
    pub fn failed(mut self, failed: bool) -> Self {
        self.failed = failed;
        self
    }

    /// The same page in Arabic: what leaves the house as a legal paper is made with it.
    #[must_use]
    pub fn in_arabic(&self) -> Self {
        Self { lang: Lang::Ar, digits: digits_of(Lang::Ar, &self.site), ..self.clone() }
    }

    /// The same page in another language, for tests and snapshots.
    #[must_use]
    pub fn in_language(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self.digits = digits_of(lang, &self.site);
        self
    }

    /// Whether the page is Arabic.
    #[must_use]
    pub fn is_arabic(&self) -> bool {
        self.lang == Lang::Ar
    }

    /// Name of the site in the language of the page.
    #[must_use]
    pub fn site_name(&self) -> &str {
        self.lang.pick(&self.site.name, &self.site.name_en)
    }

    /// The language that the switch leads to.
    #[must_use]
    pub fn other_lang(&self) -> Lang {
        self.lang.other()
    }

    /// Address of the switch.
    #[must_use]
    pub fn switch_href(&self) -> String {
        let back: String = form_urlencoded::byte_serialize(self.here.as_bytes()).collect();
        format!("/language/{}?back={back}", self.other_lang().tag())
    }

    /// The items of a list with the commas of the language: «أ، ب», `a, b`.
    #[must_use]
    pub fn list<T: AsRef<str>>(&self, items: impl AsRef<[T]>) -> String {
        self.lang.list(items.as_ref())
    }

    /// The comma of the language with its space, for templates.
    #[must_use]
    pub fn comma(&self) -> &'static str {
        self.lang.comma()
    }

    /// In quotation marks of the language.
    #[must_use]
    pub fn quoted(&self, text: impl AsRef<str>) -> String {
        self.lang.quoted(text.as_ref())
    }

    /// The text of a message.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        messages::text(self.lang, self.digits, key, &[])
    }

    /// The text of a message with arguments: `c.ta("key", &[("n", &n), ("name", &name)])`.
    #[must_use]
    pub fn ta(&self, key: &str, args: Args<'_>) -> String {
        messages::text(self.lang, self.digits, key, args)
    }

    /// The text of a message with one argument.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: impl ToArg) -> String {
        self.ta(key, &[(name, &value)])
    }

    /// Whether the page is one for citizens: nobody is signed in, or the holder of an account.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.user.as_ref().is_none_or(|user| user.citizen)
    }

    /// The language, as templates pass it on (`service.name(c.lang())`).
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// `lang` attribute.
    #[must_use]
    pub fn lang_tag(&self) -> &'static str {
        self.lang.tag()
    }

    /// `dir` attribute.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        self.lang.dir()
    }

    /// Class of `body`.
    #[must_use]
    pub fn body_class(&self) -> &'static str {
        match self.density {
            Density::Citizen => "citizen",
            Density::Dense => "dense",
            Density::Field => "field",
        }
    }

    /// Address of an asset by its plain name, e.g. `app.css`.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::asset(name)
    }

    /// A fresh command id for a form: submitting the same form twice does one thing.
    #[must_use]
    pub fn command(&self) -> String {
        let bytes = random::bytes().unwrap_or_default();
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }

    /// An absolute public address.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.site.public_url)
    }

    /// `aria-current` of a navigation item: its page or the pages below it, unless another item is nearer.
    #[must_use]
    pub fn is_current(&self, href: &str) -> bool {
        let leads = |href: &str| {
            self.path == href
                || (href.len() > 1 && self.path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
        };
        let nearer = |item: &NavItem| item.href.len() > href.len() && leads(&item.href);
        leads(href) && !self.user.iter().flat_map(|user| &user.nav).any(nearer)
    }

    /// A whole number in prose, with the digits of the page.
    #[must_use]
    pub fn n(&self, number: impl ToArg) -> String {
        messages::number_text(&number.to_arg(), self.digits)
    }

    /// An amount: «1,256.90 جنيه», `EGP 1,256.90`, always in Latin digits.
    #[must_use]
    pub fn money(&self, amount: impl Borrow<Piastres>) -> String {
        amount.borrow().written(self.lang)
    }

    /// How this page writes days and times.
    #[must_use]
    pub fn style(&self) -> dates::Style {
        dates::Style { lang: self.lang, digits: self.digits }
    }

    /// How tables of this page write them: always in Latin digits.
    #[must_use]
    pub fn table_style(&self) -> dates::Style {
        dates::Style { lang: self.lang, digits: Digits::Latn }
    }

    /// A day: «5 نوفمبر 2026», `5 November 2026`.
    #[must_use]
    pub fn date(&self, day: impl Borrow<Date>) -> String {
        self.style().date(*day.borrow())
    }

    /// A day with its weekday: «الخميس 5 نوفمبر 2026».
    #[must_use]
    pub fn weekday(&self, day: impl Borrow<Date>) -> String {
        self.style().weekday_date(*day.borrow())
    }

    /// The Cairo day of an instant.
    #[must_use]
    pub fn day_of(&self, at: impl Borrow<Micros>) -> String {
        self.style().date(dates::day_of(*at.borrow()))
    }

    /// Day and time of an instant.
    #[must_use]
    pub fn instant(&self, at: impl Borrow<Micros>) -> String {
        self.style().instant(*at.borrow())
    }

    /// From one minute after midnight to another: «9:30 ص – 2:00 م».
    #[must_use]
    pub fn times(&self, opens_minute: i64, closes_minute: i64) -> String {
        self.style().times(opens_minute, closes_minute)
    }

    /// A 15-digit number as it is read: `1 01 301 26 000123 7`; other text stays. Isolate it:
    /// `<bdi class="code">`.
    #[must_use]
    pub fn reference(&self, number: &str) -> String {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if digits.len() != 15 {
            return number.to_owned();
        }
        let mut out = String::with_capacity(20);
        for (i, ch) in digits.chars().enumerate() {
            if matches!(i, 1 | 3 | 6 | 8 | 14) {
                out.push(' ');
            }
            out.push(ch);
        }
        out
    }

    /// A 15-digit number inside a sentence, a title or a label, where no markup can isolate it: the
    /// isolates keep its groups in order among Arabic words, and no line breaks it apart.
    #[must_use]
    pub fn reference_inline(&self, number: &str) -> String {
        format!("\u{2066}{}\u{2069}", self.reference(number).replace(' ', "\u{A0}"))
    }

    /// The icon `name` as inline SVG (from `assets/icons`); directional icons mirror by class.
    #[must_use]
    pub fn icon(&self, name: &str) -> Safe<&'static str> {
        Safe(assets::icon(name))
    }

    /// `text` escaped for HTML; for handlers that build marked-up fragments.
    #[must_use]
    pub fn escape(&self, text: &str) -> String {
        askama::filters::escape(text, HtmlEscaper).map_or_else(|_| String::new(), |t| t.to_string())
    }
}

/// Only Arabic prose has a choice of digits.
fn digits_of(lang: Lang, site: &SiteInfo) -> Digits {
    match lang {
        Lang::Ar => site.digits,
        Lang::En => Digits::Latn,
    }
}

impl<S: Sync> FromRequestParts<S> for Ctx {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let info = parts
            .extensions
            .get::<RequestInfo>()
            .ok_or_else(|| PageError::internal("web::serve_pages is missing around this router"))?;
        Ok(Self::of(info))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_they_are_read() {
        let c = Ctx::sample();
        assert_eq!(c.reference("101301260001237"), "1 01 301 26 000123 7");
        assert_eq!(c.reference("1 01 301 26 000123 7"), "1 01 301 26 000123 7");
        assert_eq!(c.reference("12"), "12");
        assert_eq!(c.money(Piastres(125_690)), "1,256.90 جنيه");
        assert_eq!(c.n(1_234), "1,234");
        let english = Ctx::sample().in_language(Lang::En);
        assert_eq!(english.money(Piastres(125_690)), "EGP\u{A0}1,256.90");
        assert_eq!(english.list(["a", "b"]), "a, b");
        assert_eq!(english.site_name(), "Shubbak");
        assert_eq!(english.switch_href(), "/language/ar?back=%2F");
        assert_eq!(english.in_arabic().money(Piastres(125_690)), "1,256.90 جنيه");
    }

    #[test]
    fn the_navigation_knows_where_the_page_is() {
        let mut c = Ctx::sample();
        c.path = "/services/SHP-01".into();
        assert!(c.is_current("/services") && c.is_current("/services/SHP-01"));
        assert!(!c.is_current("/") && !c.is_current("/serv") && !c.is_current("/services/SHP"));
    }
}
