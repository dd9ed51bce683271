//! أي صفحة تشرح أي شاشة: the link «مساعدة» at the foot of each screen leads to the page about it.

/// Addresses of screens, the more special first, with the chapter about them. `*` stands for one part of an
/// address; an address also covers what lies below it.
pub const SCREENS: &[(&str, &str)] = &[
    ("/login", "account"),
    ("/me", "account"),
    // The counter.
    ("/counter/new", "intake"),
    ("/counter/done", "intake"),
    ("/counter/drafts", "intake"),
    ("/counter/person", "intake"),
    ("/counter/pay", "payment"),
    ("/counter/search", "search"),
    ("/scan", "search"),
    ("/counter/persons", "applicants"),
    ("/counter/accounts", "mandates#window-account"),
    ("/counter/mandates", "mandates#window"),
    ("/counter/requests/*/void", "void"),
    ("/counter/requests/*/withdraw", "void#withdraw"),
    ("/counter/requests/*/objection", "objections#file"),
    ("/counter/requests/*/check", "completion#check"),
    ("/counter/requests/*/supply", "completion#supply"),
    ("/counter/requests/*/hand-over", "hand-over"),
    ("/counter/requests", "search#page"),
    ("/counter/queue", "queue"),
    ("/counter/renewals", "licences#renewals"),
    ("/counter", "counter"),
    // The desks.
    ("/desk/requests/*/completion", "completion#ask"),
    ("/desk/requests/*/schedule", "inspection#schedule"),
    ("/desk/requests/*/issue", "issuing"),
    ("/desk/requests/*/preview", "issuing"),
    ("/desk/requests/*/assess", "issuing#fees"),
    ("/desk/requests", "file"),
    ("/desk/visits", "inspection"),
    ("/desk/sittings", "sittings"),
    ("/desk/approvals", "approvals"),
    ("/desk/objections", "objections#decide"),
    ("/desk/papers", "revocation"),
    ("/desk/freezes", "licences#freezes"),
    ("/desk", "inbox"),
    // Administration.
    ("/admin/queue", "hall"),
    ("/admin/appointments", "hall#appointments"),
    ("/kiosk/*/enrol", "hall#kiosks"),
    ("/admin/people", "people"),
    ("/admin/imports/*/undo", "imports#undo"),
    ("/admin/imports", "imports"),
    ("/admin/outbox", "outbox"),
    ("/admin/units/*/windows", "windows"),
    ("/admin/units/*/vans", "vans"),
    ("/admin/units/*/committees", "windows#committees"),
    ("/admin/units/*/hours", "hours"),
    ("/admin/units/*/holidays", "hours#holidays"),
    ("/admin/units", "windows"),
    ("/admin/services/*/figures", "figures"),
    ("/admin/services", "services"),
    // Citizens.
    ("/", "citizen"),
    ("/account/login", "citizen-account"),
    ("/account/open", "citizen-account"),
    ("/account/demo", "citizen-account"),
    ("/account/logout", "citizen-account"),
    ("/account/logout-everywhere", "citizen-account"),
    ("/account/settings", "citizen-account#settings"),
    ("/account/requests/*/objection", "objections#file"),
    ("/account/requests/*/visit", "apply#visit"),
    ("/account/requests/*/supply", "apply#supply"),
    ("/account/requests", "apply#home"),
    ("/account/papers", "apply#home"),
    ("/account/messages", "mandates#messages"),
    ("/account/mandates", "mandates"),
    ("/account/applications", "apply#steps"),
    ("/account", "apply#home"),
    ("/apply", "apply"),
    ("/services", "guide"),
    ("/guide.json", "guide"),
    ("/guide.pdf", "guide#print"),
    ("/guide", "guide"),
    ("/centres/*/appointments", "turn#book"),
    ("/centres/*/licences", "licences"),
    ("/licences", "licences"),
    ("/centres", "centres"),
    ("/B", "turn#book"),
    ("/b", "turn#book"),
    ("/Q", "turn"),
    ("/q", "turn"),
    ("/kiosk", "turn"),
    ("/hall", "turn"),
    ("/track", "track"),
    ("/T", "track"),
    ("/t", "track"),
    ("/verify", "verify"),
    ("/V", "verify"),
    ("/v", "verify"),
    ("/verifier", "verify"),
];

/// The chapter about the screen at this address; `None` for those that need none (the guide itself, pages about
/// the platform).
#[must_use]
pub fn page_of(path: &str) -> Option<&'static str> {
    SCREENS.iter().find(|(screen, _)| covers(screen, path)).map(|(_, chapter)| *chapter)
}

fn covers(screen: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    screen.split('/').all(|wanted| parts.next().is_some_and(|part| wanted == "*" || wanted == part))
}
