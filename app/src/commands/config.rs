//! `config show | check | explain | example`.

use anyhow::Result;

use crate::cli::ConfigCommand;
use crate::config::{self, Config};
use crate::output::{Done, Output, columns};

/// Answers without opening anything.
pub fn run(command: &ConfigCommand, config: &Config, out: &Output) -> Result<Done> {
    match command {
        ConfigCommand::Show => {
            let lines = config.lines();
            out.answer(&lines, |lines| {
                columns(&lines.iter().map(|(k, v, o)| vec![k.clone(), v.clone(), o.clone()]).collect::<Vec<_>>())
            })?;
        }
        // Loading checks; who comes here has a sound configuration.
        ConfigCommand::Check => out.answer(&"sound", |_| vec!["The configuration is sound.".into()])?,
        ConfigCommand::Explain { key } => {
            let key = config::known(key)?;
            out.answer(&(key.name, key.help, key.default), |_| {
                vec![key.name.into(), format!("  {}", key.help), format!("  default: «{}»", key.default)]
            })?;
        }
        ConfigCommand::Example => out.answer(&config::example(), |text| text.lines().map(str::to_owned).collect())?,
    }
    Ok(Done::Well)
}
