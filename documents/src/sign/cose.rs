//! COSE_Sign1 with Ed25519 and nothing optional (RFC 9052): tagged, empty unprotected header,
//! no external data, one fixed set of protected headers for each kind of message.

use coset::{
    CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, Label, RegisteredLabelWithPrivate,
    TaggedCborSerializable, cbor::value::Value, iana,
};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// The first four bytes of the SHA-256 of a public key: which key to try, not a proof.
pub type KeyId = [u8; 4];

/// Header parameter `typ` (RFC 9596).
const TYP: i64 = 16;

/// Identifier of a public key.
pub fn key_id(key: &VerifyingKey) -> KeyId {
    let digest = Sha256::digest(key.as_bytes());
    let mut id = KeyId::default();
    for (to, from) in id.iter_mut().zip(digest) {
        *to = from;
    }
    id
}

/// Signs a payload. `typ` keeps lists and papers apart; papers, which are short of room,
/// carry none.
pub(super) fn sign(payload: Vec<u8>, typ: Option<&str>, key: &SigningKey) -> Option<Vec<u8>> {
    let header = HeaderBuilder::new().algorithm(iana::Algorithm::EdDSA).key_id(key_id(&key.verifying_key()).to_vec());
    let header = match typ {
        Some(typ) => header.value(TYP, Value::from(typ)),
        None => header,
    };
    CoseSign1Builder::new()
        .protected(header.build())
        .payload(payload)
        .create_signature(&[], |message| key.sign(message).to_bytes().to_vec())
        .build()
        .to_tagged_vec()
        .ok()
}

/// A message whose form is right and whose signature nobody has looked at yet.
#[derive(Debug)]
pub(super) struct Unverified {
    message: CoseSign1,
    pub(super) key_id: KeyId,
}

impl Unverified {
    /// Reads a message; `None` where it is not exactly in the form that [`sign`] writes.
    /// One message has one byte string: longer forms of the same CBOR are refused.
    pub(super) fn read(bytes: &[u8], typ: Option<&str>) -> Option<Self> {
        let message = CoseSign1::from_tagged_slice(bytes).ok()?;
        let header = &message.protected.header;
        let eddsa = RegisteredLabelWithPrivate::Assigned(iana::Algorithm::EdDSA);
        let key_id: KeyId = header.key_id.as_slice().try_into().ok()?;
        let mut expected = HeaderBuilder::new().algorithm(iana::Algorithm::EdDSA).key_id(key_id.to_vec());
        if let Some(typ) = typ {
            expected = expected.value(TYP, Value::from(typ));
        }
        let expected = expected.build();
        let strict = header.alg.as_ref() == Some(&eddsa)
            && *header == expected
            && message.unprotected.is_empty()
            && message.signature.len() == 64
            && message.payload.is_some()
            && message.protected.original_data.as_deref() == expected.to_vec().ok().as_deref();
        if !strict || message.clone().to_tagged_vec().ok()?.as_slice() != bytes {
            return None;
        }
        debug_assert!(header.rest.iter().all(|(label, _)| *label == Label::Int(TYP)));
        Some(Self { message, key_id })
    }

    /// The payload, if one of these keys signed it.
    pub(super) fn payload_signed_by(&self, key: &VerifyingKey) -> Option<&[u8]> {
        self.message
            .verify_signature(&[], |signature, message| {
                let signature = Signature::from_slice(signature)?;
                key.verify_strict(message, &signature)
            })
            .ok()?;
        self.message.payload.as_deref()
    }

    /// The payload as it stands, for a message whose form only is asked about.
    pub(super) fn payload(&self) -> &[u8] {
        self.message.payload.as_deref().unwrap_or_default()
    }
}
