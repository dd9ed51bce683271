//! Whether a PDF is only a document. It is not rewritten, because scanners sign some of them; so it
//! must carry nothing that runs and no other file. Names are compared after undoing `#41` spellings,
//! and compressed object streams are opened, where such names can hide.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// Most bytes that all object streams together may unpack to.
const MOST_UNPACKED: u64 = 64 << 20;

/// Why a PDF is refused (سبب رفض ملف PDF).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfFault {
    /// No version in the head, or no end.
    #[error("it is damaged")]
    Damaged,
    /// Needs a password, so that nobody can look into it.
    #[error("it is locked with a password")]
    Locked,
    /// Carries a program.
    #[error("it carries a program")]
    Program,
    /// Carries other files.
    #[error("it carries other files")]
    Files,
    /// Unpacks to too much.
    #[error("it unpacks to too much")]
    Bomb,
}

impl PdfFault {
    /// Key of the message.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Damaged => "upload-damaged",
            Self::Locked => "upload-pdf-locked",
            Self::Program => "upload-pdf-program",
            Self::Files => "upload-pdf-files",
            Self::Bomb => "upload-pdf-bomb",
        }
    }
}

/// Names that no document needs, with what each one means.
const REFUSED: &[(&[u8], PdfFault)] = &[
    (b"/JavaScript", PdfFault::Program),
    (b"/JS", PdfFault::Program),
    (b"/Launch", PdfFault::Program),
    (b"/RichMedia", PdfFault::Program),
    (b"/XFA", PdfFault::Program),
    (b"/EmbeddedFile", PdfFault::Files),
    (b"/EmbeddedFiles", PdfFault::Files),
    (b"/Encrypt", PdfFault::Locked),
];

/// Checks a PDF that begins with `%PDF-`.
pub(super) fn check(bytes: &[u8]) -> Result<(), PdfFault> {
    let version = bytes.get(5..8).is_some_and(|v| matches!(v, [b'1' | b'2', b'.', b'0'..=b'9']));
    let tail = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or(bytes);
    if !version || find(tail, b"%%EOF").is_none() || find(bytes, b"obj").is_none() {
        return Err(PdfFault::Damaged);
    }
    let mut left = MOST_UNPACKED;
    let mut rest = bytes;
    // Between streams stands what a reader parses; in streams only object streams are parsed.
    while let Some(start) = find(rest, b"stream") {
        let (outside, from) = rest.split_at(start);
        names(outside)?;
        let body = from.get(6..).unwrap_or_default();
        let end = find(body, b"endstream").unwrap_or(body.len());
        let (packed, after) = body.split_at(end);
        if object_stream(outside) {
            names(&unpack(packed, &mut left)?)?;
        }
        rest = after.get(9..).unwrap_or_default();
    }
    names(rest)
}

/// Whether the dictionary just before a stream says that it holds objects.
fn object_stream(before: &[u8]) -> bool {
    let start = rfind(before, b"obj").unwrap_or(0);
    let dictionary = before.get(start..).unwrap_or_default();
    tokens(dictionary).any(|name| name == b"/ObjStm")
}

fn unpack(packed: &[u8], left: &mut u64) -> Result<Vec<u8>, PdfFault> {
    let start = packed.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    let packed = packed.get(start..).unwrap_or_default();
    let mut plain = Vec::new();
    let read = ZlibDecoder::new(packed).take(*left + 1).read_to_end(&mut plain);
    // A stream that is not deflated, or damaged: what came out is looked at, and so is the rest.
    if read.is_err() {
        plain.extend_from_slice(packed);
    }
    *left = left.checked_sub(plain.len() as u64).ok_or(PdfFault::Bomb)?;
    Ok(plain)
}

fn names(bytes: &[u8]) -> Result<(), PdfFault> {
    for name in tokens(bytes) {
        if let Some((_, fault)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
            return Err(*fault);
        }
    }
    Ok(())
}

/// The names (`/Word`) in a text, their `#41` spellings undone.
fn tokens(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    starts.map(|(at, _)| {
        let word = bytes.get(at + 1..).unwrap_or_default();
        let mut name = vec![b'/'];
        let mut letters = word.iter().copied();
        while let Some(letter) = letters.next() {
            // No name that we look for is longer.
            if name.len() > 32 || letter <= b' ' || b"/<>[](){}%".contains(&letter) {
                break;
            }
            let mut ahead = letters.clone();
            let digits = (ahead.next().and_then(digit), ahead.next().and_then(digit));
            if letter == b'#'
                && let (Some(high), Some(low)) = digits
            {
                name.push(high << 4 | low);
                letters = ahead;
            } else {
                name.push(letter);
            }
        }
        name
    })
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn pdf(inside: &str) -> Vec<u8> {
        format!("%PDF-1.7\n1 0 obj\n<< /Type /Catalog {inside} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
            .into_bytes()
    }

    fn packed(objects: &str, kind: &str) -> Vec<u8> {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        zlib.write_all(objects.as_bytes()).expect("packs");
        let body = zlib.finish().expect("packs");
        let mut bytes = format!("%PDF-1.5\n2 0 obj\n<< /Type /{kind} /Filter /FlateDecode >>\nstream\r\n").into_bytes();
        bytes.extend(body);
        bytes.extend(b"\nendstream\nendobj\n%%EOF");
        bytes
    }

    #[test]
    fn a_plain_document_passes() {
        assert_eq!(check(&pdf("/Pages 2 0 R")), Ok(()));
        // A word in running text, or a picture whose bytes look like a name, is no name.
        assert_eq!(check(&pdf("/Title (JavaScript and Launch)")), Ok(()));
        assert_eq!(check(&packed("/JavaScript", "XObject")), Ok(()));
        assert_eq!(check(&packed("<< /Type /Page >>", "ObjStm")), Ok(()));
    }

    #[test]
    fn what_runs_or_carries_files_is_refused() {
        for (inside, fault) in [
            ("/OpenAction << /S /JavaScript /JS (x) >>", PdfFault::Program),
            ("/A << /S /Launch >>", PdfFault::Program),
            ("/S /Java#53cript", PdfFault::Program),
            ("/#4a#53 1 0 R", PdfFault::Program),
            ("/Names << /EmbeddedFiles 3 0 R >>", PdfFault::Files),
            ("/EF << /F 4 0 R >> /Type/EmbeddedFile", PdfFault::Files),
            ("/Encrypt 5 0 R", PdfFault::Locked),
        ] {
            assert_eq!(check(&pdf(inside)), Err(fault), "{inside}");
        }
        assert_eq!(check(&packed("<< /S /JavaScript >>", "ObjStm")), Err(PdfFault::Program));
        assert_eq!(check(&packed("<< /S /Launch >>", "Obj#53tm")), Err(PdfFault::Program));
    }

    #[test]
    fn damage_and_bombs_are_refused() {
        assert_eq!(check(b"%PDF-1.7 nothing"), Err(PdfFault::Damaged));
        assert_eq!(check(b"%PDF-x.7 1 0 obj %%EOF"), Err(PdfFault::Damaged));
        let zeros = "0".repeat(usize::try_from(MOST_UNPACKED).expect("fits") + 10);
        assert_eq!(check(&packed(&zeros, "ObjStm")), Err(PdfFault::Bomb));
    }
}
