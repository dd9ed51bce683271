//! Lists the service files and registers, so that the program carries their exact text.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=services");

    let mut files = Vec::new();
    for group in sorted(&root.join("services"))? {
        if group.is_dir() {
            println!("cargo::rerun-if-changed={}", group.display());
            files.extend(sorted(&group)?.into_iter().filter(|file| file.extension().is_some_and(|e| e == "toml")));
        }
    }
    let mut list =
        String::from("/// Path below the catalogue's folder, and text.\nstatic SERVICES: &[(&str, &str)] = &[\n");
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).display();
        let _ = writeln!(list, "    ({:?}, include_str!({:?})),", name.to_string(), file.display().to_string());
    }
    list.push_str("];\n");
    fs::write(out.join("services.rs"), list)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}
