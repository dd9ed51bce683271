//! For the build script only: lists the message files, the built assets and the icons as Rust
//! text that `messages.rs` and `assets.rs` include.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Writes `messages.rs` and `assets.rs` into `OUT_DIR`.
pub fn write() -> Outcome<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("..").canonicalize()?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("messages.rs"), messages(&root)?)?;
    fs::write(out.join("assets.rs"), assets(&root)?)?;
    Ok(())
}

fn messages(root: &Path) -> Outcome<String> {
    let mut list = String::from("static MESSAGES: &[MessageFile] = &[\n");
    let folder = root.join("messages");
    println!("cargo::rerun-if-changed={}", folder.display());
    for language in sorted(&folder)? {
        println!("cargo::rerun-if-changed={}", language.display());
        let Some(tag) = language.file_name().and_then(|n| n.to_str()) else { continue };
        for file in sorted(&language)? {
            if file.extension().is_some_and(|e| e == "ftl") {
                let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
                println!("cargo::rerun-if-changed={}", file.display());
                writeln!(list, "MessageFile {{ language: {tag:?}, name: {name:?}, text: include_str!({file:?}) }},")?;
            }
        }
    }
    list.push_str("];\n");
    Ok(list)
}

fn assets(root: &Path) -> Outcome<String> {
    let dist = root.join("assets").join("dist");
    let manifest = dist.join("manifest.tsv");
    println!("cargo::rerun-if-changed={}", manifest.display());
    let text = fs::read_to_string(&manifest)
        .map_err(|_| "assets/dist is missing: run `make assets` first (it needs Node and npm)")?;
    let mut list = String::from("static ASSETS: &[Asset] = &[\n");
    for line in text.lines() {
        let [name, file, mime] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err("assets/dist/manifest.tsv is not what `make assets` writes".into());
        };
        let path = dist.join(file);
        let packed = |ending: &str| {
            let path = dist.join(format!("{file}.{ending}"));
            if path.is_file() { format!("Some(include_bytes!({path:?}))") } else { "None".into() }
        };
        let (br, gzip) = (packed("br"), packed("gz"));
        writeln!(
            list,
            "Asset {{ name: {name:?}, file: {file:?}, mime: {mime:?}, plain: include_bytes!({path:?}), br: {br}, gzip: {gzip} }},"
        )?;
    }
    list.push_str("];\nstatic ICONS: &[(&str, &str)] = &[\n");
    let icons = root.join("assets").join("icons");
    println!("cargo::rerun-if-changed={}", icons.display());
    for file in sorted(&icons)? {
        if file.extension().is_some_and(|e| e == "svg") {
            let name = file.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
            let svg = fs::read_to_string(&file)?;
            writeln!(list, "({name:?}, {:?}),", svg.trim())?;
        }
    }
    list.push_str("];\n");
    Ok(list)
}

fn sorted(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}
