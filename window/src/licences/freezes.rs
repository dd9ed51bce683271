//! صفحات وقف الترخيص: decisions that stop licensing in a unit or an area, entered and lifted.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::geo::{MOST_POINTS, Ring, RingError};
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use jiff::civil::Date;
use record::RecordError;
use registry::freezes::{self, Freeze, FreezeError, FreezeRefusal, FreezeWrite, Order, Treatment};
use registry::{Place, Right, Viewer};
use uuid::Uuid;

use crate::Office;
use crate::desk::required_date;
use crate::requests::rules::day;

#[derive(Template)]
#[template(path = "licences/freezes.html")]
struct ListPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    lines: Vec<Line>,
}

struct Line {
    decision: String,
    what: String,
    place: String,
    term: String,
    class: &'static str,
    state: String,
    reason: String,
    lift: String,
}

#[derive(Template)]
#[template(path = "licences/freeze.html")]
struct FormPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    command: String,
    freeze: String,
    fields: Vec<FieldView>,
    area: FieldView,
}

/// Whether the viewer may enter decisions about a unit.
fn may(office: &Office, viewer: &Viewer, unit: &str) -> bool {
    let place = office.units.now().path(unit).map(Place::unit);
    place.is_some_and(|place| viewer.grant(Right::FreezeLicensing, &place).is_some())
}

/// What a freeze is about, in words.
fn what(c: &Ctx, office: &Office, freeze: &Freeze) -> String {
    let catalogue = office.catalogue();
    let groups = freeze.groups.iter().filter_map(|code| catalogue.group(code));
    let groups = groups.map(|group| c.t1("licences-freeze-group", "name", group.name(c.lang)));
    let services = freeze.services.iter().map(|code| office.service_name(code, c.lang));
    groups.chain(services).collect::<Vec<_>>().join(c.comma())
}

pub(super) async fn list(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let c = c.dense().help_page("head");
    let tree = office.units.now();
    let today = day(office.clock.now());
    let mine = tree.freezes().iter().filter(|freeze| may(&office, &viewer, &freeze.unit));
    let lines = mine.map(|freeze| {
        let (class, state) = match &freeze.lifted {
            Some((on, by)) => ("", c.ta("licences-freeze-lifted-by", &[("number", by), ("date", &c.date(*on))])),
            None if freeze.to < today => ("", c.t("licences-freeze-past")),
            None if freeze.from > today => ("info", c.t("licences-freeze-coming")),
            None => ("warn", c.t("licences-freeze-holds")),
        };
        let over = freeze.lifted.is_some() || freeze.to < today;
        let unit = tree.name_in(c.lang, &freeze.unit).to_owned();
        Line {
            decision: c.ta("desk-decision-of", &[("number", &freeze.decision), ("date", &c.date(freeze.dated))]),
            what: what(&c, &office, freeze),
            place: if freeze.place.is_empty() { unit } else { format!("{}{}{unit}", freeze.place, c.comma()) },
            term: c.ta("licences-from-to", &[("from", &c.date(freeze.from)), ("to", &c.date(freeze.to))]),
            class,
            state,
            reason: freeze.reason.clone(),
            lift: if over { String::new() } else { format!("/desk/freezes/{}/lift", freeze.id) },
        }
    });
    let lines = lines.collect();
    Ok(Html(ListPage { crumbs: vec![Crumb::here(c.t("licences-freezes"))], lines, c }).into_response())
}

