//! Somebody signed in over HTTP: the cookies, and the token of the forms.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::http::{Connection, Reply, form};

/// A browser's memory.
#[derive(Clone, Debug)]
pub struct Session {
    /// The `Cookie` header.
    pub cookie: String,
    /// The value of `csrf` in forms.
    pub token: String,
}

impl Session {
    /// Signs in.
    pub async fn open(connection: &mut Connection, login: &str, password: &str) -> Result<Self> {
        let mut cookies = BTreeMap::new();
        let page = connection.get("/login", "").await?;
        keep(&mut cookies, &page);
        let token = page.hidden("csrf").unwrap_or_default().to_owned();
        let command = page.hidden("command").unwrap_or_default().to_owned();
        let body = form([("csrf", token.as_str()), ("command", &command), ("login", login), ("password", password)]);
        let answer = connection.post("/login", &header(&cookies), &body).await?;
        keep(&mut cookies, &answer);
        if answer.status != 303 {
            bail!("{login} cannot sign in: {} {}", answer.status, answer.wrong());
        }
        let page = connection.get("/me", &header(&cookies)).await?;
        keep(&mut cookies, &page);
        match page.hidden("csrf") {
            Some(token) if page.status == 200 => Ok(Self { cookie: header(&cookies), token: token.to_owned() }),
            _ => bail!("{login} has no page of their own: {} {}", page.status, page.location),
        }
    }
}

fn keep(cookies: &mut BTreeMap<String, String>, reply: &Reply) {
    for (name, value) in &reply.cookies {
        if value.is_empty() {
            cookies.remove(name);
        } else {
            cookies.insert(name.clone(), value.clone());
        }
    }
}

fn header(cookies: &BTreeMap<String, String>) -> String {
    cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}
