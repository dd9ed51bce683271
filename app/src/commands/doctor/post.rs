//! Whether what leaves the node can leave: mail server, provider of text messages.

use std::time::Duration;

use tokio::net::TcpStream;

use super::Findings;
use crate::config::Config;
use crate::post::{PostSettings, Sms, Smtp};

/// How long a host may take to answer.
const PATIENCE: Duration = Duration::from_secs(8);
const WHY: &str = "people learn of visits, missing papers and decisions by these messages";

/// Looks at mail and text messages.
pub async fn examine(config: &Config, findings: &mut Findings) {
    if config.demo() {
        return findings.good("mail", "the demonstration sends nothing; its messages are at /demo/outbox");
    }
    // A configuration that does not read is refused before any command runs.
    let Ok(settings) = PostSettings::read(config) else { return };
    match settings.mail {
        None => findings.note("mail", "no letters are sent", WHY, "set mail.server and mail.from"),
        Some(mail) => {
            let host = format!("{}:{}", mail.host, mail.port);
            let answers = async { Smtp::new(mail)?.answers().await };
            match tokio::time::timeout(PATIENCE, answers).await {
                Ok(Ok(true)) => findings.good("mail", format!("{host} answers, and takes the login")),
                Ok(Ok(false)) => {
                    findings.wrong("mail", format!("{host} answers with a refusal"), WHY, "ask who runs it")
                }
                Ok(Err(error)) => findings.wrong(
                    "mail",
                    format!("{host}: {error:#}"),
                    WHY,
                    "check mail.server, mail.tls, mail.user and mail.password",
                ),
                Err(_) => {
                    findings.wrong("mail", format!("{host} does not answer"), WHY, "check mail.server and the firewall")
                }
            }
        }
    }
    let host = match &settings.sms {
        None => return findings.note("sms", "no text messages are sent", WHY, "set sms.kind and what goes with it"),
        Some(Sms::Smpp(smpp)) => Some(smpp.server.clone()),
        Some(Sms::Http(http)) => host_of(&http.url),
    };
    let Some(host) = host else {
        return findings.wrong("sms", "sms.url names no host", WHY, "set sms.url to the provider's address");
    };
    match tokio::time::timeout(PATIENCE, TcpStream::connect(&host)).await {
        Ok(Ok(_)) => findings.good("sms", format!("{host} can be reached")),
        Ok(Err(error)) => findings.wrong("sms", format!("{host}: {error}"), WHY, "check the address and the firewall"),
        Err(_) => findings.wrong("sms", format!("{host} does not answer"), WHY, "check the address and the firewall"),
    }
}

fn host_of(url: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).ok()?;
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}
