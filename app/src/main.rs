//! شُبّاك: the one program. Command line, configuration, wiring; the work is done in the rooms below.

mod backup;
mod cli;
mod commands;
mod config;
mod demo;
#[cfg(test)]
mod guide;
mod health;
mod lock;
mod node;
mod output;
mod post;
mod serve;

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{CommandFactory as _, Parser as _};
use cli::{Cli, Command};
use config::Config;
use node::{Node, Opening};
use output::{Done, Output};
use registry::Settings;

/// Returns what a peak took: a password costs 19 MiB, a paper with its fonts more.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(cli)));
    match outcome {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::No) => ExitCode::from(1),
        Err(error) => {
            let _closed_pipe = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("shubbak: {error:#}\n"));
            ExitCode::from(3)
        }
    }
}

async fn run(cli: Cli) -> Result<Done> {
    let out = Output { json: cli.common.json };
    let config = configuration(&cli)?;
    log(&config)?;
    match cli.command {
        Command::Config(command) => commands::config::run(&command, &config, &out),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "shubbak", &mut std::io::stdout());
            Ok(Done::Well)
        }
        Command::Man { folder } => commands::man::run(&folder, &out),
        Command::SupportBundle { output } => commands::bundle::run(&config, output.as_deref(), &out).await,
        Command::Version => {
            let newest = foundation::db::migrations().last().map_or("none", |m| m.name);
            out.answer(&(env!("CARGO_PKG_VERSION"), newest), |(version, schema)| {
                vec![format!("shubbak {version}"), format!("schema  {schema}")]
            })?;
            Ok(Done::Well)
        }
        Command::Routes => commands::routes::run(&out),
        Command::Init => commands::init::run(&config, &out).await,
        Command::Migrate(command) => commands::migrate::run(&command, &config, &out).await,
        Command::Catalogue(command) => commands::catalogue::run(&command, &config, &out).await,
        Command::Demo(command) => demo::run(&command, &config, &out).await,
        Command::Backup(command) => backup::run(&command, &config, &out).await,
        Command::Doctor => commands::doctor::run(&config, &out).await,
        Command::Serve(_) => {
            let settings = demo::settings(&config);
            // A first start on the embedded database prepares itself; nothing else does so unasked.
            if config.owner_database().is_some() {
                commands::init::prepare(&config, &out).await?;
            }
            let node = Node::open(&config, Opening::usual(&config, settings)).await?;
            serve::run(node, &config, &out).await?;
            Ok(Done::Well)
        }
        Command::Import(command) => commands::import::run(&command, &open(&config).await?, &out).await,
        Command::User(command) => commands::user::run(&command, &open(&config).await?, &out).await,
        Command::ApiKey(command) => commands::api_key::run(&command, &open(&config).await?, &out).await,
        Command::Record(command) => commands::record::run(&command, &open(&config).await?, &config, &out).await,
        Command::Keys(cli::Keys::Show) => commands::keys::run(&open(&config).await?, &config, &out),
    }
}

async fn open(config: &Config) -> Result<Node> {
    let settings = Settings { unit_in_use: window::unit_in_use, ..Settings::new(config.public_url()) };
    Node::open(config, Opening::usual(config, settings)).await
}

fn configuration(cli: &Cli) -> Result<Config> {
    let mut flags = Vec::new();
    let mut flag = |name: &'static str, value: &Option<String>| flags.extend(value.clone().map(|v| (name, v)));
    flag("data.folder", &cli.common.data);
    flag("database.url", &cli.common.database);
    if let Command::Serve(serve) = &cli.command {
        flag("server.listen", &serve.listen);
    }
    let config = Config::load(cli.common.config.as_deref(), std::env::vars(), &flags)?;
    // A folder that holds the demonstration is never served as if it were real.
    if config.folder().join(demo::MARK).exists() || matches!(cli.command, Command::Demo(_)) {
        flags.push(("site.demo", "true".into()));
        return Config::load(cli.common.config.as_deref(), std::env::vars(), &flags);
    }
    Ok(config)
}

/// Log lines go to standard error, so that answers stay clean, or to a file.
fn log(config: &Config) -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::new(config.get("log.level"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter);
    let path = config.get("log.file");
    if !path.is_empty() {
        use std::os::unix::fs::OpenOptionsExt as _;
        let file = std::fs::File::options().append(true).create(true).mode(0o600).open(path);
        let file = file.with_context(|| format!("log.file: cannot write {path}"))?;
        let lines = lines.with_ansi(false).with_writer(std::sync::Mutex::new(file));
        if config.get("log.format") == "json" {
            lines.json().init()
        } else {
            lines.with_target(false).init()
        }
        return Ok(());
    }
    let lines = lines.with_writer(std::io::stderr).with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    if config.get("log.format") == "json" {
        lines.json().init()
    } else {
        lines.with_target(false).init()
    }
    Ok(())
}
