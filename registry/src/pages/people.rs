//! People and their roles, for the system supervisor.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use foundation::web::{
    Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, PagerView, see_other,
};
use serde::Deserialize;
use uuid::Uuid;

use super::accounts;
use super::parts::{self, FormPage, day};
use crate::place::{NATIONAL, Place, UnitPath};
use crate::rights::{Right, Role, Seat};
use crate::site::Site;
use crate::staff::rules::{Asked, fits};
use crate::staff::{self, By, Grant, NewPerson, StaffError, queries};
use crate::units::{Tree, Unit, UnitKind};
use crate::viewer::Viewer;

const PAGE: u32 = 50;
pub(super) const PEOPLE: &str = "/admin/people";

#[derive(Template)]
#[template(path = "registry/people.html")]
struct PeoplePage {
    c: Ctx,
    query: String,
    people: Vec<PersonLine>,
    pager: PagerView,
    may_add: bool,
}

struct PersonLine {
    href: String,
    name: String,
    login: String,
    unit: String,
    disabled: bool,
}

/// What the list is asked for.
#[derive(Deserialize)]
pub(super) struct Asking {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// People of the viewer's part of the tree.
pub(super) async fn list(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Query(asking): Query<Asking>,
) -> Result<Response, PageError> {
    let tree = site.units.now();
    let after = asking.after.split_once('~').and_then(|(id, key)| Some((key.to_owned(), id.parse().ok()?)));
    let scopes = viewer.scope(Right::ViewPeople);
    let mut found = queries::list(&mut site.db.reader(), &scopes, &asking.q, after, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|(person, key)| {
        let (q, key) = (crate::sessions::escape(&asking.q), crate::sessions::escape(key));
        format!("{PEOPLE}?q={q}&after={}~{key}", person.id)
    });
    let people = found
        .into_iter()
        .map(|(person, _)| PersonLine {
            href: format!("{PEOPLE}/{}", person.id),
            unit: tree.name_in(c.lang, &person.unit).to_owned(),
            name: person.name,
            login: person.login,
            disabled: person.disabled,
        })
        .collect();
    let may_add = viewer.has_anywhere(Right::ManagePeople);
    let pager = PagerView { previous: None, next, page: None };
    Ok(Html(PeoplePage { c: c.dense(), query: asking.q, people, pager, may_add }).into_response())
}

/// The person of a page, if the viewer has the right at the person's home.
pub(super) async fn person(site: &Site, viewer: &Viewer, id: Uuid, right: Right) -> Result<queries::Listed, PageError> {
    let person = queries::one(&mut site.db.reader(), id).await?.ok_or(PageError::NotFound)?;
    parts::may(viewer, right, &Place::unit(UnitPath::stored(&person.path)))?;
    Ok(person)
}

pub(super) fn crumbs(c: &Ctx, person: &queries::Listed, here: Option<String>) -> Vec<Crumb> {
    let mut list = vec![Crumb::new(PEOPLE, c.t("registry-people-title"))];
    match here {
        Some(here) => {
            list.extend([Crumb::new(format!("{PEOPLE}/{}", person.id), person.name.clone()), Crumb::here(here)])
        }
        None => list.push(Crumb::here(person.name.clone())),
    }
    list
}

#[derive(Template)]
#[template(path = "registry/person.html")]
struct PersonPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    id: Uuid,
    name: String,
    login: String,
    unit: String,
    disabled: bool,
    /// Whether the viewer may change this account at all.
    may_manage: bool,
    may_grant: bool,
    roles: Vec<HeldLine>,
}

struct HeldLine {
    id: Uuid,
    role: String,
    place: String,
    first_day: String,
    last_day: String,
    state: &'static str,
    class: &'static str,
    may_revoke: bool,
}

/// One person with roles past and present.
pub(super) async fn one(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ViewPeople).await?;
    let (tree, today) = (site.units.now(), crate::days::today(viewer.at()));
    let own = viewer.staff() == Some(id);
    let mut may_manage =
        !own && viewer.grant(Right::ManagePeople, &Place::unit(UnitPath::stored(&person.path))).is_some();
    let mut roles = Vec::new();
    for held in queries::assignments(&mut site.db.reader(), id).await? {
        let over = held.last_day.is_some_and(|last| last < today);
        let in_force = !held.revoked && !over;
        let place = tree.path(&held.unit).map(|path| Place { path, department: held.department.clone() });
        let covered = place.is_some_and(|place| {
            viewer.assignments().iter().any(|mine| staff::rules::lets_grant(mine, held.role, &place))
        });
        may_manage &= covered || !in_force;
        let (state, class) = match (held.revoked, over, held.first_day > today) {
            (true, ..) => ("registry-assignment-revoked", ""),
            (_, true, _) => ("registry-assignment-over", ""),
            (.., true) => ("registry-assignment-later", "info"),
            _ => ("registry-assignment-in-force", "ok"),
        };
        roles.push(HeldLine {
            id: held.id,
            role: c.t(&held.role.message()),
            place: parts::place_words(&c, &site, &tree, &held.unit, held.department.as_deref()),
            first_day: day(&c, held.first_day),
            last_day: held.last_day.map(|last| day(&c, last)).unwrap_or_default(),
            state,
            class,
            may_revoke: in_force && covered && !own,
        });
    }
    let page = PersonPage {
        crumbs: crumbs(&c, &person, None),
        id,
        unit: tree.name_in(c.lang, &person.unit).to_owned(),
        disabled: person.disabled,
        may_manage,
        may_grant: !own && !person.disabled && viewer.has_anywhere(Right::GrantRoles),
        name: person.name,
        login: person.login,
        roles,
        c: c.dense(),
    };
    Ok(Html(page).into_response())
}

