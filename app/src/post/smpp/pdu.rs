//! The pieces of SMPP 3.4 that a sender needs (SMPP v3.4 issue 1.2): what is written, what is read.

use record::outbox::{Alphabet, alphabet, parts};

/// A header: length, command, status, sequence number, four bytes each.
pub const HEADER: usize = 16;
/// A PDU beyond this length is no PDU.
pub const LONGEST: usize = 64 * 1024;

/// Command ids (5.1.2.1).
pub mod command {
    /// The answer to a command has this bit.
    pub const RESPONSE: u32 = 0x8000_0000;
    /// Binds in both directions.
    pub const BIND_TRANSCEIVER: u32 = 0x9;
    /// Sends a message.
    pub const SUBMIT_SM: u32 = 0x4;
    /// A receipt, or a message from a phone.
    pub const DELIVER_SM: u32 = 0x5;
    /// Ends the binding.
    pub const UNBIND: u32 = 0x6;
    /// Asks whether the other side is there.
    pub const ENQUIRE_LINK: u32 = 0x15;
    /// Something that was not understood.
    pub const GENERIC_NACK: u32 = 0x8000_0000;
}

/// Optional parameters (5.3.2).
mod tlv {
    pub const RECEIPTED_MESSAGE_ID: u16 = 0x001e;
    pub const MESSAGE_PAYLOAD: u16 = 0x0424;
    pub const MESSAGE_STATE: u16 = 0x0427;
}

/// A PDU as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdu {
    /// Command id.
    pub command: u32,
    /// Command status.
    pub status: u32,
    /// Sequence number.
    pub sequence: u32,
    /// What follows the header.
    pub body: Vec<u8>,
}

impl Pdu {
    /// A PDU without a body.
    pub const fn bare(command: u32, status: u32, sequence: u32) -> Self {
        Self { command, status, sequence, body: Vec::new() }
    }

    /// The bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let length = u32::try_from(HEADER + self.body.len()).unwrap_or(u32::MAX);
        let mut out = Vec::with_capacity(HEADER + self.body.len());
        for number in [length, self.command, self.status, self.sequence] {
            out.extend(number.to_be_bytes());
        }
        out.extend(&self.body);
        out
    }

    /// Length of the body that follows this header, and the PDU without it; none if it is none.
    pub fn head(header: &[u8; HEADER]) -> Option<(usize, Self)> {
        let mut numbers =
            header.chunks_exact(4).map(|four| four.try_into().map(u32::from_be_bytes).unwrap_or_default());
        let (length, command) = (numbers.next()?, numbers.next()?);
        let (status, sequence) = (numbers.next()?, numbers.next()?);
        let length = usize::try_from(length).ok().filter(|length| (HEADER..=LONGEST).contains(length))?;
        Some((length - HEADER, Self::bare(command, status, sequence)))
    }
}

fn c_string(out: &mut Vec<u8>, text: &str) {
    out.extend(text.bytes().filter(|byte| *byte != 0));
    out.push(0);
}

/// 4.1.1: binding as transceiver, interface version 3.4.
pub fn bind_transceiver(user: &str, password: &str, sequence: u32) -> Pdu {
    let mut body = Vec::new();
    for text in [user, password, ""] {
        c_string(&mut body, text);
    }
    body.extend([0x34, 0, 0]);
    c_string(&mut body, "");
    Pdu { command: command::BIND_TRANSCEIVER, status: 0, sequence, body }
}

/// What a text message says to the centre.
pub struct Submit<'a> {
    /// Name or number of the sender.
    pub from: &'a str,
    /// E.164 without plus.
    pub to: &'a str,
    /// Text.
    pub text: &'a str,
    /// How long it is worth delivering, in seconds.
    pub seconds: i64,
    /// Binds the parts of a long message together.
    pub reference: u8,
    /// Long texts in one PDU.
    pub payload: bool,
}

impl Submit<'_> {
    /// 4.4.1: one PDU, or one for each part, without sequence numbers.
    pub fn pdus(&self) -> Vec<Pdu> {
        let alphabet = alphabet(self.text);
        let parts = parts(self.text);
        if parts.len() == 1 {
            return vec![self.pdu(alphabet, 0, &encode(alphabet, self.text), false)];
        }
        if self.payload {
            return vec![self.pdu(alphabet, 0, &encode(alphabet, self.text), true)];
        }
        let count = u8::try_from(parts.len()).unwrap_or(u8::MAX);
        (1..=count)
            .zip(&parts)
            .map(|(number, part)| {
                // 3GPP TS 23.040, 9.2.3.24.1: concatenated short messages, 8-bit reference.
                let mut bytes = vec![5, 0, 3, self.reference, count, number];
                bytes.extend(encode(alphabet, part));
                // esm_class: the short message begins with a header.
                self.pdu(alphabet, 0x40, &bytes, false)
            })
            .collect()
    }

    fn pdu(&self, alphabet: Alphabet, esm_class: u8, message: &[u8], payload: bool) -> Pdu {
        let mut body = Vec::new();
        c_string(&mut body, "");
        // A number is international, a name is alphanumeric (5.2.5, 5.2.6).
        let is_number = !self.from.is_empty() && self.from.bytes().all(|byte| byte.is_ascii_digit());
        body.extend(if is_number { [1, 1] } else { [5, 0] });
        c_string(&mut body, self.from);
        body.extend([1, 1]);
        c_string(&mut body, self.to);
        body.extend([esm_class, 0, 0]);
        c_string(&mut body, "");
        c_string(&mut body, &validity(self.seconds));
        let coding = if alphabet == Alphabet::Latin { 0 } else { 8 };
        // A final receipt is wanted; nothing replaced; no canned text.
        body.extend([1, 0, coding, 0]);
        let short = if payload { &[] } else { message };
        body.push(u8::try_from(short.len()).unwrap_or(0));
        body.extend(short);
        if payload {
            body.extend(tlv::MESSAGE_PAYLOAD.to_be_bytes());
            body.extend(u16::try_from(message.len()).unwrap_or(0).to_be_bytes());
            body.extend(message);
        }
        Pdu { command: command::SUBMIT_SM, status: 0, sequence: 0, body }
    }
}

