//! Files of people, units and holidays: sent, tried, taken over, taken back.
//!
//! Between the trial and the import the file travels with the form: nothing of a file that was only tried
//! is kept, and what is taken over is decided anew.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use foundation::web::forms::FieldKind;
use foundation::web::{Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};

use super::parts::{self, ConfirmPage, instant};
use crate::imports::{
    self, Account, Batch, ImportError, Kept, Mapping, Plan, Source, Table, UndoError, What, Wrong, columns,
};
use crate::place::UnitPath;
use crate::rights::Right;
use crate::site::Site;
use crate::staff::By;
use crate::viewer::Viewer;

const IMPORTS: &str = "/admin/imports";
/// Largest file of the pages: it travels in a form. Larger ones are taken over from the command line.
const BYTES: usize = 512 * 1024;
/// Faults and passwords shown.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "registry/imports.html")]
struct ImportsPage {
    c: Ctx,
    errors: FormErrors,
    fields: Vec<FieldView>,
    kinds: Vec<KindLine>,
    batches: Vec<BatchLine>,
}

/// What a kind of file has to have.
struct KindLine {
    name: String,
    columns: String,
}

struct BatchLine {
    number: i64,
    what: String,
    items: i64,
    file: String,
    at: String,
    undone: Option<String>,
}

#[derive(Template)]
#[template(path = "registry/import-trial.html")]
struct TrialPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    counted: String,
    wrong: Vec<Wrong>,
    more: usize,
    unused: String,
    what: &'static str,
    file: String,
    content: String,
}

#[derive(Template)]
#[template(path = "registry/import-done.html")]
struct DonePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    number: i64,
    counted: String,
    accounts: Vec<Account>,
    before: bool,
}

#[derive(Template)]
#[template(path = "registry/import-kept.html")]
struct KeptPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    kept: Vec<Kept>,
    back: String,
}

fn crumbs(c: &Ctx, last: String) -> Vec<Crumb> {
    vec![Crumb::new(IMPORTS, c.t("imports-nav")), Crumb::here(last)]
}

/// The kinds of file whose rows the viewer may bring somewhere.
fn kinds(viewer: &Viewer) -> impl Iterator<Item = What> {
    let may = |what: &What| {
        let right = match what {
            What::People => Right::ManagePeople,
            What::Units => Right::ManageUnits,
            What::Holidays => Right::ManageHolidays,
        };
        viewer.has_anywhere(right)
    };
    What::ALL.into_iter().filter(may)
}

/// The tenant whose batches the viewer sees; none: all.
fn tenant(viewer: &Viewer) -> Option<String> {
    let held: Vec<_> = viewer.holding(Right::ManagePeople).collect();
    let national = held.iter().any(|one| one.path == UnitPath::root());
    if national { None } else { Some(held.first().map(|one| one.tenant.clone()).unwrap_or_default()) }
}

