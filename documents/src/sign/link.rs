//! The links inside the QRs: `…/V/<token>#1<digits>` for papers, `…/T/<token>` for request slips.

use std::{fmt, str::FromStr};

use rand::RngCore;

use super::digits::{DigitsError, decode_digits, encode_digits};

/// First digit after `#`: the version of what follows.
pub const LINK_VERSION: char = '1';

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The random part of a link (80 bits): says nothing, cannot be guessed, and is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token(pub [u8; 10]);

impl Token {
    /// Draws a new token from a cryptographic random source.
    pub fn draw(rng: &mut impl RngCore) -> Self {
        let mut bytes = [0; 10];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

impl fmt::Display for Token {
    /// 16 characters of base32 (RFC 4648), upper case, no padding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for group in self.0.chunks(5) {
            let value = group.iter().fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte));
            for place in (0..8).rev() {
                let index = usize::try_from((value >> (5 * place)) & 31).unwrap_or_default();
                let letter = ALPHABET.get(index).copied().unwrap_or(b'A');
                write!(f, "{}", char::from(letter))?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({self})")
    }
}

/// Not 16 letters and digits of base32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a code of 16 letters and digits")]
pub struct TokenError;

impl FromStr for Token {
    type Err = TokenError;

    /// Accepts either case, spaces and hyphens, and the digits 0, 1 and 8 (which base32 does
    /// not use) for the letters O, I and B that people mistake for them.
    fn from_str(text: &str) -> Result<Self, TokenError> {
        let mut bits = 0u128;
        let mut count = 0;
        for letter in text.bytes().filter(|byte| !matches!(byte, b' ' | b'-')) {
            let letter = match letter.to_ascii_uppercase() {
                b'0' => b'O',
                b'1' => b'I',
                b'8' => b'B',
                other => other,
            };
            let value = ALPHABET.iter().position(|known| *known == letter).ok_or(TokenError)?;
            count += 1;
            if count > 16 {
                return Err(TokenError);
            }
            bits = (bits << 5) | u128::try_from(value).unwrap_or_default();
        }
        if count != 16 {
            return Err(TokenError);
        }
        let mut out = [0; 10];
        for (to, from) in out.iter_mut().zip(bits.to_be_bytes().iter().skip(6)) {
            *to = *from;
        }
        Ok(Self(out))
    }
}

/// What a scanned text turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A paper; `signed` holds the COSE_Sign1 bytes where the part after `#` was scanned too.
    Paper {
        /// Looks the paper up online.
        token: Token,
        /// Verifies it offline.
        signed: Option<Vec<u8>>,
    },
    /// A request slip (إيصال استلام الطلب).
    Slip {
        /// Looks the request up online.
        token: Token,
    },
}

/// Why a scanned text is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// No `/V/` or `/T/` with a code in it.
    #[error("not a link of a paper or slip")]
    NotOurs,
    /// The part after `#` begins with a version that this program does not know.
    #[error("written by a newer version")]
    Version,
    /// The digits after `#` are damaged.
    #[error("the signed part is damaged")]
    Digits(#[source] DigitsError),
}

/// The text of a paper's QR.
pub fn paper_link(public_url: &str, token: Token, signed: &[u8]) -> String {
    format!("{}/V/{token}#{LINK_VERSION}{}", upper_origin(public_url), encode_digits(signed))
}

/// The text of a request slip's QR.
pub fn slip_link(public_url: &str, token: Token) -> String {
    format!("{}/T/{token}", upper_origin(public_url))
}

/// The text of a queue ticket's QR.
pub fn ticket_link(public_url: &str, token: Token) -> String {
    format!("{}/Q/{token}", upper_origin(public_url))
}

/// The text of an appointment's QR.
pub fn booking_link(public_url: &str, token: Token) -> String {
    format!("{}/B/{token}", upper_origin(public_url))
}

/// Scheme and host mean the same in upper case (RFC 3986, 3.2.2), and a QR stores capitals in
/// 5.5 bits instead of 8. A path below the host is left as it is.
fn upper_origin(public_url: &str) -> String {
    let url = public_url.trim_end_matches('/');
    let authority = url.find("://").map_or(0, |at| at + 3);
    let path = url.get(authority..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| authority + at);
    let (origin, path) = url.split_at_checked(path).unwrap_or((url, ""));
    format!("{}{path}", origin.to_ascii_uppercase())
}

