//! A mandate in words (التوكيل بالكلمات), for its parties and for the window.

use foundation::web::{Answer, Ctx};
use jiff::civil::Date;
use registry::accounts::Account;
use registry::mandates::{Mandate, Scope, Standing};

use crate::Office;
use crate::counter::words::Tag;

/// Where a mandate stands on a day.
pub(crate) fn standing(c: &Ctx, mandate: &Mandate, today: Date) -> Tag {
    let standing = mandate.terms.standing(mandate.state, today);
    let class = match standing {
        Standing::Confirmed => "ok",
        Standing::Declared => "warn",
        Standing::Early => "info",
        Standing::Refused => "err",
        Standing::Expired | Standing::Ended => "",
    };
    Tag { class, label: c.t(&format!("mandates-standing-{}", standing.code())) }
}

/// Whether something can still be done with it.
pub(crate) fn is_open(mandate: &Mandate, today: Date) -> bool {
    let standing = mandate.terms.standing(mandate.state, today);
    matches!(standing, Standing::Declared | Standing::Confirmed | Standing::Early)
}

/// «وكيل بتوكيل رسمي».
pub(crate) fn capacity(c: &Ctx, mandate: &Mandate) -> String {
    c.t(&format!("mandates-capacity-{}", mandate.terms.capacity.code().replace('_', "-")))
}

/// Its days: from a day to a day, or until it is ended.
pub(crate) fn days(c: &Ctx, mandate: &Mandate) -> String {
    let from = c.date(mandate.terms.from);
    match mandate.terms.to {
        Some(to) => c.ta("mandates-from-to", &[("from", &from), ("to", &c.date(to))]),
        None => c.t1("mandates-from-on", "from", from),
    }
}

/// What it is good for.
pub(crate) fn scope(c: &Ctx, office: &Office, mandate: &Mandate) -> String {
    match &mandate.terms.scope {
        Scope::All => c.t("mandates-scope-all"),
        Scope::Only { groups, services } => {
            let catalogue = office.catalogue();
            let group = |code: &String| catalogue.group(code).map(|group| group.name(c.lang).to_owned());
            let mut names: Vec<String> = groups.iter().filter_map(group).collect();
            // Services of a chosen group go by its name.
            let of_group = |code: &str| {
                let service = office.guide_today().service(code).map(|service| service.group.clone());
                service.is_some_and(|group| groups.contains(&group))
            };
            names.extend(services.iter().filter(|code| !of_group(code)).map(|code| office.service_name(code, c.lang)));
            names.join(c.comma())
        }
    }
}

/// Everything that was told, with who acts: for those who decide on it.
pub(crate) fn answers(c: &Ctx, office: &Office, mandate: &Mandate, agent: Option<&Account>) -> Vec<Answer> {
    let principal = &mandate.principal;
    let latin = |label: &str, value: String| Answer { latin: true, ..Answer::text(c.t(label), value) };
    let mut answers = Vec::new();
    if let Some(agent) = agent {
        answers.push(Answer::text(c.t("mandates-agent"), agent.name.clone()));
        answers.push(latin("mandates-agent-nid", agent.login.national_id.as_str().to_owned()));
    }
    answers.push(Answer::text(c.t("mandates-capacity"), capacity(c, mandate)));
    answers.push(Answer::text(c.t("mandates-principal"), principal.name.clone()));
    match &principal.tax {
        None => answers.push(latin("account-nid", principal.number.clone())),
        Some(tax) => {
            answers.push(latin("mandates-register", principal.number.clone()));
            answers.push(latin("mandates-tax", tax.clone()));
        }
    }
    answers.push(latin("account-mobile", principal.mobile.clone()));
    answers.push(Answer::text(c.t("mandates-document"), mandate.document.number.clone()));
    answers.push(Answer::text(c.t("mandates-office"), mandate.document.office.clone()));
    answers.push(Answer::text(c.t("mandates-dated"), c.date(mandate.document.dated)));
    answers.push(Answer::text(c.t("mandates-days"), days(c, mandate)));
    answers.push(Answer::text(c.t("mandates-scope"), scope(c, office, mandate)));
    answers
}
