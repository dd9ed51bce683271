//! The roles of a PostgreSQL database: nobody who serves pages may change the record.

use foundation::db::{Db, DbError, Powers, Roles};

use super::Findings;
use crate::config::Config;

/// How many rights are named in one line.
const NAMED: usize = 6;
const WHY: &str = "the server is to refuse what only an intruder would do: changing or deleting events";
const GRANT: &str = "as the owner (database.owner_url): shubbak migrate up";

/// Looks at what the roles may do, and whether the sealer's address works.
pub async fn examine(config: &Config, db: &Db, findings: &mut Findings) -> Result<(), DbError> {
    let Some(application) = db.role().await? else { return Ok(()) };
    let mut roles = Roles { sealer: application.clone(), application };
    if let Some(url) = config.sealer_database() {
        let asked = match Db::open(&url, 1) {
            Ok(sealer) => sealer.role().await,
            Err(error) => Err(error),
        };
        match asked {
            Ok(Some(role)) => roles.sealer = role,
            Ok(None) => {}
            Err(error) => {
                findings.wrong(
                    "roles",
                    format!("the sealer: {error}"),
                    "nothing is sealed, and no number or paper is shown before its seal",
                    "check database.sealer_url (shubbak config show)",
                );
                return Ok(());
            }
        }
    }
    let powers = db.powers(&roles).await?;
    let before = findings.0.len();
    for power in &powers {
        one(power, findings);
    }
    if findings.0.len() > before {
        return Ok(());
    }
    if roles.application == roles.sealer {
        findings.note(
            "roles",
            format!("{} serves the pages and seals the record", roles.application),
            "who has its password can renumber events; that is found afterwards, not prevented",
            "give the sealer a role of its own: database.sealer_url, then shubbak migrate up as the owner",
        );
    } else {
        findings.good(
            "roles",
            format!("{} appends, {} seals, each with its own rights and no more", roles.application, roles.sealer),
        );
    }
    Ok(())
}

fn one(power: &Powers, findings: &mut Findings) {
    if power.owner {
        let what = format!("{} owns the tables and serves as well", power.role);
        const MEND: &str = "make an application's and a sealer's role and give the owner's address to migrate alone: docs/operating.md";
        const LOST: &str =
            "who has its password can change and delete events; that is found by record verify, not prevented";
        if power.beyond.is_empty() {
            findings.note("roles", what, LOST, MEND);
        } else {
            findings.wrong("roles", format!("{what}; beyond that: {}", named(&power.beyond)), LOST, MEND);
        }
        return;
    }
    if !power.beyond.is_empty() {
        findings.wrong("roles", format!("{} has too much power: {}", power.role, named(&power.beyond)), WHY, GRANT);
    }
    if !power.lacks.is_empty() {
        findings.wrong(
            "roles",
            format!("{} lacks: {}", power.role, named(&power.lacks)),
            "pages and jobs that need it fail",
            GRANT,
        );
    }
}

fn named(rights: &[String]) -> String {
    let more = rights.len().saturating_sub(NAMED);
    let shown = rights.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown}, and {more} more") }
}
