//! `api-key add | list | revoke`: the node's owner gives other systems keys and takes them away.
//!
//! A key is printed once and kept nowhere; what it may do is what its account may.

use anyhow::{Context as _, Result, anyhow, bail};
use foundation::dates;
use registry::staff::rules::Refusal;
use registry::staff::{self, By, KeyScope, NewKey, StaffError, keys, queries};
use serde::Serialize;
use uuid::Uuid;

use crate::cli::ApiKey;
use crate::node::Node;
use crate::output::{Done, Output, columns};

/// Ground recorded for a key revoked from here.
const GROUND: &str = "إلغاء من سطر الأوامر بأمر مالك العقدة";

#[derive(Serialize)]
struct Line {
    id: Uuid,
    login: String,
    label: String,
    scopes: Vec<&'static str>,
    per_minute: u32,
    last_day: String,
    revoked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// Runs on an open node.
pub async fn run(command: &ApiKey, node: &Node, out: &Output) -> Result<Done> {
    match command {
        ApiKey::Add { login, label, scope, days, per_minute } => {
            let scopes = scope.iter().map(|word| known(word)).collect::<Result<Vec<_>>>()?;
            add(node, login, label, scopes, (*days, *per_minute), out).await?;
        }
        ApiKey::List { login } => list(node, login.as_deref(), out).await?,
        ApiKey::Revoke { login, key } => revoke(node, login, *key, out).await?,
    }
    node.seal().await?;
    Ok(Done::Well)
}

fn known(word: &str) -> Result<KeyScope> {
    match KeyScope::from_code(word) {
        Some(scope) => Ok(scope),
        None => bail!("there is no scope {word}; scopes: {}", KeyScope::ALL.map(KeyScope::code).join(", ")),
    }
}

async fn add(
    node: &Node,
    login: &str,
    label: &str,
    scopes: Vec<KeyScope>,
    (days, per_minute): (u32, u32),
    out: &Output,
) -> Result<()> {
    let person = find(node, login).await?;
    let now = node.record.clock().now();
    let last_day = dates::day_of(now.plus_days(i64::from(days)));
    let new = NewKey { label: label.to_owned(), scopes: scopes.clone(), per_minute, last_day };
    let given = staff::give_key(&node.site, &By::Machine, node.site.ids.next(), person.id, new).await;
    let (id, secret) = given.map_err(told)?.context("the same command had been carried out before")?;
    let line = Line {
        id,
        login: person.login,
        label: label.to_owned(),
        scopes: scopes.iter().map(|scope| scope.code()).collect(),
        per_minute,
        last_day: last_day.to_string(),
        revoked: false,
        used_at: None,
        key: Some(secret.0),
    };
    out.answer(&line, |line| {
        vec![
            format!("Key {} acts as {} until {}.", line.id, line.login, line.last_day),
            format!("Shown this once: {}", line.key.as_deref().unwrap_or_default()),
        ]
    })
}

async fn list(node: &Node, login: Option<&str>, out: &Output) -> Result<()> {
    let staff = match login {
        Some(login) => Some(find(node, login).await?.id),
        None => None,
    };
    let lines: Vec<Line> = keys::list(&mut node.db.reader(), staff)
        .await?
        .into_iter()
        .map(|key| Line {
            id: key.id,
            login: key.login,
            label: key.label,
            scopes: key.scopes.iter().map(|scope| scope.code()).collect(),
            per_minute: key.per_minute,
            last_day: key.last_day.map(|day| day.to_string()).unwrap_or_default(),
            revoked: key.revoked,
            used_at: key.used_at.map(|at| at.to_string()),
            key: None,
        })
        .collect();
    out.answer(&lines, |lines| {
        let rows: Vec<Vec<String>> = lines
            .iter()
            .map(|line| {
                let state = if line.revoked { "revoked".to_owned() } else { format!("until {}", line.last_day) };
                let used = line.used_at.clone().unwrap_or_else(|| "never used".to_owned());
                vec![line.id.to_string(), line.login.clone(), line.label.clone(), line.scopes.join(","), state, used]
            })
            .collect();
        columns(&rows)
    })
}

async fn revoke(node: &Node, login: &str, key: Uuid, out: &Output) -> Result<()> {
    let person = find(node, login).await?;
    staff::revoke_key(&node.site, &By::Machine, node.site.ids.next(), person.id, key, GROUND).await.map_err(told)?;
    out.answer(&key, |key| vec![format!("Key {key} opens nothing any more.")])
}

async fn find(node: &Node, login: &str) -> Result<queries::Listed> {
    let found = queries::by_login(&mut node.db.reader(), login).await?;
    found.with_context(|| format!("nobody has the login name {login}"))
}

fn told(error: StaffError) -> anyhow::Error {
    match error {
        StaffError::Refused(Refusal::NoKey) => {
            anyhow!("the account has no such key; `shubbak api-key list` shows them")
        }
        StaffError::Refused(Refusal::Unchanged) => anyhow!("the key was revoked before"),
        StaffError::Refused(Refusal::Disabled) => anyhow!("the account is locked"),
        StaffError::Refused(Refusal::NameForm) => anyhow!("--label must be 1 to 80 characters"),
        error => error.into(),
    }
}
