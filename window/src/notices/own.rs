//! رسائلي: what was sent to the holder of an account, and what became of it.

use askama::Template;
use axum::response::{IntoResponse, Response};
use foundation::web::{Crumb, Ctx, Html, PageError};
use record::outbox::{self, Content, Opened, State};
use registry::{Viewer, accounts};

use super::pages::{Piece, channel_name, pieces, state_name, template_name};
use crate::Office;

/// Messages on the page.
const MOST: usize = 30;

/// A message to its own recipient.
struct Line {
    kind: String,
    channel: String,
    at: String,
    class: &'static str,
    state: String,
    lang: &'static str,
    dir: &'static str,
    subject: String,
    /// None: it was sent, and its text is kept nowhere.
    text: Option<Vec<Vec<Piece>>>,
}

#[derive(Template)]
#[template(path = "notices/own.html")]
struct OwnPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    messages: Vec<Line>,
}

/// The holder's last messages.
pub(super) async fn show(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let account = &viewer.holder().ok_or(PageError::SignIn)?.account;
    let fail = |error: record::RecordError| PageError::from_error(&error);
    let mut reader = office.db.reader();
    let keyring = office.record.keyring();
    let people = accounts::reached(&mut reader, keyring, account).await.map_err(fail)?;
    let messages = outbox::own(&mut reader, keyring, &people, MOST).await.map_err(fail)?;
    let page = OwnPage {
        crumbs: vec![Crumb::new("/account", c.t("account-title")), Crumb::here(c.t("mandates-messages"))],
        messages: messages.iter().map(|message| line(&c, message)).collect(),
        c,
    };
    Ok(Html(page).into_response())
}

fn line(c: &Ctx, message: &Opened) -> Line {
    let listed = &message.listed;
    let (subject, text) = match &message.content {
        Some(Content::Sms { text, .. }) => (String::new(), Some(text)),
        Some(Content::Email { subject, text, .. }) => (subject.clone(), Some(text)),
        Some(Content::Webhook { .. }) | None => (String::new(), None),
    };
    Line {
        kind: template_name(c, &listed.template),
        channel: channel_name(c, listed.channel),
        at: c.instant(listed.made_at),
        class: match listed.state {
            State::Sent | State::Delivered => "ok",
            State::Failed | State::Expired => "err",
            State::Waiting | State::Sending => "info",
            State::Off => "",
        },
        state: state_name(c, listed.state),
        lang: listed.lang.tag(),
        dir: listed.lang.dir(),
        subject,
        text: text.map(|text| text.split("\n\n").map(pieces).collect()),
    }
}
