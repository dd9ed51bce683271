//! Two pages of the outbox: the operator's, which shows neither recipient nor text, and that of a
//! demonstration, which shows the messages as people would have got them.

use askama::Template;
use axum::extract::Query;
use foundation::clock::Micros;
use foundation::web::{Crumb, Ctx, Flash, FormData, Html, PageError, Redirect, see_other};
use record::outbox::{self, Channel, Content, Listed, Opened, State};
use registry::{NavLink, Need, Right, Route, RouteTable};
use serde::Deserialize;
use uuid::Uuid;

use super::own;
use crate::Office;

/// Messages on a page.
const LISTED: i64 = 50;

/// The routes of the outbox.
#[must_use]
pub fn routes() -> RouteTable {
    let operate = Need::Right(Right::OperateNode);
    RouteTable {
        slice: "notices",
        routes: vec![
            Route::get("/admin/outbox", operate, "/admin/outbox?state=failed", show),
            Route::post("/admin/outbox/retry", operate, "/admin/outbox/retry", retry),
            Route::get("/demo/outbox", Need::Public, "/demo/outbox", demo),
            Route::get("/account/messages", Need::Account, "/account/messages", own::show),
        ],
        nav: vec![NavLink { href: "/admin/outbox", label: "notices-nav", need: operate, key: None }],
    }
}

#[derive(Template)]
#[template(path = "notices/outbox.html")]
struct OutboxPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    states: Vec<StateView>,
    queues: Vec<QueueView>,
    title: String,
    rows: Vec<RowView>,
    asked: &'static str,
}

struct StateView {
    code: &'static str,
    label: String,
    here: bool,
}

struct QueueView {
    name: String,
    /// In the order of [`State::ALL`], with the state's name.
    counts: Vec<(String, i64)>,
    /// Empty if nothing waits.
    oldest: String,
}

struct RowView {
    tenant: String,
    id: String,
    template: String,
    channel: String,
    urgent: bool,
    attempts: i64,
    made: String,
    changed: String,
    error: String,
    again: bool,
}

pub(super) fn template_name(c: &Ctx, template: &str) -> String {
    let known = super::Notice::KEYS.contains(&template);
    if known { c.t(&format!("notices-template-{template}")) } else { template.to_owned() }
}

pub(super) fn channel_name(c: &Ctx, channel: Channel) -> String {
    c.t(&format!("notices-channel-{}", channel.code()))
}

pub(super) fn state_name(c: &Ctx, state: State) -> String {
    c.t(&format!("notices-state-{}", state.code()))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
}

async fn show(office: Office, c: Ctx, Query(asked): Query<Asked>) -> Result<Html<OutboxPage>, PageError> {
    let mut reader = office.db.reader();
    let now = office.clock.now();
    let state = State::from_code(&asked.state).unwrap_or(State::Failed);
    let counts = outbox::counts(&mut reader).await?;
    let standing = outbox::standing(&mut reader, now).await?;
    let rows = outbox::list(&mut reader, state, LISTED).await?;
    let queue = |channel: Channel| {
        let count = |state: State| {
            counts.iter().find(|one| (one.channel, one.state) == (channel, state)).map_or(0, |one| one.count)
        };
        let oldest = standing.iter().find(|one| one.channel == channel).and_then(|one| one.oldest);
        QueueView {
            name: channel_name(&c, channel),
            counts: State::ALL.into_iter().map(|state| (state_name(&c, state), count(state))).collect(),
            oldest: oldest.map(|at| c.instant(at)).unwrap_or_default(),
        }
    };
    Ok(Html(OutboxPage {
        crumbs: vec![Crumb::here(c.t("notices-title"))],
        states: State::ALL
            .into_iter()
            .map(|one| StateView { code: one.code(), label: state_name(&c, one), here: one == state })
            .collect(),
        queues: Channel::ALL.into_iter().map(queue).collect(),
        title: state_name(&c, state),
        rows: rows.iter().map(|row| row_view(&c, row, now)).collect(),
        asked: state.code(),
        c: c.dense(),
    }))
}

