//! QR codes (رمز الاستجابة السريعة): one way to make them for pages and for paper.
//!
//! Text is cut into numeric, alphanumeric and byte segments as is shortest, so an upper-case
//! link with digits behind `#` stays small. Level Q where that needs at most version 14,
//! otherwise M. Modules are never scaled by fractions.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode, Version};

/// Largest version that is printed at level Q.
const Q_UP_TO: i16 = 14;
/// White modules around the code, as the standard asks.
const QUIET: usize = 4;
/// Smallest side of a module on paper, in millimetres.
pub const MIN_MODULE_MM: f64 = 0.4;

/// The text is too long for any QR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct QrError;

/// The modules of one QR (وحدات الرمز), without its white margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    width: usize,
    dark: Vec<bool>,
    version: i16,
    level: Level,
}

/// Level of error correction (مستوى تصحيح الخطأ).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 15 % may be unreadable.
    M,
    /// 25 % may be unreadable.
    Q,
}

impl Qr {
    /// Makes the QR of a text.
    pub fn new(text: &str) -> Result<Self, QrError> {
        let (code, level) = match QrCode::with_error_correction_level(text, EcLevel::Q) {
            Ok(code) if number(code.version()) <= Q_UP_TO => (code, Level::Q),
            _ => {
                let code = QrCode::with_error_correction_level(text, EcLevel::M);
                (code.map_err(|_| QrError)?, Level::M)
            }
        };
        Ok(Self {
            width: code.width(),
            version: number(code.version()),
            level,
            dark: code.into_colors().into_iter().map(|color| color == Color::Dark).collect(),
        })
    }

    /// Modules on a side, without the margin.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Modules on a side, margin included.
    pub fn outer_width(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// Version 1 to 40.
    pub fn version(&self) -> i16 {
        self.version
    }

    /// Level of error correction.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Whether a module is dark; everything outside is white.
    pub fn dark(&self, x: usize, y: usize) -> bool {
        x < self.width && self.dark.get(y * self.width + x).copied().unwrap_or(false)
    }

    /// One SVG path, a module being one unit and the margin included: horizontal runs are one
    /// rectangle each.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.width {
            let mut x = 0;
            while x < self.width {
                let run = (x..self.width).take_while(|at| self.dark(*at, y)).count();
                if run > 0 {
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
                }
                x += run.max(1);
            }
        }
        path
    }

    /// An SVG image for pages: `scale` whole pixels a module, black on white, with a text for
    /// those who cannot see it.
    pub fn svg(&self, scale: u32, label: &str) -> String {
        let outer = self.outer_width();
        let size = outer * usize::try_from(scale.max(1)).unwrap_or(1);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" \
             viewBox=\"0 0 {outer} {outer}\" role=\"img\" aria-label=\"{}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{outer}v{outer}H0z\"/>\
             <path d=\"{}\"/></svg>",
            escape(label),
            self.path(),
        )
    }

    /// Side of one module in millimetres for a code that should be about `target_mm` wide with
    /// its margin: a whole number of dots of a printer with `dpi`, never below
    /// [`MIN_MODULE_MM`].
    pub fn module_mm(&self, target_mm: f64, dpi: f64) -> f64 {
        let dot = 25.4 / dpi;
        let outer = f64::from(u32::try_from(self.outer_width()).unwrap_or(u32::MAX));
        let fewest = (MIN_MODULE_MM / dot - 1e-9).ceil();
        (target_mm / outer / dot).floor().max(fewest) * dot
    }
}

fn number(version: Version) -> i16 {
    match version {
        Version::Normal(number) | Version::Micro(number) => number,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::{Token, paper_link, slip_link};

    fn link(bytes: usize) -> String {
        let signed: Vec<u8> = (0..bytes).map(|at| (at * 151 + 37) as u8).collect();
        paper_link("https://shubbak.cairo.gov.eg", Token([7; 10]), &signed)
    }

    #[test]
    fn slips_are_small_and_papers_hold_level_q_up_to_version_14() {
        let slip = Qr::new(&slip_link("https://shubbak.cairo.gov.eg", Token([7; 10]))).unwrap();
        assert_eq!((slip.version(), slip.level()), (3, Level::Q));
        let short = Qr::new(&link(210)).unwrap();
        assert_eq!((short.version(), short.level()), (14, Level::Q));
        let longest = Qr::new(&link(300)).unwrap();
        assert_eq!(longest.level(), Level::M);
        assert!(longest.version() <= 15, "version {}", longest.version());
    }

    #[test]
    fn modules_are_whole_dots_and_never_too_small() {
        let qr = Qr::new(&link(300)).unwrap();
        for dpi in [203.2, 300.0, 600.0] {
            for target in [10.0, 34.0, 50.0, 70.0] {
                let dots = qr.module_mm(target, dpi) / 25.4 * dpi;
                assert!((dots - dots.round()).abs() < 1e-6, "{dots} dots");
                assert!(qr.module_mm(target, dpi) >= MIN_MODULE_MM);
            }
        }
    }

    #[test]
    fn the_path_draws_exactly_the_dark_modules() {
        let qr = Qr::new("HTTPS://X.EG/T/AAAA").unwrap();
        let area: usize = qr
            .path()
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|rest| rest.split('v').next().unwrap().parse::<usize>().unwrap())
            .sum();
        let dark = (0..qr.width()).flat_map(|y| (0..qr.width()).map(move |x| (x, y)));
        assert_eq!(area, dark.filter(|(x, y)| qr.dark(*x, *y)).count());
    }

    #[test]
    fn labels_cannot_break_out() {
        assert!(Qr::new("X").unwrap().svg(4, "\"><script>").contains("&quot;&gt;&lt;script&gt;"));
    }

    #[test]
    fn too_long_is_an_error() {
        assert_eq!(Qr::new(&"x".repeat(4000)), Err(QrError));
    }
}
