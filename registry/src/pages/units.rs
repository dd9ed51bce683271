//! The tree of units, windows of a centre, members of committees.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use foundation::web::{Choice, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, see_other};

use super::change::{Change, Form};
use super::parts;
use crate::rights::Right;
use crate::site::Site;
use crate::units::{Centre, CentreKind, Tree, Unit, UnitChange, UnitKind};
use crate::viewer::Viewer;

const UNITS: &str = "/admin/units";
/// Rights that open a unit's page.
const RIGHTS: [Right; 4] = [Right::ViewPeople, Right::ManageWindows, Right::ManageHours, Right::ManageHolidays];

#[derive(Template)]
#[template(path = "registry/units.html")]
struct UnitPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    kind: String,
    code: String,
    children: Vec<UnitLine>,
    bodies: Vec<UnitLine>,
    departments: Vec<String>,
    centres: Vec<CentreLine>,
    links: Vec<Tile>,
}

/// A page of the unit, with what is done there.
struct Tile {
    href: String,
    label: String,
    about: String,
}

struct UnitLine {
    href: String,
    name: String,
    kind: String,
}

struct CentreLine {
    name: String,
    kind: String,
    windows: String,
}

fn kind(c: &Ctx, kind: UnitKind) -> String {
    c.t(&format!("registry-kind-{}", kind.code().replace('_', "-")))
}

fn line(c: &Ctx, unit: &Unit) -> UnitLine {
    UnitLine { href: format!("{UNITS}/{}", unit.code), name: unit.name_in(c.lang).to_owned(), kind: kind(c, unit.kind) }
}

fn may_see(viewer: &Viewer, unit: &Unit) -> bool {
    RIGHTS.iter().any(|right| viewer.grant(*right, &unit.place()).is_some())
}

/// Breadcrumbs from the highest unit that the viewer may see.
pub(super) fn crumbs(c: &Ctx, viewer: &Viewer, tree: &Tree, unit: &str, here: Option<String>) -> Vec<Crumb> {
    let mut list = vec![Crumb::new(UNITS, c.t("registry-units-title"))];
    let way = tree.way(unit);
    for (at, above) in way.iter().enumerate().filter(|(_, above)| may_see(viewer, above)) {
        if at + 1 == way.len() && here.is_none() {
            list.push(Crumb::here(above.name_in(c.lang).to_owned()));
        } else {
            list.push(Crumb::new(format!("{UNITS}/{}", above.code), above.name_in(c.lang).to_owned()));
        }
    }
    list.extend(here.map(Crumb::here));
    list
}

/// Where the viewer's parts of the tree begin.
pub(super) async fn top(State(site): State<Site>, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let tree = site.units.now();
    let mut tops: Vec<&Unit> = Vec::new();
    for scope in RIGHTS.iter().flat_map(|right| viewer.scope(*right)) {
        if let Some(unit) = tree.unit(scope.unit())
            && !tops.iter().any(|top| top.path.contains(&unit.path))
        {
            tops.retain(|top| !unit.path.contains(&top.path));
            tops.push(unit);
        }
    }
    if let [only] = tops.as_slice() {
        return Ok(see_other(format!("{UNITS}/{}", only.code)).into_response());
    }
    let page = UnitPage {
        crumbs: vec![Crumb::here(c.t("registry-units-title"))],
        title: c.t("registry-units-title"),
        kind: String::new(),
        code: String::new(),
        children: tops.into_iter().map(|unit| line(&c, unit)).collect(),
        bodies: Vec::new(),
        departments: Vec::new(),
        centres: Vec::new(),
        links: Vec::new(),
        c: c.dense(),
    };
    Ok(Html(page).into_response())
}

