//! Published services and local figures on both engines.

use std::sync::Arc;

use catalogue::answers::{Answer, Answers, Applicant, Case};
use catalogue::fees::{Question, compute_part};
use foundation::clock::Micros;
use foundation::money::Piastres;
use foundation::testing::{TestDb, engines};
use jiff::civil::{Date, date};
use record::seal::Sealing;
use registry::staff::By;
use registry::testing::{TestSite, site};
use rust_decimal::Decimal;
use window::papers::Issuers;
use window::requests::events::ServiceRef;
use window::services::rules::{NewFigure, Refusal};
use window::services::{
    self, GuideError, Publication, ServiceSlice, load, proposals, publish_file, publish_shipped, set_figure,
    withdraw_figure,
};
use window::{Office, OfficeParts};

const TODAY: Date = Date::constant(2026, 11, 22);
const BAND: &str = "inspection.band.1";

struct Town {
    town: TestSite,
    office: Office,
    _sealing: Sealing,
}

impl Town {
    async fn open(test: TestDb) -> Self {
        let town = site(test, vec![Arc::new(ServiceSlice)]).await;
        let sealing = town.site.record.start_sealer();
        let office = another(&town);
        Self { town, office, _sealing: sealing }
    }

    fn publication(&self, from: Date, change: (&str, &str)) -> Publication {
        let text = self.office.catalogue().entry("SHP-01").expect("shipped").text.replace(change.0, change.1);
        Publication { command: self.office.ids.next(), text, from, code: Some("SHP-01".into()) }
    }

    async fn publish(&self, from: Date, change: (&str, &str)) -> Result<u32, GuideError> {
        publish_file(&self.office, &By::Machine, self.publication(from, change)).await.map(|now| now.version)
    }

    async fn set(&self, tenant: &str, value: i64, from: Date, to: Option<Date>) -> Result<(), GuideError> {
        let new =
            NewFigure { figure: BAND.into(), value: value.into(), decision: "412".into(), decided_on: TODAY, from, to };
        set_figure(&self.office, &By::Machine, self.office.ids.next(), tenant, "SHP-01", new).await.map(drop)
    }

    /// The inspection fee of a small shop on a day.
    fn fee(&self, tenant: &str, day: Date) -> Piastres {
        let service = self.office.service("SHP-01", day).expect("in force");
        let mut answers = Answers::new();
        answers.insert("shop_area_m2", Answer::Number(Decimal::from(40)));
        let (applicant, assessed) = (Applicant::default(), Default::default());
        let case = Case { applicant: &applicant, answers: &answers };
        let figures = self.office.figures(tenant);
        let question =
            Question { service: &service, case, figures: &figures, assessed: &assessed, estimate: false, day };
        let part = service.fee.parts.iter().find(|part| part.code == "inspection").expect("a part");
        compute_part(&question, part).expect("computed").total
    }

    async fn sound(&self) {
        let checked = self.office.record.rebuild_check().await.expect("rebuilt");
        assert!(checked.sound(), "{}: {checked:?}", self.town.test.name());
    }
}

