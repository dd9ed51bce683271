//! One's own request (طلبي): where it stands, what to do, its papers, who opened its file.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use catalogue::Service;
use foundation::web::{Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::{Role, Viewer, mandates};
use serde::Deserialize;

use crate::Office;
use crate::counter::{papers as prints, printed, words};
use crate::public::journey::{self, Around, JourneyView};
use crate::public::track::private;
use crate::requests::act::{self, Act, slip_pin};
use crate::requests::queries::{self, OwnCase};
use crate::requests::rules::{self, Command};
use crate::requests::state::State;
use crate::uploads;

/// One of the viewer's own requests with its service.
pub(super) struct Mine {
    pub case: OwnCase,
    pub service: Arc<Service>,
}

impl Mine {
    pub(super) fn state(&self) -> &State {
        &self.case.state
    }

    pub(super) fn path(&self, below: &str) -> String {
        let number = &self.case.state.file.number;
        if below.is_empty() {
            format!("/account/requests/{number}")
        } else {
            format!("/account/requests/{number}/{below}")
        }
    }

    /// A command of the applicant's, decided on what was read here.
    pub(super) fn act(&self, data: &FormData, what: Command) -> Result<Act, PageError> {
        Ok(Act {
            tenant: self.case.tenant.clone(),
            request: self.case.id,
            command: data.command().ok_or(PageError::BadRequest(None))?,
            seen: data.get("seen").parse().ok(),
            what,
            personal: None,
            known: Some(self.case.state.clone()),
        })
    }
}

/// Opens one of the viewer's own requests; another's is not there.
pub(super) async fn mine(office: &Office, viewer: &Viewer, number: &str) -> Result<Mine, PageError> {
    let number = foundation::arabic::digits::identifier(number);
    let found = queries::own(&mut office.db.reader(), viewer, office.record.keyring(), &number).await;
    let case = found.map_err(|error| PageError::from_error(&error))?.ok_or(PageError::NotFound)?;
    let service = office
        .version(&case.state.file.service)
        .ok_or_else(|| PageError::internal("a request of a service that is not known"))?;
    Ok(Mine { case, service })
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    sent: String,
}

#[derive(Template)]
#[template(path = "online/request.html")]
struct RequestPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    j: JourneyView,
    sent: bool,
    /// For whom the viewer acts in it; empty for oneself.
    whom: String,
    number: String,
    pin: String,
    qr: String,
    link: String,
    /// Papers that came of it: number and address of the file, only what may be taken home.
    papers: Vec<(String, String)>,
    supply: bool,
    withdraw: bool,
    /// The appointed visit, and the days that the applicant named.
    appointed: String,
    wished: Vec<String>,
    wish: bool,
    /// Last day for an objection, if one may be filed.
    object: String,
    ground: String,
    /// Role, place and time of those who opened the file.
    views: Vec<(String, String)>,
    base: String,
}

/// The page of a request.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    let state = mine.state();
    let tree = office.units.now();
    let around =
        Around { c: &c, catalogue: office.catalogue(), service: &mine.service, tree: &tree, now: office.clock.now() };
    let j = journey::view(state, &around);
    let link = printed::slip_link(&office, state)?;
    let qr = documents::qr::Qr::new(&link).map_err(|error| PageError::from_error(&error))?;
    let views = queries::viewed(&mut office.db.reader(), &mine.case.tenant, mine.case.id).await?;
    let views = views.into_iter().map(|view| {
        let who = view.seat.map_or_else(
            || c.t("online-view-unknown"),
            |seat| seat_words(&c, &office, seat.role, &seat.unit, seat.department.as_deref()),
        );
        (who, c.instant(view.at))
    });
    let whom = match mine.case.tie {
        queries::Tie::Own => None,
        queries::Tie::Mandate(id) => {
            mandates::read(&office, id).await.map_err(|error| PageError::from_error(&error))?
        }
    };
    let whom = whom.map(|mandate| c.t1("mandates-for", "name", mandate.principal.name.as_str())).unwrap_or_default();
    let course = &state.course;
    let papers =
        course.issued.iter().map(|paper| (paper.number.clone(), format!("/account/papers/{}.pdf", paper.number)));
    let visit = course.open_steps().find_map(|(no, _)| course.next_visit(no));
    let wishes = course.wishes.iter().filter(|wish| !course.step(wish.step).is_some_and(|step| step.is_over()));
    let wished: Vec<_> = wishes.flat_map(|wish| wish.days.iter().copied()).collect();
    let page = RequestPage {
        crumbs: vec![Crumb::new("/account", c.t("account-title")), Crumb::here(c.reference_inline(&state.file.number))],
        j,
        sent: asked.sent == "yes",
        whom,
        number: state.file.number.clone(),
        pin: slip_pin(office.record.keyring(), mine.case.id),
        qr: qr.svg(4, &c.t("counter-qr")),
        link,
        papers: papers.collect(),
        supply: course.completions.iter().any(crate::requests::state::Completion::is_open)
            || state.file.pending().next().is_some() && !course.status.is_final(),
        withdraw: !course.status.is_final() && course.status != crate::requests::events::Status::Issued,
        appointed: visit.map(|visit| super::visit::appointed(&c, visit.date, &visit.hour)).unwrap_or_default(),
        wished: wished.iter().map(|day| super::visit::wished(&c, day)).collect(),
        wish: rules::may_wish(state, &mine.service, rules::day(office.clock.now())).is_some(),
        object: crate::objections::until(&office, state, &mine.service).map(|day| c.date(day)).unwrap_or_default(),
        ground: crate::objections::ground(&c, office.catalogue(), &mine.service),
        views: views.collect(),
        base: mine.path(""),
        c,
    };
    Ok(private(Html(page).into_response()))
}

