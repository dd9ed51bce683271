//! The program that is measured: prepared, started on its core, stopped.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::http::Connection;
use crate::machine::SERVER_CORE;

/// How `shubbak` is called for one node.
#[derive(Clone)]
pub struct Program {
    binary: PathBuf,
    data: PathBuf,
    database: Option<String>,
}

impl Program {
    /// For a data folder, and a database if it is not the embedded one.
    pub fn new(binary: &Path, data: &Path, database: Option<String>) -> Self {
        Self { binary: binary.to_owned(), data: data.to_owned(), database }
    }

    /// Runs a command to its end and gives what it printed.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        let out = self.command(&[]).args(arguments).stdin(Stdio::null()).output()?;
        let said = String::from_utf8_lossy(&out.stdout).trim().to_owned();
        if !out.status.success() {
            bail!("shubbak {}: {said}{}", arguments.join(" "), String::from_utf8_lossy(&out.stderr));
        }
        Ok(said)
    }

    /// Starts serving and waits for the first page.
    pub async fn serve(&self) -> Result<Server> {
        let address = free_address()?;
        let log = std::fs::File::create(self.data.join("server.log"))?;
        let before = Instant::now();
        let child = self
            .command(&["taskset", "-c", SERVER_CORE])
            .args(["serve", "--listen", &address.to_string()])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut server = Server { child, address, first_page: Duration::ZERO };
        while before.elapsed() < Duration::from_secs(60) {
            if Connection::new(address).get("/", "").await.is_ok_and(|page| page.status == 200) {
                server.first_page = before.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                let log = std::fs::read_to_string(self.data.join("server.log")).unwrap_or_default();
                bail!("the server ended at once: {status}\n{log}");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("no first page within a minute")
    }

    fn command(&self, before: &[&str]) -> Command {
        let mut command = match before {
            [] => Command::new(&self.binary),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(&self.binary);
                command
            }
        };
        command.current_dir(&self.data).arg("--data").arg(&self.data);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SHUBBAK_")) {
            command.env_remove(name);
        }
        if let Some(url) = &self.database {
            command.args(["--database", url]).env("SHUBBAK_DATABASE__OWNER_URL", url);
        }
        command
    }
}

/// A serving node; it ends with this value.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start to the first page.
    pub first_page: Duration,
}

impl Server {
    /// Process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop and waits.
    pub async fn stop(mut self) -> Result<()> {
        let _told = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status()?;
        for _ in 0..300 {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("the server did not stop within 30 s")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ended = self.child.kill();
            let _reaped = self.child.wait();
        }
    }
}

fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no free port")?;
    Ok(listener.local_addr()?)
}