fn encode(alphabet: Alphabet, text: &str) -> Vec<u8> {
    match alphabet {
        Alphabet::Latin => text.bytes().collect(),
        Alphabet::Ucs2 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    }
}

/// 7.1.1: a time relative to now, `YYMMDDhhmmss000R`.
fn validity(seconds: i64) -> String {
    let seconds = seconds.clamp(60, 7 * 24 * 3_600);
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    format!("0000{days:02}{:02}{:02}{:02}000R", rest / 3_600, rest % 3_600 / 60, rest % 60)
}

/// Reads what a PDU says, from the left; every step may find that nothing is left.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (these, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(these)
    }

    fn c_string(&mut self) -> Option<String> {
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let text = self.bytes(end)?;
        self.byte()?;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    fn number(&mut self) -> Option<u16> {
        self.bytes(2)?.try_into().ok().map(u16::from_be_bytes)
    }
}

/// 4.4.2: the id that the centre gave.
pub fn message_id(body: &[u8]) -> Option<String> {
    Reader(body).c_string().filter(|id| !id.is_empty())
}

/// What a receipt says of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The id that the centre gave.
    pub id: String,
    /// Where the message stands.
    pub state: ReceiptState,
}

/// Where a message stands at the centre (5.2.28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptState {
    /// It arrived.
    Delivered,
    /// It never will.
    Failed,
    /// On its way.
    Under,
}

/// A `deliver_sm` that is a receipt; none for what a phone sends.
pub fn receipt(body: &[u8]) -> Option<Receipt> {
    let mut r = Reader(body);
    r.c_string()?;
    for _from_and_to in 0..2 {
        r.bytes(2)?;
        r.c_string()?;
    }
    let esm_class = r.byte()?;
    // 5.2.12: bits 5 to 2 tell the kind; 0001 is a receipt.
    if esm_class & 0x3c != 0x04 {
        return None;
    }
    r.bytes(2)?;
    r.c_string()?;
    r.c_string()?;
    r.bytes(4)?;
    let length = usize::from(r.byte()?);
    let text = String::from_utf8_lossy(r.bytes(length)?).into_owned();
    let (mut id, mut state) = (None, None);
    while let (Some(tag), Some(length)) = (r.number(), r.number()) {
        let value = r.bytes(usize::from(length))?;
        match tag {
            tlv::RECEIPTED_MESSAGE_ID => {
                id = Some(String::from_utf8_lossy(value).trim_end_matches('\0').to_owned());
            }
            tlv::MESSAGE_STATE => state = value.first().copied().map(of_number),
            _ => {}
        }
    }
    // Appendix B: centres that send no parameters write it into the text.
    let id = id.or_else(|| after(&text, "id:"))?;
    let state = state.or_else(|| after(&text, "stat:").map(|word| of_word(&word)))?;
    Some(Receipt { id, state })
}

fn after(text: &str, name: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let at = lower.find(name)?;
    let rest = text.get(at + name.len()..)?;
    rest.split_whitespace().next().map(str::to_owned)
}

fn of_number(number: u8) -> ReceiptState {
    match number {
        2 => ReceiptState::Delivered,
        3 | 4 | 5 | 8 => ReceiptState::Failed,
        _ => ReceiptState::Under,
    }
}

fn of_word(word: &str) -> ReceiptState {
    match word.to_ascii_uppercase().as_str() {
        "DELIVRD" => ReceiptState::Delivered,
        "EXPIRED" | "DELETED" | "UNDELIV" | "REJECTD" => ReceiptState::Failed,
        _ => ReceiptState::Under,
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn times_are_relative() {
        assert_eq!(validity(600), "000000001000000R");
        assert_eq!(validity(3 * 86_400), "000003000000000R");
        assert_eq!(validity(90_061), "000001010101000R");
        assert_eq!(validity(-5), "000000000100000R");
    }

    #[test]
    fn noise_is_no_receipt() {
        let mut body = vec![0, 1, 1, b'9', 0, 1, 1, b'8', 0, 4, 0, 0, 0, 0, 0, 0, 0, 0];
        let text = b"id:77 sub:001 stat:DELIVRD err:000 text:";
        body.push(text.len() as u8);
        body.extend(text);
        assert_eq!(receipt(&body), Some(Receipt { id: "77".into(), state: ReceiptState::Delivered }));
        for cut in 0..body.len() {
            assert_eq!(receipt(&body[..cut]), None, "{cut}");
        }
        body[9] = 0;
        assert_eq!(receipt(&body), None, "what a phone sends");
        assert_eq!(Pdu::head(&[0; HEADER]), None);
        assert_eq!(Pdu::head(&[0xff; HEADER]), None);
        let pdu = bind_transceiver("u", "p", 7);
        let bytes = pdu.bytes();
        let header: &[u8; HEADER] = bytes[..HEADER].try_into().expect("a header");
        assert_eq!(Pdu::head(header), Some((pdu.body.len(), Pdu { body: Vec::new(), ..pdu })));
    }
}
