//! One's own account: roles, logins, password.

use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};

use super::parts::{self, FormPage, instant};
use crate::kept;
use crate::sessions::{self, OwnSession};
use crate::site::Site;
use crate::staff::{self, StaffError};
use crate::viewer::{Person, Viewer};

#[derive(Template)]
#[template(path = "registry/me.html")]
struct MePage {
    c: Ctx,
    name: String,
    login: String,
    roles: Vec<RoleLine>,
    logins: Vec<LoginLine>,
    /// Page and time of forms that were not sent.
    kept: Vec<(String, String)>,
}

struct RoleLine {
    role: String,
    place: String,
    rights: Vec<String>,
}

/// A login of one's own, in words.
pub(super) struct LoginLine {
    pub started: String,
    pub seen: String,
    pub state: String,
    pub class: &'static str,
    pub address: String,
    pub agent: String,
}

pub(super) fn login_line(c: &Ctx, login: OwnSession) -> LoginLine {
    let (state, class) = match (login.this, login.open) {
        (true, _) => ("registry-login-this", "ok"),
        (false, true) => ("registry-login-open", "info"),
        (false, false) => ("registry-login-ended", ""),
    };
    LoginLine {
        started: instant(c, login.started_at),
        seen: instant(c, login.seen_at),
        state: c.t(state),
        class,
        address: login.address,
        agent: browser(&login.agent),
    }
}

/// «Firefox، Windows»: what a browser calls itself, as its owner knows it. What is not known is shown
/// as it came.
fn browser(agent: &str) -> String {
    // The first that fits: most browsers also name those whose pages they can show.
    const NAMES: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let known =
        |list: &[(&str, &'static str)]| list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (known(&NAMES), known(&SYSTEMS)) {
        (Some(name), Some(system)) => format!("{name}, {system}"),
        _ => agent.to_owned(),
    }
}

fn person(viewer: &Viewer) -> Result<&Person, PageError> {
    viewer.person().ok_or(PageError::SignIn)
}

/// Own roles and logins.
pub(super) async fn profile(State(site): State<Site>, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let me = person(&viewer)?;
    let tree = site.units.now();
    let roles = viewer
        .assignments()
        .iter()
        .map(|held| RoleLine {
            role: c.t(&held.role.message()),
            place: parts::place_words(&c, &site, &tree, &held.unit, held.department.as_deref()),
            rights: held.role.rights().map(|right| c.t(&right.message())).collect(),
        })
        .collect();
    let kept = kept::waiting(&site, &viewer).await.map_err(super::record_error)?;
    let kept = kept.into_iter().map(|form| (form.page, instant(&c, form.kept_at))).collect();
    let logins =
        sessions::own(&mut site.db.reader(), &viewer).await?.into_iter().map(|login| login_line(&c, login)).collect();
    let (name, login) = (me.name.clone(), me.login.clone());
    Ok(Html(MePage { c: c.dense(), name, login, roles, logins, kept }).into_response())
}

/// Ends all own sessions, this one too.
pub(super) async fn logout_everywhere(State(site): State<Site>, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let n = i64::try_from(sessions::logout_everywhere(&site, &viewer).await?).unwrap_or(0);
    let flash = Flash::ok(c.ta("registry-logged-out-everywhere", &[("n", &n)]));
    let mut response = see_other("/login").with_flash(flash).into_response();
    response.headers_mut().append(SET_COOKIE, sessions::forget_cookie());
    Ok(response)
}

fn password_page(viewer: &Viewer, c: Ctx, data: &FormData, errors: FormErrors) -> Result<FormPage, PageError> {
    let first = person(viewer)?.must_change_password;
    let field = |name: &str, label: &str, token: &'static str| {
        FieldView::new(FieldKind::Password, name, c.t(label)).required().autocomplete(token)
    };
    let new = field("new", "registry-password-new", "new-password").hint(c.t("registry-password-hint"));
    let fields = vec![
        field("old", "registry-password-old", "current-password").autofocus().filled(data, &errors),
        new.filled(data, &errors),
        field("again", "registry-password-again", "new-password").filled(data, &errors),
    ];
    let title = c.t(if first { "registry-password-first-title" } else { "registry-password-title" });
    Ok(FormPage {
        crumbs: vec![Crumb::new("/me", c.t("registry-me-title")), Crumb::here(title.clone())],
        title,
        intro: if first { c.t("registry-password-first-intro") } else { String::new() },
        method: "post",
        action: "/me/password".into(),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        fields,
        button: c.t("registry-password-submit"),
        back: if first { String::new() } else { "/me".into() },
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

/// The page on which a password is changed.
pub(super) async fn password_form(viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    Ok(Html(password_page(&viewer, c, &FormData::default(), FormErrors::new())?).into_response())
}

/// Changes one's own password.
pub(super) async fn change_password(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let mut errors = FormErrors::new();
    let old = data.required("old", &mut errors, || c.t("registry-password-old-missing"));
    let new = data.required("new", &mut errors, || c.t("registry-password-new-missing"));
    if !new.is_empty() && data.get("again") != new {
        errors.add("again", c.t("registry-password-again-differs"));
    }
    if !errors.any() {
        match staff::change_own_password(&site, &viewer, parts::command(&data)?, &old, &new).await {
            Ok(()) => {
                let home = (site.settings.home)(&viewer);
                return Ok(see_other(home).with_flash(Flash::ok(c.t("registry-password-changed"))).into_response());
            }
            Err(StaffError::Refused(refusal)) => errors.add(refusal.field(), c.t(refusal.message())),
            Err(StaffError::Wait { seconds }) => return Err(PageError::TooMany { seconds }),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Html(password_page(&viewer, c, &data, errors)?).unprocessable())
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
                "Chrome, Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge, Windows",
            ),
            ("Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Windows"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1",
                "Safari, iPhone",
            ),
            ("demonstration", "demonstration"),
            ("", ""),
        ] {
            assert_eq!(browser(agent), name, "{agent}");
        }
    }
}
