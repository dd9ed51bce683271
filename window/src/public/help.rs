//! دليل التشغيل المختصر: how citizens find their way, what each role does, the clerk's keys.

use askama::Template;
use axum::extract::RawPathParams;
use axum::response::{IntoResponse, Response};
use foundation::web::{Crumb, Ctx, Html};
use registry::Role;

/// Roles with what they do, in the order in which a request meets them.
const ROLES: [(Role, &str); 15] = [
    (Role::Clerk, "public-help-clerk"),
    (Role::Cashier, "public-help-cashier"),
    (Role::Reviewer, "public-help-reviewer"),
    (Role::TitleChecker, "public-help-title-checker"),
    (Role::Inspector, "public-help-inspector"),
    (Role::BodyOfficer, "public-help-body-officer"),
    (Role::CommitteeSecretary, "public-help-secretary"),
    (Role::Decider, "public-help-decider"),
    (Role::UnitHead, "public-help-unit-head"),
    (Role::CentreManager, "public-help-manager"),
    (Role::FollowUp, "public-help-follow-up"),
    (Role::Supervisor, "public-help-supervisor"),
    (Role::CatalogueEditor, "public-help-editor"),
    (Role::Auditor, "public-help-auditor"),
    (Role::Operator, "public-help-operator"),
];

/// Names under which screens link here, with the role whose screens they are.
const SCREENS: [(&str, Role); 9] = [
    ("clerk", Role::Clerk),
    ("cashier", Role::Cashier),
    ("desk", Role::Reviewer),
    ("inspector", Role::Inspector),
    ("committee", Role::CommitteeSecretary),
    ("head", Role::UnitHead),
    ("centre", Role::CentreManager),
    ("supervisor", Role::Supervisor),
    ("services", Role::CatalogueEditor),
];

/// Keys of the intake screen (design brief, 5.2), with what they do.
const KEYS: [(&str, &str); 12] = [
    ("F2", "public-key-new"),
    ("F4", "public-key-search"),
    ("F8", "public-key-collect"),
    ("F9", "public-key-reprint"),
    ("Alt+N", "public-key-next"),
    ("Enter", "public-key-enter"),
    ("Ctrl+Enter", "public-key-register"),
    ("Ctrl+S", "public-key-park"),
    ("Space", "public-key-tick"),
    ("Shift+Space", "public-key-tick-all"),
    ("1–9", "public-key-choose"),
    ("Esc", "public-key-back"),
];

#[derive(Template)]
#[template(path = "public/help.html")]
pub(super) struct HelpPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    /// The role whose screen led here.
    pub own: Option<(String, String)>,
    pub roles: Vec<(String, String)>,
    pub keys: Vec<(&'static str, String)>,
}

pub(super) async fn show(c: Ctx, params: RawPathParams) -> Response {
    let screen = params.iter().map(|(_, value)| value).next();
    let role = SCREENS.iter().find(|(name, _)| Some(*name) == screen).map(|(_, role)| *role);
    let own = ROLES.iter().find(|(one, _)| Some(*one) == role).map(|(role, text)| (c.t(&role.message()), c.t(text)));
    let page = HelpPage {
        crumbs: vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t("common-help"))],
        own,
        roles: ROLES.iter().map(|(role, text)| (c.t(&role.message()), c.t(text))).collect(),
        keys: KEYS.iter().map(|(key, text)| (*key, c.t(text))).collect(),
        c,
    };
    Html(page).into_response()
}
