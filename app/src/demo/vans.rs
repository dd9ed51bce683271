//! The vans of the demonstration (المراكز المتنقلة): put into service, and sent out for the days ahead.

use anyhow::{Context as _, Result};
use foundation::calendar::WorkCalendar;
use jiff::civil::Date;
use record::follow::derived_id;
use registry::Viewer;
use registry::units::{self, CentreKind, UnitChange, UnitWrite, VanChange};
use uuid::Uuid;

use crate::node::Node;

/// Unit, name, and where it stands from one working day to the next.
const VANS: &[(&str, &str, &[&str])] = &[
    (
        "01-D16",
        "المركز التكنولوجي المتنقل 1",
        &["أمام مركز شباب مدينة نصر", "ميدان الحي العاشر", "أمام نادي السكة الحديد"],
    ),
    ("01-D07", "المركز التكنولوجي المتنقل 2", &["ميدان الجامع", "أمام مجمع المدارس"]),
];
/// Days on which they are out.
const DAYS: usize = 6;

/// Puts them into service and plans their stops after `today`.
pub async fn add_all(node: &Node, supervisor: &Viewer, today: Date) -> Result<()> {
    for (unit, name, places) in VANS {
        let change = UnitChange::OpenVan { name: (*name).into() };
        units::change(&node.site, supervisor, write(unit, name), change).await.context(*name)?;
        let tree = node.site.units.now();
        let van = tree.centres(unit).iter().find(|centre| centre.kind == CentreKind::Mobile).context("a van")?.id;
        let calendar = tree.calendar(unit).context("the unit has a calendar")?;
        for (day, place) in working_days(calendar, today).take(DAYS).zip(places.iter().cycle()) {
            let change = VanChange::PlanStop {
                centre: van,
                day,
                place: (*place).into(),
                opens_minute: 9 * 60 + 30,
                closes_minute: 14 * 60,
            };
            units::change_vans(&node.site, supervisor, write(unit, &format!("{name} {day}")), change)
                .await
                .with_context(|| format!("{name} on {day}"))?;
        }
    }
    Ok(())
}

fn write(unit: &str, what: &str) -> UnitWrite {
    let command: Uuid = derived_id("demo-van", what);
    UnitWrite { unit: unit.to_owned(), command, version: None }
}

fn working_days(calendar: &WorkCalendar, today: Date) -> impl Iterator<Item = Date> {
    today.series(jiff::Span::new().days(1)).skip(1).filter(|day| calendar.is_working_day(*day))
}
