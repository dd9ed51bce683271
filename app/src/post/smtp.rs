//! البريد الإلكتروني: letters over SMTP.

use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use record::BoxFuture;
use record::outbox::{Content, Message, Outcome, Transport, Why};

use super::settings::Mail;

/// How long one command of the conversation may take.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 2 } else { 25 });
/// Refusals of the login, which concern no recipient: the letters wait until it is mended.
const LOGIN: [u32; 5] = [454, 530, 534, 535, 538];

/// A mail server.
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    domain: String,
}

impl Smtp {
    /// The mail server of the configuration.
    pub fn new(mail: Mail) -> Result<Self> {
        super::provider();
        let from: Mailbox = mail.from.parse().context("mail.from")?;
        let domain = from.email.domain().to_owned();
        let server = match mail.tls.as_str() {
            "tls" => AsyncSmtpTransport::<Tokio1Executor>::relay(&mail.host).context("mail.server")?,
            "none" => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host),
            _ => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&mail.host).context("mail.server")?,
        };
        let server = server.port(mail.port).timeout(Some(PATIENCE)).hello_name(ClientId::Domain(domain.clone()));
        let server = match mail.login {
            Some((user, password)) => server.credentials(Credentials::new(user, password)),
            None => server,
        };
        Ok(Self { server: server.build(), from, domain })
    }

    /// Whether the server greets and takes the login.
    pub async fn answers(&self) -> Result<bool> {
        Ok(self.server.test_connection().await?)
    }

    fn letter(&self, message: &Message, to: &str, subject: &str, text: &str) -> Option<lettre::Message> {
        let html = html(text, message.lang.tag(), message.lang.dir());
        let date = UNIX_EPOCH + Duration::from_micros(u64::try_from(message.now.0).ok()?);
        let mut letter = lettre::Message::builder()
            .from(self.from.clone())
            .to(to.parse().ok()?)
            .subject(subject)
            .date(date)
            // The same at each attempt: whoever gets it twice sees it once.
            .message_id(Some(format!("<{}@{}>", message.id, self.domain)))
            .multipart(MultiPart::alternative_plain_html(text.to_owned(), html))
            .ok()?;
        // RFC 3834: nobody's absence note answers it.
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        letter.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".into()));
        Some(letter)
    }
}

impl Transport for Smtp {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let Content::Email { to, subject, text } = &message.content else {
                return Outcome::Refused(Why::new("no letter"));
            };
            let Some(letter) = self.letter(message, to, subject, text) else {
                return Outcome::Refused(Why::new("no address that a letter can be sent to"));
            };
            match self.server.send(letter).await {
                Ok(_) => Outcome::Sent(None),
                Err(error) => outcome(&error),
            }
        })
    }
}

/// What the server's number means; its words may repeat the address and are not kept.
fn outcome(error: &lettre::transport::smtp::Error) -> Outcome {
    let number = error.status().and_then(|code| code.to_string().parse::<u32>().ok());
    match number {
        Some(number) if LOGIN.contains(&number) => {
            Outcome::Later(Why::numbered("the mail server refused the login", number))
        }
        Some(number) if number >= 500 => Outcome::Refused(Why::numbered("the mail server refused", number)),
        Some(number) => Outcome::Later(Why::numbered("the mail server asks to wait", number)),
        None if error.is_timeout() => Outcome::Later(Why::new("the mail server did not answer in time")),
        None if error.is_tls() => Outcome::Later(Why::new("the mail server's certificate or encryption")),
        None => Outcome::Later(Why::new("the conversation with the mail server broke off")),
    }
}

/// The text as a page: paragraphs, addresses as links, in the direction of its language.
fn html(text: &str, lang: &str, dir: &str) -> String {
    let align = if dir == "rtl" { "right" } else { "left" };
    let mut body = String::new();
    for paragraph in text.split("\n\n") {
        let lines = paragraph.lines().map(|line| {
            let safe = escape(line);
            if line.starts_with("https://") || line.starts_with("http://") {
                format!("<a href=\"{safe}\" dir=\"ltr\">{safe}</a>")
            } else {
                safe
            }
        });
        body.push_str(&format!("<p>{}</p>\n", lines.collect::<Vec<_>>().join("<br>\n")));
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head><meta charset=\"utf-8\"></head>\n\
         <body dir=\"{dir}\" style=\"direction:{dir};text-align:{align};font-family:Tahoma,Arial,sans-serif;font-size:16px;line-height:1.7\">\n\
         {body}</body>\n</html>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