/// One unit: what lies below it, its departments and centres, and what may be changed.
pub(super) async fn one(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let tree = site.units.now();
    let unit = tree.unit(&code).ok_or(PageError::NotFound)?;
    if !may_see(&viewer, unit) {
        return Err(PageError::forbidden());
    }
    let below = tree.children(&code);
    let (bodies, children): (Vec<&Unit>, Vec<&Unit>) =
        below.into_iter().map(|unit| &**unit).partition(|unit| unit.kind == UnitKind::Body);
    let centres = tree
        .centres(&code)
        .iter()
        .map(|centre| CentreLine {
            name: tree.centre_name(c.lang, centre),
            kind: c.t(if centre.kind == CentreKind::Fixed {
                "registry-centre-fixed"
            } else {
                "registry-centre-mobile"
            }),
            windows: windows_in_words(&c, centre),
        })
        .collect();
    let has_committees = unit.departments.iter().any(|code| is_committee(&site, code));
    let has_centre = !tree.centres(&code).is_empty();
    let at = |page: &str| format!("{UNITS}/{code}/{page}");
    let links = [
        (Right::ManageWindows, at("windows"), "registry-windows-title", "registry-about-windows", has_centre),
        (Right::ManageWindows, at("vans"), "registry-vans-title", "registry-about-vans", has_centre),
        (Right::ManageHours, at("hours"), "registry-hours-title", "registry-about-hours", unit.kind != UnitKind::Body),
        (Right::ManageHolidays, at("holidays"), "registry-holidays-title", "registry-about-holidays", true),
        (
            Right::ManageWindows,
            at("committees"),
            "registry-committees-title",
            "registry-about-committees",
            has_committees,
        ),
        (
            Right::ManagePeople,
            format!("/admin/people/new?unit={code}"),
            "registry-person-new-title",
            "registry-about-person-new",
            true,
        ),
    ];
    let links = links
        .into_iter()
        .filter(|(right, _, _, _, there)| *there && viewer.grant(*right, &unit.place()).is_some())
        .map(|(_, href, label, about, _)| Tile { href, label: c.t(label), about: c.t(about) })
        .collect();
    let page = UnitPage {
        crumbs: crumbs(&c, &viewer, &tree, &code, None),
        title: unit.name_in(c.lang).to_owned(),
        kind: kind(&c, unit.kind),
        code: code.clone(),
        children: children.into_iter().map(|unit| line(&c, unit)).collect(),
        bodies: bodies.into_iter().map(|unit| line(&c, unit)).collect(),
        departments: unit.departments.iter().map(|code| parts::department_name(&c, &site, code)).collect(),
        centres,
        links,
        c: c.dense(),
    };
    Ok(Html(page).into_response())
}

/// «3 شبابيك، المفتوح 2».
pub(super) fn windows_in_words(c: &Ctx, centre: &Centre) -> String {
    let open = centre.windows.iter().filter(|window| window.is_open).count();
    c.ta("registry-windows-open", &[("open", &open), ("n", &centre.windows.len())])
}

fn is_committee(site: &Site, code: &str) -> bool {
    site.catalogue
        .department(code)
        .is_some_and(|department| department.kind == catalogue::model::DepartmentKind::Committee)
}

#[derive(Template)]
#[template(path = "registry/windows.html")]
struct WindowsPage {
    c: Ctx,
    unit: String,
    crumbs: Vec<Crumb>,
    action: String,
    errors: FormErrors,
    centres: Vec<CentreForm>,
    fields: Vec<FieldView>,
}

struct CentreForm {
    id: String,
    name: String,
    windows: Vec<WindowLine>,
}

struct WindowLine {
    number: i64,
    name: String,
    is_open: bool,
}

fn windows_page(site: &Site, viewer: &Viewer, c: Ctx, unit: &str, data: &FormData, errors: FormErrors) -> WindowsPage {
    let tree = site.units.now();
    let centres: Vec<CentreForm> = tree
        .centres(unit)
        .iter()
        .map(|centre| CentreForm {
            id: centre.id.to_string(),
            name: tree.centre_name(c.lang, centre),
            windows: centre
                .windows
                .iter()
                .map(|window| WindowLine {
                    number: window.number,
                    name: window.name_in(c.lang).to_owned(),
                    is_open: window.is_open,
                })
                .collect(),
        })
        .collect();
    let choices: Vec<Choice> =
        centres.iter().map(|centre| Choice::new(centre.id.clone(), centre.name.clone())).collect();
    let only = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let fields = vec![
        FieldView::select("centre", c.t("registry-window-centre"), choices)
            .required()
            .value(only)
            .filled(data, &errors),
        FieldView::new(foundation::web::forms::FieldKind::Code, "number", c.t("registry-window-number"))
            .width(foundation::web::forms::Width::W4)
            .required()
            .filled(data, &errors),
        FieldView::text("name", c.t("registry-window-name"))
            .hint(c.t("registry-window-name-hint"))
            .filled(data, &errors),
    ];
    WindowsPage {
        unit: tree.name_in(c.lang, unit).to_owned(),
        crumbs: crumbs(&c, viewer, &tree, unit, Some(c.t("registry-windows-title"))),
        action: format!("{UNITS}/{unit}/windows"),
        centres,
        fields,
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// Windows of the unit's centres.
pub(super) async fn windows(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageWindows)?;
    Ok(Html(windows_page(&site, &viewer, c, &unit, &FormData::default(), FormErrors::new())).into_response())
}

/// Opens, closes or sets up a window; the button says which.
pub(super) async fn change_windows(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageWindows)?;
    let mut errors = FormErrors::new();
    let centre = match data.uuid("centre") {
        Some(centre) => centre,
        None if data.get("do") == "add" => {
            errors.add("centre", c.t("registry-window-centre-missing"));
            return Ok(Html(windows_page(&site, &viewer, c, &unit, &data, errors)).unprocessable());
        }
        None => return Err(PageError::BadRequest(None)),
    };
    let number = foundation::arabic::digits::parse_int(data.get("number")).unwrap_or(0);
    let (change, word) = match data.get("do") {
        "open" => (UnitChange::SetWindowOpen { centre, number, open: true }, "registry-window-opened"),
        "close" => (UnitChange::SetWindowOpen { centre, number, open: false }, "registry-window-closed"),
        "add" => (UnitChange::AddWindow { centre, number, name: data.get("name").to_owned() }, "registry-window-added"),
        "rename" => {
            (UnitChange::RenameWindow { centre, number, name: data.get("name").to_owned() }, "registry-window-renamed")
        }
        _ => return Err(PageError::BadRequest(None)),
    };
    let form = Form { site: &site, viewer: &viewer, c: &c, unit: &unit, page: "windows", data: &data };
    match form.carry_out(Change::Unit(change), c.t1(word, "n", number), &mut errors).await? {
        Some(done) => Ok(done),
        None => Ok(Html(windows_page(&site, &viewer, c, &unit, &data, errors)).unprocessable()),
    }
}

