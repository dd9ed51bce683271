//! كتيب دليل الخدمات: the guide of a governorate as a PDF to print and hand out, with its own figures and the
//! hours of its windows.
//!
//! `/guide/{governorate}.pdf`. It is Arabic, as all papers are. Made on first demand, one at a time, off the
//! threads that answer; kept until its edition changes.

use std::sync::Arc;

use catalogue::Catalogue;
use catalogue::model::Service;
use documents::papers::{Booklet, BookletGroup, BookletService, Head};
use documents::{Document, Options};
use foundation::lang::Lang;
use foundation::web::Ctx;
use registry::units::Unit;

use super::guide_data::Around;
use super::service_view::{Line, ServiceView};
use super::{fees, hours, places};

/// The document of a guide; `edition` is what it is called.
pub(super) fn document(around: &Around, edition: String) -> Document {
    let c = around.c.clone().in_arabic();
    let guide = around.office.guide(around.day);
    let tree = around.office.units.now();
    let tenant = around.governorate.as_deref();
    let groups = guide.registers().groups.iter().map(|group| BookletGroup {
        title: group.name(Lang::Ar).to_owned(),
        services: guide
            .services()
            .filter(|service| service.group == group.code)
            .map(|one| service(&c, around, &guide, one))
            .collect(),
    });
    let centre = |unit: &Arc<Unit>| {
        let open = hours::of(&c, &tree, &unit.code, around.now);
        [places::title(&c, unit), open.week, open.span]
    };
    let centres = match tenant {
        Some(tenant) => places::served(&tree, Some(tenant)).map(centre).collect(),
        None => Vec::new(),
    };
    let governorate = tenant.map(|tenant| c.t1("counter-governorate", "name", places::governorate(Lang::Ar, tenant)));
    Document::Booklet(Booklet {
        head: Head { governorate: governorate.unwrap_or_default(), ..Head::default() },
        edition,
        day: c.date(around.day),
        link: format!("{}/services", around.office.settings.public_url),
        groups: groups.filter(|group| !group.services.is_empty()).collect(),
        centres,
    })
}

/// How it is printed.
pub(super) fn options(around: &Around) -> Options {
    Options { now: around.now.seconds(), demo: around.c.site.demo, copy: false }
}

fn service(c: &Ctx, around: &Around, guide: &Catalogue, service: &Service) -> BookletService {
    let localised = fees::localised(&around.office, service, around.governorate.as_deref(), around.day);
    let view = ServiceView::of(c, guide, &localised);
    let fees = fees::parts(c, guide, &localised, around.day).into_iter().flat_map(|part| {
        let amount: Vec<String> =
            [part.rule, part.limits, part.due].into_iter().filter(|text| !text.is_empty()).collect();
        let whole = [with(&part.label, &part.when), amount.join(c.comma())];
        let rows = part.tables.into_iter().flat_map(|table| {
            let title = Some([table.title, String::new()]).filter(|[title, _]| !title.is_empty());
            title.into_iter().chain(table.rows.into_iter().map(|(what, amount)| [what, amount]))
        });
        std::iter::once(whole).chain(rows).collect::<Vec<_>>()
    });
    let texts = |lines: &[Line]| lines.iter().map(|line| with(&line.text, &line.when)).collect();
    BookletService {
        code: service.code.clone(),
        name: view.name,
        within: c.t1("booklet-within", "days", view.days),
        silence: view.silence,
        channels: view.channels.join(c.comma()),
        documents: view
            .documents
            .iter()
            .flatten()
            .map(|paper| {
                let more = [&paper.copies, &paper.need].into_iter().filter(|text| !text.is_empty());
                [paper.name.clone(), more.cloned().collect::<Vec<_>>().join(c.comma())]
            })
            .collect(),
        conditions: texts(&view.conditions),
        fees: fees.collect(),
        steps: view.steps.into_iter().map(|step| [with(&step.label, &step.when), step.department]).collect(),
    }
}

/// A text, and behind a colon when it holds.
fn with(text: &str, when: &str) -> String {
    if when.is_empty() { text.to_owned() } else { format!("{text}: {when}") }
}
