//! أجزاء الصفحة: components with much markup, rendered once here and called through macros.

use askama::Template;
use askama::filters::Safe;

use super::{Ctx, FieldView};

/// موعد: a deadline as a date and remaining days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeadlineView {
    /// The date in words, e.g. «5 نوفمبر 2026».
    pub date: String,
    /// The date as `2026-11-05`.
    pub iso: String,
    /// Days left; negative when late.
    pub days_left: i64,
    /// The days are days of the calendar, as the law counts them, not working days.
    pub calendar: bool,
    /// The clock stands.
    pub paused: bool,
}

impl DeadlineView {
    /// Class of the tag: late, today or tomorrow, in time.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.days_left {
            _ if self.paused => "info",
            ..0 => "err",
            0..=1 => "warn",
            _ => "ok",
        }
    }
}

/// حال المرحلة في المسار.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrackState {
    /// Finished.
    Done,
    /// Where the request stands.
    Now,
    /// Still to come.
    #[default]
    Next,
    /// Not needed for this request.
    Skipped,
}

impl TrackState {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Next => "next",
            Self::Skipped => "skipped",
        }
    }

    const fn tag_class(self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::Now => "info",
            Self::Next | Self::Skipped => "",
        }
    }

    const fn is_now(self) -> bool {
        matches!(self, Self::Now)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Done => "common-step-done",
            Self::Now => "common-step-now",
            Self::Next => "common-step-next",
            Self::Skipped => "common-step-skipped",
        }
    }
}

/// مرحلة في المسار.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrackStep {
    /// Where it stands.
    pub state: TrackState,
    /// What is done in it.
    pub title: String,
    /// Which department or body.
    pub place: String,
    /// When, in words.
    pub date: String,
    /// When, as `2026-11-05`; may be empty.
    pub iso: String,
    /// What is missing or to do.
    pub note: String,
}

/// مسار الطلب.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrackView {
    /// In order.
    pub steps: Vec<TrackStep>,
}

/// صفحات القائمة: keyset paging, links to the pages before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagerView {
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// Which page this is, if it is known.
    pub page: Option<i64>,
}

/// موضع في الموقع: one of the breadcrumbs; the page itself has no address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crumb {
    /// Address.
    pub href: String,
    /// Words.
    pub label: String,
}

impl Crumb {
    /// A page above this one.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }

    /// This page.
    pub fn here(label: impl Into<String>) -> Self {
        Self::new("", label)
    }
}

/// سؤال وجوابه: a line of a check-answers page or of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub label: String,
    /// What was answered.
    pub value: String,
    /// Number or Latin text: isolated.
    pub latin: bool,
    /// Where it can be changed; empty if not.
    pub href: String,
}

impl Answer {
    /// An answer in words.
    pub fn text(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), latin: false, href: String::new() }
    }

    /// An answer in digits or Latin letters.
    pub fn latin(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { latin: true, ..Self::text(label, value) }
    }

    /// With a link to change it.
    #[must_use]
    pub fn change(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

/// المتحقق: the part of the verifier page that works without a network. The page also carries
/// `<script type="module" src="{{ c.asset("verify.js") }}">` and is served at `/verify` and `/V/…`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifierView {
    /// Public root key, base64url without padding.
    pub root: String,
    /// Path of the signed key list.
    pub keys: String,
    /// Paths of status lists that a device keeps for the days without a network.
    pub lists: Vec<String>,
    /// Codes and names of the governorates whose lists can be kept.
    pub issuers: Vec<(String, String)>,
}

/// Outcome, class, icon, title, text, and which of the two the day of the status list follows, if any.
type Word = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