/// Another process on the same node.
fn another(town: &TestSite) -> Office {
    Office::new(OfficeParts { site: town.site.clone(), issuers: Issuers::of([]) })
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, GuideError>) -> Refusal {
    match outcome {
        Err(GuideError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_programs_files_are_published_once_and_later_ones_proposed() {
    for test in engines().await {
        let town = Town::open(test).await;
        assert_eq!(proposals(&town.office).await.expect("read").len(), 168);
        assert_eq!(publish_shipped(&town.office).await.expect("published"), 168);
        assert_eq!(publish_shipped(&town.office).await.expect("published"), 0);
        assert!(proposals(&town.office).await.expect("read").is_empty());
        town.sound().await;
    }
}

#[tokio::test]
async fn a_request_keeps_its_version_after_a_new_one_is_published() {
    for test in engines().await {
        let town = Town::open(test).await;
        publish_shipped(&town.office).await.expect("published");
        let before = town.office.service("SHP-01", TODAY).expect("in force");
        let kept = ServiceRef { code: before.code.clone(), version: before.hash.clone() };

        assert_eq!(refusal(town.publish(TODAY, ("", "")).await), Refusal::NothingChanged);
        let december = date(2026, 12, 1);
        assert_eq!(town.publish(december, ("working_days = 60\n", "working_days = 45\n")).await.expect("published"), 2);
        let broken = town.publish(december, ("department = \"LIC\"", "department = \"NONE\"")).await;
        assert!(matches!(broken, Err(GuideError::Unsound(findings)) if findings.iter().all(|found| found.line > 1)));

        assert_eq!(town.office.service("SHP-01", date(2026, 11, 30)).expect("in force").hash, before.hash);
        let after = town.office.service("SHP-01", december).expect("in force");
        assert_eq!((after.version, after.from, after.time_limit.working_days), (2, december, 45));
        let held = town.office.version(&kept).expect("kept");
        assert_eq!((held.version, held.time_limit.working_days), (1, 60));

        // Another process sees the same, from the record alone.
        let other = another(&town.town);
        load(&other).await.expect("loaded");
        assert_eq!(other.service("SHP-01", december).expect("in force"), after);
        assert_eq!(other.version(&kept).expect("kept").time_limit.working_days, 60);
        town.sound().await;
    }
}

#[tokio::test]
async fn a_form_sent_twice_publishes_once() {
    for test in engines().await {
        let town = Town::open(test).await;
        publish_shipped(&town.office).await.expect("published");
        let publication = town.publication(TODAY, ("working_days = 60\n", "working_days = 45\n"));
        let first = publish_file(&town.office, &By::Machine, publication.clone()).await.expect("published");
        assert_eq!(publish_file(&town.office, &By::Machine, publication).await.expect("answered"), first);
        let other = Publication { code: Some("SHP-02".into()), ..town.publication(TODAY, ("", "")) };
        assert!(matches!(publish_file(&town.office, &By::Machine, other).await, Err(GuideError::Unknown)));
    }
}

#[tokio::test]
async fn a_fee_takes_the_figure_in_force_on_its_day() {
    for test in engines().await {
        let town = Town::open(test).await;
        publish_shipped(&town.office).await.expect("published");
        town.set("01", 650, date(2026, 12, 1), Some(date(2026, 12, 31))).await.expect("set");
        town.set("01", 800, date(2027, 1, 1), None).await.expect("set");
        let taken = refusal(town.set("01", 700, date(2026, 12, 15), None).await);
        assert_eq!(taken, Refusal::Overlaps { from: date(2026, 12, 1), to: Some(date(2026, 12, 31)) });
        town.set("21", 900, date(2026, 12, 15), None).await.expect("another governorate's own");
        assert!(matches!(town.set("99", 700, TODAY, None).await, Err(GuideError::Unknown)));
        assert!(matches!(town.set("00", 700, TODAY, None).await, Err(GuideError::Unknown)));

        let on = |tenant: &str, day: Date| town.fee(tenant, day).0 / 100;
        assert_eq!(on("01", date(2026, 11, 30)), 500);
        assert_eq!(on("01", date(2026, 12, 1)), 650);
        assert_eq!(on("01", date(2026, 12, 31)), 650);
        assert_eq!(on("01", date(2027, 1, 1)), 800);
        assert_eq!(on("21", date(2026, 12, 14)), 500);
        assert_eq!(on("21", date(2027, 6, 1)), 900);

        // In mid-December: what runs ends yesterday, what is to come never was.
        town.town.pass(20 * Micros::DAY);
        withdraw_figure(&town.office, &By::Machine, town.office.ids.next(), "01", "SHP-01", 1)
            .await
            .expect("withdrawn");
        withdraw_figure(&town.office, &By::Machine, town.office.ids.next(), "01", "SHP-01", 2)
            .await
            .expect("withdrawn");
        let again = withdraw_figure(&town.office, &By::Machine, town.office.ids.next(), "01", "SHP-01", 1).await;
        assert_eq!(refusal(again), Refusal::Ended);
        assert_eq!(on("01", date(2026, 12, 11)), 650);
        assert_eq!(on("01", date(2026, 12, 12)), 500);
        assert_eq!(on("01", date(2027, 1, 1)), 500);
        town.sound().await;
    }
}

#[tokio::test]
async fn without_a_login_nothing_is_published_or_set() {
    for test in engines().await {
        let town = Town::open(test).await;
        publish_shipped(&town.office).await.expect("published");
        let anonymous = By::Viewer(registry::Viewer::anonymous(town.office.clock.now()));
        let publication = town.publication(TODAY, ("working_days = 60\n", "working_days = 45\n"));
        assert!(matches!(publish_file(&town.office, &anonymous, publication).await, Err(GuideError::Access(_))));
        let new = NewFigure {
            figure: BAND.into(),
            value: 650.into(),
            decision: "1".into(),
            decided_on: TODAY,
            from: TODAY,
            to: None,
        };
        let set = set_figure(&town.office, &anonymous, town.office.ids.next(), "01", "SHP-01", new).await;
        assert!(matches!(set, Err(GuideError::Access(_))));
    }
}

#[tokio::test]
async fn another_process_sees_a_publication_within_a_second() {
    for test in engines().await {
        let town = Town::open(test).await;
        publish_shipped(&town.office).await.expect("published");
        let other = another(&town.town);
        let _watching = services::watch(&other);
        town.set("01", 650, TODAY, None).await.expect("set");
        town.publish(TODAY, ("working_days = 60\n", "working_days = 45\n")).await.expect("published");
        let seen =
            || !other.figures("01").is_empty() && other.service("SHP-01", TODAY).is_some_and(|now| now.version == 2);
        for _ in 0..60 {
            if seen() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(seen(), "{}", town.town.test.name());
    }
}