fn page(office: &Office, viewer: &Viewer, c: Ctx, data: &FormData, errors: FormErrors) -> FormPage {
    let c = c.dense().help_page("head").failed(errors.any());
    let tree = office.units.now();
    let held: Vec<&str> = viewer.holding(Right::FreezeLicensing).map(|held| held.unit.as_str()).collect();
    let units = tree.units().iter().filter(|unit| {
        let above = unit.path.units().any(|code| held.contains(&code));
        above && (!tree.centres(&unit.code).is_empty() || held.contains(&unit.code.as_str()))
    });
    let units: Vec<Choice> = units.map(|unit| Choice::new(unit.code.clone(), unit.name.clone())).collect();
    let only = held.first().map(|unit| (*unit).to_owned()).unwrap_or_default();
    let catalogue = office.catalogue();
    let licences = |code: &str| catalogue.in_group(code).any(|service| service.output.register.is_some());
    let groups = catalogue.registers().groups.iter().filter(|group| licences(&group.code));
    let groups = groups.map(|group| Choice::new(group.code.clone(), group.name(c.lang))).collect();
    let treatments = [Treatment::Refuse, Treatment::Tell]
        .map(|one| Choice::new(one.code(), c.t(&format!("licences-freeze-{}", one.code()))));
    let date = |name: &str, label: &str| FieldView::new(FieldKind::Date, name, c.t(label)).required();
    let fields = vec![
        FieldView::text("decision", c.t("desk-f-decision")).required().width(Width::W10).max_length(60),
        date("dated", "desk-f-decision-date"),
        date("from", "licences-freeze-from"),
        date("to", "licences-freeze-to").hint(c.t("licences-freeze-to-hint")),
        FieldView::select("unit", c.t("licences-freeze-unit"), units).required().value(only),
        FieldView::checkboxes("groups", c.t("licences-freeze-groups"), groups).hint(c.t("licences-freeze-groups-hint")),
        FieldView::text("services", c.t("licences-freeze-services"))
            .hint(c.t("licences-freeze-services-hint"))
            .max_length(200),
        FieldView::radios("treatment", c.t("licences-freeze-treatment"), treatments.into()).required().value("refuse"),
        FieldView::textarea("reason", c.t("licences-freeze-reason")).required().max_length(1_000),
        FieldView::text("place", c.t("licences-freeze-place")).hint(c.t("licences-freeze-place-hint")).max_length(200),
    ];
    let mut area = FieldView::textarea("area", c.t("licences-freeze-area")).hint(c.t("licences-freeze-area-hint"));
    area.rows = 6;
    FormPage {
        crumbs: vec![Crumb::new("/desk/freezes", c.t("licences-freezes")), Crumb::here(c.t("licences-freeze-new"))],
        command: data.command().map_or_else(|| c.command(), |command| command.to_string()),
        freeze: data.uuid("freeze").unwrap_or_else(|| office.ids.next()).to_string(),
        fields: fields.into_iter().map(|field| field.filled(data, &errors)).collect(),
        area: area.filled(data, &errors),
        errors,
        c,
    }
}

pub(super) async fn form(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    Ok(Html(page(&office, &viewer, c, &FormData::default(), FormErrors::new())).into_response())
}

/// Enters a decision.
pub(super) async fn order(office: Office, viewer: Viewer, c: Ctx, data: FormData) -> Result<Response, PageError> {
    let write = write(&data)?;
    let mut errors = FormErrors::new();
    let order = read(&c, &office, &data, &mut errors);
    let unit = data.get("unit").to_owned();
    if office.units.now().unit(&unit).is_none() {
        errors.add("unit", c.t("licences-freeze-no-unit"));
    }
    if let (Some(order), false) = (order, errors.any()) {
        let number = order.decision.clone();
        match freezes::order(office.site(), &viewer, write, &unit, order).await {
            Ok(()) => {
                let done = c.t1("licences-freeze-done", "number", number);
                return Ok(see_other("/desk/freezes").with_flash(Flash::ok(done)).into_response());
            }
            Err(error) => sort(&c, error, &mut errors)?,
        }
    }
    Ok(Html(page(&office, &viewer, c, &data, errors)).unprocessable())
}

fn write(data: &FormData) -> Result<FreezeWrite, PageError> {
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let freeze = data.uuid("freeze").ok_or(PageError::BadRequest(None))?;
    Ok(FreezeWrite { freeze, command })
}

