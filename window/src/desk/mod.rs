//! مكاتب الإدارات: where officers, inspectors, committees, heads and outside bodies do their part.
//!
//! The inbox ([`inbox`]), the file of a case with everything that may be done to it ([`file`], [`act`]),
//! visits, sittings, approvals, and what becomes of an issued paper. A case is seen, not a person: names
//! and identity papers open only through the field matrix. Each page asks for the right at the very desk.

pub(crate) mod act;
mod answers;
mod approvals;
mod fees;
mod fieldset;
mod file;
mod files;
mod forms;
pub(crate) mod inbox;
mod objections;
pub(crate) mod open;
mod papers;
mod parts;
mod preview;
mod read;
mod sittings;
mod trail;
mod visits;
mod words;

use axum::extract::Path;
pub(crate) use forms::standing_class;
use foundation::web::{Ctx, FormData};
pub(crate) use parts::required_date;
use registry::{NavLink, Need, Right, Route, RouteTable, Viewer};
use uuid::Uuid;

use self::forms::Action;
use crate::Office;

/// Rights with which somebody works at a desk.
const WORK: &[Right] = &[
    Right::TakeRequests,
    Right::ReviewSteps,
    Right::DecideSteps,
    Right::AnswerForBody,
    Right::PlanInspections,
    Right::Inspect,
    Right::HoldSittings,
    Right::AssessFees,
    Right::Approve,
    Right::IssuePapers,
];

/// Rights with which the inbox opens.
pub(crate) const INBOX: &[Right] = &[
    Right::TakeRequests,
    Right::ReviewSteps,
    Right::DecideSteps,
    Right::AnswerForBody,
    Right::Inspect,
    Right::HoldSittings,
    Right::AssessFees,
    Right::Approve,
    Right::IssuePapers,
    Right::OpenIdentityPapers,
];

/// Rights with which a visit is reported.
const VISIT: &[Right] = &[Right::Inspect, Right::AnswerForBody];

macro_rules! action {
    ($name:literal, $need:expr, $action:expr) => {
        Route::post(
            concat!("/desk/requests/{id}/", $name),
            $need,
            concat!("/desk/requests/{request}/", $name),
            |office: Office, viewer: Viewer, c: Ctx, Path(id): Path<Uuid>, data: FormData| {
                act::perform($action, office, viewer, c, id, data)
            },
        )
    };
}

/// The routes of the desks.
#[must_use]
pub fn routes() -> RouteTable {
    let read = Need::Right(Right::ReadCases);
    let work = Need::AnyOf(WORK);
    let visit = Need::AnyOf(VISIT);
    let sit = Need::Right(Right::HoldSittings);
    let approve = Need::Right(Right::Approve);
    let object = Need::Right(Right::DecideObjections);
    let revoke = Need::Right(Right::RevokePapers);
    RouteTable {
        slice: "desk",
        routes: vec![
            Route::get("/desk", Need::AnyOf(INBOX), "/desk?tab=late", inbox::show),
            Route::get("/desk/requests/{id}", read, "/desk/requests/{request}", file::show),
            Route::get(
                "/desk/requests/{id}/files/{hash}",
                read,
                "/desk/requests/{request}/files/{file}",
                files::download,
            ),
            Route::get(
                "/desk/requests/{id}/preview",
                Need::AnyOf(&[Right::IssuePapers, Right::AnswerForBody]),
                "/desk/requests/{request}/preview",
                preview::show,
            ),
            action!("accept", work, Action::Accept),
            action!("completion", work, Action::Completion),
            action!("consult", work, Action::Consult),
            action!("recall", work, Action::Recall),
            action!("answer", work, Action::Answer),
            action!("extend", Need::Right(Right::ExtendLimits), Action::Extend),
            action!("refuse", work, Action::Refuse),
            action!("rework", work, Action::Rework),
            action!("take", work, Action::Take),
            action!("reassign", Need::Right(Right::Reassign), Action::Reassign),
            action!("note", work, Action::Note),
            action!("attach", work, Action::Attach),
            action!("schedule", Need::AnyOf(&[Right::PlanInspections, Right::AnswerForBody]), Action::Schedule),
            action!(
                "assess",
                Need::AnyOf(&[Right::AssessFees, Right::HoldSittings, Right::AnswerForBody]),
                Action::Assess
            ),
            action!("issue", Need::AnyOf(&[Right::IssuePapers, Right::AnswerForBody]), Action::Issue),
            Route::get("/desk/visits", Need::Right(Right::Inspect), "/desk/visits", visits::list),
            Route::get("/desk/visits/{request}/{step}", visit, "/desk/visits/{request}/{step}", visits::form),
            Route::post("/desk/visits/{request}/{step}", visit, "/desk/visits/{request}/{step}", visits::report),
            Route::get("/desk/sittings", sit, "/desk/sittings", sittings::docket),
            Route::get("/desk/sittings/{request}/{step}", sit, "/desk/sittings/{request}/{step}", sittings::form),
            Route::post("/desk/sittings/{request}/{step}", sit, "/desk/sittings/{request}/{step}", sittings::hold),
            Route::get("/desk/approvals", approve, "/desk/approvals", approvals::list),
            Route::get("/desk/objections", object, "/desk/objections", objections::list),
            Route::get("/desk/objections/{id}", object, "/desk/objections/{objected}", objections::show),
            Route::post("/desk/objections/{id}", object, "/desk/objections/{objected}", objections::decide),
            Route::get(
                "/desk/objections/{id}/files/{hash}",
                object,
                "/desk/objections/{objected}/files/{objection_file}",
                objections::file,
            ),
            Route::get("/desk/papers/{number}", revoke, "/desk/papers/{paper}", papers::show),
            Route::get("/desk/papers/{number}/{ruling}", revoke, "/desk/papers/{paper}/suspend", papers::confirm),
            Route::post("/desk/papers/{number}/{ruling}", revoke, "/desk/papers/{paper}/suspend", papers::rule),
        ],
        nav: vec![
            NavLink { href: "/desk", label: "desk-nav-inbox", need: Need::AnyOf(INBOX), key: None },
            NavLink { href: "/desk/approvals", label: "desk-nav-approvals", need: approve, key: None },
            NavLink { href: "/desk/objections", label: "objections-list", need: object, key: None },
            NavLink { href: "/desk/visits", label: "desk-nav-visits", need: Need::Right(Right::Inspect), key: None },
            NavLink { href: "/desk/sittings", label: "desk-nav-sittings", need: sit, key: None },
        ],
    }
}
