//! Numbers without gaps (الترقيم بلا ثغرات): many writers at once, and a book that goes on from paper.

use crate::common::{Bureau, PERSON, TENANT, UNIT, accept};
use foundation::numbers::{Kind, Number};
use foundation::params;
use foundation::testing::engines;
use registry::{Place, Role, Viewer};
use uuid::Uuid;
use window::requests::act::{self, Act, ActError, Answer};
use window::requests::drafts;
use window::requests::rules::{Command, Refusal};

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_gapless_with_64_writers() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let name = b.name();
        let forms: Vec<_> = (0..64)
            .map(|at| {
                let mut form = b.shop();
                // Every fourth is refused by the rules after its number was about to be drawn.
                if at % 4 == 3 {
                    form.answers.insert("no_such_field".into(), 1.into());
                }
                form
            })
            .collect();
        let tasks: Vec<_> = forms
            .into_iter()
            .map(|form| {
                let (office, clerk) = (b.office.clone(), clerk.clone());
                tokio::spawn(async move { act::register(&office, &clerk, form).await })
            })
            .collect();
        let mut serials = Vec::new();
        for task in tasks {
            match task.await.expect("no panic") {
                Ok(answer) => serials.push(Number::parse(&answer.number.expect("a number")).expect("reads").serial()),
                Err(ActError::Refused(Refusal::Unknown { .. })) => {}
                Err(error) => panic!("{name}: {error:?}"),
            }
        }
        serials.sort_unstable();
        assert_eq!(serials, (1..=48).collect::<Vec<u32>>(), "{name}");
        let checked = b.office.record.rebuild_check().await.expect("runs");
        assert!(checked.sound(), "{name}: {checked:?}");
        let people = b.office.db.query_one("SELECT COUNT(*) AS n FROM persons", params![]).await.expect("counts");
        assert_eq!(people.get::<i64>("n").expect("n"), 1, "one person, however many came at once");
    }
}

/// What two people make of the same step in the same moment: the answer of the one who won.
async fn of_two(b: &Bureau, pair: [(Viewer, Act); 2]) -> Answer {
    let [one, two] = pair.map(|(viewer, act)| {
        let office = b.office.clone();
        tokio::spawn(async move { act::act(&office, &viewer, act).await })
    });
    let (one, two) = (one.await.expect("no panic"), two.await.expect("no panic"));
    let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
    assert!(matches!(&lost, Err(ActError::Changed { since }) if since.len() == 1), "{}: {lost:?}", b.name());
    won.expect("one wins")
}

