//! The tree: loading, holders, calendars, changes.

use jiff::civil::{date, time};

use super::on_both;
use crate::rights::Role;
use crate::units::{
    CalendarChange, ChangeError, HoursKind, Refusal, UnitChange, UnitKind, UnitWrite, Units, change, change_calendar,
    fixed_centre,
};

async fn supervisor(at: &crate::testing::TestSite, login: &str, unit: &str) -> crate::Viewer {
    at.person(login, Role::Supervisor, unit, None).await;
    let mut browser = at.browser();
    browser.login(login).await;
    let cookie = format!("{}={}", crate::sessions::COOKIE, browser.cookies[crate::sessions::COOKIE]);
    let mut headers = axum::http::HeaderMap::new();
    headers.insert("cookie", cookie.parse().expect("a header"));
    crate::sessions::viewer(&at.site, &headers, at.site.clock.now()).await.expect("a viewer")
}

fn write(at: &crate::testing::TestSite, unit: &str) -> UnitWrite {
    UnitWrite { unit: unit.into(), command: at.site.ids.next(), version: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_is_loaded_with_centres_departments_and_bodies() {
    on_both(|at| async move {
        let tree = at.site.units.now();
        let district = tree.unit("01-D01").expect("a district");
        assert_eq!(district.path.as_str(), "00/01-G00/01-D01");
        assert_eq!((district.kind, district.tenant.as_str()), (UnitKind::District, "01"));
        assert!(
            district.has_department("ENG") && !district.has_department("C_HOUS") && !district.has_department("POLICE")
        );
        assert!(tree.unit("01-G00").expect("headquarters").has_department("C_HOUS"));
        let centre = tree.centres("01-D01").first().expect("a centre");
        assert_eq!(centre.id, fixed_centre("01-D01"));
        assert!(!centre.windows.is_empty() && centre.windows.iter().all(|window| window.is_open));
        assert!(tree.units().iter().filter(|unit| !unit.local).all(|unit| tree.centres(&unit.code).is_empty()));

        let department = |code: &str| at.site.catalogue.department(code).expect("a department");
        let holder = |code: &str| tree.holder("01-D01", department(code)).expect("a holder");
        assert_eq!(holder("ENG").path.unit(), "01-D01");
        assert_eq!(holder("C_HOUS").path.unit(), "01-G00");
        let police = holder("POLICE");
        assert_eq!(tree.unit(police.path.unit()).expect("a body").kind, UnitKind::Body);
        assert!(police.path.as_str().starts_with("00/01-G00/01-B5"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_country_is_loaded_at_once_and_only_once() {
    for engine in foundation::testing::engines().await {
        let governorates = catalogue::governorates().expect("governorates");
        let all: Vec<&str> = governorates.iter().map(|one| one.code.as_str()).collect();
        let at = crate::testing::site_with(engine, Vec::new(), &all).await;
        let tree = at.site.units.now();
        let count = |kind: UnitKind| tree.units().iter().filter(|unit| unit.kind == kind).count();
        assert_eq!(count(UnitKind::Governorate), 27);
        assert_eq!(
            tree.units().iter().filter(|unit| !matches!(unit.kind, UnitKind::Ministry | UnitKind::Body)).count(),
            374
        );
        assert_eq!(tree.all_centres().count(), 347, "one fixed centre for each unit of local administration");
        assert_eq!(count(UnitKind::Body) % 27, 0);
        assert_eq!(
            tree.unit("11-C01").expect("Ras El Bar").path.as_str(),
            "00/11-G00/11-M01/11-C01",
            "a city below its markaz"
        );
        let what = crate::units::Seeding {
            governorates: &governorates,
            units: &catalogue::units().expect("units"),
            departments: &at.site.catalogue.registers().departments,
            holidays: &catalogue::holidays().expect("holidays"),
            only: None,
        };
        crate::units::seed(&at.site.record, what).await.expect("the second time changes nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_holiday_and_own_hours_hold_below_and_nowhere_else() {
    on_both(|at| async move {
        let viewer = supervisor(&at, "sup", "01-G00").await;
        let day = date(2026, 11, 25);
        let change_ = CalendarChange::DeclareHoliday {
            day,
            name: "العيد القومي".into(),
            decision: "٤٥ لسنة 2026".into(),
            decided_on: date(2026, 11, 20),
        };
        change_calendar(&at.site, &viewer, write(&at, "01-G00"), change_.clone()).await.expect("declared");
        let again =
            change_calendar(&at.site, &viewer, write(&at, "01-D01"), change_.clone()).await.expect_err("known above");
        assert!(matches!(again, ChangeError::Refused(Refusal::HolidayKnown)));
        let tree = at.site.units.now();
        let works = |unit: &str| tree.calendar(unit).expect("a calendar").is_working_day(day);
        assert!(!works("01-G00") && !works("01-D01") && works("21-G00") && works("00"));

        let foreign = change_calendar(&at.site, &viewer, write(&at, "21-G00"), change_).await.expect_err("outside");
        assert!(matches!(foreign, ChangeError::Access(crate::access::Refused::NoRight)), "{foreign:?}");

        let hours = CalendarChange::SetHours {
            kind: HoursKind::BackOffice,
            name: String::new(),
            days: None,
            opens_minute: 9 * 60,
            closes_minute: 16 * 60,
        };
        change_calendar(&at.site, &viewer, write(&at, "01-D01"), hours.clone()).await.expect("set");
        let same = change_calendar(&at.site, &viewer, write(&at, "01-D01"), hours).await.expect_err("the same");
        assert!(matches!(same, ChangeError::Refused(Refusal::Unchanged)));
        let tree = at.site.units.now();
        let closes = |unit: &str, day| tree.calendar(unit).expect("a calendar").hours_on(day).back_office.closes;
        assert_eq!(closes("01-D01", day), time(16, 0, 0, 0));
        assert_eq!(closes("01-D02", day), time(15, 0, 0, 0));
        assert_eq!(closes("01-D01", date(2027, 2, 20)), time(14, 0, 0, 0), "Ramadan hours of the country come first");
        assert_eq!(closes("01-D01", date(2027, 3, 20)), time(16, 0, 0, 0));

        // Another process reads the same within a second.
        let other = Units::open(&at.test.db).await.expect("read");
        assert!(!other.now().calendar("01-D02").expect("a calendar").is_working_day(day));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_open_and_close_and_the_record_rebuilds_to_the_same() {
    on_both(|at| async move {
        let viewer = supervisor(&at, "sup", "01-D01").await;
        let other = Units::open(&at.test.db).await.expect("read");
        let centre = fixed_centre("01-D01");
        let set = |open| UnitChange::SetWindowOpen { centre, number: 2, open };
        change(&at.site, &viewer, write(&at, "01-D01"), set(false)).await.expect("closed");
        let again = change(&at.site, &viewer, write(&at, "01-D01"), set(false)).await.expect_err("closed already");
        assert!(matches!(again, ChangeError::Refused(Refusal::Unchanged)));
        let add = UnitChange::AddWindow { centre, number: 9, name: "كبار السن وذوو الهمم".into() };
        change(&at.site, &viewer, write(&at, "01-D01"), add.clone()).await.expect("added");
        let taken = change(&at.site, &viewer, write(&at, "01-D01"), add).await.expect_err("taken");
        assert!(matches!(taken, ChangeError::Refused(Refusal::WindowNumber)));
        let sibling = UnitChange::SetWindowOpen { centre: fixed_centre("01-D02"), number: 1, open: false };
        let outside = change(&at.site, &viewer, write(&at, "01-D02"), sibling.clone()).await.expect_err("outside");
        assert!(matches!(outside, ChangeError::Access(_)));
        let smuggled =
            change(&at.site, &viewer, write(&at, "01-D01"), sibling).await.expect_err("another unit's window");
        assert!(matches!(smuggled, ChangeError::Refused(Refusal::NoWindow)));

        let windows = |tree: &crate::units::Tree| tree.centre(centre).expect("the centre").windows.clone();
        assert_eq!(windows(&at.site.units.now()).iter().filter(|window| !window.is_open).count(), 1);
        assert_eq!(windows(&other.now()).iter().filter(|window| !window.is_open).count(), 0);
        at.pass(2 * crate::testing::SECOND);
        other.refresh(&at.test.db, at.site.clock.now()).await.expect("asked");
        assert_eq!(windows(&other.now()), windows(&at.site.units.now()), "another process has read it again");

        let stale = UnitWrite { version: Some(1), ..write(&at, "01-D01") };
        let conflict = change(&at.site, &viewer, stale, set(true)).await.expect_err("the form was old");
        assert!(matches!(conflict, ChangeError::Record(record::RecordError::Conflict { .. })), "{conflict:?}");

        rebuild_check(&at).await;
    })
    .await;
}

/// Rebuilt from the record, every projection says what it said.
pub(super) async fn rebuild_check(at: &crate::testing::TestSite) {
    let checked = at.site.record.rebuild_check().await.expect("a trial rebuild");
    assert!(checked.sound(), "{}: {checked:?}", at.test.name());
}
