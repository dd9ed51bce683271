//! Whose request it is and what they told: as far as the field matrix opens it.

use foundation::web::{Answer, Ctx, PageError};
use registry::{Case as Looked, Field as Masked, FieldClass, Private, Viewer, citizens, privacy};
use serde_json::Value;

use crate::Office;
use crate::desk::answers;
use crate::desk::open::{self, Opened};
use crate::requests::act::open_answers;

/// Case, place, days; the applicant's name where the matrix opens it.
pub(in crate::desk) async fn head(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    opened: &Opened,
    looked: &Looked,
) -> Result<Vec<Answer>, PageError> {
    let file = &opened.state().file;
    let name = if privacy::may_see(viewer, FieldClass::Name, looked) {
        let found = citizens::find(&mut office.db.reader(), &office.record, &file.tenant, file.applicant.subject).await;
        let erased = || Private::new(c.t("desk-erased"));
        found.map_err(open::failed)?.map(|citizen| if citizen.erased { erased() } else { citizen.name })
    } else {
        None
    };
    let code = c.t1("desk-case", "number", c.reference_inline(&file.number));
    let shown = name.unwrap_or_else(|| Private::new(code.clone())).show(viewer, &Masked::name(&code), looked);
    let total = &opened.state().course.total;
    let mut lines = vec![
        Answer::text(c.t("desk-applicant"), format!("{shown} ({})", file.applicant.kind.label(c.lang))),
        Answer::text(c.t("desk-unit"), opened.tree.name_in(c.lang, &file.unit)),
        Answer::text(c.t("desk-received"), c.date(total.received_on)),
    ];
    if let Some(due) = opened.state().course.expected() {
        let days = opened.tree.calendar(&file.unit).map_or(0, |calendar| calendar.remaining(office.clock.now(), due));
        let left = if days < 0 { c.t1("common-days-late", "n", -days) } else { c.t1("common-days-left", "n", days) };
        lines.push(Answer::text(c.t("desk-total-due"), format!("{} ({left})", c.date(due))));
    }
    Ok(lines)
}

/// The form's answers; personal ones only where the matrix opens them, and decrypted only then.
pub(super) async fn answers_of(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    opened: &Opened,
    looked: &Looked,
) -> Result<(Vec<Answer>, bool), PageError> {
    let file = &opened.state().file;
    let catalogue = office.catalogue();
    let opens = FieldClass::ALL.into_iter().any(|class| privacy::may_see(viewer, class, looked));
    let personal = if opens && !file.personal.is_null() {
        let key = office.record.keyring().open(&mut office.db.reader(), &file.tenant, file.applicant.subject).await;
        match key.map_err(|error| PageError::from_error(&error))? {
            Some(key) => Some(open_answers(&key, &file.personal).map_err(open::failed)?),
            None => None,
        }
    } else {
        None
    };
    let mut any_masked = false;
    let lines = opened.service.fields.iter().filter_map(|field| {
        if !answers::is_personal(field) {
            return Some(answers::shown(c, catalogue, field, file.answers.get(&field.id)?));
        }
        if file.personal.is_null() {
            return None;
        }
        let classes = answers::classes(field);
        let last = classes.iter().next_back().map_or(FieldClass::IdentityPaper, |no| answers::class_of(*no));
        let hidden = classes.iter().any(|no| !privacy::may_see(viewer, answers::class_of(*no), looked));
        let mask = c.t("desk-masked");
        let value = personal.clone().filter(|_| !hidden)?.map(|all| all.get(&field.id).cloned().unwrap_or(Value::Null));
        match value.show(viewer, &Masked::of(last, &mask), looked) {
            registry::Shown::Open(Value::Null) => None,
            registry::Shown::Open(value) => Some(answers::shown(c, catalogue, field, &value)),
            registry::Shown::Masked(mask) => Some(Answer::text(field.label(c.lang), mask)),
        }
    });
    let mut lines: Vec<Answer> = lines.collect();
    if !file.personal.is_null() {
        let hidden = opened.service.fields.iter().filter(|field| answers::is_personal(field)).filter(|field| {
            answers::classes(field).iter().any(|no| !privacy::may_see(viewer, answers::class_of(*no), looked))
        });
        for field in hidden {
            any_masked = true;
            lines.push(Answer::text(field.label(c.lang), c.t("desk-masked")));
        }
    }
    Ok((lines, any_masked))
}
