//! ما يُعرف عن الطلب (HTTP): what the shell knows of a request before any handler runs.

use std::sync::{Arc, OnceLock};

use super::client::ClientIp;
use super::csrf::Secret;
use super::ctx::{Flash, SignedIn, SiteInfo};
use super::language::Asked;
use super::messages::Lang;

/// ما يعرفه الهيكل عن الطلب: an extension of every request inside [`super::serve_pages`].
///
/// Clones share the signed-in person, so that the error page outside the session middleware
/// still shows who is signed in.
#[derive(Clone, Debug)]
pub struct RequestInfo(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    id: String,
    path: String,
    client: ClientIp,
    asked: Asked,
    site: Arc<SiteInfo>,
    secret: Secret,
    flash: Option<Flash>,
    signed_in: OnceLock<SignedIn>,
}

impl RequestInfo {
    pub(super) fn new(
        id: String,
        path: String,
        client: ClientIp,
        asked: Asked,
        site: Arc<SiteInfo>,
        secret: Secret,
        flash: Option<Flash>,
    ) -> Self {
        let signed_in = OnceLock::new();
        Self(Arc::new(Inner { id, path, client, asked, site, secret, flash, signed_in }))
    }

    /// Reference of the request, as in the log and on error pages.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Path without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Address of the client, behind trusted proxies.
    #[must_use]
    pub fn client(&self) -> ClientIp {
        self.0.client
    }

    /// Language asked for.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.0.asked.lang
    }

    /// The page as the switch of languages comes back to it.
    pub(super) fn here(&self) -> &str {
        &self.0.asked.here
    }

    /// The language came with the address: the browser has to remember it.
    pub(super) fn is_new_lang(&self) -> bool {
        self.0.asked.is_new
    }

    /// The deployment.
    #[must_use]
    pub fn site(&self) -> Arc<SiteInfo> {
        Arc::clone(&self.0.site)
    }

    /// Says who is signed in; called once by the session middleware.
    pub fn sign_in(&self, person: SignedIn) {
        if self.0.signed_in.set(person).is_err() {
            tracing::error!(id = self.id(), "signed in twice in one request");
        }
    }

    /// The signed-in person.
    #[must_use]
    pub fn signed_in(&self) -> Option<SignedIn> {
        self.0.signed_in.get().cloned()
    }

    pub(super) fn is_signed_in(&self) -> bool {
        self.0.signed_in.get().is_some()
    }

    pub(super) fn flash(&self) -> Option<Flash> {
        self.0.flash.clone()
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.0.secret
    }

    pub(super) fn csrf_masked(&self) -> String {
        self.0.secret.masked()
    }
}
