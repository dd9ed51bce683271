//! A message that a page asks for and no message file has stops the build.

#[path = "../foundation/src/web/messages_check.rs"]
mod messages_check;

use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for room in [
        "messages",
        "foundation/templates",
        "registry/templates",
        "window/templates",
        "foundation/src",
        "registry/src",
        "window/src",
        "catalogue/src",
    ] {
        println!("cargo::rerun-if-changed={}", root.join(room).display());
    }
    for missing in messages_check::missing_texts(&root) {
        println!("cargo::error={missing}");
    }
}