impl FromStr for Link {
    type Err = LinkError;

    /// Reads a scanned link of any host; letter case does not matter, nor does white space
    /// that a scanner or a line break put in.
    fn from_str(text: &str) -> Result<Self, LinkError> {
        let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let (address, fragment) = match text.split_once('#') {
            Some((address, fragment)) => (address, Some(fragment)),
            None => (text.as_str(), None),
        };
        let address = address.split('?').next().unwrap_or_default().trim_end_matches('/');
        let mut parts = address.rsplit('/');
        let token = parts.next().unwrap_or_default();
        let kind = parts.next().unwrap_or_default();
        let token = token.parse().map_err(|TokenError| LinkError::NotOurs)?;
        if kind.eq_ignore_ascii_case("T") {
            return Ok(Self::Slip { token });
        }
        if !kind.eq_ignore_ascii_case("V") {
            return Err(LinkError::NotOurs);
        }
        let signed = match fragment {
            None | Some("") => None,
            Some(fragment) => {
                let digits = fragment.strip_prefix(LINK_VERSION).ok_or(LinkError::Version)?;
                Some(decode_digits(digits).map_err(LinkError::Digits)?)
            }
        };
        Ok(Self::Paper { token, signed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TOKEN: Token = Token([0xde, 0xad, 0xbe, 0xef, 0, 1, 2, 3, 4, 5]);

    #[test]
    fn base32_of_rfc_4648() {
        // "foobarfoob" from the RFC's "foobar" and "fooba" rows.
        assert_eq!(Token(*b"foobafooba").to_string(), "MZXW6YTBMZXW6YTB");
    }

    #[test]
    fn only_the_origin_is_raised() {
        assert_eq!(slip_link("https://window.gov.eg/", TOKEN), format!("HTTPS://WINDOW.GOV.EG/T/{TOKEN}"));
        assert_eq!(
            slip_link("https://window.gov.eg/Cairo/x", TOKEN),
            format!("HTTPS://WINDOW.GOV.EG/Cairo/x/T/{TOKEN}")
        );
        assert_eq!(ticket_link("https://window.gov.eg", TOKEN), format!("HTTPS://WINDOW.GOV.EG/Q/{TOKEN}"));
        assert_eq!(booking_link("https://window.gov.eg", TOKEN), format!("HTTPS://WINDOW.GOV.EG/B/{TOKEN}"));
        assert_eq!(slip_link("http://127.0.0.1:8080", TOKEN), format!("HTTP://127.0.0.1:8080/T/{TOKEN}"));
    }

    #[test]
    fn strangers_are_refused() {
        for text in ["", "https://example.org", "/V/", "/X/AAAAAAAAAAAAAAAA", "/V/AAAAAAAAAAAAAAA"] {
            assert_eq!(text.parse::<Link>(), Err(LinkError::NotOurs), "{text}");
        }
        assert_eq!("/V/AAAAAAAAAAAAAAAA#2123".parse::<Link>(), Err(LinkError::Version));
        assert_eq!("/V/AAAAAAAAAAAAAAAA#1999".parse::<Link>(), Err(LinkError::Digits(DigitsError::Range(0))));
    }

    #[test]
    fn confusable_digits_are_forgiven() {
        assert_eq!("8o1l-oooo oooo 0000".replace('l', "I").parse::<Token>(), "BOIIOOOOOOOO0000".parse());
    }

    proptest! {
        #[test]
        fn tokens_come_back_in_either_case(bytes in any::<[u8; 10]>()) {
            let text = Token(bytes).to_string();
            prop_assert_eq!(text.len(), 16);
            prop_assert_eq!(text.parse(), Ok(Token(bytes)));
            prop_assert_eq!(text.to_lowercase().parse(), Ok(Token(bytes)));
        }

        #[test]
        fn links_come_back(bytes in any::<[u8; 10]>(), signed in proptest::collection::vec(any::<u8>(), 1..300), lower: bool) {
            let mut text = paper_link("https://shubbak.gov.eg", Token(bytes), &signed);
            if lower { text = text.to_lowercase(); }
            prop_assert_eq!(text.parse(), Ok(Link::Paper { token: Token(bytes), signed: Some(signed) }));
        }

        #[test]
        fn any_text_is_read_without_fear(text in ".{0,200}") {
            let _ = text.parse::<Link>();
        }
    }
}