/// Reads the form; what is wrong goes to the errors.
fn read(c: &Ctx, office: &Office, data: &FormData, errors: &mut FormErrors) -> Option<Order> {
    let decision = data.required("decision", errors, || c.t("licences-freeze-no-decision"));
    let dated = required_date(c, data, "dated", errors);
    let from = required_date(c, data, "from", errors);
    let to = required_date(c, data, "to", errors);
    let reason = data.required("reason", errors, || c.t("licences-freeze-no-reason"));
    let typed = data.get("services").to_uppercase();
    let services: Vec<String> =
        typed.split([' ', ',', '،', '\n']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    if let Some(unknown) = services.iter().find(|code| office.catalogue().service(code).is_none()) {
        errors.add("services", c.t1("licences-freeze-service-unknown", "code", unknown.clone()));
    }
    let ring = match data.opt("area").map(Ring::read) {
        None => None,
        Some(Ok(ring)) => Some(ring),
        Some(Err(error)) => {
            errors.add("area", said(c, error));
            None
        }
    };
    let groups = data.all("groups").into_iter().filter(|code| office.catalogue().group(code).is_some());
    Some(Order {
        decision,
        dated: dated?,
        from: from?,
        to: to?,
        services,
        groups: groups.map(str::to_owned).collect(),
        ring,
        place: data.get("place").to_owned(),
        reason,
        treatment: Treatment::from_code(data.get("treatment")).unwrap_or(Treatment::Refuse),
    })
}

/// What is wrong with an area.
fn said(c: &Ctx, error: RingError) -> String {
    let n = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    match error {
        RingError::Unreadable(at) => c.t1("licences-area-unreadable", "n", n(at)),
        RingError::TooFew => c.t("licences-area-few"),
        RingError::TooMany => c.t1("licences-area-many", "most", n(MOST_POINTS)),
        RingError::Outside(at) => c.t1("licences-area-outside", "n", n(at)),
        RingError::Twice(at) => c.t1("licences-area-twice", "n", n(at)),
        RingError::Crossing(one, other) => c.ta("licences-area-crossing", &[("one", &n(one)), ("other", &n(other))]),
        RingError::Open => c.t("licences-area-open"),
        RingError::Flat => c.t("licences-area-flat"),
    }
}

/// Words at the field, or a page of its own.
fn sort(c: &Ctx, error: FreezeError, errors: &mut FormErrors) -> Result<(), PageError> {
    match error {
        FreezeError::Refused(refusal) => {
            errors.add(refusal.field(), c.t(refusal.message()));
            Ok(())
        }
        FreezeError::Access(refused) => Err(refused.into()),
        FreezeError::Record(RecordError::Conflict { .. }) => Err(PageError::Conflict(c.t("registry-conflict"))),
        FreezeError::Record(error) => Err(PageError::from_error(&error)),
    }
}

#[derive(Template)]
#[template(path = "licences/lift.html")]
struct LiftPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    effect: String,
    errors: FormErrors,
    action: String,
    command: String,
    freeze: String,
    fields: Vec<FieldView>,
}

fn lift_page(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    id: Uuid,
    data: &FormData,
    errors: FormErrors,
) -> Result<LiftPage, PageError> {
    let tree = office.units.now();
    let freeze = tree.freeze(id).ok_or(PageError::NotFound)?;
    if !may(office, viewer, &freeze.unit) {
        return Err(PageError::forbidden());
    }
    let c = c.dense().help_page("head").failed(errors.any());
    let title = c.t1("licences-freeze-lift-title", "number", freeze.decision.clone());
    let fields = [
        FieldView::text("decision", c.t("desk-f-decision")).required().width(Width::W10).max_length(60),
        FieldView::new(FieldKind::Date, "dated", c.t("desk-f-decision-date")).required(),
    ];
    Ok(LiftPage {
        crumbs: vec![Crumb::new("/desk/freezes", c.t("licences-freezes")), Crumb::here(title.clone())],
        title,
        effect: c.ta(
            "licences-freeze-lift-effect",
            &[("what", &what(&c, office, freeze)), ("unit", &tree.name_in(c.lang, &freeze.unit).to_owned())],
        ),
        action: format!("/desk/freezes/{id}/lift"),
        command: data.command().map_or_else(|| c.command(), |command| command.to_string()),
        freeze: id.to_string(),
        fields: fields.map(|field| field.filled(data, &errors)).into(),
        errors,
        c,
    })
}

pub(super) async fn lift_form(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    Ok(Html(lift_page(&office, &viewer, c, id, &FormData::default(), FormErrors::new())?).into_response())
}

/// Lifts a freeze.
pub(super) async fn lift(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let write = FreezeWrite { freeze: id, ..write(&data)? };
    let freeze = office.units.now().freeze(id).cloned().ok_or(PageError::NotFound)?;
    if !may(&office, &viewer, &freeze.unit) {
        return Err(PageError::forbidden());
    }
    let mut errors = FormErrors::new();
    let decision = data.required("decision", &mut errors, || c.t("licences-freeze-no-decision"));
    let dated: Option<Date> = required_date(&c, &data, "dated", &mut errors);
    if let (Some(dated), false) = (dated, errors.any()) {
        match freezes::lift(office.site(), &viewer, write, &decision, dated).await {
            Ok(()) => {
                let done = c.t1("licences-freeze-lifted", "number", freeze.decision);
                return Ok(see_other("/desk/freezes").with_flash(Flash::ok(done)).into_response());
            }
            // Somebody lifted it meanwhile.
            Err(FreezeError::Refused(FreezeRefusal::Over)) => {
                return Err(PageError::Conflict(c.t("licences-freeze-over")));
            }
            Err(error) => sort(&c, error, &mut errors)?,
        }
    }
    Ok(Html(lift_page(&office, &viewer, c, id, &data, errors)?).unprocessable())
}
