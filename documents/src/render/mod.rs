//! From typed inputs to PDF/A-3b: picks the template, prepares the data, compiles and exports.

mod clean;
mod data;
mod fonts;
mod marks;
mod world;

use serde::Serialize;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use fonts::Fonts;
use world::World;

use crate::{
    papers::{Booklet, Paper, PrintOut, Receipt, Slip, Ticket},
    qr::QrError,
};

/// Anything that can be printed (مطبوع).
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "template", content = "paper", rename_all = "snake_case")]
pub enum Document {
    /// إيصال استلام الطلب على بكرة 80 مم
    Slip80(Slip),
    /// إيصال استلام الطلب على ورق A5
    SlipA5(Slip),
    /// مستخرج الطلب
    PrintOut(PrintOut),
    /// رخصة أعمال بناء
    BuildingPermit(Paper),
    /// رخصة محل
    ShopLicence(Paper),
    /// شهادة أو موافقة
    Certificate(Paper),
    /// إيصال سداد على ورق A5
    Receipt(Receipt),
    /// إيصال سداد على بكرة 80 مم
    Receipt80(Receipt),
    /// تذكرة الدور على بكرة 80 مم
    Ticket80(Ticket),
    /// كتيب دليل الخدمات
    Booklet(Booklet),
}

impl Document {
    /// One sample of each, for tests and previews.
    pub fn samples() -> [(&'static str, Self); 10] {
        [
            ("slip80", Self::Slip80(Slip::sample())),
            ("slip_a5", Self::SlipA5(Slip::sample())),
            ("print_out", Self::PrintOut(PrintOut::sample())),
            ("building_permit", Self::BuildingPermit(Paper::sample_permit())),
            ("shop_licence", Self::ShopLicence(Paper::sample_shop())),
            ("certificate", Self::Certificate(Paper::sample_certificate())),
            ("receipt", Self::Receipt(Receipt::sample())),
            ("receipt80", Self::Receipt80(Receipt::sample())),
            ("ticket80", Self::Ticket80(Ticket::sample())),
            ("booklet", Self::Booklet(Booklet::sample())),
        ]
    }

    fn template(&self) -> &'static str {
        match self {
            Self::Slip80(_) => "slip80.typ",
            Self::SlipA5(_) => "slip_a5.typ",
            Self::PrintOut(_) => "print_out.typ",
            Self::BuildingPermit(_) => "building_permit.typ",
            Self::ShopLicence(_) => "shop_licence.typ",
            Self::Certificate(_) => "certificate.typ",
            Self::Receipt(_) => "receipt.typ",
            Self::Receipt80(_) => "receipt80.typ",
            Self::Ticket80(_) => "ticket80.typ",
            Self::Booklet(_) => "booklet.typ",
        }
    }

    fn number(&self) -> &str {
        match self {
            Self::Slip80(slip) | Self::SlipA5(slip) => &slip.number,
            Self::PrintOut(out) => &out.number,
            Self::BuildingPermit(paper) | Self::ShopLicence(paper) | Self::Certificate(paper) => &paper.number,
            Self::Receipt(receipt) | Self::Receipt80(receipt) => &receipt.number,
            Self::Ticket80(ticket) => &ticket.ticket,
            Self::Booklet(booklet) => &booklet.edition,
        }
    }

    fn link(&self) -> &str {
        match self {
            Self::Slip80(slip) | Self::SlipA5(slip) => &slip.link,
            Self::PrintOut(out) => &out.link,
            Self::BuildingPermit(paper) | Self::ShopLicence(paper) | Self::Certificate(paper) => &paper.link,
            Self::Receipt(receipt) | Self::Receipt80(receipt) => &receipt.link,
            Self::Ticket80(ticket) => &ticket.link,
            Self::Booklet(booklet) => &booklet.link,
        }
    }
}

/// How it is printed (خيارات الطباعة).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Time of making, in seconds since 1970, for the file's properties. The same input and
    /// the same time give the same bytes.
    pub now: i64,
    /// Marks every page as belonging to a demonstration.
    pub demo: bool,
    /// Marks the paper as a copy (نسخة) of one that was already handed out.
    pub copy: bool,
}

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A font family that the templates need is not there.
    #[error("the font «{0}» is missing")]
    MissingFont(&'static str),
    /// The link does not fit a QR.
    #[error("the QR of the paper cannot be made")]
    Qr(#[from] QrError),
    /// `now` is no time that a PDF can state.
    #[error("{0} is no time that a document can carry")]
    Time(i64),
    /// A template could not be compiled or exported: a fault of the program.
    #[error("template {template}: {message}")]
    Template {
        /// The template's file.
        template: &'static str,
        /// What Typst says.
        message: String,
    },
}

/// Makes the PDF of a document. Takes milliseconds of processor time: call it where blocking
/// is allowed.
pub fn pdf(document: &Document, options: &Options) -> Result<Vec<u8>, PdfError> {
    pdf_with(document, options, Fonts::embedded())
}

/// [`pdf`] with fonts of one's own, to see what happens when one is missing.
pub fn pdf_with(document: &Document, options: &Options, fonts: &'static Fonts) -> Result<Vec<u8>, PdfError> {
    fonts.check()?;
    let template = document.template();
    let made = datetime(options.now).ok_or(PdfError::Time(options.now))?;
    let data = data::prepare(document, options, fonts)?;
    let result = compile(World::new(template, data, fonts), template, document.number(), made);
    // Typst remembers every intermediate result until told otherwise, and every paper is
    // different. The memory is shared: what another thread is using meanwhile is made again.
    comemo::evict(0);
    result
}

fn compile(
    world: Result<World, String>,
    template: &'static str,
    number: &str,
    made: Datetime,
) -> Result<Vec<u8>, PdfError> {
    let fault = |message: String| PdfError::Template { template, message };
    let world = world.map_err(fault)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    if let Some(warning) = compiled.warnings.first() {
        return Err(fault(world.explain(warning)));
    }
    let document = compiled.output.map_err(|errors| fault(world.explain_all(&errors)))?;
    let document = marks::draw_marks(document);
    let standards = PdfStandards::new(&[PdfStandard::A_3b]).map_err(|error| fault(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{template} {number}")),
        creator: Smart::Custom(Some("Shubbak".into())),
        timestamp: Some(Timestamp::new_utc(made)),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| fault(world.explain_all(&errors)))
}

/// Civil time from seconds since 1970 (days to date after Howard Hinnant's `civil_from_days`).
fn datetime(seconds: i64) -> Option<Datetime> {
    let days = seconds.div_euclid(86_400).checked_add(719_468)?;
    let second = seconds.rem_euclid(86_400);
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Datetime::from_ymd_hms(
        i32::try_from(year).ok().filter(|year| (1970..=9999).contains(year))?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
        u8::try_from(second / 3_600).ok()?,
        u8::try_from(second / 60 % 60).ok()?,
        u8::try_from(second % 60).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_civil() {
        let at = |seconds| datetime(seconds).map(|at| (at.year(), at.month(), at.day(), at.hour()));
        assert_eq!(at(0), Some((Some(1970), Some(1), Some(1), Some(0))));
        assert_eq!(at(951_782_400 + 3_600), Some((Some(2000), Some(2), Some(29), Some(1))));
        assert_eq!(at(1_795_305_600), Some((Some(2026), Some(11), Some(22), Some(0))));
        assert_eq!(at(-1), None);
        assert_eq!(at(i64::MAX), None);
    }
}
