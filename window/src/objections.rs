//! التظلم: the form with which a refusal is objected to, from an account and at a window, and the days for it.

use askama::Template;
use catalogue::Catalogue;
use catalogue::model::Service;
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, FormData, FormErrors, PageError};
use jiff::civil::Date;
use registry::Viewer;

use crate::Office;
use crate::counter::intake::files;
use crate::requests::act::{self, Act};
use crate::requests::queries::Case;
use crate::requests::rules::{self, Command};
use crate::requests::state::State;

/// Name of the papers that go with an objection.
const PAPERS: &str = "objection";

#[derive(Template)]
#[template(path = "objections/form.html")]
pub(crate) struct ObjectionForm {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub errors: FormErrors,
    pub number: String,
    pub service: String,
    pub until: String,
    pub ground: String,
    pub action: String,
    pub back: String,
    pub command: String,
    pub seen: i64,
    pub stored: Vec<(String, String)>,
    pub fields: Vec<FieldView>,
}

/// The last day for an objection to the refusal of a request, if one may be filed today.
pub(crate) fn until(office: &Office, state: &State, service: &Service) -> Option<Date> {
    let tree = office.units.now();
    let calendar = tree.calendar(&state.file.unit)?;
    rules::may_object(state, service, calendar, rules::day(office.clock.now()))
}

/// Where the days come from: «المادة 24 من قانون مجلس الدولة».
pub(crate) fn ground(c: &Ctx, catalogue: &Catalogue, service: &Service) -> String {
    let term = service.objection();
    let law = catalogue.law(&term.law).map_or_else(|| term.law.clone(), |law| law.name(c.lang).to_owned());
    match &term.articles {
        Some(articles) => c.ta("objections-ground-article", &[("law", &law), ("articles", articles)]),
        None => law,
    }
}

/// The form, empty or shown again.
pub(crate) fn form(
    office: &Office,
    c: Ctx,
    (state, service): (&State, &Service),
    until: Date,
    data: &FormData,
    errors: FormErrors,
) -> ObjectionForm {
    let c = c.failed(errors.any());
    let control = files::control(PAPERS);
    let mut scans = FieldView::new(FieldKind::File, control.clone(), c.t("objections-files"));
    scans.multiple = true;
    scans.error = errors.of(&control).map(str::to_owned);
    let mut words = FieldView::textarea("text", c.t("objections-text"))
        .hint(c.t("objections-text-hint"))
        .required()
        .max_length(4_000)
        .filled(data, &errors);
    words.rows = 8;
    let stored = files::stored(PAPERS);
    ObjectionForm {
        crumbs: Vec::new(),
        number: state.file.number.clone(),
        service: service.name(c.lang).to_owned(),
        until: c.date(until),
        ground: ground(&c, office.catalogue(), service),
        action: String::new(),
        back: String::new(),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        seen: state.version,
        stored: Some(data.get(&stored).to_owned())
            .filter(|had| !had.is_empty())
            .map(|had| (stored, had))
            .into_iter()
            .collect(),
        fields: vec![words, scans],
        errors,
        c,
    }
}

/// Reads the form and files the objection; what is wrong goes to the errors.
pub(crate) async fn file(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    case: &Case,
    data: &mut FormData,
    errors: &mut FormErrors,
) -> Result<bool, PageError> {
    let place = (case.tenant.as_str(), case.state.file.unit.as_str(), case.id);
    files::take(office, viewer, c, place, data, &[PAPERS.to_owned()], errors).await?;
    let text = data.required("text", errors, || c.t("objections-text-missing"));
    if errors.any() {
        return Ok(false);
    }
    let what = Command::Object { personal: serde_json::Value::Null, files: files::had(data, PAPERS) };
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let wanted = Act {
        tenant: case.tenant.clone(),
        request: case.id,
        command,
        seen: data.get("seen").parse().ok(),
        what,
        personal: Some(act::words(&text)),
        known: Some(case.state.clone()),
    };
    match act::act(office, viewer, wanted).await {
        Ok(_) => Ok(true),
        Err(error) => {
            errors.add("", crate::counter::words::told(c, office, error)?);
            Ok(false)
        }
    }
}
