//! What the configuration says about the post: sections `outbox`, `notices`, `mail`, `sms`, `webhook`.

use anyhow::{Context as _, Result, bail};
use record::outbox::{Quiet, Settings};
use window::notices::Silence;

use crate::config::Config;

/// How letters leave.
#[derive(Clone)]
pub struct Mail {
    /// Host of the mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `starttls`, `tls` or `none`.
    pub tls: String,
    /// Name and password, where the server asks.
    pub login: Option<(String, String)>,
    /// Whom letters come from: `Name <address>` or an address.
    pub from: String,
}

/// How text messages leave.
pub enum Sms {
    /// A provider's HTTP address.
    Http(Box<HttpSms>),
    /// An SMS centre that speaks SMPP 3.4.
    Smpp(SmppSms),
}

/// A provider's HTTP address.
#[derive(Clone)]
pub struct HttpSms {
    /// Address; placeholders are put in as in `body`.
    pub url: String,
    /// GET or POST.
    pub method: String,
    /// What is sent, with `{to}`, `{local}`, `{text}`, `{id}` and `{from}`; JSON if it begins with a brace, else a form.
    pub body: String,
    /// Value of the header Authorization.
    pub authorization: String,
    /// Name of the sender.
    pub from: String,
    /// JSON pointer of the provider's id in its answer; empty = it gives none.
    pub answer_id: String,
    /// What the answer must contain to count as taken; empty = the status alone.
    pub answer_ok: String,
}

/// An SMS centre.
#[derive(Clone)]
pub struct SmppSms {
    /// `host:port`.
    pub server: String,
    /// `system_id`.
    pub user: String,
    /// Password.
    pub password: String,
    /// Name or number of the sender.
    pub from: String,
    /// Long texts in one PDU (`message_payload`) instead of several with a header.
    pub payload: bool,
}

/// Everything about the post.
pub struct PostSettings {
    /// How the box is worked on.
    pub outbox: Settings,
    /// Mail; none = off.
    pub mail: Option<Mail>,
    /// Text messages; none = off.
    pub sms: Option<Sms>,
    /// Whether calls may go to private addresses.
    pub private_webhooks: bool,
}

impl PostSettings {
    /// Reads the sections.
    pub fn read(config: &Config) -> Result<Self> {
        let quiet = Quiet::parse(config.get("outbox.quiet_hours"))
            .context("outbox.quiet_hours must read as 22:00-08:00, or be empty for none")?;
        let per_second: i64 = config
            .get("outbox.per_second")
            .parse()
            .ok()
            .filter(|n| (1..=1_000).contains(n))
            .context("outbox.per_second must be a whole number from 1 to 1000")?;
        // A demonstration shows at once what happens.
        let quiet = if config.demo() { Quiet::NONE } else { quiet };
        Ok(Self {
            outbox: Settings { quiet, per_second, keep_text: config.demo() },
            mail: mail(config)?,
            sms: sms(config)?,
            private_webhooks: config.get("webhook.allow_private") == "true",
        })
    }
}

fn host_and_port(name: &str, value: &str) -> Result<(String, u16)> {
    let parted = value.rsplit_once(':').and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
    match parted {
        Some((host, port)) if !host.is_empty() && !host.contains('/') => Ok((host, port)),
        _ => bail!("{name} must be a host and a port, such as relay.example.gov.eg:587"),
    }
}

fn mail(config: &Config) -> Result<Option<Mail>> {
    let server = config.get("mail.server");
    if server.is_empty() {
        return Ok(None);
    }
    let (host, port) = host_and_port("mail.server", server)?;
    let from = config.get("mail.from").to_owned();
    if from.parse::<lettre::message::Mailbox>().is_err() {
        bail!("mail.from must be an address, or a name and an address: شُبّاك <shubbak@example.gov.eg>");
    }
    let (user, password) = (config.get("mail.user"), config.get("mail.password"));
    if user.is_empty() != password.is_empty() {
        bail!("mail.user and mail.password go together");
    }
    let login = (!user.is_empty()).then(|| (user.to_owned(), password.to_owned()));
    let tls = config.get("mail.tls").to_owned();
    if tls == "none" && login.is_some() {
        bail!("mail.tls is none: the password would cross the network in clear text");
    }
    Ok(Some(Mail { host, port, tls, login, from }))
}

fn sms(config: &Config) -> Result<Option<Sms>> {
    let get = |name: &str| config.get(name).to_owned();
    match config.get("sms.kind") {
        "http" => {
            let http = HttpSms {
                url: get("sms.url"),
                method: get("sms.method"),
                body: get("sms.body"),
                authorization: get("sms.authorization"),
                from: get("sms.from"),
                answer_id: get("sms.answer_id"),
                answer_ok: get("sms.answer_ok"),
            };
            if !(http.url.starts_with("https://") || http.url.starts_with("http://")) {
                bail!("sms.url must begin with https:// or http://");
            }
            let says = |what: &str| http.url.contains(what) || http.body.contains(what);
            if !(says("{to}") || says("{local}")) || !says("{text}") {
                bail!("sms.url or sms.body must hold {{to}} or {{local}}, and {{text}}");
            }
            Ok(Some(Sms::Http(Box::new(http))))
        }
        "smpp" => {
            host_and_port("sms.server", config.get("sms.server"))?;
            let user = get("sms.user");
            if user.is_empty() || user.len() > 15 || config.get("sms.password").len() > 8 {
                bail!("sms.user has 1 to 15 letters and sms.password at most 8 (SMPP 3.4, 5.2)");
            }
            Ok(Some(Sms::Smpp(SmppSms {
                server: get("sms.server"),
                user,
                password: get("sms.password"),
                from: get("sms.from"),
                payload: config.get("sms.long") == "payload",
            })))
        }
        _ => Ok(None),
    }
}

/// What is told to nobody.
pub fn silence(config: &Config) -> Result<Silence> {
    Silence::parse(config.get("notices.off")).map_err(|entry| {
        anyhow::anyhow!("notices.off: «{entry}» is not GOVERNORATE/MESSAGE, such as 01/visit or */redated")
    })
}

/// Refuses nonsense when the configuration is read.
pub fn check(config: &Config) -> Result<()> {
    PostSettings::read(config)?;
    silence(config)?;
    let secret = config.get("sms.callback_secret");
    if !secret.is_empty() && (secret.len() < 24 || !secret.bytes().all(|b| b.is_ascii_alphanumeric())) {
        bail!("sms.callback_secret must have 24 or more Latin letters and digits: it stands in an address");
    }
    Ok(())
}
