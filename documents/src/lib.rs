//! The papers of the window (محررات الشباك): signed QR codes, and Typst templates made into
//! PDF/A in-process.
//!
//! ```text
//! claims ──sign──> COSE_Sign1 ──paper_link──> text of the QR ──> Qr ──┐
//! typed inputs of a document ─────────────────────────────────────────┴─pdf──> PDF/A-3b
//! ```
//!
//! The formats are for others to implement too: `docs/paper-qr.md`, `docs/request-slip-qr.md`
//! and the vectors beside them.

mod code128;
pub mod papers;
pub mod qr;
mod render;
pub mod sign;

pub use code128::code128;
pub use render::{Document, Fonts, Options, PdfError, pdf, pdf_with};