impl VerifierView {
    const fn words(&self) -> &'static [Word] {
        &[
            ("valid", "ok", "tick", "verifier-valid", "verifier-valid-text", "text"),
            ("valid-old", "warn", "warning", "verifier-old", "verifier-old-text", "title"),
            ("valid-unchecked", "warn", "warning", "verifier-unchecked", "verifier-unchecked-text", ""),
            ("receipt", "info", "document", "verifier-receipt", "verifier-receipt-text", ""),
            ("forged", "err", "cross", "verifier-forged", "verifier-forged-text", ""),
            ("mismatch", "err", "cross", "verifier-mismatch", "verifier-mismatch-text", ""),
            ("unknown-key", "warn", "warning", "verifier-unknown-key", "verifier-unknown-key-text", ""),
            ("expired", "err", "clock", "verifier-expired", "verifier-expired-text", ""),
            ("not-yet", "err", "clock", "verifier-not-yet", "verifier-not-yet-text", ""),
            ("revoked", "err", "cross", "verifier-revoked", "verifier-revoked-text", ""),
            ("suspended", "err", "pause", "verifier-suspended", "verifier-suspended-text", ""),
            ("superseded", "err", "document", "verifier-superseded", "verifier-superseded-text", ""),
            ("unknown", "err", "cross", "verifier-unknown", "verifier-unknown-text", ""),
            ("unsigned", "warn", "warning", "verifier-unsigned", "verifier-unsigned-text", ""),
            ("no-keys", "warn", "warning", "verifier-no-keys", "verifier-no-keys-text", ""),
        ]
    }

    const fn labels(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("type", "verifier-type"),
            ("number", "verifier-number"),
            ("holder", "verifier-holder"),
            ("last4", "verifier-last4"),
            ("request", "verifier-request"),
            ("slip", "verifier-slip"),
            ("place", "verifier-place"),
            ("issued", "verifier-issued"),
            ("expires", "verifier-expires"),
            ("no-end", "verifier-no-end"),
            ("issuer", "verifier-issuer"),
            ("as-of", "verifier-as-of"),
            ("device-day", "verifier-device-day"),
            ("clock", "verifier-clock"),
            ("next", "verifier-next"),
            ("list-keys", "verifier-list-keys"),
            ("list-new", "verifier-list-new"),
            ("list-old", "verifier-list-old"),
            ("refreshed", "verifier-refreshed"),
            ("not-refreshed", "verifier-not-refreshed"),
        ]
    }
}

#[derive(Template)]
#[template(path = "parts/field.html")]
struct FieldPart<'a> {
    c: &'a Ctx,
    f: &'a FieldView,
}

#[derive(Template)]
#[template(path = "parts/deadline.html")]
struct DeadlinePart<'a> {
    c: &'a Ctx,
    d: &'a DeadlineView,
}

#[derive(Template)]
#[template(path = "parts/track.html")]
struct TrackPart<'a> {
    c: &'a Ctx,
    t: &'a TrackView,
}

#[derive(Template)]
#[template(path = "parts/pager.html")]
struct PagerPart<'a> {
    c: &'a Ctx,
    p: &'a PagerView,
}

#[derive(Template)]
#[template(path = "parts/verifier.html")]
struct VerifierPart<'a> {
    c: &'a Ctx,
    v: &'a VerifierView,
}

#[derive(Template)]
#[template(path = "parts/verifier_lists.html")]
struct VerifierListsPart<'a> {
    c: &'a Ctx,
    v: &'a VerifierView,
}

fn rendered(part: &impl Template) -> Safe<String> {
    Safe(part.render().unwrap_or_else(|error| {
        tracing::error!(%error, "component failed");
        String::new()
    }))
}

impl Ctx {
    /// A field of a form (macro `field`).
    #[must_use]
    pub fn field(&self, f: &FieldView) -> Safe<String> {
        rendered(&FieldPart { c: self, f })
    }

    /// A deadline (macro `deadline`).
    #[must_use]
    pub fn deadline(&self, d: &DeadlineView) -> Safe<String> {
        rendered(&DeadlinePart { c: self, d })
    }

    /// A journey (macro `track`).
    #[must_use]
    pub fn track(&self, t: &TrackView) -> Safe<String> {
        rendered(&TrackPart { c: self, t })
    }

    /// Links to the pages of a list (macro `pager`).
    #[must_use]
    pub fn pager(&self, p: &PagerView) -> Safe<String> {
        rendered(&PagerPart { c: self, p })
    }

    /// The verifier (macro `verifier`).
    #[must_use]
    pub fn verifier(&self, v: &VerifierView) -> Safe<String> {
        rendered(&VerifierPart { c: self, v })
    }

    /// The lists that the verifier keeps (macro `verifier_lists`).
    #[must_use]
    pub fn verifier_lists(&self, v: &VerifierView) -> Safe<String> {
        rendered(&VerifierListsPart { c: self, v })
    }
}
