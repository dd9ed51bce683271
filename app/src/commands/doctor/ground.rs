//! What the node stands on: folders and their permissions, keys, disk, clock, fonts.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use documents::Fonts;
use foundation::clock::{Clock as _, SystemClock};
use foundation::dates;
use record::Keyring;
use window::papers::Issuers;

use super::Findings;
use crate::backup::size;
use crate::config::Config;
use crate::demo;

/// Below this a node stops soon; below the first it should be noted.
const LOW: u64 = 5 << 30;
const EMPTY: u64 = 500 << 20;
/// No clock that tells the truth is before this year.
const OLDEST_YEAR: i16 = 2026;

/// Looks at everything that needs no database.
pub fn examine(config: &Config, findings: &mut Findings) {
    // Who got here has a configuration that loads: unknown keys and bad values stop before.
    let set = config.lines().iter().filter(|line| line.2 != "default").count();
    findings.good("configuration", format!("loads; {set} keys differ from their defaults (shubbak config show)"));
    folders(config, findings);
    keys(config, findings);
    disk(config, findings);
    clock(findings);
    fonts(findings);
    if config.demo() || config.folder().join(demo::MARK).exists() {
        findings.note(
            "demonstration",
            "this node holds fiction",
            "nothing issued here is valid",
            "for real data: shubbak --data ANOTHER init",
        );
    }
}

fn mode(path: &Path) -> Option<u32> {
    std::fs::metadata(path).ok().map(|meta| meta.permissions().mode() & 0o777)
}

fn folders(config: &Config, findings: &mut Findings) {
    let mut open = Vec::new();
    for folder in [config.folder(), config.keys(), config.backups()] {
        match mode(&folder) {
            Some(mode) if mode & 0o077 != 0 => open.push((folder, mode)),
            Some(_) => {}
            None if folder == config.folder() => findings.wrong(
                "folders",
                format!("{} is not there", folder.display()),
                "it holds keys, files and the embedded database",
                "shubbak init",
            ),
            // Keys are told by themselves; backups come with the first one.
            None => {}
        }
    }
    for (folder, mode) in &open {
        findings.wrong(
            "folders",
            format!("{} has mode {mode:03o}", folder.display()),
            "other users of this machine can read what lies in it",
            format!("chmod 700 {}", folder.display()),
        );
    }
    if open.is_empty() && config.folder().exists() {
        findings.good("folders", "only their owner can enter them");
    }
}

fn keys(config: &Config, findings: &mut Findings) {
    const WHY: &str = "without them no personal value can be read, nothing is sealed and no paper is signed";
    let folder = config.keys();
    let put_back = || {
        format!(
            "put the key files back into {} from where you keep them; for a new node: shubbak init",
            folder.display()
        )
    };
    if let Err(error) = Keyring::load(&folder) {
        return findings.wrong("keys", error.to_string(), WHY, mend_key(&folder, put_back()));
    }
    if let Err(error) = Issuers::load(&folder) {
        return findings.wrong("keys", error.to_string(), WHY, mend_key(&folder, put_back()));
    }
    if let Err(error) = record::read_key(&folder, "root") {
        return findings.wrong("keys", error.to_string(), WHY, mend_key(&folder, put_back()));
    }
    let certificate = PathBuf::from(config.get("server.tls_key"));
    if let Some(mode) = mode(&certificate).filter(|mode| mode & 0o077 != 0) {
        return findings.wrong(
            "keys",
            format!("{} has mode {mode:03o}", certificate.display()),
            "who reads it can pretend to be this site",
            format!("chmod 600 {}", certificate.display()),
        );
    }
    findings.good("keys", format!("all in {}, readable by their owner only", folder.display()));
}

/// A key that others may read is mended by a mode; a missing one only by its copy.
fn mend_key(folder: &Path, otherwise: String) -> String {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let open = files.filter(|path| {
        path.extension().is_some_and(|e| e == "key") && mode(path).is_some_and(|mode| mode & 0o077 != 0)
    });
    if open.count() > 0 { format!("chmod 600 {}/*.key", folder.display()) } else { otherwise }
}

fn disk(config: &Config, findings: &mut Findings) {
    let folder = config.folder();
    let here = if folder.exists() { folder } else { PathBuf::from(".") };
    let Ok(stat) = rustix::fs::statvfs(&here) else {
        return findings.note(
            "disk",
            format!("the space below {} cannot be asked for", here.display()),
            "a full disk stops all writing",
            "df -h",
        );
    };
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let what = format!("{} free below {}", size(free), here.display());
    const WHY: &str = "with a full disk nothing new is accepted; what was acknowledged stays";
    let mend = format!("make room: df -h {0}; old backups and folders aside-* in {0} may go elsewhere", here.display());
    if free < EMPTY {
        findings.wrong("disk", what, WHY, mend);
    } else if free < LOW {
        findings.note("disk", what, WHY, mend);
    } else {
        findings.good("disk", what);
    }
}

fn clock(findings: &mut Findings) {
    let local = dates::local(SystemClock.now());
    let what = format!("in Cairo it is {} {:02}:{:02}", dates::iso(local.date()), local.hour(), local.minute());
    if local.year() < OLDEST_YEAR {
        findings.wrong("clock", what, "limits, deadlines and signatures count by it", "timedatectl set-ntp true");
    } else {
        findings.good("clock", what);
    }
}

fn fonts(findings: &mut Findings) {
    match Fonts::embedded().check() {
        Ok(()) => findings.good("fonts", "Arabic fonts for papers are inside the program"),
        Err(error) => findings.wrong(
            "fonts",
            error.to_string(),
            "no slip and no licence can be printed",
            "this program was built without its fonts: make assets, then build again",
        ),
    }
}
