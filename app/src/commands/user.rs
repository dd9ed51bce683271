//! `user add | reset | lock`: the node's owner gives out and closes accounts.
//!
//! A first password is printed once and kept nowhere; its owner must change it at the first login.

use anyhow::{Context as _, Result, anyhow, bail};
use foundation::dates;
use registry::Role;
use registry::staff::rules::{Asked, Refusal, fits, login_name};
use registry::staff::{self, By, Grant, NewPerson, OneTime, StaffError, queries};
use serde::Serialize;

use crate::cli::User;
use crate::node::Node;
use crate::output::{Done, Output};

/// Ground recorded for an account closed from here.
const GROUND: &str = "إيقاف من سطر الأوامر بأمر مالك العقدة";

#[derive(Serialize)]
struct Account {
    login: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    locked: bool,
}

/// Runs on an open node.
pub async fn run(command: &User, node: &Node, out: &Output) -> Result<Done> {
    let done = match command {
        User::Add { login, name, unit, role } => add(node, login, name, unit, role, out).await?,
        User::Reset { login } => reset(node, login, out).await?,
        User::Lock { login } => lock(node, login, out).await?,
    };
    node.seal().await?;
    Ok(done)
}

async fn add(node: &Node, login: &str, name: &str, unit: &str, role: &str, out: &Output) -> Result<Done> {
    // Everything is checked before anything is written: no account is left without its role.
    let role = known_role(role)?;
    let tree = node.site.units.now();
    let place =
        tree.unit(unit).with_context(|| format!("there is no unit {unit}; codes look like 01-D16, 01-G00, 00"))?;
    fits(&tree, role, place, None).map_err(|refusal| refused(refusal, login, role, unit))?;

    let new = NewPerson {
        command: node.site.ids.next(),
        login: login.into(),
        name: name.into(),
        unit: unit.into(),
        password: None,
    };
    let added = staff::add(&node.site, &By::Machine, new).await.map_err(|e| told(e, login, role, unit))?;
    let first_day = dates::day_of(node.record.clock().now());
    let asked = Asked { role, unit: unit.into(), department: None, first_day, last_day: None };
    let grant = Grant { command: node.site.ids.next(), staff: added.staff, asked };
    staff::grant(&node.site, &By::Machine, grant).await.map_err(|e| told(e, login, role, unit))?;

    let login = login_name(login).unwrap_or_else(|_| login.to_owned());
    let answer = Account {
        login,
        role: Some(role.code()),
        unit: Some(unit.into()),
        password: shown(added.password),
        locked: false,
    };
    out.answer(&answer, |a| {
        let mut lines = vec![format!("{} was added as {} of {} ({unit}).", a.login, role.code(), place.name)];
        lines.extend(password_lines(a));
        lines
    })?;
    Ok(Done::Well)
}

async fn reset(node: &Node, login: &str, out: &Output) -> Result<Done> {
    let person = find(node, login).await?;
    let password = staff::reset_password(&node.site, &By::Machine, node.site.ids.next(), person.id).await;
    let password = password.map_err(|error| match error {
        StaffError::Refused(Refusal::Disabled) => {
            anyhow!("the account {} is locked; open it in the pages first", person.login)
        }
        error => error.into(),
    })?;
    let answer = Account { login: person.login, role: None, unit: None, password: shown(password), locked: false };
    out.answer(&answer, |a| {
        let mut lines = vec![format!("{} has a new first password; every session of the account has ended.", a.login)];
        lines.extend(password_lines(a));
        lines
    })?;
    Ok(Done::Well)
}

async fn lock(node: &Node, login: &str, out: &Output) -> Result<Done> {
    let person = find(node, login).await?;
    let locked = staff::disable(&node.site, &By::Machine, node.site.ids.next(), person.id, GROUND).await;
    let before = match locked {
        Ok(()) => false,
        Err(StaffError::Refused(Refusal::Unchanged)) => true,
        Err(error) => return Err(error.into()),
    };
    let answer = Account { login: person.login, role: None, unit: None, password: None, locked: true };
    out.answer(&answer, |a| {
        let state = if before {
            "was locked before"
        } else {
            "is locked: its sessions have ended and it writes nothing from now on"
        };
        vec![format!("{} {state}.", a.login)]
    })?;
    Ok(Done::Well)
}

async fn find(node: &Node, login: &str) -> Result<queries::Listed> {
    let found = queries::by_login(&mut node.db.reader(), login).await?;
    found.with_context(|| format!("nobody has the login name {login}"))
}

fn known_role(code: &str) -> Result<Role> {
    match Role::from_code(&code.replace('-', "_")) {
        Some(role) => Ok(role),
        None => bail!("there is no role {code}; roles: {}", Role::ALL.map(Role::code).join(", ")),
    }
}

fn told(error: StaffError, login: &str, role: Role, unit: &str) -> anyhow::Error {
    match error {
        StaffError::Refused(refusal) => refused(refusal, login, role, unit),
        error => error.into(),
    }
}

/// Refusals in words that say what to type instead.
fn refused(refusal: Refusal, login: &str, role: Role, unit: &str) -> anyhow::Error {
    let role = role.code();
    match refusal {
        Refusal::LoginTaken => {
            anyhow!("the login name {login} is taken; `shubbak user reset {login}` gives it a new password")
        }
        Refusal::LoginForm => anyhow!("«{login}» is no login name: 3 to 40 of a–z, 0–9, dot, hyphen and underscore"),
        Refusal::NameForm => anyhow!("--name must be a person's name of at least two words, such as «منى عبد الفتاح»"),
        Refusal::WrongPlace => anyhow!("nobody is {role} of {unit}: the role is not held at such a place"),
        Refusal::NeedsDepartment => {
            anyhow!("{role} is held in a department: add a supervisor here and give that role in the pages")
        }
        other => other.into(),
    }
}

fn shown(password: Option<OneTime>) -> Option<String> {
    password.map(|once| once.0)
}

fn password_lines(account: &Account) -> Vec<String> {
    let Some(password) = &account.password else { return Vec::new() };
    vec![format!("First password, shown this once: {password}"), "It must be changed at the first login.".into()]
}
