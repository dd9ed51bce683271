//! What requests do when a person is erased or a calendar changes, on both engines.

use std::path::Path;
use std::sync::Arc;

use crate::common::{Bureau, NID, PERSON, TENANT, UNIT, accept};
use foundation::clock::Micros;
use foundation::params;
use foundation::testing::engines;
use jiff::ToSpan as _;
use record::follow::Follower;
use record::jobs::{Job, Runner};
use registry::citizens;
use registry::units::{CalendarChange, UnitWrite, change_calendar};
use registry::{Place, Role};
use window::requests::act;
use window::requests::follow::{CalendarFollower, ErasureFollower, RedateJob};
use window::requests::rules::day;
use window::uploads;

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_is_nowhere() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let mut form = b.shop();
        let scan = b"%PDF-1.4\n1 0 obj << /Title (ZQXJKV of the erased) >> endobj\n%%EOF".to_vec();
        let file = uploads::upload(&b.office, TENANT, UNIT, form.request, clerk.staff(), scan).await.expect("is kept");
        form.papers[0].files = vec![file.clone()];
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        let there = uploads::fetch(&b.office, TENANT, form.request, &file.hash).await.expect("reads");
        assert!(there.is_some());
        let state = b.until_the_end(form.request).await;

        let unit = b.office.units.now().path(UNIT).expect("a unit");
        let erasure = citizens::Erasure {
            viewer: None,
            place: Place::unit(unit),
            command: b.office.ids.next(),
            person: state.file.applicant.subject,
            ground: "طلب صاحب البيانات".into(),
        };
        act::erase_person(&b.office, erasure).await.expect("is erased");
        let follower: Arc<dyn Follower> = Arc::new(ErasureFollower::new(b.office.record.clone()));
        settle(&b).await;
        b.office.record.catch_up(&follower).await.expect("follows");

        assert!(uploads::fetch(&b.office, TENANT, form.request, &file.hash).await.expect("reads").is_none());
        let checked = b.office.record.rebuild_check().await.expect("runs");
        assert!(checked.sound(), "{}: {checked:?}", b.name());
        let findings = record::verify::verify(&b.office.db, None).await.expect("runs").findings;
        assert!(findings.is_empty(), "{}: {findings:?}", b.name());
        for place in b.town.test.places() {
            for needle in [PERSON, NID, "رمسيس حتشبسوت قظضغ", "ZQXJKV of the erased"] {
                assert_eq!(holds(&place, needle.as_bytes()), None, "{}: {needle}", b.name());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proclaimed_holiday_moves_the_last_days() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        let before = b.state(form.request).await;
        let supervisor = b.officer(Role::Supervisor, "01-G00", None).await;
        let due = before.course.step(1).and_then(|step| step.clock.as_ref()).expect("a clock").due;
        for (date, decision) in [(due, "12"), (due.checked_add(1.year()).expect("a day"), "13")] {
            let write = UnitWrite { unit: "01-G00".into(), command: b.office.ids.next(), version: None };
            let holiday = CalendarChange::DeclareHoliday {
                day: date,
                name: "عطلة المحافظة".into(),
                decision: decision.into(),
                decided_on: day(b.office.clock.now()),
            };
            change_calendar(&b.office, &supervisor, write, holiday).await.expect("is declared");
        }
        settle(&b).await;
        let follower: Arc<dyn Follower> = Arc::new(CalendarFollower::new(b.office.record.clone()));
        b.office.record.catch_up(&follower).await.expect("follows");
        let job: Arc<dyn Job> = Arc::new(RedateJob::new(b.office.clone()));
        let runner = Runner::new(&b.office.db, b.office.clock.clone(), vec![job]);
        assert_eq!(runner.run_due().await.expect("runs"), 0, "{}: changes are waited for", b.name());
        b.town.pass(Micros::MINUTE);
        assert_eq!(
            runner.run_due().await.expect("runs"),
            2,
            "{}: one for the governorate, one for the calendar of all",
            b.name()
        );
        assert!(record::jobs::failed(&mut b.office.db.reader()).await.expect("reads").is_empty());

        let after = b.state(form.request).await;
        assert_eq!(
            (after.version, after.course.trail.last().map(|mark| mark.kind.as_str())),
            (2, Some("request.redated"))
        );
        let due = |state: &window::requests::state::State| {
            state.course.step(1).and_then(|step| Some(step.clock.as_ref()?.due))
        };
        assert!(due(&after) > due(&before), "{}", b.name());
        // The form of before still counts: new dates take nothing from under it.
        act::act(&b.office, &clerk, b.act(form.request, 1, accept(1))).await.expect("is done");
        assert!(b.office.record.rebuild_check().await.expect("runs").sound(), "{}", b.name());
    }
}

async fn settle(b: &Bureau) {
    let open = "SELECT COUNT(*) AS n FROM events WHERE number IS NULL";
    while b.office.db.query_one(open, params![]).await.and_then(|row| row.get::<i64>("n")).expect("counts") > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// The first file below that holds these bytes.
fn holds(place: &Path, needle: &[u8]) -> Option<String> {
    if place.is_dir() {
        return std::fs::read_dir(place).ok()?.flatten().find_map(|entry| holds(&entry.path(), needle));
    }
    let bytes = std::fs::read(place).ok()?;
    bytes.windows(needle.len()).any(|w| w == needle).then(|| place.display().to_string())
}
