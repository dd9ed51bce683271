//! عنوان العميل: the address a request comes from, through proxies that are trusted by name.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use axum::extract::ConnectInfo;
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{Extensions, HeaderMap};

use super::{PageError, RequestInfo};

/// عنوان العميل. Also a handler argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientIp(pub IpAddr);

/// نطاق عناوين: an address range such as `10.0.0.0/8` or `::1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    base: IpAddr,
    bits: u8,
}

/// A range that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("not an address range: {0}")]
pub struct CidrError(String);

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let wrong = || CidrError(text.to_owned());
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| wrong())?)),
            None => (text.trim(), None),
        };
        let base: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most { Err(wrong()) } else { Ok(Self { base, bits }) }
    }
}

impl Cidr {
    /// Whether `ip` lies in the range (IPv4 written as IPv6 counts as IPv4).
    #[must_use]
    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.base, ip.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(ip)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                (u32::from(base) ^ u32::from(ip)) & mask == 0
            }
            (IpAddr::V6(base), IpAddr::V6(ip)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                (u128::from(base) ^ u128::from(ip)) & mask == 0
            }
            _ => false,
        }
    }
}

/// The client behind trusted proxies: `X-Forwarded-For` is read from its end, and only as long as
/// the hop before is trusted.
#[must_use]
pub fn find(extensions: &Extensions, headers: &HeaderMap, trusted: &[Cidr]) -> ClientIp {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip())
        .to_canonical();
    let is_trusted = |ip: IpAddr| trusted.iter().any(|range| range.contains(ip));
    let mut client = peer;
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    for hop in hops.into_iter().rev() {
        if !is_trusted(client) {
            break;
        }
        let Ok(ip) = hop.trim().parse::<IpAddr>() else { break };
        client = ip.to_canonical();
    }
    ClientIp(client)
}

impl<S: Sync> FromRequestParts<S> for ClientIp {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts
            .extensions
            .get::<RequestInfo>()
            .map(RequestInfo::client)
            .ok_or_else(|| PageError::internal("web::serve_pages is missing around this router"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<Cidr> = trusted.iter().map(|t| t.parse().unwrap()).collect();
        find(&extensions, &headers, &trusted).0.to_string()
    }

    #[test]
    fn only_trusted_hops_are_believed() {
        assert_eq!(at("203.0.113.9", "1.1.1.1", &[]), "203.0.113.9");
        assert_eq!(at("127.0.0.1", "1.1.1.1", &["127.0.0.0/8"]), "1.1.1.1");
        assert_eq!(at("127.0.0.1", "6.6.6.6, 1.1.1.1", &["127.0.0.1"]), "1.1.1.1");
        assert_eq!(at("10.0.0.1", "1.1.1.1, 10.0.0.7", &["10.0.0.0/8"]), "1.1.1.1");
        assert_eq!(at("10.0.0.1", "junk", &["10.0.0.0/8"]), "10.0.0.1");
        assert_eq!(at("::ffff:10.0.0.1", "2001:db8::1", &["10.0.0.0/8"]), "2001:db8::1");
    }

    #[test]
    fn ranges_are_checked() {
        for wrong in ["", "10.0.0.0/33", "x/8", "::1/129", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Cidr>().is_err(), "{wrong}");
        }
        assert!("0.0.0.0/0".parse::<Cidr>().unwrap().contains("8.8.8.8".parse().unwrap()));
        assert!(!"2001:db8::/32".parse::<Cidr>().unwrap().contains("2001:db9::1".parse().unwrap()));
    }
}
