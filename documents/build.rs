//! Embeds the fonts of the printed papers. They come by lock file from the packages of
//! `assets/`; `SHUBBAK_ASSETS` names another folder in their place.

use std::{env, fs, path::PathBuf, process::exit};

/// File below `node_modules`, in the order in which they are embedded.
const FONTS: [&str; 4] = [
    "@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf",
    "@expo-google-fonts/amiri/700Bold/Amiri_700Bold.ttf",
    "@expo-google-fonts/cairo/400Regular/Cairo_400Regular.ttf",
    "@expo-google-fonts/cairo/700Bold/Cairo_700Bold.ttf",
];

fn main() {
    println!("cargo::rerun-if-env-changed=SHUBBAK_ASSETS");
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("SHUBBAK_ASSETS").map_or_else(
        || PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../assets"),
        PathBuf::from,
    );
    let mut list = String::from("[\n");
    for name in FONTS {
        let path = folder.join("node_modules").join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        match fs::canonicalize(&path) {
            Ok(path) => list.push_str(&format!("    include_bytes!({path:?}),\n")),
            Err(error) => {
                println!("cargo::error=the font {} is not there ({error})", path.display());
                println!("cargo::error=run `make assets`: it fetches the fonts by lock file");
                exit(1);
            }
        }
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("fonts.rs");
    if let Err(error) = fs::write(&out, list) {
        println!("cargo::error={} cannot be written: {error}", out.display());
        exit(1);
    }
}