/// «مراجع، الإدارة الهندسية، حي شرق»: the seat of an officer, never the name.
fn seat_words(c: &Ctx, office: &Office, role: Role, unit: &str, department: Option<&str>) -> String {
    let tree = office.units.now();
    let place = tree.name_in(c.lang, unit).to_owned();
    let role = c.t(&role.message());
    match department {
        Some(code) => c.list([role, words::department(c, office.catalogue(), code), place]),
        None => c.list([role, place]),
    }
}

/// The slip of one's own request.
pub(super) async fn slip(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    prints::own_slip(&office, &c, &mine.case.tenant, mine.case.id, mine.state(), &mine.service).await
}

/// An issued paper of one's own. One that is revoked or replaced is not handed out any more.
pub(super) async fn paper(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(file): Path<String>,
) -> Result<Response, PageError> {
    let number = file.strip_suffix(".pdf").ok_or(PageError::NotFound)?;
    let found = queries::paper_by_number(&mut office.db.reader(), number).await;
    let found = found.map_err(|error| PageError::from_error(&error))?.ok_or(PageError::NotFound)?;
    let keyring = office.record.keyring();
    let (tenant, state) = (&found.request.tenant, &found.request.state);
    let opens = queries::opens_to_holder(&mut office.db.reader(), &viewer, keyring, tenant, state).await;
    if !opens.map_err(|error| PageError::from_error(&error))? {
        return Err(PageError::NotFound);
    }
    if found.paper.standing.word() != "valid" {
        return Err(PageError::Gone(Some(c.t("online-paper-void"))));
    }
    let service = office.version(&state.file.service).ok_or(PageError::NotFound)?;
    prints::own_paper(&office, &c, tenant, state, &service, &found.paper).await
}

/// A file that the applicant has given.
pub(super) async fn file(
    office: Office,
    viewer: Viewer,
    Path((number, hash)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    let file = &mine.state().file;
    // What officers added to the file is theirs to show.
    let given = file.papers.iter().flat_map(|paper| &paper.files).any(|file| file.hash == hash);
    if !given {
        return Err(PageError::NotFound);
    }
    let found = uploads::fetch(&office, &mine.case.tenant, mine.case.id, &hash).await?;
    let (media, bytes) = found.ok_or(PageError::NotFound)?;
    Ok(uploads::download(&format!("paper-{}", mine.state().file.number), media, bytes))
}

#[derive(Template)]
#[template(path = "online/withdraw.html")]
struct WithdrawPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    number: String,
    service: String,
    action: String,
    back: String,
    seen: i64,
    command: String,
    field: FieldView,
}

fn withdraw_page(c: Ctx, mine: &Mine, data: &FormData, errors: FormErrors) -> WithdrawPage {
    let c = c.failed(errors.any());
    let state = mine.state();
    WithdrawPage {
        crumbs: vec![
            Crumb::new("/account", c.t("account-title")),
            Crumb::new(mine.path(""), c.reference_inline(&state.file.number)),
            Crumb::here(c.t("online-withdraw")),
        ],
        number: state.file.number.clone(),
        service: mine.service.name(c.lang).to_owned(),
        action: mine.path("withdraw"),
        back: mine.path(""),
        seen: state.version,
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        field: FieldView::textarea("reason", c.t("online-withdraw-reason")).max_length(500).filled(data, &errors),
        errors,
        c,
    }
}

/// Asks before a request is taken back.
pub(super) async fn withdraw_form(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    Ok(Html(withdraw_page(c, &mine, &FormData::default(), FormErrors::new())).into_response())
}

/// Takes a request back.
pub(super) async fn withdraw(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    let what = Command::Withdraw { reason: data.get("reason").to_owned() };
    match act::act(&office, &viewer, mine.act(&data, what)?).await {
        Ok(_) => Ok(see_other(mine.path("")).with_flash(Flash::ok(c.t("online-withdrawn"))).into_response()),
        Err(error) => {
            let mut errors = FormErrors::new();
            errors.add("", words::told(&c, &office, error)?);
            Ok(Html(withdraw_page(c, &mine, &data, errors)).unprocessable())
        }
    }
}
