//! `man`: a manual page for every command, from the same table that answers `--help`.

use std::path::Path;

use anyhow::{Context as _, Result};
use clap::{Command, CommandFactory as _};

use crate::cli::Cli;
use crate::output::{Done, Output};

/// What stands below the options of every page.
const EXIT: &str = "Exit codes: 0 done; 1 the answer is no (a check failed, rows are refused); 2 wrong use; \
                    3 the work could not be done.\n\nConfiguration: defaults, then a TOML file, then the environment \
                    (SHUBBAK_SECTION__KEY), then flags; shubbak config example prints every key.";

/// Writes the pages.
pub fn run(folder: &Path, out: &Output) -> Result<Done> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut names = Vec::new();
    let mut root = Cli::command();
    root.build();
    write(&root, "shubbak", folder, &mut names)?;
    names.sort();
    out.answer(&names, |names| vec![format!("{} pages were written into {}.", names.len(), folder.display())])?;
    Ok(Done::Well)
}

fn write(command: &Command, name: &str, folder: &Path, names: &mut Vec<String>) -> Result<()> {
    let page = command.clone().after_long_help(EXIT);
    let mut text = Vec::new();
    clap_mangen::Man::new(page).title(name).render(&mut text)?;
    let file = format!("{name}.1");
    std::fs::write(folder.join(&file), text).with_context(|| format!("cannot write {file}"))?;
    names.push(file);
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        write(sub, &format!("{name}-{}", sub.get_name()), folder, names)?;
    }
    Ok(())
}
