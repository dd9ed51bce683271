//! Configuration: defaults < TOML file < environment < flags, every key in one table.
//!
//! The table [`KEYS`] is the only place that knows a key: the example file, `config show`,
//! `config explain` and the refusal of unknown keys are made from it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use foundation::db::{Roles, role_of};
use foundation::files::S3;

/// A key of the configuration.
pub struct Key {
    /// `section.name`; in the environment `SHUBBAK_SECTION__NAME`.
    pub name: &'static str,
    /// Value when nobody sets it.
    pub default: &'static str,
    /// What it is, for the example file and `config explain`.
    pub help: &'static str,
    /// Never printed.
    pub secret: bool,
}

const fn key(name: &'static str, default: &'static str, help: &'static str) -> Key {
    Key { name, default, help, secret: false }
}

const fn secret(name: &'static str, help: &'static str) -> Key {
    Key { name, default: "", help, secret: true }
}

/// Every key there is.
pub const KEYS: &[Key] = &[
    key("data.folder", "shubbak-data", "Folder of the embedded database, keys, files and backups."),
    secret(
        "database.url",
        "Database of the application role: sqlite:PATH or postgres://… ; empty = sqlite:FOLDER/shubbak.db.",
    ),
    secret(
        "database.owner_url",
        "PostgreSQL address of the owner, who migrates, grants and restores; serve migrates only when it is given.",
    ),
    secret(
        "database.sealer_url",
        "PostgreSQL address of the sealer, who numbers and signs the record; empty = the application seals.",
    ),
    key("database.connections", "16", "Most connections to a PostgreSQL server."),
    key("server.listen", "127.0.0.1:8080", "Address and port on which the pages are served."),
    key(
        "server.public_url",
        "",
        "Address as citizens reach it and as QR codes carry it; empty = http:// and the listening address.",
    ),
    key(
        "server.tls_certificate",
        "",
        "Certificate chain (PEM) for HTTPS; empty = plain HTTP behind a proxy or on this machine only.",
    ),
    key("server.tls_key", "", "Private key (PEM) of the certificate; a file that only its owner may read."),
    key(
        "server.trusted_proxies",
        "",
        "Networks whose X-Forwarded-For is believed, e.g. 10.0.0.0/8, separated by commas.",
    ),
    key("files.url", "", "Where uploads lie: empty = FOLDER/files, or s3://BUCKET/PREFIX of an S3-compatible service."),
    key("files.endpoint", "", "Address of the S3-compatible service, https://HOST:PORT; empty = Amazon's own."),
    key("files.region", "us-east-1", "Region that the S3-compatible service signs for."),
    secret("files.access_key", "Name of the S3 key; empty = what the machine gives (AWS variables, roles)."),
    secret("files.secret_key", "Secret of the S3 key."),
    key("keys.folder", "", "Folder of the key files (mode 700); empty = FOLDER/keys."),
    key("backup.folder", "", "Folder of the backups; empty = FOLDER/backups."),
    key("site.name", "شُبّاك", "Name shown at the head of every page."),
    key("site.name_en", "Shubbak", "The same at the head of English pages."),
    key("site.phone", "15330", "Telephone shown at the foot of every page."),
    key("site.digits", "latn", "Digits of prose and printed documents: latn or arab."),
    key(
        "site.demo",
        "false",
        "Marks every page and paper as demonstration and offers logins by one click. Never with real data.",
    ),
    key("log.format", "text", "text or json, one line an event."),
    key(
        "log.file",
        "",
        "File to which lines are added; empty = standard error. Kept short by logrotate with copytruncate.",
    ),
    key("log.level", "info", "error, warn, info, debug or trace."),
    key(
        "outbox.quiet_hours",
        "22:00-08:00",
        "Cairo hours in which people get urgent messages only (login codes); empty = none.",
    ),
    key("outbox.per_second", "10", "Most messages of one channel in a second."),
    key(
        "notices.off",
        "",
        "What is told to nobody, as GOVERNORATE/MESSAGE separated by commas: 01/visit, */redated, 21/*.",
    ),
    key("mail.server", "", "Mail server as HOST:PORT; empty = no letters are sent."),
    key("mail.tls", "starttls", "starttls, tls (from the first byte), or none for a relay on this machine."),
    key("mail.user", "", "Name for the mail server; empty = it asks for none."),
    secret("mail.password", "Password for the mail server."),
    key("mail.from", "", "Whom letters come from: شُبّاك <shubbak@example.gov.eg>."),
    key(
        "sms.kind",
        "",
        "How text messages leave: http (a provider's address), smpp (an SMS centre), or empty = not at all.",
    ),
    key("sms.from", "", "Sender as phones show it: a registered name or a number."),
    key(
        "sms.url",
        "",
        "http: address of the provider. {to} (20…), {local} (01…), {text}, {id} and {from} are put in, here and in the body.",
    ),
    key("sms.method", "POST", "http: GET or POST."),
    key(
        "sms.body",
        "{\"to\":\"{to}\",\"text\":\"{text}\",\"from\":\"{from}\",\"id\":\"{id}\"}",
        "http: what is sent: JSON if it begins with a brace, else a form: to={to}&text={text}.",
    ),
    secret("sms.authorization", "http: value of the header Authorization."),
    key("sms.answer_ok", "", "http: what an answer must contain to count as taken; empty = the status alone."),
    key("sms.answer_id", "/id", "http: JSON pointer of the provider's id in its answer, or body for all of it."),
    secret("sms.callback_secret", "Opens /callbacks/sms/SECRET for the provider's reports; empty = there are none."),
    key("sms.callback_id", "id", "Field of a report with the provider's id or ours: a name, or a JSON pointer."),
    key("sms.callback_status", "status", "Field of a report with the status."),
    key("sms.callback_delivered", "delivered,delivrd", "Statuses that mean it arrived."),
    key(
        "sms.callback_failed",
        "failed,undelivered,undeliv,rejected,rejectd,expired",
        "Statuses that mean it never will.",
    ),
    key("sms.server", "", "smpp: HOST:PORT of the SMS centre, through a private line: SMPP is not encrypted."),
    key("sms.user", "", "smpp: system_id."),
    secret("sms.password", "smpp: password, at most 8 letters."),
    key("sms.long", "parts", "smpp: long texts as parts with a header, or as one payload where the centre takes it."),
    key(
        "webhook.allow_private",
        "false",
        "Whether calls to other systems may go to private addresses and without HTTPS.",
    ),
    secret("metrics.token", "Bearer token that opens /metrics; empty = only callers on this machine."),
];

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The table above.
    Default,
    /// A TOML file.
    File(PathBuf),
    /// This variable.
    Environment(String),
    /// A flag of the command line.
    Flag,
}

