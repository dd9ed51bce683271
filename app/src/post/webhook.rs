//! نداء إلى نظام آخر: a signed call (Standard Webhooks 1.0, HMAC-SHA-256) that never reaches the node's own
//! network: whoever may register a webhook must not be able to make the node ask its neighbours.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use record::BoxFuture;
use record::outbox::{Content, Message, Outcome, Transport, Why};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, StatusCode, Url, redirect};
use sha2::Sha256;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 2 } else { 15 });

/// Makes the calls.
pub struct Webhook {
    client: Client,
    private: bool,
}

impl Webhook {
    /// Calls to public addresses, and to private ones where the configuration allows them.
    pub fn new(private: bool) -> Result<Self> {
        super::provider();
        let client = Client::builder()
            .timeout(PATIENCE)
            // A redirect would lead anywhere; no proxy of the environment may resolve names for us.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Resolver { private }))
            .user_agent(concat!("shubbak/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, private })
    }

    async fn call(&self, message: &Message, url: &str, secret: &str, body: &str) -> Outcome {
        let Some(url) = allowed(url, self.private) else {
            return Outcome::Refused(Why::new("no address that may be called"));
        };
        let (id, at) = (message.id.to_string(), message.now.seconds());
        let Some(signature) = signature(secret, &id, at, body) else {
            return Outcome::Refused(Why::new("no secret that a call can be signed with"));
        };
        let call = self
            .client
            .post(url)
            .header("content-type", "application/cloudevents+json; charset=utf-8")
            .header("webhook-id", id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", signature)
            .body(body.to_owned());
        match call.send().await {
            Ok(answer) if answer.status().is_success() => Outcome::Delivered,
            // The receiver says that nobody is to call again.
            Ok(answer) if answer.status() == StatusCode::GONE => Outcome::Refused(Why::new("the receiver is gone")),
            Ok(answer) if answer.status().is_redirection() => {
                Outcome::Later(Why::numbered("redirects are not followed", u32::from(answer.status().as_u16())))
            }
            Ok(answer) => Outcome::Later(Why::numbered("the receiver answered", u32::from(answer.status().as_u16()))),
            Err(error) if error.is_timeout() => Outcome::Later(Why::new("the receiver did not answer in time")),
            Err(_) => Outcome::Later(Why::new("the receiver cannot be reached, or must not be")),
        }
    }
}

impl Transport for Webhook {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            match &message.content {
                Content::Webhook { url, secret, body } => self.call(message, url, secret, body).await,
                _ => Outcome::Refused(Why::new("no call")),
            }
        })
    }
}

/// `v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`; none if the secret is none.
pub(super) fn signature(secret: &str, id: &str, at: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_")?).ok().filter(|key| (24..=64).contains(&key.len()))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// The address, if it may be called: HTTPS to a name or a public address; anything where private ones are allowed.
fn allowed(url: &str, private: bool) -> Option<Url> {
    let url = Url::parse(url).ok()?;
    let literal = url.host_str()?.trim_matches(['[', ']']).parse::<IpAddr>().ok();
    let fits = match url.scheme() {
        "https" => private || literal.is_none_or(is_public),
        "http" => private,
        _ => false,
    };
    (fits && url.username().is_empty() && url.password().is_none()).then_some(url)
}

/// Finds addresses of names, and only public ones: what is connected to is what was looked at.
struct Resolver {
    private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let fit: Vec<SocketAddr> = found.filter(|address| private || is_public(address.ip())).collect();
            if fit.is_empty() {
                return Err("the name leads to no public address".into());
            }
            Ok(Box::new(fit.into_iter()) as Addrs)
        })
    }
}

/// Whether an address belongs to the open network (IANA's special-purpose registries).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => {
            let parts = v6.segments();
            let inner = |high: u16, low: u16| {
                let [a, b] = high.to_be_bytes();
                let [c, d] = low.to_be_bytes();
                is_public_v4(Ipv4Addr::new(a, b, c, d))
            };
            match parts {
                // IPv4 in its two forms, NAT64 and 6to4 carry an address of the older kind.
                [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
                [0, 0, 0, 0, 0, 0, ..] => false,
                [0x2002, high, low, ..] => inner(high, low),
                // Of the rest only global unicast, without documentation, benchmarks, Teredo and ORCHID.
                [0x2001, second, ..] => second >= 0x0200 && second != 0x0db8,
                [0x3fff, second, ..] if second < 0x1000 => false,
                [first, ..] => (0x2000..0x4000).contains(&first),
            }
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b)))
}
