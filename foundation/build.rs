//! Lists the migration files, messages and assets, so that the program carries them.

#[path = "src/web/build_lists.rs"]
mod build_lists;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../migrations").canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut list = String::from("static MIGRATIONS: &[Migration] = &[\n");
    for file in files {
        let path = file.path();
        let Some(name) = path.file_stem().and_then(|n| n.to_str()) else { continue };
        if path.extension().is_some_and(|e| e == "sql") {
            writeln!(list, "Migration {{ name: {name:?}, text: include_str!({path:?}) }},")?;
        }
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("migrations.rs"), list)?;
    build_lists::write()
}
