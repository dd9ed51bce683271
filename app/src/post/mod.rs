//! البريد: the ways out of the node, as the configuration names them.
//!
//! The transports stand here and not in `record`: SMTP, HTTP and TLS would otherwise be built and linked
//! into every test of every room above it, and only the program knows the configuration. `record` gives
//! the [box](record::outbox) and asks each transport to try once; attempts, pauses, quiet hours and
//! lifetimes are its own affair.
//!
//! A channel that is not configured is off, and its messages say so. In a demonstration nothing leaves: every
//! message counts as delivered and is shown at `/demo/outbox`.

mod callbacks;
mod gateway;
mod settings;
mod smpp;
mod smtp;
#[cfg(test)]
mod tests;
mod webhook;

use std::sync::Arc;

use anyhow::Result;
use foundation::clock::SharedClock;
use foundation::db::Db;
use foundation::ids::Ids;
use parking_lot::Mutex;
use record::outbox::{Arrival, Channel, Message, Of, Outcome, Post, PostParts, Running, Transport};
use record::{BoxFuture, Keyring};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub use self::callbacks::routes as callbacks;
pub use self::settings::{PostSettings, Sms, check, silence};
pub use self::smtp::Smtp;
use crate::config::Config;

/// Reports that wait to be noted; a link that reports faster waits itself.
const REPORTS: usize = 1_000;

/// The post of this node.
pub struct Office {
    /// Delivers what lies in the outbox.
    pub post: Post,
    smpp: Option<Arc<smpp::Smpp>>,
    reports: Mutex<Option<mpsc::Receiver<(Of, Arrival)>>>,
}

/// What runs beside the pages; it ends when this is dropped.
pub struct Background {
    _running: Running,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Background {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Chooses who encrypts. The choice can be made once in a process; another part may have made it.
fn provider() {
    let _chosen = rustls::crypto::ring::default_provider().install_default();
}

/// In a demonstration: it arrived, and went nowhere.
struct Shown;

impl Transport for Shown {
    fn deliver<'a>(&'a self, _: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async { Outcome::Delivered })
    }
}

impl Office {
    /// The post as the configuration describes it.
    pub fn open(config: &Config, db: &Db, keyring: &Keyring, clock: SharedClock, ids: Arc<Ids>) -> Result<Self> {
        let settings = PostSettings::read(config)?;
        let (report, reports) = mpsc::channel(REPORTS);
        let mut transports: Vec<(Channel, Arc<dyn Transport>)> = Vec::new();
        let mut link = None;
        if config.demo() {
            transports.extend(Channel::ALL.map(|channel| (channel, Arc::new(Shown) as Arc<dyn Transport>)));
        } else {
            if let Some(mail) = settings.mail {
                transports.push((Channel::Email, Arc::new(Smtp::new(mail)?)));
            }
            match settings.sms {
                Some(Sms::Http(gateway)) => transports.push((Channel::Sms, Arc::new(gateway::Gateway::new(*gateway)?))),
                Some(Sms::Smpp(smpp)) => {
                    let smpp = Arc::new(smpp::Smpp::new(smpp, report));
                    link = Some(smpp.clone());
                    transports.push((Channel::Sms, smpp));
                }
                None => {}
            }
            transports.push((Channel::Webhook, Arc::new(webhook::Webhook::new(settings.private_webhooks)?)));
        }
        let (db, keyring) = (db.clone(), keyring.clone());
        let post = Post::new(PostParts { db, keyring, clock, ids, transports, settings: settings.outbox });
        Ok(Self { post, smpp: link, reports: Mutex::new(Some(reports)) })
    }

    /// Starts the post, and the link to an SMS centre where there is one: its receipts come at any time.
    pub fn start(&self) -> Background {
        let mut tasks = Vec::new();
        if let Some(smpp) = &self.smpp {
            tasks.push(tokio::spawn(smpp.clone().keep()));
        }
        if let Some(mut reports) = self.reports.lock().take() {
            let post = self.post.clone();
            tasks.push(tokio::spawn(async move {
                while let Some((of, arrival)) = reports.recv().await {
                    if let Err(error) = post.report(of, arrival).await {
                        tracing::error!(%error, "a report of delivery could not be noted");
                    }
                }
            }));
        }
        Background { _running: self.post.start(), tasks }
    }
}
