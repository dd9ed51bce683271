//! How citizens reach the node: the address that QR codes carry, the certificate, the proxies.

use std::net::SocketAddr;

use axum_server::tls_rustls::RustlsConfig;
use foundation::clock::{Clock as _, SystemClock};
use jiff::civil::Date;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::Findings;
use crate::config::Config;

/// A certificate is renewed before this.
const SOON: i64 = 21;

/// Looks at address, certificate and proxies.
pub async fn examine(config: &Config, findings: &mut Findings) {
    address(config, findings);
    listening(config, findings);
    certificate(config, findings).await;
}

fn address(config: &Config, findings: &mut Findings) {
    const WHY: &str = "every slip and licence carries this address in its QR for ever; phones must reach it";
    const MEND: &str =
        "set server.public_url to https:// and the name that citizens type, before the first paper is issued";
    let url = config.public_url();
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if rest != host || host.is_empty() || host.contains('@') {
        return findings.wrong("address", format!("{url} is more than a scheme, a name and a port"), WHY, MEND);
    }
    let here_only = matches!(name, "localhost" | "0.0.0.0" | "[::]") || name.starts_with("127.") || name == "[::1]";
    if config.demo() {
        findings.good("address", format!("QR codes of the demonstration say {url}"));
    } else if here_only {
        findings.wrong("address", format!("QR codes would say {url}, which only this machine reaches"), WHY, MEND);
    } else if scheme != "https" {
        findings.wrong(
            "address",
            format!("QR codes would say {url}, without encryption"),
            "passwords and names would cross the network in clear text, and phones warn",
            MEND,
        );
    } else {
        findings.good("address", format!("QR codes say {url}"));
    }
}

fn listening(config: &Config, findings: &mut Findings) {
    let plain = config.get("server.tls_certificate").is_empty();
    let Ok(address) = config.get("server.listen").parse::<SocketAddr>() else { return };
    if plain && !address.ip().is_loopback() && config.get("server.trusted_proxies").is_empty() && !config.demo() {
        findings.wrong(
            "listening",
            format!("{address} answers the network in plain HTTP, without a trusted proxy"),
            "passwords would cross the network in clear text",
            "set server.tls_certificate and server.tls_key, or listen on 127.0.0.1 behind a proxy named in server.trusted_proxies",
        );
    } else {
        findings.good(
            "listening",
            format!("{address}, {}", if plain { "plain HTTP for a proxy or this machine" } else { "HTTPS" }),
        );
    }
}

async fn certificate(config: &Config, findings: &mut Findings) {
    const WHY: &str = "browsers refuse the site without a valid certificate";
    let path = config.get("server.tls_certificate");
    if path.is_empty() {
        return;
    }
    // The choice of a provider can be made once in a process; another check may have made it.
    let _chosen = rustls::crypto::ring::default_provider().install_default();
    if let Err(error) = RustlsConfig::from_pem_file(path, config.get("server.tls_key")).await {
        return findings.wrong(
            "certificate",
            format!("{path} and its key: {error}"),
            WHY,
            "name a PEM chain and the key that belongs to it",
        );
    }
    let last_day = CertificateDer::from_pem_file(path).ok().and_then(|der| not_after(&der));
    let Some(last_day) = last_day else {
        return findings.wrong(
            "certificate",
            format!("the last day of {path} cannot be read"),
            WHY,
            "renew the certificate",
        );
    };
    let today = jiff::tz::TimeZone::UTC.to_datetime(SystemClock.now().timestamp()).date();
    let left = i64::from((last_day - today).get_days());
    let what = format!("{path} is valid until {last_day}");
    if last_day < today {
        findings.wrong(
            "certificate",
            format!("{path} expired on {last_day}"),
            WHY,
            "renew it and start the server again",
        );
    } else if left < SOON {
        findings.note("certificate", what, WHY, "renew it and start the server again");
    } else {
        findings.good("certificate", what);
    }
}

/// The last day of an X.509 certificate: the second time of the validity, which follows version,
/// serial number, algorithm and issuer (RFC 5280, 4.1).
fn not_after(der: &[u8]) -> Option<Date> {
    let (_, certificate, _) = element(der)?;
    let (_, signed, _) = element(certificate)?;
    let (tag, _, after) = element(signed)?;
    let mut rest = if tag == 0xa0 { after } else { signed };
    for _serial_algorithm_issuer in 0..3 {
        rest = element(rest)?.2;
    }
    let (_, validity, _) = element(rest)?;
    let (_, _, rest) = element(validity)?;
    let (tag, text, _) = element(rest)?;
    let text = std::str::from_utf8(text).ok()?;
    // UTCTime has two digits of the year: 50 to 99 are of the last century.
    let (year, rest) = match tag {
        0x17 => {
            let short: i16 = text.get(..2)?.parse().ok()?;
            (if short < 50 { 2000 + short } else { 1900 + short }, text.get(2..)?)
        }
        _ => (text.get(..4)?.parse().ok()?, text.get(4..)?),
    };
    Date::new(year, rest.get(..2)?.parse().ok()?, rest.get(2..4)?.parse().ok()?).ok()
}

/// One DER element: tag, content, what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::{element, not_after};
    use jiff::civil::date;

    fn wrap(tag: u8, content: &[u8]) -> Vec<u8> {
        let mut out = vec![tag, 0x81, u8::try_from(content.len()).expect("short")];
        out.extend_from_slice(content);
        out
    }

    fn certificate(version: bool, tag: u8, last: &[u8]) -> Vec<u8> {
        let mut signed = Vec::new();
        if version {
            signed.extend(wrap(0xa0, &wrap(2, &[2])));
        }
        for (tag, content) in [(2, [1].as_slice()), (0x30, &[]), (0x30, &[])] {
            signed.extend(wrap(tag, content));
        }
        signed.extend(wrap(0x30, &[wrap(0x17, b"260101000000Z"), wrap(tag, last)].concat()));
        wrap(0x30, &wrap(0x30, &signed))
    }

    #[test]
    fn the_last_day_is_read_in_either_form() {
        assert_eq!(not_after(&certificate(true, 0x17, b"270228235959Z")), Some(date(2027, 2, 28)));
        assert_eq!(not_after(&certificate(false, 0x18, b"20510101000000Z")), Some(date(2051, 1, 1)));
    }

    #[test]
    fn noise_is_no_certificate() {
        let whole = certificate(true, 0x17, b"270228235959Z");
        for cut in 0..whole.len() {
            assert_eq!(not_after(&whole[..cut]), None);
        }
        assert_eq!(element(&[0x30, 0x85, 1, 1, 1, 1, 1]), None);
    }
}
