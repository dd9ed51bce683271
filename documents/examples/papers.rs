//! Writes the sample of every paper into a folder, to look at them, and measures how fast
//! licences are made and QRs verified: `cargo run -p documents --example papers -- FOLDER`.

use std::{env, error::Error, fs, path::PathBuf, time::Instant};

use documents::{
    Document, Options,
    papers::Paper,
    pdf,
    sign::{Key, KeyList, Link, Verdict, verify},
};
use ed25519_dalek::SigningKey;

const NOW: i64 = 1_795_305_600;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).map_or_else(env::temp_dir, PathBuf::from);
    fs::create_dir_all(&folder)?;
    for (name, document) in Document::samples() {
        for (suffix, demo, copy) in [("", false, false), ("_demo_copy", true, true)] {
            let bytes = pdf(&document, &Options { now: NOW, demo, copy })?;
            let path = folder.join(format!("{name}{suffix}.pdf"));
            fs::write(&path, &bytes)?;
            println!("{:7} bytes  {}", bytes.len(), path.display());
        }
    }
    measure()
}

fn measure() -> Result<(), Box<dyn Error>> {
    let options = Options { now: NOW, ..Options::default() };
    let mut paper = Paper::sample_shop();
    let start = Instant::now();
    let mut made = 0u32;
    while start.elapsed().as_secs() < 3 {
        // No two licences are alike: nothing may come out of Typst's memory.
        paper.number = format!("2013072600{made:05}");
        paper.holder = format!("صاحب الرخصة رقم {made}");
        pdf(&Document::ShopLicence(paper.clone()), &options)?;
        made += 1;
    }
    println!("{:.0} shop licences a second", f64::from(made) / start.elapsed().as_secs_f64());

    let public = SigningKey::from_bytes(&[1; 32]).verifying_key();
    let key = Key { public, governorate: "01".into(), from: 0, to: None };
    let keys = KeyList { issued: NOW, expires: None, keys: vec![key] };
    let start = Instant::now();
    let mut verified = 0u32;
    while start.elapsed().as_secs() < 2 {
        let Link::Paper { signed: Some(signed), .. } = paper.link.parse()? else { return Ok(()) };
        if !matches!(verify(&signed, &keys, NOW), Verdict::Valid(_)) {
            return Err("the sample does not verify".into());
        }
        verified += 1;
    }
    println!("{:.0} QR verifications a second", f64::from(verified) / start.elapsed().as_secs_f64());
    Ok(())
}
