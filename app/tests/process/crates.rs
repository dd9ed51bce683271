//! The rooms of the house: a crate knows only those below it.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// What each crate may depend on.
const MAY: &[(&str, &[&str])] = &[
    ("foundation", &[]),
    ("catalogue", &["foundation"]),
    ("documents", &["foundation"]),
    ("manual", &["foundation"]),
    ("record", &["foundation"]),
    ("registry", &["foundation", "catalogue", "record"]),
    ("window", &["foundation", "catalogue", "documents", "manual", "record", "registry"]),
    ("shubbak", &["foundation", "catalogue", "documents", "manual", "record", "registry", "window"]),
];

#[test]
fn no_crate_knows_a_higher_one() {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("cargo metadata");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let may: BTreeMap<&str, &[&str]> = MAY.iter().copied().collect();
    let packages = metadata["packages"].as_array().expect("packages");
    let names: Vec<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    assert!(may.keys().all(|room| names.contains(room)), "{names:?}");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        // Tools beside the house (measurements) see all of it, and no room sees them.
        if !may.contains_key(name) {
            continue;
        }
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = dependency["name"].as_str().expect("a name");
            let allowed = !names.contains(&on) || may[name].contains(&on);
            // A crate's own tests may use its testing feature.
            let own_test = on == name && dependency["kind"] == "dev";
            assert!(allowed || own_test, "{name} must not depend on {on}");
        }
    }
}