impl Origin {
    fn words(&self) -> String {
        match self {
            Origin::Default => "default".into(),
            Origin::File(path) => format!("file {}", path.display()),
            Origin::Environment(name) => format!("environment {name}"),
            Origin::Flag => "flag".into(),
        }
    }
}

/// A configuration put together.
#[derive(Clone, Debug)]
pub struct Config(BTreeMap<&'static str, (String, Origin)>);

impl Config {
    /// Puts the layers together. `file` must exist when named; else `shubbak.toml` in the
    /// working folder is read if it is there. Unknown keys are refused with the nearest known.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
        flags: &[(&'static str, String)],
    ) -> anyhow::Result<Config> {
        let mut values: BTreeMap<_, _> =
            KEYS.iter().map(|k| (k.name, (k.default.to_owned(), Origin::Default))).collect();
        let usual = Path::new("shubbak.toml");
        let file = file.or_else(|| usual.exists().then_some(usual));
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            for (name, value) in flat(&text).with_context(|| format!("{} does not read", path.display()))? {
                values.insert(known(&name)?.name, (value, Origin::File(path.to_owned())));
            }
        }
        for (variable, value) in environment {
            if let Some(rest) = variable.strip_prefix("SHUBBAK_")
                && let Some((section, name)) = rest.split_once("__")
            {
                let name = format!("{}.{}", section.to_lowercase(), name.to_lowercase());
                values.insert(known(&name)?.name, (value, Origin::Environment(variable)));
            }
        }
        for (name, value) in flags {
            values.insert(known(name)?.name, (value.clone(), Origin::Flag));
        }
        let config = Config(values);
        config.check()?;
        Ok(config)
    }

    /// The same with another value of one key: for a restored database beside the live one.
    pub fn with(&self, name: &'static str, value: &str) -> Config {
        let mut changed = self.clone();
        changed.0.insert(name, (value.to_owned(), Origin::Flag));
        changed
    }

    /// The value of a key of the table.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |(value, _)| value)
    }

    fn path_or(&self, name: &str, below: &str) -> PathBuf {
        match self.get(name) {
            "" => Path::new(self.get("data.folder")).join(below),
            set => PathBuf::from(set),
        }
    }

    /// Folder of the embedded database, keys, files and backups.
    pub fn folder(&self) -> PathBuf {
        PathBuf::from(self.get("data.folder"))
    }

    /// Folder of the key files.
    pub fn keys(&self) -> PathBuf {
        self.path_or("keys.folder", "keys")
    }

    /// Folder of the backups.
    pub fn backups(&self) -> PathBuf {
        self.path_or("backup.folder", "backups")
    }

    /// The application's database.
    pub fn database(&self) -> String {
        match self.get("database.url") {
            "" => format!("sqlite:{}", self.folder().join("shubbak.db").display()),
            set => set.to_owned(),
        }
    }

    /// The owner's database address, where one is given; on SQLite the application's own.
    pub fn owner_database(&self) -> Option<String> {
        match self.get("database.owner_url") {
            "" => self.database().starts_with("sqlite:").then(|| self.database()),
            set => Some(set.to_owned()),
        }
    }

    /// The sealer's database address, where it has a role of its own.
    pub fn sealer_database(&self) -> Option<String> {
        Some(self.get("database.sealer_url").to_owned()).filter(|url| !url.is_empty())
    }

    /// The roles of a PostgreSQL database, as the addresses name them; none on SQLite.
    pub fn roles(&self) -> anyhow::Result<Option<Roles>> {
        if self.database().starts_with("sqlite:") {
            return Ok(None);
        }
        let application = role_of(&self.database()).context("database.url")?;
        let sealer = self.sealer_database().map(|url| role_of(&url).context("database.sealer_url")).transpose()?;
        Ok(Some(Roles { sealer: sealer.unwrap_or_else(|| application.clone()), application }))
    }

    /// The S3-compatible service of the uploads, if they lie in one.
    pub fn s3(&self) -> Option<S3> {
        let set = |name: &str| Some(self.get(name).to_owned()).filter(|value| !value.is_empty());
        let url = set("files.url").filter(|url| url.starts_with("s3://"))?;
        let key = set("files.access_key").zip(set("files.secret_key"));
        Some(S3 { url, endpoint: set("files.endpoint"), region: self.get("files.region").to_owned(), key })
    }

    /// Address as citizens reach it, without a slash at the end.
    pub fn public_url(&self) -> String {
        match self.get("server.public_url") {
            "" => {
                let scheme = if self.get("server.tls_certificate").is_empty() { "http" } else { "https" };
                format!("{scheme}://{}", self.get("server.listen"))
            }
            set => set.trim_end_matches('/').to_owned(),
        }
    }

    /// Whether this is a demonstration.
    pub fn demo(&self) -> bool {
        self.get("site.demo") == "true"
    }

    fn check(&self) -> anyhow::Result<()> {
        let one_of = |name: &str, allowed: &[&str]| -> anyhow::Result<()> {
            if !allowed.contains(&self.get(name)) {
                bail!("{name} is «{}»; it must be one of {}", self.get(name), allowed.join(", "));
            }
            Ok(())
        };
        one_of("site.digits", &["latn", "arab"])?;
        one_of("site.demo", &["true", "false"])?;
        one_of("mail.tls", &["starttls", "tls", "none"])?;
        one_of("sms.kind", &["", "http", "smpp"])?;
        one_of("sms.method", &["GET", "POST"])?;
        one_of("sms.long", &["parts", "payload"])?;
        one_of("webhook.allow_private", &["true", "false"])?;
        one_of("log.format", &["text", "json"])?;
        one_of("log.level", &["error", "warn", "info", "debug", "trace"])?;
        if self.get("database.connections").parse::<usize>().ok().is_none_or(|n| n == 0 || n > 1_000) {
            bail!("database.connections must be a whole number from 1 to 1000");
        }
        if self.get("server.listen").parse::<std::net::SocketAddr>().is_err() {
            bail!("server.listen must be an address and a port, such as 0.0.0.0:8080");
        }
        if self.get("server.tls_certificate").is_empty() != self.get("server.tls_key").is_empty() {
            bail!("server.tls_certificate and server.tls_key go together");
        }
        for name in ["database.owner_url", "database.sealer_url"] {
            if !self.get(name).is_empty() && self.database().starts_with("sqlite:") {
                bail!("{name} goes with a PostgreSQL address in database.url");
            }
        }
        let files = self.get("files.url");
        if files.contains("://") && !files.starts_with("s3://") {
            bail!("files.url must be empty or begin with s3://");
        }
        let endpoint = self.get("files.endpoint");
        if !(endpoint.is_empty() || endpoint.starts_with("https://") || endpoint.starts_with("http://")) {
            bail!("files.endpoint must begin with https:// or http://");
        }
        if self.get("files.access_key").is_empty() != self.get("files.secret_key").is_empty() {
            bail!("files.access_key and files.secret_key go together");
        }
        crate::post::check(self)?;
        self.check_secrets()?;
        let url = self.public_url();
        if !(url.starts_with("http://") || url.starts_with("https://")) {
            bail!("server.public_url must begin with http:// or https://");
        }
        let token = self.get("metrics.token");
        if !token.is_empty() && token.len() < 16 && !self.demo() {
            bail!("metrics.token is too short to be a secret: give it 16 characters or more");
        }
        Ok(())
    }

    /// A file that holds a secret must be its owner's alone.
    fn check_secrets(&self) -> anyhow::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        for key in KEYS.iter().filter(|key| key.secret) {
            let Some((value, Origin::File(path))) = self.0.get(key.name) else { continue };
            let password = |url: &str| {
                url.split_once("://").is_some_and(|(_, rest)| {
                    rest.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')) || rest.contains("password=")
                })
            };
            let secret = if key.name.ends_with("url") { password(value) } else { !value.is_empty() };
            let mode = std::fs::metadata(path).map_or(0, |meta| meta.permissions().mode() & 0o777);
            if secret && mode & 0o077 != 0 {
                bail!(
                    "{} holds {}, a secret, and has mode {mode:03o}: chmod 600 {}, or set it in the environment",
                    path.display(),
                    key.name,
                    path.display()
                );
            }
        }
        Ok(())
    }

    /// Every secret that is set.
    pub fn secrets(&self) -> impl Iterator<Item = String> {
        let secret = KEYS.iter().filter(|key| key.secret).map(|key| self.get(key.name).to_owned());
        secret.filter(|value| !value.is_empty())
    }

    /// One line for each key: name, value (secrets masked), origin.
    pub fn lines(&self) -> Vec<(String, String, String)> {
        KEYS.iter()
            .filter_map(|k| {
                let (value, origin) = self.0.get(k.name)?;
                let shown = if k.secret && !value.is_empty() { "••••••".to_owned() } else { value.clone() };
                Some((k.name.to_owned(), shown, origin.words()))
            })
            .collect()
    }
}

