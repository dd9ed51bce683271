//! A node in a folder of its own, and the program that works on it.

use std::ffi::OsStr;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use foundation::db::Db;
use serde_json::Value;
use tempfile::TempDir;

use crate::browser::Browser;

/// Where the owner's and the sealer's addresses stand.
pub const OWNER: &str = "SHUBBAK_DATABASE__OWNER_URL";
pub const SEALER: &str = "SHUBBAK_DATABASE__SEALER_URL";

/// A data folder with what the program is told about it.
pub struct Home {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Fails the test unless the command ended so.
    #[track_caller]
    pub fn ends(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    /// Both streams: a message may stand on either.
    pub fn text(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    /// The answer for machines.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }
}

impl Home {
    /// A folder with nothing in it.
    pub fn empty() -> Home {
        Home { folder: tempfile::tempdir().expect("a folder"), environment: Vec::new() }
    }

    /// A prepared node on SQLite.
    pub fn sqlite() -> Home {
        static PREPARED: OnceLock<Home> = OnceLock::new();
        let prepared = PREPARED.get_or_init(|| {
            let home = Home::empty();
            home.run(["init"]).ends(0);
            home
        });
        let home = Home::empty();
        copy(&prepared.data(), &home.data());
        home
    }

    /// A prepared node on PostgreSQL, with owner, application and sealer as `docs/operating.md`
    /// sets them up.
    pub async fn postgres() -> Home {
        let home = Home::empty_postgres().await;
        home.run(["init"]).ends(0);
        home
    }

    /// A folder with nothing in it and an empty database with its three roles.
    pub async fn empty_postgres() -> Home {
        let [owner, application, sealer] = foundation::testing::addresses().await;
        let mut home = Home::empty();
        home.environment = vec![("SHUBBAK_DATABASE__URL", application), (OWNER, owner), (SEALER, sealer)];
        home
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where commands run and files of the test lie.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The database's address for who may do everything there: on PostgreSQL the owner's.
    pub fn url(&self) -> String {
        let set = self.environment.iter().find(|(name, _)| *name == OWNER);
        set.map_or_else(|| format!("sqlite:{}", self.data().join("shubbak.db").display()), |(_, url)| url.clone())
    }

    /// What the program finds in its environment under this name.
    pub fn set(&self, name: &str) -> Option<&str> {
        self.environment.iter().find(|(set, _)| *set == name).map(|(_, value)| value.as_str())
    }

    /// The node's database, opened beside the program.
    pub fn db(&self) -> Db {
        Db::open(&self.url(), 2).expect("the database opens")
    }

    /// The program with this folder and without anything that the tester's shell has set.
    pub fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shubbak"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SHUBBAK_") {
                command.env_remove(name);
            }
        }
        command
            .current_dir(self.folder.path())
            .env("SHUBBAK_DATA__FOLDER", self.data())
            .env("SHUBBAK_LOG__LEVEL", "warn");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Ran {
        finish(self.program().args(args))
    }

    /// Starts a server and waits until it is ready.
    pub fn serve(&self) -> Server {
        Server::start(self, self.program())
    }
}

/// Runs a command to its end.
pub fn finish(command: &mut Command) -> Ran {
    let done = command.output().expect("the program starts");
    Ran {
        code: done.status.code(),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
    }
}

/// A running server; it is killed when this is dropped.
pub struct Server {
    child: Child,
    pub address: String,
    log: PathBuf,
    /// From the start to the first page.
    pub took: Duration,
}

impl Server {
    /// Starts `command serve` and waits for its first page.
    pub fn start(home: &Home, mut command: Command) -> Server {
        let address = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").to_string();
        let log = home.path().join(format!("log-{}", address.replace(':', "-")));
        let file = File::create(&log).expect("a log");
        command.args(["serve", "--listen", &address]);
        command.stdout(file.try_clone().expect("a log")).stderr(file);
        let began = Instant::now();
        let child = command.spawn().expect("the server starts");
        let mut server = Server { child, address, log, took: Duration::ZERO };
        loop {
            if Browser::new(&server.address).try_get("/readyz").is_ok_and(|page| page.status == 200) {
                server.took = began.elapsed();
                return server;
            }
            let ended = server.child.try_wait().expect("its state");
            assert!(
                ended.is_none() && began.elapsed() < Duration::from_secs(60),
                "not ready: {ended:?}\n{}",
                server.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What it has said so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// A browser without cookies on it.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.address)
    }

    /// Sends a signal by name.
    pub fn signal(&self, name: &str) {
        let sent =
            Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status().expect("kill");
        assert!(sent.success());
    }

    /// Waits for its end.
    pub fn end(mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ended_already = self.child.wait();
    }
}

/// Copies a folder with its permissions.
pub fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status().expect("cp");
    assert!(done.success());
}