/// Units in which the viewer has the right, for a list to choose from. A viewer of the whole
/// country sees headquarters only and goes to other units through their own pages.
fn choices(
    c: &Ctx,
    tree: &Tree,
    viewer: &Viewer,
    right: Right,
    with: Option<&str>,
    tenant: Option<&str>,
) -> Vec<Choice> {
    let mut units: Vec<&std::sync::Arc<Unit>> =
        tree.units().iter().filter(|unit| viewer.grant(right, &unit.place()).is_some()).collect();
    match tenant {
        Some(tenant) => units.retain(|unit| unit.tenant == tenant || unit.code == NATIONAL),
        None if units.len() > 150 => {
            units.retain(|unit| {
                matches!(unit.kind, UnitKind::Ministry | UnitKind::Governorate) || with == Some(&unit.code)
            });
        }
        None => {}
    }
    units.into_iter().map(|unit| Choice::new(unit.code.clone(), unit.name_in(c.lang).to_owned())).collect()
}

/// The unit that a page was opened from.
#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    unit: String,
}

fn new_page(site: &Site, viewer: &Viewer, c: Ctx, data: &FormData, errors: FormErrors, from: &str) -> FormPage {
    let units = choices(&c, &site.units.now(), viewer, Right::ManagePeople, Some(from), None);
    let login =
        FieldView::text("login", c.t("registry-person-login")).required().hint(c.t("registry-person-login-hint"));
    let fields = vec![
        FieldView::text("name", c.t("registry-person-name"))
            .required()
            .hint(c.t("registry-person-name-hint"))
            .filled(data, &errors),
        login.max_length(40).filled(data, &errors),
        FieldView::select("unit", c.t("registry-person-unit"), units).required().value(from).filled(data, &errors),
    ];
    FormPage {
        crumbs: vec![Crumb::new(PEOPLE, c.t("registry-people-title")), Crumb::here(c.t("registry-person-new-title"))],
        title: c.t("registry-person-new-title"),
        intro: c.t("registry-person-new-intro"),
        method: "post",
        action: format!("{PEOPLE}/new"),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        fields,
        button: c.t("registry-person-add"),
        back: PEOPLE.into(),
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// The form for a new person.
pub(super) async fn new_form(State(site): State<Site>, viewer: Viewer, c: Ctx, Query(from): Query<From>) -> Response {
    Html(new_page(&site, &viewer, c, &FormData::default(), FormErrors::new(), &from.unit)).into_response()
}

/// Adds a person.
pub(super) async fn add(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let mut errors = FormErrors::new();
    let name = data.required("name", &mut errors, || c.t("registry-person-name-missing"));
    let login = data.required("login", &mut errors, || c.t("registry-person-login-missing"));
    let unit = data.required("unit", &mut errors, || c.t("registry-person-unit-missing"));
    if !errors.any() {
        let new = NewPerson { command: parts::command(&data)?, login, name, unit, password: None };
        match staff::add(&site, &By::Viewer(viewer.clone()), new).await {
            Ok(added) => return accounts::first_password(&site, c, added.staff, added.password).await,
            Err(StaffError::Refused(refusal)) if accounts::said_in_form(refusal) => {
                errors.add(refusal.field(), c.t(refusal.message()))
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Html(new_page(&site, &viewer, c, &data, errors, "")).unprocessable())
}

/// First step of a grant: where. Second step: which role there.
fn grant_page(
    site: &Site,
    viewer: &Viewer,
    c: Ctx,
    person: &queries::Listed,
    unit: Option<&Unit>,
    data: &FormData,
    errors: FormErrors,
) -> FormPage {
    let tree = site.units.now();
    let title = c.t("registry-grant-title");
    let action = format!("{PEOPLE}/{}/grant", person.id);
    let crumbs = crumbs(&c, person, Some(title.clone()));
    let command = data.command().map_or_else(|| c.command(), |id| id.to_string());
    let Some(unit) = unit else {
        let tenant = UnitPath::stored(&person.path).tenant().to_owned();
        let units = choices(&c, &tree, viewer, Right::GrantRoles, None, Some(&tenant));
        let field = FieldView::select("unit", c.t("registry-grant-unit"), units).required().value(person.unit.clone());
        return FormPage {
            crumbs,
            title,
            intro: c.ta("registry-grant-intro", &[("name", &person.name)]),
            method: "get",
            action,
            command,
            fields: vec![field.filled(data, &errors)],
            button: c.t("registry-grant-next"),
            back: format!("{PEOPLE}/{}", person.id),
            c: c.dense(),
            errors,
        };
    };
    let place = |role: Role, department: Option<&str>| {
        let place = Place { path: unit.path.clone(), department: department.map(str::to_owned) };
        viewer.assignments().iter().any(|mine| staff::rules::lets_grant(mine, role, &place))
    };
    let some = unit.departments.first().map(String::as_str);
    let roles: Vec<Choice> = Role::ALL
        .into_iter()
        .filter(|role| {
            let department = matches!(role.seat(), Seat::Department | Seat::Body).then_some(some).flatten();
            place(*role, department) && fits(&tree, *role, unit, department).is_ok()
        })
        .map(|role| Choice::new(role.code(), c.t(&role.message())))
        .collect();
    let departments: Vec<Choice> =
        unit.departments.iter().map(|code| Choice::new(code.clone(), parts::department_name(&c, site, code))).collect();
    let today = crate::days::today(viewer.at());
    let first = FieldView::new(foundation::web::forms::FieldKind::Date, "first_day", c.t("registry-grant-first-day"))
        .required();
    let last = FieldView::new(foundation::web::forms::FieldKind::Date, "last_day", c.t("registry-grant-last-day"));
    let fields = vec![
        FieldView::select("role", c.t("registry-grant-role"), roles).required().filled(data, &errors),
        FieldView::select("department", c.t("registry-grant-department"), departments)
            .hint(c.t("registry-grant-department-hint"))
            .filled(data, &errors),
        parts::with_date(first, today).filled(data, &errors),
        last.hint(c.t("registry-grant-last-day-hint")).filled(data, &errors),
    ];
    FormPage {
        crumbs,
        title,
        intro: c.ta("registry-grant-intro-at", &[("name", &person.name), ("unit", &unit.name)]),
        method: "post",
        action: format!("{action}?unit={}", unit.code),
        command,
        fields,
        button: c.t("registry-grant-submit"),
        back: format!("{PEOPLE}/{}", person.id),
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// The form for a role.
pub(super) async fn grant_form(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    Query(from): Query<From>,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ViewPeople).await?;
    let tree = site.units.now();
    let unit = tree.unit(&from.unit);
    if let Some(unit) = unit {
        parts::may(&viewer, Right::GrantRoles, &unit.place())?;
    }
    let page =
        grant_page(&site, &viewer, c, &person, unit.map(|unit| &**unit), &FormData::default(), FormErrors::new());
    Ok(Html(page).into_response())
}

/// Gives a role.
pub(super) async fn grant(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    Query(from): Query<From>,
    data: FormData,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ViewPeople).await?;
    let tree = site.units.now();
    let unit = tree.unit(&from.unit).ok_or(PageError::NotFound)?;
    parts::may(&viewer, Right::GrantRoles, &unit.place())?;
    let mut errors = FormErrors::new();
    let role = Role::from_code(data.get("role"));
    if role.is_none() {
        errors.add("role", c.t("registry-grant-role-missing"));
    }
    let first_day = parts::required_date(&c, &data, "first_day", &mut errors);
    let last_day = parts::date(&c, &data, "last_day", &mut errors);
    if let (Some(role), Some(first_day), false) = (role, first_day, errors.any()) {
        let department = data.opt("department").map(str::to_owned);
        let asked = Asked { role, unit: unit.code.clone(), department, first_day, last_day };
        match staff::grant(
            &site,
            &By::Viewer(viewer.clone()),
            Grant { command: parts::command(&data)?, staff: id, asked },
        )
        .await
        {
            Ok(_) => {
                let flash =
                    Flash::ok(c.ta("registry-granted", &[("role", &c.t(&role.message())), ("name", &person.name)]));
                return Ok(see_other(format!("{PEOPLE}/{id}")).with_flash(flash).into_response());
            }
            Err(StaffError::Refused(refusal)) if accounts::said_in_form(refusal) => {
                errors.add(refusal.field(), c.t(refusal.message()))
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Html(grant_page(&site, &viewer, c, &person, Some(unit), &data, errors)).unprocessable())
}
