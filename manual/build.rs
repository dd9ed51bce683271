//! Turns the chapters into pages while the program is built: a fault in one of them stops the build.

#[path = "render/book.rs"]
mod book;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    println!("cargo::rerun-if-changed={}", folder.join("src").display());
    println!("cargo::rerun-if-changed={}", folder.join("render/book.rs").display());
    let out = env::var("OUT_DIR")?;
    match book::read(&folder.join("src")) {
        Ok(book) => fs::write(Path::new(&out).join("book.rs"), text(&book)?)?,
        Err(faults) => faults.iter().for_each(|fault| println!("cargo::error={fault}")),
    }
    Ok(())
}

/// The book as Rust text.
fn text(book: &book::Book) -> Result<String, std::fmt::Error> {
    let mut out = String::from("static PARTS: &[Part] = &[\n");
    for part in &book.parts {
        writeln!(out, "Part {{ title: {:?}, chapters: &[", part.title)?;
        for c in &part.chapters {
            writeln!(
                out,
                "Chapter {{ slug: {:?}, title: {:?}, lead: {:?}, html: {:?},",
                c.slug, c.title, c.lead, c.html
            )?;
            out.push_str("sections: &[");
            for s in &c.sections {
                writeln!(
                    out,
                    "Section {{ id: {:?}, heading: {:?}, level: {}, text: {:?} }},",
                    s.id, s.heading, s.level, s.text
                )?;
            }
            out.push_str("], blocks: &[");
            for b in &c.blocks {
                writeln!(out, "Block {{ info: {:?}, text: {:?}, line: {} }},", b.info, b.text, b.line)?;
            }
            writeln!(out, "], screens: &{:?}, commands: &{:?} }},", c.screens, c.commands)?;
        }
        out.push_str("] },\n");
    }
    out.push_str("];\nstatic PICTURES: &[Picture] = &[\n");
    for p in &book.pictures {
        writeln!(out, "Picture {{ name: {:?}, file: {:?}, bytes: include_bytes!({:?}) }},", p.name, p.file, p.path)?;
    }
    out.push_str("];\n");
    writeln!(
        out,
        "/// Names the whole text: changes when a word or a picture does.\npub static VERSION: &str = {:?};",
        book.version
    )?;
    Ok(out)
}