async fn page(
    site: &Site,
    viewer: &Viewer,
    c: Ctx,
    data: &FormData,
    errors: FormErrors,
) -> Result<ImportsPage, PageError> {
    let own = tenant(viewer);
    let batches = imports::list(&mut site.db.reader(), own.as_deref(), 50).await?;
    let choices = kinds(viewer).map(|what| Choice::new(what.code(), c.t(what.message()))).collect();
    let mut file =
        FieldView::new(FieldKind::File, "file", c.t("imports-file")).required().hint(c.t("imports-file-hint"));
    file.accept = ".csv,.xlsx,text/csv";
    let fields = vec![
        FieldView::radios("what", c.t("imports-what"), choices).required().filled(data, &errors),
        file.filled(data, &errors),
    ];
    let kinds = kinds(viewer).map(|what| KindLine {
        name: c.t(what.message()),
        columns: columns(what)
            .iter()
            .filter(|one| one.needed)
            .map(|one| one.heading)
            .collect::<Vec<_>>()
            .join(c.comma()),
    });
    Ok(ImportsPage {
        fields,
        kinds: kinds.collect(),
        batches: batches.iter().map(|batch| line(&c, batch)).collect(),
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

fn line(c: &Ctx, batch: &Batch) -> BatchLine {
    BatchLine {
        number: batch.number,
        what: c.t(batch.content.message()),
        items: batch.items,
        file: batch.file.clone(),
        at: instant(c, batch.imported_at),
        undone: batch.undone_at.map(|at| instant(c, at)),
    }
}

/// What was imported, and the form for a file.
pub(super) async fn show(State(site): State<Site>, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    Ok(Html(page(&site, &viewer, c, &FormData::default(), FormErrors::new()).await?).into_response())
}

/// A file on its way in.
struct Sent {
    what: What,
    name: String,
    bytes: Vec<u8>,
    table: Table,
}

impl Sent {
    fn of(
        c: &Ctx,
        viewer: &Viewer,
        data: &FormData,
        name: &str,
        bytes: Vec<u8>,
        errors: &mut FormErrors,
    ) -> Option<Sent> {
        let what = What::from_code(data.get("what")).filter(|what| kinds(viewer).any(|may| may == *what));
        if what.is_none() {
            errors.add("what", c.t("imports-what-missing"));
        }
        if bytes.is_empty() {
            errors.add("file", c.t("imports-file-missing"));
            return None;
        }
        if bytes.len() > BYTES {
            errors.add("file", c.t("imports-file-too-large-here"));
            return None;
        }
        match Table::read(&bytes) {
            Ok(table) => Some(Sent { what: what?, name: name.to_owned(), bytes, table }),
            Err(error) => {
                errors.add("file", c.t(error.message()));
                None
            }
        }
    }
}

/// Tries a file: counts and what is wrong by row, and nothing written.
pub(super) async fn trial(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let mut errors = FormErrors::new();
    let (name, bytes) = match data.file("file") {
        Some(part) if part.size <= BYTES as u64 => {
            (part.file_name.clone(), tokio::fs::read(part.path()).await.map_err(PageError::internal)?)
        }
        Some(part) => (part.file_name.clone(), vec![0; BYTES + 1]),
        None => (String::new(), Vec::new()),
    };
    if let Some(sent) = Sent::of(&c, &viewer, &data, &name, bytes, &mut errors) {
        let by = By::Viewer(viewer.clone());
        match imports::plan(&site, &by, sent.what, &sent.table, &Mapping::default(), site.ids.next()).await {
            Ok(plan) => return Ok(Html(tried(c, &plan, &sent)).into_response()),
            Err(ImportError::Headings(bad)) => {
                let (key, what) = bad.message();
                errors.add("file", c.ta(key, &[("what", &what)]));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Html(page(&site, &viewer, c, &data, errors).await?).unprocessable())
}

fn tried(c: Ctx, plan: &Plan, sent: &Sent) -> TrialPage {
    let title = c.t(if plan.wrong.is_empty() { "imports-trial-good" } else { "imports-trial-wrong" });
    TrialPage {
        crumbs: crumbs(&c, c.t("imports-trial")),
        title,
        counted: counted(&c, plan),
        more: plan.wrong.len().saturating_sub(SHOWN),
        wrong: plan.wrong.iter().take(SHOWN).cloned().collect(),
        unused: plan.unused.join(c.comma()),
        what: sent.what.code(),
        file: sent.name.clone(),
        content: STANDARD.encode(&sent.bytes),
        c: c.dense(),
    }
}

fn counted(c: &Ctx, plan: &Plan) -> String {
    let what = c.t(plan.what.message());
    c.ta(
        "imports-counted",
        &[("what", &what), ("rows", &plan.rows), ("items", &plan.items()), ("roles", &plan.roles())],
    )
}

/// Takes a tried file over.
pub(super) async fn take(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let command = parts::command(&data)?;
    let bytes = STANDARD.decode(data.get("content")).map_err(|_| PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    let Some(sent) = Sent::of(&c, &viewer, &data, data.get("file"), bytes, &mut errors) else {
        return Ok(Html(page(&site, &viewer, c, &data, errors).await?).unprocessable());
    };
    let by = By::Viewer(viewer.clone());
    let source = Source::of(&sent.name, &sent.bytes);
    // A form sent twice is answered from the record before its own rows are refused as known.
    if let Some(number) = imports::carried_out(&site, command).await? {
        let done = DonePage {
            crumbs: crumbs(&c, c.t("imports-done")),
            number,
            counted: String::new(),
            accounts: Vec::new(),
            before: true,
            c: c.dense(),
        };
        return Ok(Html(done).into_response());
    }
    let plan = imports::plan(&site, &by, sent.what, &sent.table, &Mapping::default(), command).await;
    let plan = match plan {
        Ok(plan) if plan.wrong.is_empty() => plan,
        // Something changed since the trial: what is wrong now is told.
        Ok(plan) => return Ok(Html(tried(c, &plan, &sent)).unprocessable()),
        Err(error) => return Err(error.into()),
    };
    let counted = counted(&c, &plan);
    let prepared = imports::prepare(&site, plan, command).await?;
    let done = imports::carry_out(&site, &by, &prepared, &source).await?;
    let page = DonePage {
        crumbs: crumbs(&c, c.t("imports-done")),
        number: done.number,
        counted,
        // Shown in the answer itself, once: a redirect would have to keep them somewhere.
        accounts: if done.before { Vec::new() } else { prepared.accounts.clone() },
        before: done.before,
        c: c.dense(),
    };
    Ok(Html(page).into_response())
}

/// A batch that the viewer may see.
async fn seen(site: &Site, viewer: &Viewer, number: i64) -> Result<Batch, PageError> {
    let batch = imports::one(&mut site.db.reader(), number).await?.ok_or(PageError::NotFound)?;
    let own = tenant(viewer).is_none_or(|tenant| tenant == batch.tenant);
    if own { Ok(batch) } else { Err(PageError::NotFound) }
}

fn question(c: Ctx, batch: &Batch, data: &FormData, errors: FormErrors) -> ConfirmPage {
    let title = c.ta("imports-undo-title", &[("number", &batch.number)]);
    let what = c.t(batch.content.message());
    ConfirmPage {
        crumbs: crumbs(&c, title.clone()),
        title,
        effect: c.ta("imports-undo-effect", &[("what", &what), ("items", &batch.items), ("file", &batch.file)]),
        action: format!("{IMPORTS}/{}/undo", batch.number),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        fields: vec![
            FieldView::textarea("reason", c.t("registry-reason"))
                .required()
                .hint(c.t("registry-reason-hint"))
                .filled(data, &errors),
        ],
        button: c.t("imports-undo-submit"),
        back: IMPORTS.to_owned(),
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// Asks before a batch is taken back.
pub(super) async fn undo_form(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<i64>,
) -> Result<Response, PageError> {
    let batch = seen(&site, &viewer, number).await?;
    Ok(Html(question(c, &batch, &FormData::default(), FormErrors::new())).into_response())
}

/// Takes a batch back, or says what of it is in use.
pub(super) async fn undo(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<i64>,
    data: FormData,
) -> Result<Response, PageError> {
    let batch = seen(&site, &viewer, number).await?;
    let command = parts::command(&data)?;
    let in_use = site.settings.unit_in_use;
    match imports::undo(&site, &By::Viewer(viewer), number, data.get("reason"), command, in_use).await {
        Ok(_) => {
            Ok(see_other(IMPORTS).with_flash(Flash::ok(c.ta("imports-undone", &[("number", &number)]))).into_response())
        }
        Err(UndoError::NoReason) => {
            let mut errors = FormErrors::new();
            errors.add("reason", c.t("registry-refused-no-reason"));
            Ok(Html(question(c, &batch, &data, errors)).unprocessable())
        }
        Err(UndoError::Already) => Err(PageError::Conflict(c.t("imports-undone-before"))),
        Err(UndoError::Used(kept)) => {
            let title = c.ta("imports-undo-title", &[("number", &number)]);
            let page = KeptPage { crumbs: crumbs(&c, title), kept, back: IMPORTS.to_owned(), c: c.dense() };
            Ok(Html(page).unprocessable())
        }
        Err(error) => Err(error.into()),
    }
}