/// The commented example file.
pub fn example() -> String {
    let mut text = String::from(
        "# Shubbak: every key with its default. Environment: SHUBBAK_SECTION__NAME. Unknown keys are refused.\n",
    );
    let mut section = "";
    for key in KEYS {
        let (own, name) = key.name.split_once('.').unwrap_or(("", key.name));
        if own != section {
            section = own;
            let _infallible = write!(text, "\n[{section}]\n");
        }
        let _infallible = write!(text, "# {}\n# {name} = {}\n", key.help, toml::Value::from(key.default));
    }
    text
}

/// The key of this name, or a refusal that names the nearest one.
pub fn known(name: &str) -> anyhow::Result<&'static Key> {
    if let Some(key) = KEYS.iter().find(|k| k.name == name) {
        return Ok(key);
    }
    let nearest = KEYS.iter().min_by_key(|k| distance(k.name, name));
    match nearest.filter(|k| distance(k.name, name) <= 4) {
        Some(key) => bail!("unknown key {name}; did you mean {}?", key.name),
        None => bail!("unknown key {name}; `shubbak config show` lists them all"),
    }
}

/// How many letters must change to get from one name to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let here = (diagonal + usize::from(x != *y)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = here;
            left = here;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

fn flat(text: &str) -> anyhow::Result<Vec<(String, String)>> {
    let table: toml::Table = text.parse()?;
    let mut found = Vec::new();
    for (section, inner) in table {
        let toml::Value::Table(inner) = inner else { bail!("{section} stands outside a [section]") };
        for (name, value) in inner {
            let value = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(flag) => flag.to_string(),
                toml::Value::Array(list) => list.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(","),
                other => bail!("{section}.{name} cannot be a {}", other.type_str()),
            };
            found.push((format!("{section}.{name}"), value));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)], flags: &[(&'static str, String)]) -> anyhow::Result<Config> {
        load_mode(file, 0o600, environment, flags)
    }

    fn load_mode(
        file: &str,
        mode: u32,
        environment: &[(&str, &str)],
        flags: &[(&'static str, String)],
    ) -> anyhow::Result<Config> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("shubbak.toml");
        std::fs::write(&path, file)?;
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(mode))?;
        Config::load(Some(&path), environment.iter().map(|(k, v)| ((*k).into(), (*v).into())), flags)
    }

    #[test]
    fn later_layers_win_and_say_where_they_come_from() {
        let config = load(
            "[log]\nlevel = \"warn\"\nformat = \"json\"\n[server]\nlisten = \"127.0.0.1:1\"",
            &[("SHUBBAK_LOG__LEVEL", "debug"), ("SHUBBAK_SERVER__LISTEN", "127.0.0.1:2"), ("HOME", "/")],
            &[("server.listen", "127.0.0.1:3".into())],
        )
        .expect("it loads");
        assert_eq!(
            (config.get("log.format"), config.get("log.level"), config.get("server.listen")),
            ("json", "debug", "127.0.0.1:3")
        );
        let origins: Vec<_> =
            config.lines().into_iter().filter(|l| l.0.starts_with("log.") || l.0 == "server.listen").collect();
        assert!(origins.iter().any(|l| l.0 == "log.level" && l.2 == "environment SHUBBAK_LOG__LEVEL"));
        assert!(origins.iter().any(|l| l.0 == "server.listen" && l.2 == "flag"));
    }

    #[test]
    fn unknown_keys_are_refused_with_the_nearest() {
        let error = load("[log]\nlevle = \"warn\"", &[], &[]).expect_err("a slip").to_string();
        assert!(error.contains("log.level"), "{error}");
        assert!(load("", &[("SHUBBAK_SERVER__LISTN", "x")], &[]).is_err());
    }

    #[test]
    fn secrets_are_masked_and_nonsense_is_refused() {
        let config = load("[database]\nurl = \"postgres://u:hidden@h/d\"", &[], &[]).expect("it loads");
        assert!(config.lines().iter().all(|l| !l.1.contains("hidden")));
        for bad in [
            "[log]\nformat = \"xml\"",
            "[server]\nlisten = \"here\"",
            "[server]\ntls_key = \"k\"",
            "[database]\nconnections = 0",
            "[files]\nurl = \"ftp://h\"",
            "[files]\nendpoint = \"minio:9000\"",
            "[files]\naccess_key = \"only\"",
            "[database]\nowner_url = \"postgres://owner@h/d\"",
            "[database]\nurl = \"sqlite:x\"\nsealer_url = \"postgres://sealer@h/d\"",
            "[mail]\nserver = \"relay\"",
            "[mail]\nserver = \"relay:25\"",
            "[mail]\nserver = \"relay:25\"\nfrom = \"a@b.example\"\nuser = \"only\"",
            "[mail]\nserver = \"relay:25\"\nfrom = \"a@b.example\"\ntls = \"none\"\nuser = \"u\"\npassword = \"p\"",
            "[sms]\nkind = \"http\"\nurl = \"gateway\"",
            "[sms]\nkind = \"http\"\nurl = \"https://g.example\"\nbody = \"text={text}\"",
            "[sms]\nkind = \"smpp\"\nserver = \"centre:2775\"",
            "[sms]\ncallback_secret = \"short\"",
            "[outbox]\nquiet_hours = \"late\"",
            "[outbox]\nper_second = 0",
            "[notices]\noff = \"01/nothing\"",
            "level = \"warn\"",
        ] {
            assert!(load(bad, &[], &[]).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_file_with_a_secret_is_its_owners_alone() {
        for secret in [
            "[database]\nurl = \"postgres://u:hidden@h/d\"",
            "[files]\naccess_key = \"k\"\nsecret_key = \"hidden\"",
            "[metrics]\ntoken = \"hidden hidden hidden\"",
        ] {
            let error = load_mode(secret, 0o640, &[], &[]).expect_err("others may read it").to_string();
            assert!(error.contains("chmod 600") && !error.contains("hidden"), "{error}");
            let config = load_mode(secret, 0o600, &[], &[]).expect("its owner's alone");
            assert!(config.lines().iter().all(|line| !line.1.contains("hidden")), "{secret}");
        }
        load_mode("[database]\nurl = \"postgres://u@h/d\"", 0o644, &[], &[]).expect("no secret");
    }

    #[test]
    fn the_example_reads_and_changes_nothing() {
        let uncommented: String = example()
            .lines()
            .map(|l| {
                l.strip_prefix("# ").filter(|l| l.split_once(" = ").is_some_and(|(k, _)| !k.contains(' '))).unwrap_or(l)
            })
            .filter(|l| !l.starts_with('#'))
            .fold(String::new(), |t, l| t + l + "\n");
        let config = load(&uncommented, &[], &[]).expect("it loads");
        assert!(config.lines().iter().zip(KEYS).all(|(line, key)| key.secret || line.1 == key.default));
    }
}
