//! Scans of a case (أوراق الملف): which of them somebody may open, and the opening itself.

use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::{Ctx, PageError};
use record::views::ViewLog;
use registry::{Case as Looked, FieldClass, Viewer, privacy};
use uuid::Uuid;

use super::forms;
use super::open::{self, Opened};
use super::parts::Asked;
use crate::Office;
use crate::requests::events::{FileRef, Missing, PaperState};
use crate::uploads;

/// A document of the file.
pub(super) struct PaperLine {
    pub name: String,
    pub class: &'static str,
    pub state: String,
    /// Address and words of each scan that may be opened.
    pub files: Vec<(String, String)>,
    /// It identifies a person and stays closed to this viewer.
    pub closed: bool,
}

/// Address of a scan.
pub(super) fn href(opened: &Opened, hash: &str) -> String {
    format!("/desk/requests/{}/files/{hash}?step={}", opened.case.id, opened.step)
}

/// The documents and what came beside them.
pub(super) fn papers(c: &Ctx, office: &Office, viewer: &Viewer, opened: &Opened, looked: &Looked) -> Vec<PaperLine> {
    let opens = privacy::may_see(viewer, FieldClass::IdentityPaper, looked);
    let links = |files: &[&FileRef]| {
        let words = |file: &FileRef, at: usize| {
            let kind = if file.media == "application/pdf" { "desk-scan-pdf" } else { "desk-scan-image" };
            let size = (file.size / 1024).max(1);
            c.ta(kind, &[("n", &(at + 1)), ("size", &size)])
        };
        files.iter().enumerate().map(|(at, file)| (href(opened, &file.hash), words(file, at))).collect::<Vec<_>>()
    };
    let file = &opened.state().file;
    let mut lines: Vec<PaperLine> = file
        .papers
        .iter()
        .map(|paper| {
            let closed = identifies(office, &paper.doc) && !opens;
            let files: Vec<&FileRef> = paper.files.iter().filter(|_| !closed).collect();
            let (class, state) = match (paper.state, paper.until) {
                (PaperState::Presented, _) => ("ok", c.t("desk-paper-presented")),
                (PaperState::Pending, Some(until)) => ("warn", c.t1("desk-paper-until", "date", c.date(until))),
                (PaperState::Pending, None) => ("warn", c.t("desk-paper-pending")),
            };
            PaperLine { name: forms::document(c, office, &paper.doc), class, state, files: links(&files), closed }
        })
        .collect();
    let mut others: Vec<&FileRef> = Vec::new();
    let mut closed = false;
    for (other, identity) in loose(office, opened) {
        if identity && !opens {
            closed = true;
        } else {
            others.push(other);
        }
    }
    if !others.is_empty() || closed {
        let state = c.t("desk-paper-attached");
        lines.push(PaperLine { name: c.t("desk-paper-others"), class: "info", state, files: links(&others), closed });
    }
    lines
}

fn identifies(office: &Office, doc: &str) -> bool {
    // What the guide does not know is taken for the worst.
    office.catalogue().document(doc).is_none_or(|kind| kind.identifies_person)
}

/// Files beside the documents, and whether each may show a person: what the applicant brought for an
/// item in words may.
fn loose<'a>(office: &'a Office, opened: &'a Opened) -> impl Iterator<Item = (&'a FileRef, bool)> {
    let (file, course) = (&opened.state().file, &opened.state().course);
    let attached = file.attachments.iter().map(|one| (&one.file, one.step.is_none()));
    let supplied = course.completions.iter().flat_map(|asked| &asked.items).flat_map(move |item| {
        let identity = match &item.asked {
            Missing::Document { doc } => identifies(office, doc),
            _ => true,
        };
        item.supplied.iter().flat_map(move |came| came.files.iter().map(move |file| (file, identity)))
    });
    let answered = course.consults.iter().flat_map(|asked| asked.files.iter().map(|file| (file, false)));
    attached.chain(supplied).chain(answered)
}

/// A scan, as an attachment; 403 for an identity paper that the matrix keeps closed.
pub(super) async fn download(
    office: Office,
    viewer: Viewer,
    Path((id, hash)): Path<(Uuid, String)>,
    log: Option<Extension<ViewLog>>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, id, &asked).await?;
    let state = opened.state();
    let papers = state.file.papers.iter().flat_map(|paper| {
        let identity = identifies(&office, &paper.doc);
        paper.files.iter().map(move |file| (file, identity))
    });
    let photos = state.course.visits.iter().flat_map(|visit| visit.files.iter().map(|file| (file, false)));
    let known: Vec<bool> = papers
        .chain(photos)
        .chain(loose(&office, &opened))
        .filter(|(file, _)| file.hash == hash)
        .map(|(_, identity)| identity)
        .collect();
    if known.is_empty() {
        return Err(PageError::NotFound);
    }
    let looked = opened.looked(&viewer);
    if known.contains(&true) && !privacy::may_see(&viewer, FieldClass::IdentityPaper, &looked) {
        return Err(PageError::forbidden());
    }
    open::note(log, &office, &viewer, &opened, "desk-scan");
    let fetched = uploads::fetch(&office, &opened.case.tenant, id, &hash).await;
    let (media, bytes) = fetched?.ok_or(PageError::NotFound)?;
    // Drawings go out under the case code, never under a name.
    let short: String = hash.chars().take(8).collect();
    let name = format!("{}-{short}", state.file.number);
    Ok(uploads::download(&name, media, bytes).into_response())
}
