//! Signing and verifying one paper.

use ed25519_dalek::SigningKey;

use super::{
    claims::{Claims, ClaimsError, PaperType},
    cose::{self, KeyId, Unverified},
    keys::KeyList,
};

/// Most bytes that a signed paper may have, so that its QR stays easy to read.
pub const MAX_SIGNED_BYTES: usize = 300;

/// Characters that are kept of a place and of a name, however short of room the QR is.
const KEPT_CHARACTERS: usize = 16;
const ELLIPSIS: char = '…';

/// A signed paper (محرر موقّع).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedPaper {
    /// The COSE_Sign1 message, at most [`MAX_SIGNED_BYTES`].
    pub bytes: Vec<u8>,
    /// What was signed: the given claims, with place and holder as they fitted.
    pub claims: Claims,
}

/// Why a paper could not be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// A field has a value that the format cannot hold.
    #[error("the paper's data cannot be signed")]
    Claims(#[from] ClaimsError),
    /// Too long even with the place and the name at their shortest.
    #[error("the signed data takes {0} bytes, {MAX_SIGNED_BYTES} at most")]
    TooLong(usize),
    /// The message could not be written.
    #[error("the signed message could not be written")]
    Encoding,
}

/// Signs a paper with its issuer's key.
///
/// Where the message would exceed [`MAX_SIGNED_BYTES`], first the place, then the holder, then the slip
/// loses characters from its end, never less than 16 remaining, and gets `…` instead. What is
/// printed on the paper stays whole.
pub fn sign(claims: &Claims, key: &SigningKey) -> Result<SignedPaper, SignError> {
    let mut claims = claims.clone();
    let mut bytes = write(&claims, key)?;
    if bytes.len() > MAX_SIGNED_BYTES {
        shorten(&mut claims.place, bytes.len() - MAX_SIGNED_BYTES);
        bytes = write(&claims, key)?;
    }
    if bytes.len() > MAX_SIGNED_BYTES {
        shorten(&mut claims.holder, bytes.len() - MAX_SIGNED_BYTES);
        bytes = write(&claims, key)?;
    }
    if bytes.len() > MAX_SIGNED_BYTES {
        shorten(&mut claims.slip, bytes.len() - MAX_SIGNED_BYTES);
        bytes = write(&claims, key)?;
    }
    if bytes.len() > MAX_SIGNED_BYTES {
        return Err(SignError::TooLong(bytes.len()));
    }
    Ok(SignedPaper { bytes, claims })
}

fn write(claims: &Claims, key: &SigningKey) -> Result<Vec<u8>, SignError> {
    cose::sign(claims.to_cbor()?, None, key).ok_or(SignError::Encoding)
}

/// Takes at least `excess` bytes away, the ellipsis counted, as long as
/// [`KEPT_CHARACTERS`] remain.
fn shorten(text: &mut String, excess: usize) {
    let target = text.len().saturating_sub(excess + ELLIPSIS.len_utf8());
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let end = ends
        .enumerate()
        .take_while(|(index, end)| *index < KEPT_CHARACTERS || *end <= target)
        .map(|(_, end)| end)
        .last()
        .unwrap_or_default();
    if end < text.len() {
        let kept = text.get(..end).unwrap_or_default().trim_end().to_owned();
        *text = kept;
        text.push(ELLIPSIS);
    }
}

/// What came out of looking at a paper (نتيجة التحقق).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Signed by its issuer and in force. Whether it was revoked since, the status list says.
    Valid(Claims),
    /// Genuine, but its time has passed.
    Expired(Claims),
    /// Genuine, but its time has not come: the day of issue lies ahead of the clock.
    NotYet(Claims),
    /// Genuine, but another type of paper than the one asked for.
    WrongType(Claims),
    /// Signed by a key that did not speak for this issuer at the time of issue.
    WrongIssuer(Claims),
    /// The content was changed, or another key signed it.
    BadSignature,
    /// No key with this identifier is in the list.
    UnknownKey(KeyId),
    /// Not a signed paper at all, or a damaged one.
    Malformed,
}

/// Verifies a scanned paper of any type. `now` is in seconds since 1970.
pub fn verify(signed: &[u8], keys: &KeyList, now: i64) -> Verdict {
    let Some(message) = (signed.len() <= MAX_SIGNED_BYTES).then(|| Unverified::read(signed, None)).flatten() else {
        return Verdict::Malformed;
    };
    let mut known = keys.with_id(message.key_id).peekable();
    if known.peek().is_none() {
        return Verdict::UnknownKey(message.key_id);
    }
    let signer = known.find(|key| message.payload_signed_by(&key.public).is_some());
    let Some(signer) = signer else {
        return Verdict::BadSignature;
    };
    let Ok(claims) = Claims::from_cbor(message.payload()) else {
        return Verdict::Malformed;
    };
    if !signer.speaks_for(&claims.issuer, claims.issued) {
        Verdict::WrongIssuer(claims)
    } else if claims.issued > now {
        Verdict::NotYet(claims)
    } else if claims.expires.is_some_and(|expires| expires <= now) {
        Verdict::Expired(claims)
    } else {
        Verdict::Valid(claims)
    }
}

/// Verifies a scanned paper that must be of one type: a receipt is no licence.
pub fn verify_as(expected: PaperType, signed: &[u8], keys: &KeyList, now: i64) -> Verdict {
    match verify(signed, keys, now) {
        Verdict::Valid(claims) | Verdict::Expired(claims) | Verdict::NotYet(claims) if claims.kind != expected => {
            Verdict::WrongType(claims)
        }
        verdict => verdict,
    }
}
