//! A PostgreSQL server of our own: in a temporary folder, on a socket only, ended with the tests.
//!
//! The server refuses to run as root, so root drops to the `postgres` system user (or `nobody`).
//! A small watcher process stops it and removes its folder when the test program has gone,
//! however it went.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

struct Server {
    folder: PathBuf,
}

static SERVER: OnceLock<Server> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The folder in which the server keeps its data.
pub(super) fn data_folder() -> PathBuf {
    server().folder.join("data")
}

/// The server's superuser, whose databases `fresh_database` makes.
const SUPERUSER: &str = "owner";
/// Roles as an installation has them, none of them a superuser.
pub(super) const OWNER: &str = "shubbak_owner";
pub(super) const APPLICATION: &str = "shubbak_app";
pub(super) const SEALER: &str = "shubbak_sealer";

/// The address of a new, empty database.
pub(super) async fn fresh_database() -> String {
    address(SUPERUSER, &made(SUPERUSER).await)
}

/// Addresses of a new, empty database for an owner, an application and a sealer.
pub(super) async fn fresh_with_roles() -> [String; 3] {
    let name = made(OWNER).await;
    [OWNER, APPLICATION, SEALER].map(|role| address(role, &name))
}

/// The same database as another role.
pub(super) fn as_role(url: &str, role: &str) -> String {
    address(role, url.rsplit('/').next().unwrap_or_default())
}

async fn made(owner: &str) -> String {
    let server = tokio::task::spawn_blocking(server).await.expect("the server starts");
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = format!("host={} user={SUPERUSER} dbname=postgres", server.folder.display());
    let (client, connection) =
        tokio_postgres::connect(&admin, tokio_postgres::NoTls).await.expect("the test server answers");
    let background = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name} OWNER {owner}")).await.expect("a database is made");
    drop(client);
    background.await.expect("the connection ends").expect("the connection ends well");
    name
}

fn address(role: &str, name: &str) -> String {
    format!("postgres://{role}@{}/{name}", server().folder.display().to_string().replace('/', "%2F"))
}

fn server() -> &'static Server {
    SERVER.get_or_init(start)
}

fn start() -> Server {
    let bin = binaries();
    let folder = std::env::temp_dir().join(format!("shubbak-pg-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the server");
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
    let user = if root { Some(system_user()) } else { None };
    if let Some(user) = user {
        run(Command::new("chown").arg("-R").arg(user).arg(&folder));
    }
    let data = folder.join("data");
    run(as_user(user, &bin.join("initdb"))
        .arg(format!("--username={SUPERUSER}"))
        .args(["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
        .arg(&data));
    let options = format!(
        "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off -c synchronous_commit=off \
         -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB",
        folder.display()
    );
    run(as_user(user, &bin.join("pg_ctl"))
        .args(["--wait", "--timeout=60", "-D"])
        .arg(&data)
        .arg("-l")
        .arg(folder.join("server.log"))
        .args(["-o", &options, "start"]));
    watch(&folder, &data, &bin, user);
    let roles =
        format!("CREATE ROLE {OWNER} LOGIN CREATEDB; CREATE ROLE {APPLICATION} LOGIN; CREATE ROLE {SEALER} LOGIN");
    run(Command::new(bin.join("psql")).arg("-qh").arg(&folder).args(["-U", SUPERUSER, "-c", &roles, "postgres"]));
    Server { folder }
}

/// Ends the server once this process has gone.
#[expect(clippy::zombie_processes, reason = "the watcher outlives this process on purpose")]
fn watch(folder: &Path, data: &Path, bin: &Path, user: Option<&str>) {
    let drop_to = user.map(|u| format!("runuser -u {u} -- ")).unwrap_or_default();
    let script = format!(
        "while kill -0 {} 2>/dev/null; do sleep 0.5; done; {drop_to}{}/pg_ctl -D {} -m immediate stop; rm -rf {}",
        std::process::id(),
        bin.display(),
        data.display(),
        folder.display()
    );
    Command::new("setsid")
        .args(["sh", "-c", &script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the watcher starts");
}

fn as_user(user: Option<&str>, program: &Path) -> Command {
    match user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--"]).arg(program).current_dir("/");
            command
        }
        None => Command::new(program),
    }
}

fn system_user() -> &'static str {
    let known = Command::new("id").arg("postgres").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if known.is_ok_and(|s| s.success()) { "postgres" } else { "nobody" }
}

/// Where `initdb` and `pg_ctl` are: as `pg_config` says, else where Debian puts them.
fn binaries() -> PathBuf {
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.map(|o| PathBuf::from(String::from_utf8_lossy(&o.stdout).trim()));
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|d| d.path().join("bin"));
    told.into_iter()
        .chain(debian)
        .find(|p| p.join("initdb").exists())
        .expect("PostgreSQL's server programs are installed (Debian: apt-get install postgresql)")
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(
        output.status.success(),
        "{command:?} failed: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
