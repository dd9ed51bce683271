//! The data file that a template reads: the document as JSON, its texts printable, with the
//! QR and bar code as paths.

use serde_json::{Value, json};

use super::{Document, Fonts, Options, PdfError, clean::clean_all};
use crate::{code128, papers::grouped, qr::Qr, sign::Link};

/// Data of one document.
pub(super) struct Data {
    pub(super) json: Vec<u8>,
    /// The signed bytes, attached to the PDF as they are.
    pub(super) signed: Vec<u8>,
}

const BARCODE_HEIGHT: u32 = 22;

/// Width of the QR with its margin and dots per inch of the printer it is fitted to.
fn qr_size(document: &Document) -> (f64, f64) {
    match document {
        Document::Slip80(_) | Document::Ticket80(_) => (30.0, 203.2),
        Document::SlipA5(_) | Document::PrintOut(_) | Document::Booklet(_) => (27.0, 300.0),
        Document::Receipt(_) => (36.0, 300.0),
        Document::Receipt80(_) => (44.0, 203.2),
        Document::BuildingPermit(_) | Document::ShopLicence(_) | Document::Certificate(_) => (38.0, 300.0),
    }
}

pub(super) fn prepare(document: &Document, options: &Options, fonts: &Fonts) -> Result<Data, PdfError> {
    let fault =
        |error: serde_json::Error| PdfError::Template { template: document.template(), message: error.to_string() };
    let mut value = serde_json::to_value(document).map_err(fault)?;
    let mut paper = value.get_mut("paper").map(Value::take).unwrap_or_default();
    clean_all(&mut paper, fonts);
    let qr = match document.link() {
        "" => Value::Null,
        link => {
            let qr = Qr::new(link)?;
            let (target, dpi) = qr_size(document);
            json!({
                "path": qr.path(),
                "outer": qr.outer_width(),
                "module_mm": qr.module_mm(target, dpi),
            })
        }
    };
    let digits: String = document.number().chars().filter(|letter| !letter.is_whitespace()).collect();
    let barcode = code128(&digits, BARCODE_HEIGHT)
        .map(|(path, modules)| json!({ "path": path, "modules": modules, "height": BARCODE_HEIGHT }));
    group_numbers(&mut paper);
    let signed = match document.link().parse() {
        Ok(Link::Paper { signed: Some(signed), .. }) => signed,
        _ => Vec::new(),
    };
    let data = json!({
        "paper": paper,
        "qr": qr,
        "barcode": barcode,
        "signed": !signed.is_empty(),
        "demo": options.demo,
        "copy": options.copy,
    });
    Ok(Data { json: serde_json::to_vec(&data).map_err(fault)?, signed })
}

/// Groups the digits of numbers, wherever the inputs hold one.
fn group_numbers(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(group_numbers),
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if key == "number" || key == "request" => {
                        *text = grouped(text);
                    }
                    other => group_numbers(other),
                }
            }
        }
        _ => {}
    }
}
