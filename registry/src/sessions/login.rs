//! Logging in and out.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use foundation::clock::Micros;
use foundation::db::DbError;
use foundation::web::PageError;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::delays::{self, NotNow, Subject};
use super::{ABSOLUTE, COOKIE, FORM_COOKIES, store};
use crate::access::{self, Refused};
use crate::site::Site;
use crate::staff::queries;
use crate::viewer::Viewer;

/// What somebody typed, and from where.
#[derive(Clone)]
pub struct Attempt {
    /// Login name as typed.
    pub login: String,
    /// Password.
    pub password: String,
    /// Address of the client.
    pub address: std::net::IpAddr,
    /// What the browser calls itself, for the list of own logins.
    pub agent: String,
}

/// A login: the browser's new secrets.
#[derive(Clone)]
pub struct Login {
    /// Who: a member of staff, or an account.
    pub who: Uuid,
    /// The session's token.
    pub token: String,
    /// The secret behind the forms' tokens.
    pub form_secret: String,
}

/// What becomes of an attempt.
pub enum Outcome {
    /// Signed in.
    In(Login),
    /// Name or password is wrong, or the account is closed: nobody is told which.
    Wrong,
    /// Too many failures; try again after these seconds.
    Wait {
        /// Seconds.
        seconds: u64,
    },
}

/// Checks name and password and opens a session.
pub async fn login(site: &Site, attempt: Attempt) -> Result<Outcome, PageError> {
    let now = site.clock.now();
    let name = attempt.login.trim().to_ascii_lowercase();
    let keys = site.record.keyring();
    let account = keys.digest("login-account", &name);
    let address = keys.digest("login-address", &network(attempt.address));
    let subjects = [(Subject::Account, account), (Subject::Address, address)];
    if let Some(seconds) = count(site, &subjects, now).await? {
        return Ok(Outcome::Wait { seconds });
    }
    let (staff, stored) = queries::account(&mut site.db.reader(), &name).await?.unzip();
    if !site.sessions.passwords().check(&attempt.password, stored.clone()).await? {
        return Ok(Outcome::Wrong);
    }
    let (Some(staff), Some(stored)) = (staff, stored) else { return Ok(Outcome::Wrong) };
    let token = site.ids.random_bytes::<32>();
    let form_secret = URL_SAFE_NO_PAD.encode(site.ids.random_bytes::<16>());
    let row = store::NewSession {
        token: Sha256::digest(token).into(),
        staff,
        password: stored,
        form_secret: super::digest(&form_secret),
        at: now,
        address: attempt.address.to_string(),
        agent: attempt.agent.chars().take(200).collect(),
    };
    let opened = site
        .db
        .write(move |tx| {
            let row = row.clone();
            Box::pin(async move {
                let opened = store::open(tx, &row).await?;
                if opened {
                    delays::succeeded(tx, &account, &address).await?;
                }
                Ok::<_, DbError>(opened)
            })
        })
        .await?;
    if !opened {
        return Ok(Outcome::Wrong);
    }
    Ok(Outcome::In(Login { who: staff, token: URL_SAFE_NO_PAD.encode(token), form_secret }))
}

/// Counts a guess at the password of an account that is already signed in (changing it); says how
/// many seconds are left to wait.
pub(crate) async fn guess(site: &Site, login: &str) -> Result<Option<u64>, DbError> {
    let (now, account) = (site.clock.now(), site.record.keyring().digest("login-account", login));
    let subjects = [(Subject::Account, account)];
    count(site, &subjects, now).await
}

/// Counts an attempt, or gives the seconds left to wait.
pub(crate) async fn count(site: &Site, subjects: &[(Subject, [u8; 16])], now: Micros) -> Result<Option<u64>, DbError> {
    let subjects = subjects.to_vec();
    let counted = site
        .db
        .write(move |tx| {
            let subjects = subjects.clone();
            Box::pin(async move { delays::attempt(tx, &subjects, now).await })
        })
        .await;
    match counted {
        Ok(()) => Ok(None),
        Err(NotNow::Wait(left)) => Ok(Some(seconds(left))),
        Err(NotNow::Db(error)) => Err(error),
    }
}

/// A right code: account and address start anew.
pub(crate) async fn forgive(site: &Site, account: [u8; 16], address: [u8; 16]) -> Result<(), DbError> {
    site.db.write(move |tx| Box::pin(async move { delays::succeeded(tx, &account, &address).await })).await
}

/// The guess was right.
pub(crate) async fn guessed(site: &Site, login: &str) -> Result<(), DbError> {
    let account = site.record.keyring().digest("login-account", login);
    site.db.write(move |tx| Box::pin(async move { delays::forget(tx, &account).await })).await
}

fn seconds(micros: i64) -> u64 {
    u64::try_from(micros.div_euclid(Micros::SECOND) + 1).unwrap_or(1)
}

/// The cookies of a login. `secure` says whether public links are HTTPS, as the shell names its
/// cookies by it; the session's own is always `Secure` (browsers take that from 127.0.0.1 too).
pub fn cookies(login: &Login, secure: bool) -> HeaderMap {
    let age = ABSOLUTE / Micros::SECOND;
    let [safe, plain] = FORM_COOKIES;
    let (name, flag) = if secure { (safe, "; Secure") } else { (plain, "") };
    let mut headers = HeaderMap::new();
    for cookie in [
        format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={age}", login.token),
        format!("{name}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{flag}", login.form_secret, 7 * 24 * 3600),
    ] {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    headers
}

/// The cookie that ends a session in the browser.
pub fn forget_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-shubbak=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Ends this session.
pub async fn logout(site: &Site, viewer: &Viewer) -> Result<(), DbError> {
    let Some(person) = viewer.person() else { return Ok(()) };
    let (token, now) = (person.session.clone(), site.clock.now());
    site.db
        .write(move |tx| {
            let token = token.clone();
            Box::pin(async move { store::end(tx, &token, now).await })
        })
        .await?;
    site.sessions.forget_all();
    Ok(())
}

/// Ends all sessions of the viewer, this one included; says how many.
pub async fn logout_everywhere(site: &Site, viewer: &Viewer) -> Result<u64, Refused> {
    let (viewer, now) = (viewer.clone(), site.clock.now());
    let ended = site
        .db
        .write(move |tx| {
            let viewer = viewer.clone();
            Box::pin(async move {
                let staff = access::confirm_signed_in(tx, &viewer).await?;
                Ok::<_, Refused>(crate::staff::end_sessions(tx, staff, None, now).await?)
            })
        })
        .await?;
    site.sessions.forget_all();
    Ok(ended)
}

/// One address, or for IPv6 the network that one customer owns.
pub(crate) fn network(address: std::net::IpAddr) -> String {
    match address.to_canonical() {
        std::net::IpAddr::V4(four) => four.to_string(),
        std::net::IpAddr::V6(six) => format!("{:x}", u128::from(six) >> 64),
    }
}
