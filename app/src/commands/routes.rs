//! `routes`: every address of the pages and who may open it, as the tables declare it. The browser's tests
//! open what this prints, so that no page is forgotten.

use anyhow::Result;
use registry::routes::{Need, list};
use registry::{Door, Role};
use serde::Serialize;

use crate::output::{Done, Output, columns};
use crate::serve::tables;

#[derive(Serialize)]
struct Line {
    method: String,
    path: &'static str,
    example: &'static str,
    /// Opens without a login.
    public: bool,
    /// For programs with a key, not for browsers.
    program: bool,
    /// Codes of the roles that may, `citizen` for accounts; for public pages none is asked for.
    roles: Vec<&'static str>,
}

/// Prints the table.
pub fn run(out: &Output) -> Result<Done> {
    let lines: Vec<Line> = list(&tables())
        .into_iter()
        .map(|route| Line {
            method: route.method.to_string(),
            path: route.path,
            example: route.example,
            public: route.need == Need::Public,
            program: route.door != Door::Page,
            roles: match route.need {
                Need::Account => vec!["citizen"],
                need => Role::ALL.into_iter().filter(|role| need.met_by_role(*role)).map(Role::code).collect(),
            },
        })
        .collect();
    out.answer(&lines, |lines| {
        let rows: Vec<_> = lines
            .iter()
            .map(|line| {
                let who = if line.public { "everybody".to_owned() } else { line.roles.join(" ") };
                vec![line.method.clone(), line.path.to_owned(), who]
            })
            .collect();
        columns(&rows)
    })?;
    Ok(Done::Well)
}
