//! How fast licences are made and their QRs verified, on one core, without a server.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use documents::papers::Paper;
use documents::sign::{Key, KeyList, Link, Verdict, verify};
use documents::{Document, Options, pdf};
use ed25519_dalek::SigningKey;

/// The day of the samples.
const NOW: i64 = 1_795_305_600;
/// How long each is measured.
const LONG: Duration = Duration::from_secs(4);

/// Licence PDFs in a second; no two are alike.
pub fn licences_a_second() -> Result<f64> {
    let options = Options { now: NOW, ..Options::default() };
    let mut paper = Paper::sample_shop();
    // Fonts are read once in a process.
    pdf(&Document::ShopLicence(paper.clone()), &options)?;
    let (start, mut made) = (Instant::now(), 0_u32);
    while start.elapsed() < LONG {
        paper.number = format!("2013072600{made:05}");
        paper.holder = format!("صاحب الرخصة رقم {made}");
        pdf(&Document::ShopLicence(paper.clone()), &options)?;
        made += 1;
    }
    Ok(f64::from(made) / start.elapsed().as_secs_f64())
}

/// QR verifications in a second: text of the QR → signature → verdict.
pub fn verifications_a_second() -> Result<f64> {
    let public = SigningKey::from_bytes(&[1; 32]).verifying_key();
    let key = Key { public, governorate: "01".into(), from: 0, to: None };
    let keys = KeyList { issued: NOW, expires: None, keys: vec![key] };
    let paper = Paper::sample_shop();
    let (start, mut verified) = (Instant::now(), 0_u32);
    while start.elapsed() < LONG {
        let Link::Paper { signed: Some(signed), .. } = paper.link.parse()? else { bail!("the sample is not signed") };
        if !matches!(verify(&signed, &keys, NOW), Verdict::Valid(_)) {
            bail!("the sample does not verify");
        }
        verified += 1;
    }
    Ok(f64::from(verified) / start.elapsed().as_secs_f64())
}
