//! The code's message.

use foundation::db::Tx;
use foundation::web::messages::{self, Digits, Lang};
use record::outbox::{self, Content, Outgoing, Owner};
use record::{BoxFuture, Keyring, RecordError};
use uuid::Uuid;

use super::TENANT;
use super::codes::GOOD;
use super::rules::Credentials;

/// Puts the message with a code into the outbox: urgent, and worthless after the code's own time. It is
/// encrypted under a key of its own, since the mobile may belong to nobody yet.
pub(super) fn send_code<'a>(
    tx: &'a mut Tx,
    keyring: &'a Keyring,
    id: Uuid,
    login: &'a Credentials,
    code: &'a str,
    lang: Lang,
    now: foundation::clock::Micros,
) -> BoxFuture<'a, Result<(), RecordError>> {
    Box::pin(async move {
        let message = Outgoing {
            // The code has its own key under its id.
            id: record::follow::derived_id("login-code", &id.to_string()),
            tenant: TENANT.to_owned(),
            content: Content::Sms {
                to: login.mobile.international(),
                text: messages::text(lang, Digits::Latn, "account-code-message", &[("code", &code)]),
            },
            owner: Owner::Message,
            template: "login-code".into(),
            lang,
            not_before: now,
            expires_at: now.plus(GOOD),
            urgent: true,
        };
        outbox::put(tx, keyring, &message, now).await.map(drop)
    })
}