fn row_view(c: &Ctx, row: &Listed, now: Micros) -> RowView {
    RowView {
        tenant: row.tenant.clone(),
        id: row.id.to_string(),
        template: template_name(c, &row.template),
        channel: channel_name(c, row.channel),
        urgent: row.urgent,
        attempts: row.attempts,
        made: c.instant(row.made_at),
        changed: c.instant(row.changed_at),
        error: row.error.clone().unwrap_or_default(),
        again: row.state == State::Failed && row.has_text && row.expires_at > now,
    }
}

async fn retry(office: Office, c: Ctx, data: FormData) -> Result<Redirect, PageError> {
    let now = office.clock.now();
    let tenant = data.get("tenant").to_owned();
    let id: Uuid = data.get("id").parse().map_err(|_| PageError::BadRequest(None))?;
    let again = office.db.write(move |tx| {
        let tenant = tenant.clone();
        Box::pin(async move { outbox::retry(tx, &tenant, id, now).await })
    });
    let said = if again.await? { Flash::ok(c.t("notices-retried")) } else { Flash::warn(c.t("notices-not-retried")) };
    Ok(see_other("/admin/outbox").with_flash(said))
}

#[derive(Template)]
#[template(path = "notices/demo.html")]
struct DemoPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    messages: Vec<MessageView>,
}

/// A message as it would have arrived.
struct MessageView {
    /// `sms`, `email` or `webhook`.
    kind: &'static str,
    channel: String,
    template: String,
    state: String,
    at: String,
    lang: &'static str,
    dir: &'static str,
    to: String,
    subject: String,
    /// Parts of a text message in words.
    parts: String,
    paragraphs: Vec<Vec<Piece>>,
}

/// A piece of text, or an address that is a link.
pub(super) struct Piece {
    pub text: String,
    pub is_link: bool,
    /// Whether a line ends here.
    pub ends: bool,
}

async fn demo(office: Office, c: Ctx) -> Result<Html<DemoPage>, PageError> {
    // Outside a demonstration there is no such page: no text is ever shown to anybody else.
    if !c.site.demo {
        return Err(PageError::NotFound);
    }
    let opened = outbox::opened(&mut office.db.reader(), office.record.keyring(), LISTED).await;
    let opened = opened.map_err(|error| PageError::from_error(&error))?;
    Ok(Html(DemoPage {
        crumbs: vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t("notices-demo-title"))],
        messages: opened.iter().map(|message| message_view(&c, message)).collect(),
        c,
    }))
}

fn message_view(c: &Ctx, message: &Opened) -> MessageView {
    let listed = &message.listed;
    let (to, subject, text) = match &message.content {
        Some(Content::Sms { to, text }) => (to.clone(), String::new(), text.clone()),
        Some(Content::Email { to, subject, text }) => (to.clone(), subject.clone(), text.clone()),
        Some(Content::Webhook { url, body, .. }) => (url.clone(), String::new(), body.clone()),
        None => (String::new(), String::new(), c.t("notices-demo-gone")),
    };
    let count = outbox::parts(&text).len();
    let is_sms = listed.channel == Channel::Sms && message.content.is_some();
    MessageView {
        kind: listed.channel.code(),
        channel: channel_name(c, listed.channel),
        template: template_name(c, &listed.template),
        state: state_name(c, listed.state),
        at: c.instant(listed.made_at),
        lang: listed.lang.tag(),
        dir: listed.lang.dir(),
        parts: if is_sms { c.t1("notices-demo-parts", "n", count) } else { String::new() },
        paragraphs: text.split("\n\n").map(pieces).collect(),
        to,
        subject,
    }
}

/// The lines of a paragraph, addresses apart.
pub(super) fn pieces(paragraph: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for line in paragraph.lines() {
        let mut words = line.split_inclusive(' ').peekable();
        while let Some(word) = words.next() {
            let is_link = word.starts_with("https://") || word.starts_with("http://");
            pieces.push(Piece { text: word.to_owned(), is_link, ends: words.peek().is_none() });
        }
    }
    pieces
}
