//! Whole cases through the one way for commands, on both engines.

use crate::common::{Bureau, PERSON, TENANT, UNIT, accept};
use documents::sign::{PaperType, Verdict, verify_as};
use foundation::numbers::{Kind, Number};
use foundation::params;
use foundation::testing::engines;
use registry::Role;
use uuid::Uuid;
use window::papers::Content;
use window::requests::act::{self, Act, ActError};
use window::requests::events::{Decision, Status};
use window::requests::queries::{self, InboxFilter, Marks};
use window::requests::rules::{Command, day};
use window::requests::state::Standing;
use window::uploads;

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_licence_from_the_window_to_the_hand_over() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        let answer = act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        let number = Number::parse(&answer.number.clone().expect("a number")).expect("a number of ours");
        assert_eq!((number.kind(), number.unit(), number.serial()), (Kind::Request, UNIT.to_owned(), 1));

        // The citizen's ways in.
        let mut q = b.office.db.reader();
        let token = answer.slip.clone().expect("a slip");
        assert!(queries::tracked(&mut q, &token.to_lowercase()).await.expect("reads").is_some());
        assert!(queries::paper_by_token(&mut q, &token).await.expect("reads").is_none(), "a slip is no paper");
        let keys = &b.office.record.keyring().clone();
        let (digits, pin) = (number.to_string(), act::slip_pin(keys, form.request));
        assert!(queries::tracked_by_pin(&mut q, keys, &digits, &pin).await.expect("reads").is_some());
        let wrong = format!("{:04}", (pin.parse::<u32>().expect("digits") + 1) % 10_000);
        assert!(queries::tracked_by_pin(&mut q, keys, &digits, &wrong).await.expect("reads").is_none());

        let state = b.until_the_end(form.request).await;
        assert_eq!(state.course.status, Status::Closed, "{}", b.name());
        assert_eq!(state.course.payments.len(), 2);
        let paper = state.course.issued.first().expect("a licence").clone();

        // The licence says whose it is, and verifies without a network.
        let key = keys.open(&mut q, TENANT, state.file.applicant.subject).await.expect("reads").expect("a key");
        let content = Content::decrypt(&key, &paper.number, &paper.personal).expect("opens");
        assert_eq!((content.holder.name.as_str(), content.holder.last_four()), (PERSON, Some(2345)));
        assert!(content.values.contains_key("manager"), "personal printed fields come with the person");
        let list = b.office.issuers().list(0);
        let Verdict::Valid(claims) =
            verify_as(PaperType::Licence, &content.signed_bytes(), &list, paper.issued_at.seconds())
        else {
            panic!("the licence does not verify");
        };
        assert_eq!((claims.number.to_string(), claims.unit.as_str()), (paper.number.clone(), UNIT));
        let found = queries::paper_by_token(&mut q, &paper.token).await.expect("reads").expect("the paper");
        assert_eq!(found.paper.number, paper.number);

        // Revoked, and so says the status list.
        let head = b.officer(Role::UnitHead, UNIT, None).await;
        let decision = Decision { number: "9".into(), date: day(b.office.clock.now()) };
        let ruling = Command::RulePaper {
            number: paper.number.clone(),
            standing: Standing::Revoked,
            reason: "حكم".into(),
            decision,
            until: None,
        };
        act::act(&b.office, &head, b.act(form.request, state.version, ruling)).await.expect("is revoked");
        let index = u32::try_from(paper.status_index.expect("a place")).expect("fits");
        let number_of = documents::sign::StatusList::of_index(index);
        let now = b.office.clock.now();
        let signed = window::papers::status_list(&mut q, b.office.issuers(), "http://x", TENANT, number_of, now)
            .await
            .expect("a list");
        let statuses = documents::sign::StatusList::decode(&signed, &list).expect("reads");
        assert_eq!(statuses.get(index), Some(documents::sign::Status::Revoked));

        let checked = b.office.record.rebuild_check().await.expect("runs");
        assert!(checked.sound(), "{}: {checked:?}", b.name());
        tamper(&b, "UPDATE request_steps SET due_at = due_at + 1 WHERE step = 1").await;
        let checked = b.office.record.rebuild_check().await.expect("runs");
        assert_eq!(checked.differences.len(), 1, "{}: {checked:?}", b.name());
        tamper(&b, "UPDATE books SET last = last + 1 WHERE kind = 1").await;
        assert_eq!(b.office.record.rebuild_check().await.expect("runs").counters.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_signed_and_is_no_licence() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        while !b.state(form.request).await.course.has_payment() {
            b.forward(form.request).await.expect("goes on");
        }
        let state = b.state(form.request).await;
        let payment = state.course.payments.first().expect("a payment").clone();
        let receipt = payment.paper.expect("a signed receipt");
        let mut q = b.office.db.reader();
        let keys = b.office.record.keyring().clone();
        let key = keys.open(&mut q, TENANT, state.file.applicant.subject).await.expect("reads").expect("a key");
        let content = Content::decrypt(&key, &receipt.number, &receipt.personal).expect("opens");
        let (signed, list, now) = (content.signed_bytes(), b.office.issuers().list(0), payment.at.seconds());
        let Verdict::Valid(claims) = verify_as(PaperType::Receipt, &signed, &list, now) else {
            panic!("the receipt does not verify");
        };
        assert!(matches!(verify_as(PaperType::Licence, &signed, &list, now), Verdict::WrongType(_)));
        assert_eq!(claims.number.to_string(), payment.receipt);
        assert_eq!(claims.request.map(|number| number.to_string()), Some(state.file.number.clone()));
        assert_eq!((claims.slip.as_str(), claims.figures[0].value), ("77", payment.amount.0));
        assert_eq!((claims.holder.as_str(), claims.nid_last4, claims.status), (PERSON, Some(2345), None));

        let found = queries::paper_by_token(&mut q, &receipt.token).await.expect("reads").expect("the receipt");
        assert_eq!(found.paper.number, payment.receipt);
        assert!(queries::tracked(&mut q, &receipt.token).await.expect("reads").is_none(), "a receipt is no slip");
        // A cashier's mistake: the receipt is revoked by a decision, and stands so.
        let head = b.officer(Role::UnitHead, UNIT, None).await;
        let decision = Decision { number: "9".into(), date: day(b.office.clock.now()) };
        let ruling = Command::RulePaper {
            number: payment.receipt.clone(),
            standing: Standing::Revoked,
            reason: "حُرر مرتين".into(),
            decision,
            until: None,
        };
        act::act(&b.office, &head, b.act(form.request, state.version, ruling)).await.expect("is revoked");
        let found = queries::paper_by_number(&mut q, &payment.receipt).await.expect("reads").expect("the receipt");
        assert_eq!(found.paper.standing, Standing::Revoked, "{}", b.name());
        assert!(b.office.record.rebuild_check().await.expect("runs").sound(), "{}", b.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_twice_is_one_act_with_one_answer() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        let first = act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        let again = act::register(&b.office, &clerk, form.clone()).await.expect("is answered");
        assert_eq!(first, again, "{}", b.name());

        let accept = b.act(form.request, first.version, accept(1));
        let both =
            tokio::join!(act::act(&b.office, &clerk, accept.clone()), act::act(&b.office, &clerk, accept.clone()),);
        assert_eq!(both.0.expect("is done"), both.1.expect("is done"), "{}", b.name());
        let late = act::act(&b.office, &clerk, accept.clone()).await.expect("is answered");
        assert_eq!((late.version, b.state(form.request).await.version), (2, 2));
        // A form of somebody else with the same id gets no answer of hers.
        let other = b.another(Role::Clerk, UNIT, None).await;
        assert!(matches!(act::act(&b.office, &other, accept).await, Err(ActError::Changed { .. })), "{}", b.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officers_at_once_never_both_win() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let other = b.another(Role::Clerk, UNIT, None).await;
        for _ in 0..5 {
            let form = b.shop();
            act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
            let (one, two) = (b.act(form.request, 1, accept(1)), b.act(form.request, 1, accept(1)));
            let (one, two) = tokio::join!(act::act(&b.office, &clerk, one), act::act(&b.office, &other, two));
            let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
            assert_eq!(won.expect("one wins").version, 2);
            let Err(ActError::Changed { since }) = lost else { panic!("{}: {lost:?}", b.name()) };
            assert_eq!((since.len(), since[0].kind.as_str()), (1, "request.step-accepted"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_has_read_may_be_old() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        let old = b.state(form.request).await;
        act::act(&b.office, &clerk, b.act(form.request, 1, accept(1))).await.expect("is done meanwhile");

        let known = |act: Act| Act { known: Some(old.clone()), ..act };
        let again = act::act(&b.office, &clerk, known(b.act(form.request, 1, accept(1)))).await;
        assert!(matches!(&again, Err(ActError::Changed { since }) if since.len() == 1), "{}: {again:?}", b.name());
        // A command that asks for no version is decided anew on what stands now.
        let unseen = Act { seen: None, ..known(b.act(form.request, 1, withdrawal())) };
        let answer = act::act(&b.office, &clerk, unseen).await.expect("is done");
        assert_eq!(answer.version, 3, "{}", b.name());
        assert!(b.office.record.rebuild_check().await.expect("runs").sound(), "{}", b.name());
    }
}

fn withdrawal() -> Command {
    Command::Withdraw { reason: "تغيرت رغبة مقدم الطلب".into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_right_here_writes_nothing() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        let sibling = b.officer(Role::Clerk, "01-D08", None).await;
        let reviewer = b.officer(Role::Reviewer, UNIT, Some("LIC")).await;
        for stranger in [&sibling, &reviewer] {
            let tried = act::act(&b.office, stranger, b.act(form.request, 1, accept(1))).await;
            assert!(matches!(tried, Err(ActError::Forbidden)), "{}: {tried:?}", b.name());
        }
        let tree = b.office.units.now();
        let mut q = b.office.db.reader();
        assert!(queries::case(&mut q, &sibling, &tree, TENANT, form.request).await.expect("reads").is_none());
        assert!(matches!(act::register(&b.office, &sibling, b.shop()).await, Err(ActError::Forbidden)));

        // From the moment of disabling, although the viewer was read before.
        let me = clerk.staff().expect("signed in");
        let by = registry::staff::By::Machine;
        registry::staff::disable(&b.office, &by, b.office.ids.next(), me, "نُقلت").await.expect("is disabled");
        let tried = act::act(&b.office, &clerk, b.act(form.request, 1, accept(1))).await;
        assert!(matches!(tried, Err(ActError::SignIn)), "{}: {tried:?}", b.name());
        assert!(matches!(act::register(&b.office, &clerk, b.shop()).await, Err(ActError::SignIn)));
    }
}

/// Workload W of the architecture: create with 5 fields and 3 documents, 5 transitions, read, list.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_costs_few_statements() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        // Officers come to work before the clock of this test runs.
        let form = b.shop();
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        for _ in 0..5 {
            b.forward(form.request).await.expect("goes on");
        }
        let before = (b.office.meter().transactions(), b.office.meter().statements());
        let mut form = b.shop();
        // Somebody who never came before.
        if let Some(identity) = &mut form.applicant.person.identity {
            identity.number = "29001010154321".into();
        }
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        let created = b.office.meter().statements() - before.1;
        for _ in 0..5 {
            b.forward(form.request).await.expect("goes on");
        }
        let (transactions, statements) =
            (b.office.meter().transactions() - before.0, b.office.meter().statements() - before.1);
        let (office, viewer) = (b.office.clone(), clerk.clone());
        let request = form.request;
        let reads = b.office.db.read(move |tx| {
            let (office, viewer) = (office.clone(), viewer.clone());
            Box::pin(async move {
                let start = tx.statements();
                let tree = office.units.now();
                queries::case(tx, &viewer, &tree, TENANT, request).await?.expect("the clerk sees it");
                let desks = queries::desks(&viewer, &tree, registry::Right::TakeRequests);
                let marks = Marks::at(office.clock.now());
                queries::inbox(tx, &desks, &InboxFilter::default(), &marks, None, 25).await?;
                queries::counts(tx, &desks, viewer.staff(), &marks).await?;
                Ok::<_, record::RecordError>(tx.statements() - start)
            })
        });
        let reads = reads.await.expect("reads");
        // Session checks of the two pages, and the view row with its transaction.
        let total = (transactions + 2 + 1, statements + reads + 2 + 1);
        println!("{}: create {created}, five transitions {}, in all {total:?}", b.name(), statements - created);
        assert!(total.0 <= 12 && total.1 <= 45, "{}: {total:?} transactions and statements", b.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_request_is_not_taken_and_orphans_are_swept() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let (mut one, other) = (b.shop(), b.shop());
        let scan = || b"%PDF-1.4\n1 0 obj << >> endobj\n%%EOF".to_vec();
        let mine = uploads::upload(&b.office, TENANT, UNIT, one.request, clerk.staff(), scan()).await.expect("is kept");
        let foreign =
            uploads::upload(&b.office, TENANT, UNIT, other.request, clerk.staff(), scan()).await.expect("is kept");
        assert_ne!(mine.hash, foreign.hash, "each request has its key");
        one.papers[0].files = vec![foreign.clone()];
        assert!(
            matches!(act::register(&b.office, &clerk, one.clone()).await, Err(ActError::UnknownFile)),
            "{}",
            b.name()
        );
        one.papers[0].files = vec![mine.clone()];
        act::register(&b.office, &clerk, one.clone()).await.expect("is registered");

        b.town.clock.set(b.office.clock.now().plus_hours(25));
        let sweep = uploads::SweepJob::new(b.office.clone());
        assert_eq!(sweep.sweep().await.expect("sweeps"), 1, "{}", b.name());
        assert!(uploads::fetch(&b.office, TENANT, one.request, &mine.hash).await.expect("reads").is_some());
        assert!(!b.office.files().has(&foreign.hash).await.expect("asks"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_counts_pages_and_keeps_to_its_desk() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let mut requests: Vec<Uuid> = Vec::new();
        for _ in 0..7 {
            let form = b.shop();
            requests.push(form.request);
            act::register(&b.office, &clerk, form).await.expect("is registered");
        }
        let (taken, question) = (requests[0], requests[1]);
        act::act(&b.office, &clerk, b.act(taken, 1, Command::Take { step: 1, consult: 0 })).await.expect("is taken");
        let missing = Command::AskCompletion {
            step: 1,
            items: vec![window::requests::events::Missing::Document { doc: "NID".into() }],
            note: String::new(),
            until: day(b.office.clock.now().plus_days(10)),
        };
        act::act(&b.office, &clerk, b.act(question, 1, missing)).await.expect("is asked");

        let tree = b.office.units.now();
        let desks = queries::desks(&clerk, &tree, registry::Right::TakeRequests);
        assert_eq!(desks.len(), 1, "the window");
        let mut q = b.office.db.reader();
        let marks = Marks::at(b.office.clock.now());
        let counts = queries::counts(&mut q, &desks, clerk.staff(), &marks).await.expect("counts");
        assert_eq!((counts.running, counts.halted, counts.mine, counts.late), (6, 1, 1, 0), "{}", b.name());
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = queries::inbox(&mut q, &desks, &InboxFilter::default(), &marks, after, 4).await.expect("a page");
            seen.extend(page.rows.iter().map(|line| line.request));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 6);
        assert!(!seen.contains(&question));
        let mine = InboxFilter { taken_by: clerk.staff(), ..InboxFilter::default() };
        let page = queries::inbox(&mut q, &desks, &mine, &marks, None, 25).await.expect("a page");
        assert_eq!(page.rows.iter().map(|line| line.request).collect::<Vec<_>>(), [taken]);
        let late = Marks::at(b.office.clock.now().plus_days(30));
        assert_eq!(queries::counts(&mut q, &desks, None, &late).await.expect("counts").late, 6);
        let work = queries::day_of_clerk(&mut q, &clerk, day(b.office.clock.now())).await.expect("counts");
        assert_eq!((work.registered, work.voided), (7, 0));

        // Desks of two units are one list in one order.
        let other = b.officer(Role::Clerk, "01-D01", None).await;
        let mut form = b.shop();
        form.unit = "01-D01".into();
        form.taken_in.unit = "01-D01".into();
        act::register(&b.office, &other, form.clone()).await.expect("is registered");
        let mut both = queries::desks(&other, &tree, registry::Right::TakeRequests);
        both.extend(desks);
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = queries::inbox(&mut q, &both, &InboxFilter::default(), &marks, after, 3).await.expect("a page");
            all.extend(page.rows.iter().map(|line| (line.due_at, line.request)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert!(
            all.len() == 7 && all.is_sorted() && all.iter().any(|(_, request)| *request == form.request),
            "{all:?}"
        );
        assert_eq!(queries::counts(&mut q, &both, None, &marks).await.expect("counts").running, 7);
    }
}

async fn tamper(b: &Bureau, sql: &'static str) {
    let done = b.office.db.write(move |tx| Box::pin(async move { tx.execute(sql, params![]).await }));
    assert_eq!(done.await.expect("tampering works"), 1);
}
