//! What a file is and whether it is taken, by its content alone. Pure, and heavy: call it on a
//! thread that may block.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::{UploadError, pdf};

/// Most bytes of a file.
pub const MOST_BYTES: usize = 20_000_000;
/// Most pixels of an image.
pub const MOST_PIXELS: u64 = 40_000_000;
/// Most bytes that a decoder may take: 40 million pixels of 8-bit RGBA, and some room.
const MOST_MEMORY: u64 = 256 << 20;
const QUALITY: u8 = 85;

/// نوع الملف
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Media {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// PDF.
    Pdf,
}

impl Media {
    /// The media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }

    /// The ending of a file name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// The kind with this media type.
    #[must_use]
    pub fn of_mime(mime: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Pdf].into_iter().find(|media| media.mime() == mime)
    }
}

/// A file that is taken, as it will be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What it is now (a WebP becomes a JPEG, or a PNG if parts of it are transparent).
    pub media: Media,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Judges a file and writes images anew.
///
/// # Errors
/// [`UploadError`] with the reason that a page says.
pub fn judge(bytes: Vec<u8>) -> Result<Accepted, UploadError> {
    if bytes.is_empty() {
        return Err(UploadError::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(UploadError::TooLarge);
    }
    let format = match bytes.as_slice() {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => ImageFormat::Png,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ImageFormat::WebP,
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            pdf::check(&bytes)?;
            return Ok(Accepted { media: Media::Pdf, bytes });
        }
        _ => return Err(UploadError::Kind),
    };
    again(&bytes, format)
}

fn again(bytes: &[u8], format: ImageFormat) -> Result<Accepted, UploadError> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    // Before anything is decoded: a bomb is small until then.
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(UploadError::TooManyPixels);
    }
    let turned = decoder.orientation().map_err(refused)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    // The mark that says how the camera was held goes with all other marks.
    image.apply_orientation(turned);
    let lossless = match format {
        ImageFormat::Jpeg => false,
        ImageFormat::Png => true,
        _ => image.color().has_alpha(),
    };
    write(&image, lossless)
}

fn write(image: &DynamicImage, lossless: bool) -> Result<Accepted, UploadError> {
    let mut bytes = Vec::new();
    if lossless {
        let png = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
        image.write_with_encoder(png).map_err(refused)?;
        // Photographs saved as PNG can grow beyond the limit: JPEG then.
        if bytes.len() <= MOST_BYTES {
            return Ok(Accepted { media: Media::Png, bytes });
        }
        bytes.clear();
    }
    let rgb = DynamicImage::ImageRgb8(image.to_rgb8());
    rgb.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).map_err(refused)?;
    Ok(Accepted { media: Media::Jpeg, bytes })
}

fn refused(error: ImageError) -> UploadError {
    match error {
        ImageError::Limits(_) => UploadError::TooManyPixels,
        _ => UploadError::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use image::{GenericImageView as _, RgbImage, RgbaImage};

    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let image = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 7]));
        let mut bytes = Vec::new();
        image.write_with_encoder(JpegEncoder::new(&mut bytes)).expect("is written");
        bytes
    }

    fn png(image: &DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        image.write_with_encoder(PngEncoder::new(&mut bytes)).expect("is written");
        bytes
    }

    #[test]
    fn an_image_is_written_anew_and_loses_what_hides_in_it() {
        let mut hiding = jpeg(40, 30);
        hiding.extend_from_slice(b"<?php system($_GET['c']); ?>");
        // A comment segment right after the start marker.
        hiding.splice(2..2, [0xFF, 0xFE, 0, 10, b'G', b'P', b'S', b' ', b'h', b'o', b'm', b'e']);
        let taken = judge(hiding).expect("is taken");
        assert_eq!(taken.media, Media::Jpeg);
        let holds = |needle: &[u8]| taken.bytes.windows(needle.len()).any(|w| w == needle);
        assert!(!holds(b"php") && !holds(b"GPS home"));
        assert_eq!(image::load_from_memory(&taken.bytes).expect("decodes").dimensions(), (40, 30));
    }

    #[test]
    fn transparency_is_kept_and_names_do_not_count() {
        let image = DynamicImage::ImageRgba8(RgbaImage::from_pixel(3, 2, image::Rgba([1, 2, 3, 0])));
        assert_eq!(judge(png(&image)).expect("is taken").media, Media::Png);
        let mut webp = Vec::new();
        image.write_with_encoder(image::codecs::webp::WebPEncoder::new_lossless(&mut webp)).expect("is written");
        assert_eq!(judge(webp).expect("is taken").media, Media::Png);
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        assert!(matches!(judge(Vec::new()), Err(UploadError::Empty)));
        assert!(matches!(judge(vec![0; MOST_BYTES + 1]), Err(UploadError::TooLarge)));
        for other in [b"GIF89a......".as_slice(), b"<svg onload=alert(1)>", b"MZ\x90\0", b"PK\x03\x04", b"II*\0"] {
            assert!(matches!(judge(other.to_vec()), Err(UploadError::Kind)));
        }
        let whole = png(&DynamicImage::new_rgb8(50, 50));
        let cut = whole.get(..whole.len() / 2).expect("half").to_vec();
        assert!(matches!(judge(cut), Err(UploadError::Damaged)));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        // A PNG's size stands in bytes 16..24; its checksum is not looked at before the size.
        let mut bomb = png(&DynamicImage::new_luma8(1, 1));
        let mut header = b"IHDR".to_vec();
        header.extend(50_000u32.to_be_bytes());
        header.extend(50_000u32.to_be_bytes());
        header.extend(bomb.get(24..29).expect("the rest of the header"));
        let sum = crc(&header);
        bomb.splice(12..29, header);
        bomb.splice(29..33, sum.to_be_bytes());
        assert!(matches!(judge(bomb), Err(UploadError::TooManyPixels)));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |s, _| if s & 1 == 1 { (s >> 1) ^ 0xEDB8_8320 } else { s >> 1 })
        })
    }
}