#[derive(Template)]
#[template(path = "registry/committees.html")]
struct CommitteesPage {
    c: Ctx,
    unit: String,
    crumbs: Vec<Crumb>,
    action: String,
    errors: FormErrors,
    committees: Vec<CommitteeLine>,
    fields: Vec<FieldView>,
}

struct CommitteeLine {
    name: String,
    members: Vec<MemberLine>,
}

struct MemberLine {
    id: String,
    name: String,
    capacity: String,
}

fn committees_page(
    site: &Site,
    viewer: &Viewer,
    c: Ctx,
    unit: &Unit,
    data: &FormData,
    errors: FormErrors,
) -> CommitteesPage {
    let tree = site.units.now();
    let codes: Vec<&String> = unit.departments.iter().filter(|code| is_committee(site, code)).collect();
    let choices =
        codes.iter().map(|code| Choice::new((*code).clone(), parts::department_name(&c, site, code))).collect();
    let committees = codes
        .iter()
        .map(|code| CommitteeLine {
            name: parts::department_name(&c, site, code),
            members: tree
                .members(&unit.code, code)
                .map(|member| MemberLine {
                    id: member.id.to_string(),
                    name: member.name.clone(),
                    capacity: member.capacity.clone(),
                })
                .collect(),
        })
        .collect();
    let fields = vec![
        FieldView::select("department", c.t("registry-committee"), choices).required().filled(data, &errors),
        FieldView::text("name", c.t("registry-member-name")).required().filled(data, &errors),
        FieldView::text("capacity", c.t("registry-member-capacity"))
            .required()
            .hint(c.t("registry-member-capacity-hint"))
            .filled(data, &errors),
    ];
    CommitteesPage {
        unit: unit.name_in(c.lang).to_owned(),
        crumbs: crumbs(&c, viewer, &tree, &unit.code, Some(c.t("registry-committees-title"))),
        action: format!("{UNITS}/{}/committees", unit.code),
        committees,
        fields,
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// Committees of the unit with their members.
pub(super) async fn committees(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageWindows)?;
    let tree = site.units.now();
    let unit = tree.unit(&unit).ok_or(PageError::NotFound)?;
    Ok(Html(committees_page(&site, &viewer, c, unit, &FormData::default(), FormErrors::new())).into_response())
}

/// Names or releases a member.
pub(super) async fn change_committees(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageWindows)?;
    let mut errors = FormErrors::new();
    let (change, word) = match data.get("do") {
        "name" => {
            let department = data.required("department", &mut errors, || c.t("registry-committee-missing"));
            let name = data.required("name", &mut errors, || c.t("registry-member-name-missing"));
            let capacity = data.required("capacity", &mut errors, || c.t("registry-member-capacity-missing"));
            (UnitChange::NameMember { department, name, capacity }, "registry-member-named")
        }
        "release" => {
            let member = data.uuid("member").ok_or(PageError::BadRequest(None))?;
            (UnitChange::ReleaseMember { member }, "registry-member-released")
        }
        _ => return Err(PageError::BadRequest(None)),
    };
    if !errors.any() {
        let form = Form { site: &site, viewer: &viewer, c: &c, unit: &unit, page: "committees", data: &data };
        if let Some(done) = form.carry_out(Change::Unit(change), c.t(word), &mut errors).await? {
            return Ok(done);
        }
    }
    let tree = site.units.now();
    let unit = tree.unit(&unit).ok_or(PageError::NotFound)?;
    Ok(Html(committees_page(&site, &viewer, c, unit, &data, errors)).unprocessable())
}
