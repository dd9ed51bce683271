//! `keys show`.

use anyhow::Result;
use serde::Serialize;

use crate::config::Config;
use crate::node::Node;
use crate::output::{Done, Output, columns};

#[derive(Serialize)]
struct Shown {
    folder: String,
    keys: Vec<Public>,
}

#[derive(Serialize)]
struct Public {
    name: String,
    public: String,
}

/// Prints public halves only; private ones never leave their files.
pub fn run(node: &Node, config: &Config, out: &Output) -> Result<Done> {
    let mut keys = vec![Public { name: "node".into(), public: hex(&node.record.keyring().node_public()) }];
    keys.push(Public { name: "root".into(), public: hex(node.root_public().as_bytes()) });
    for governorate in catalogue::governorates()? {
        if let Some(key) = node.issuers.key(&governorate.code) {
            let name = format!("issuing {} {}", governorate.code, governorate.name_ar);
            keys.push(Public { name, public: hex(key.verifying_key().as_bytes()) });
        }
    }
    out.answer(&Shown { folder: config.keys().display().to_string(), keys }, |s| {
        let rows: Vec<_> = s.keys.iter().map(|k| vec![k.name.clone(), k.public.clone()]).collect();
        std::iter::once(format!("Private keys lie in {} (mode 600).", s.folder)).chain(columns(&rows)).collect()
    })?;
    Ok(Done::Well)
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
