//! A PostgreSQL server of our own, durable, on a socket only, on the server's core.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::machine::SERVER_CORE;

/// What it runs with, beside its defaults; all else that makes a commit durable is on by default.
pub const SETTINGS: &str = "fsync=on synchronous_commit=on full_page_writes=on shared_buffers=256MB max_connections=60";

/// A running server; it stops, and its folder goes, with this value.
pub struct Postgres {
    folder: PathBuf,
    data: PathBuf,
    bin: PathBuf,
    user: Option<&'static str>,
    /// Process id of the postmaster.
    pub pid: u32,
}

impl Postgres {
    /// Makes a cluster and starts it.
    pub fn start(folder: &Path) -> Result<Self> {
        let bin = binaries()?;
        let folder = folder.join("postgres");
        std::fs::create_dir_all(&folder)?;
        let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n");
        let user = root.then(system_user);
        if let Some(user) = user {
            open_way(&folder)?;
            run(Command::new("chown").arg("-R").arg(user).arg(&folder))?;
        }
        let data = folder.join("data");
        let mut server = Self { folder, data, bin, user, pid: 0 };
        let mut init = server.program("initdb");
        init.args(["--username=owner", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-D"]).arg(&server.data);
        run(&mut init)?;
        let settings: String = SETTINGS.split(' ').map(|setting| format!(" -c {setting}")).collect();
        let options =
            format!("-c listen_addresses='' -c unix_socket_directories='{}'{settings}", server.folder.display());
        let mut start = server.program("pg_ctl");
        start.args(["--wait", "--timeout=60", "-D"]).arg(&server.data);
        start.arg("-l").arg(server.folder.join("server.log")).args(["-o", &options, "start"]);
        run(&mut start)?;
        let pid = std::fs::read_to_string(server.data.join("postmaster.pid"))?;
        server.pid = pid.lines().next().unwrap_or_default().trim().parse()?;
        Ok(server)
    }

    /// The address of a new, empty database.
    pub async fn database(&self, name: &str) -> Result<String> {
        let admin = format!("host={} user=owner dbname=postgres", self.folder.display());
        let (client, connection) = tokio_postgres::connect(&admin, tokio_postgres::NoTls).await?;
        let background = tokio::spawn(connection);
        client.batch_execute(&format!("CREATE DATABASE {name}")).await?;
        drop(client);
        background.await??;
        let host = self.folder.display().to_string().replace('/', "%2F");
        Ok(format!("postgres://owner@{host}/{name}"))
    }

    /// `PostgreSQL 17.2`.
    pub fn version(&self) -> String {
        let out = Command::new(self.bin.join("postgres")).arg("--version").output();
        let text = out.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default();
        // Debian adds its own version in brackets.
        let text = text.replace("postgres (PostgreSQL)", "PostgreSQL");
        text.split(" (").next().unwrap_or_default().to_owned()
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new("taskset");
        command.args(["-c", SERVER_CORE]).current_dir("/");
        if let Some(user) = self.user {
            command.args(["runuser", "-u", user, "--"]);
        }
        command.arg(self.bin.join(name));
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        let _ended = run(stop.args(["--wait", "-D"]).arg(&self.data).args(["-m", "fast", "stop"]));
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

/// Lets the server's own user pass through the private folder that we made.
fn open_way(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = folder.parent().context("a folder of ours")?;
    std::fs::set_permissions(parent, std::fs::Permissions::from_mode(0o711))?;
    Ok(())
}

fn system_user() -> &'static str {
    let known = Command::new("id").arg("postgres").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if known.is_ok_and(|status| status.success()) { "postgres" } else { "nobody" }
}

fn binaries() -> Result<PathBuf> {
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.map(|out| PathBuf::from(String::from_utf8_lossy(&out.stdout).trim()));
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|d| d.path().join("bin"));
    let found = told.into_iter().chain(debian).find(|path| path.join("initdb").exists());
    found.context("PostgreSQL's server programs are not installed (Debian: apt-get install postgresql)")
}

fn run(command: &mut Command) -> Result<()> {
    // The postmaster keeps what it inherits: a pipe would never end.
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if !status.success() {
        bail!("{command:?} failed");
    }
    Ok(())
}