/// All sixty-four at once, each by two people.
async fn all_by_two(b: &Bureau, pairs: Vec<[(Viewer, Act); 2]>) -> Vec<Answer> {
    futures::future::join_all(pairs.into_iter().map(|pair| of_two(b, pair))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_and_papers_are_gapless_with_64_writers_each_against_another() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let name = b.name();
        let clerk = b.clerk().await;
        let requests: Vec<Uuid> = (0..64).map(|_| b.office.ids.next()).collect();
        let registered = futures::future::join_all(requests.iter().map(|request| {
            let mut form = b.form("CER-07", serde_json::json!({ "copies_count": 2 }));
            (form.request, form.checked) = (*request, true);
            let (office, clerk) = (b.office.clone(), clerk.clone());
            async move { act::register(&office, &clerk, form).await }
        }));
        assert!(registered.await.iter().all(Result::is_ok), "{name}");

        let serials = |numbers: Vec<String>, kind: Kind| {
            let mut serials: Vec<u32> = Vec::new();
            for number in numbers {
                let number = Number::parse(&number).expect("a number of ours");
                assert_eq!((number.kind(), number.unit()), (kind, UNIT.to_owned()));
                serials.push(number.serial());
            }
            serials.sort_unstable();
            serials
        };
        let all: Vec<u32> = (1..=64).collect();

        // Two cashiers take the same money; the slip of the loser spends no receipt.
        let tills = [b.officer(Role::Cashier, UNIT, None).await, b.another(Role::Cashier, UNIT, None).await];
        let amount = foundation::money::Piastres(10_000);
        let pairs = requests.iter().map(|request| {
            let collect = |slip: &str| Command::Collect { step: 2, amount, slip: slip.into() };
            [0, 1].map(|at: usize| (tills[at].clone(), b.act(*request, 1, collect(&format!("{at}")))))
        });
        let receipts = all_by_two(&b, pairs.collect()).await;
        let numbers = receipts.into_iter().map(|answer| answer.receipt.expect("a receipt")).collect();
        assert_eq!(serials(numbers, Kind::Receipt), all, "{name}");

        for (step, department) in [(3, "ARCHIVE"), (4, "LEG")] {
            let officer = b.officer(Role::Reviewer, UNIT, Some(department)).await;
            let seen = i64::from(step) - 1;
            let done =
                requests.iter().map(|request| act::act(&b.office, &officer, b.act(*request, seen, accept(step))));
            assert!(futures::future::join_all(done).await.iter().all(Result::is_ok), "{name}: {department}");
        }

        // Two officers issue the same paper; the number drawn for the loser goes back with its transaction.
        let desks =
            [b.officer(Role::Reviewer, UNIT, Some("TECH")).await, b.another(Role::Reviewer, UNIT, Some("TECH")).await];
        let pairs = requests
            .iter()
            .map(|request| [0, 1].map(|at: usize| (desks[at].clone(), b.act(*request, 4, Command::Issue { step: 5 }))));
        let papers = all_by_two(&b, pairs.collect()).await;
        let mut tokens = std::collections::BTreeSet::new();
        let issued = papers.into_iter().map(|answer| answer.paper.expect("a paper"));
        let numbers: Vec<String> = issued
            .map(|paper| {
                assert!(tokens.insert(paper.token), "{name}: two papers bear one code");
                paper.number
            })
            .collect();
        assert_eq!(serials(numbers, Kind::Paper), all, "{name}");
        let places = b.office.db.query_one("SELECT COUNT(DISTINCT status_index) AS n FROM papers", params![]).await;
        assert_eq!(places.and_then(|row| row.get::<i64>("n")).expect("counts"), 64, "{name}: one place each");
        let checked = b.office.record.rebuild_check().await.expect("runs");
        assert!(checked.sound(), "{name}: {checked:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_goes_on_from_paper_and_drafts_go_with_their_key() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let begin = || {
            b.office.db.write(|tx| {
                Box::pin(async move { window::numbers::start(tx, TENANT, UNIT, Kind::Request, 2026, 4_120).await })
            })
        };
        begin().await.expect("is opened");
        begin().await.expect("again, while nothing was drawn");
        let (mut form, other) = (b.shop(), b.shop());
        let window = b.office.units.now().path(UNIT).expect("a unit");
        let window = Place::department(window, "TECH");
        let typed = serde_json::json!({ "name": PERSON });
        for id in [form.request, other.request] {
            drafts::park(&b.office, &clerk, window.clone(), id, "SHP-01", typed.clone()).await.expect("is parked");
        }
        let (_, opened) =
            drafts::open(&b.office, &clerk, TENANT, form.request).await.expect("reads").expect("is there");
        assert_eq!(opened, typed);
        let stranger = b.officer(Role::Clerk, "01-D08", None).await;
        assert!(drafts::open(&b.office, &stranger, TENANT, form.request).await.expect("reads").is_none());

        form.parked = true;
        let answer = act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        assert_eq!(Number::parse(&answer.number.expect("a number")).expect("reads").serial(), 4_121);
        let refused = b.office.db.write(|tx| {
            Box::pin(async move { window::numbers::start(tx, TENANT, UNIT, Kind::Request, 2026, 9).await })
        });
        assert!(matches!(refused.await, Err(window::numbers::BookError::InUse { .. })), "{}", b.name());
        let mut q = b.office.db.reader();
        let listed = drafts::list(&mut q, &clerk, b.office.clock.now()).await.expect("reads");
        assert_eq!(listed.iter().map(|draft| draft.id).collect::<Vec<_>>(), [other.request]);
        drafts::discard(&b.office, &clerk, TENANT, other.request).await.expect("is gone");
        let keys = b.office.record.keyring();
        assert!(keys.open(&mut q, TENANT, other.request).await.expect("reads").is_none());
        assert!(keys.open(&mut q, TENANT, form.request).await.expect("reads").is_some());
        assert!(b.office.record.rebuild_check().await.expect("runs").sound(), "{}", b.name());
    }
}
