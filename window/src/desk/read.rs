//! What was filled into a form of the file's page, as a command (قراءة النموذج).

use foundation::web::{Ctx, FormData, FormErrors};

use super::forms::Action;
use super::open::Opened;
use super::parts;
use crate::Office;
use crate::requests::events::{Decision, FileRef, Missing, Opinion};
use crate::requests::rules::Command;

/// The command, or none if something in the form cannot be read; what it is stands in the errors.
pub(super) fn command(
    c: &Ctx,
    office: &Office,
    opened: &Opened,
    action: Action,
    data: &FormData,
    files: Vec<FileRef>,
    errors: &mut FormErrors,
) -> Option<Command> {
    let step = opened.step;
    let get = |name: &str| data.get(&action.field(name)).to_owned();
    let all = |name: &str| data.all(&action.field(name)).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let ticked = |name: &str| data.get(&action.field(name)) == "yes";
    let command = match action {
        Action::Take => Command::Take { step, consult: opened.consult },
        Action::Accept => Command::Accept {
            step,
            opinion: opinion(&get("opinion")),
            note: get("note"),
            checklist: all("checklist"),
            decision: decision(c, action, data, errors),
            papers_later: ticked("papers_later"),
        },
        Action::Assess => super::fees::read(c, office, opened, data, errors)?,
        Action::Issue => Command::Issue { step },
        Action::Answer => Command::AnswerConsult {
            consult: opened.consult,
            opinion: opinion(&get("opinion")),
            answer: get("answer"),
            files,
        },
        Action::Schedule => {
            let date = parts::required_date(c, data, &action.field("date"), errors);
            let hour = get("hour");
            if hour.is_empty() {
                errors.add(action.field("hour"), c.t("desk-hour-missing"));
            }
            let inspector = data.uuid(&action.field("inspector"));
            if inspector.is_none() {
                errors.add(action.field("inspector"), c.t("desk-inspector-missing"));
            }
            Command::ScheduleVisit { step, date: date?, hour, inspector: inspector? }
        }
        Action::Completion => {
            let until = parts::required_date(c, data, &action.field("date"), errors);
            Command::AskCompletion { step, items: missing(data), note: get("note"), until: until? }
        }
        Action::Consult => {
            let department = get("department");
            if department.is_empty() {
                errors.add(action.field("department"), c.t("desk-department-missing"));
            }
            let days = parts::number(&get("days")).unwrap_or(0);
            Command::AskConsult { step, department, question: get("question"), days, halts: ticked("halts") }
        }
        Action::Recall => match parts::number(&get("question")) {
            Some(consult) => Command::RecallConsult { consult },
            None => {
                errors.add(action.field("question"), c.t("desk-question-missing"));
                return None;
            }
        },
        Action::Rework => match parts::number(&get("to")) {
            Some(to) => Command::AskRework { step, to, reason: get("reason") },
            None => {
                errors.add(action.field("to"), c.t("desk-step-missing"));
                return None;
            }
        },
        Action::Refuse => Command::Refuse {
            step,
            reasons: all("reasons"),
            text: get("text"),
            decision: decision(c, action, data, errors),
        },
        Action::Extend => {
            let decision = decision(c, action, data, errors);
            if decision.is_none() && !errors.any() {
                errors.add(action.field("decision"), c.t("desk-decision-missing"));
            }
            let days = parts::number(&get("days")).unwrap_or(0);
            Command::Extend { step, days, reason: get("reason"), decision: decision? }
        }
        Action::Reassign => {
            let to = get("to");
            let person = data.uuid(&action.field("to"));
            if !to.is_empty() && person.is_none() {
                errors.add(action.field("to"), c.t("desk-person-missing"));
            }
            Command::Reassign { step, consult: opened.consult, to: person, reason: get("reason") }
        }
        Action::Note => Command::AddNote { step: Some(step), text: get("text") },
        Action::Attach => {
            if files.is_empty() && !errors.any() {
                errors.add(action.field("files"), c.t("desk-file-missing"));
            }
            let doc = Some(get("doc")).filter(|doc| !doc.is_empty());
            Command::Attach { step: Some(step), doc, files }
        }
    };
    (!errors.any()).then_some(command)
}

/// An opinion by its word.
pub(super) fn opinion(word: &str) -> Opinion {
    match word {
        "conditional" => Opinion::Conditional,
        "unfavourable" => Opinion::Unfavourable,
        _ => Opinion::Favourable,
    }
}

/// A written decision: number and day go together, or neither is there.
fn decision(c: &Ctx, action: Action, data: &FormData, errors: &mut FormErrors) -> Option<Decision> {
    let number = data.get(&action.field("decision")).to_owned();
    let name = action.field("date");
    match (number.is_empty(), data.date_parts(&name).is_none()) {
        (true, true) => None,
        (true, false) => {
            errors.add(action.field("decision"), c.t("desk-decision-number"));
            None
        }
        (false, _) => {
            let date = parts::required_date(c, data, &name, errors)?;
            Some(Decision { number, date })
        }
    }
}

/// Everything ticked and written as missing.
fn missing(data: &FormData) -> Vec<Missing> {
    let all = |name: &str| data.all(&Action::Completion.field(name)).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let items = all("items").into_iter().map(|code| Missing::Item { code });
    let docs = all("docs").into_iter().map(|doc| Missing::Document { doc });
    let fields = all("fields").into_iter().map(|field| Missing::Field { field });
    let texts = all("text");
    let texts = texts.iter().flat_map(|text| text.lines()).map(str::trim).filter(|line| !line.is_empty());
    let texts = texts.map(|text| Missing::Text { text: text.to_owned() });
    items.chain(docs).chain(fields).chain(texts).collect()
}
