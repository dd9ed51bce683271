//! Objections and wishes for a visit, over HTTP on both engines: from the window to the head, and what
//! nobody else may do.

use axum::http::StatusCode;
use catalogue::model::StepKind;
use foundation::testing::engines;
use record::outbox::{self, Content};
use registry::Role;
use registry::testing::Browser;
use window::requests::act::{self, register};
use window::requests::events::{Part, Status, WishedDay};
use window::requests::rules::{Command, day};

use crate::common::http::{errors, multipart};
use crate::common::{Bureau, UNIT};

async fn signed_in(b: &mut Bureau, login: &str, role: Role, unit: &str, department: Option<&str>) -> Browser {
    b.town.person(login, role, unit, department).await;
    let mut browser = Browser::on(b.router(Bureau::tables()));
    browser.login(login).await;
    browser
}

const WORDS: &str = "استوفيت الاشتراطات قظضغ وأرفقت ما يثبت";

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_objected_to_at_the_window_and_falls_before_the_head() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        let id = form.request;
        register(&b.office, &clerk, form).await.expect("registered");
        b.forward(id).await.expect("goes on");
        let state = b.state(id).await;
        let (step, stands) = state.course.open_steps().next().expect("a desk");
        let (holder, kind) = (stands.holder.clone().expect("a holder"), stands.kind.expect("a kind"));
        let officer = b.at_desk(&holder, kind).await;
        let service = b.office.version(&state.file.service).expect("a service");
        let refuse = Command::Refuse {
            step,
            reasons: service.refusal_reasons.iter().take(1).cloned().collect(),
            text: "لا يستوفي".into(),
            decision: None,
        };
        act::act(&b.office, &officer, b.act(id, state.version, refuse)).await.expect("refused");

        let mut window = signed_in(&mut b, "window.one", Role::Clerk, UNIT, None).await;
        let case = window.get(&format!("/counter/requests/{id}")).await;
        let at = format!("/counter/requests/{id}/objection");
        assert!(case.text.contains(&at), "offered");
        let page = window.get(&at).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("المادة 24"), "the ground is told");
        let fields = |page: &registry::testing::Reply, text: &str| {
            let mut fields: Vec<(String, String)> = ["csrf", "command", "seen"]
                .iter()
                .map(|name| ((*name).to_owned(), page.hidden(name).unwrap_or_default()))
                .collect();
            fields.push(("text".into(), text.into()));
            fields
        };
        let empty = multipart(&mut window, &at, &fields(&page, ""), &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let filed = multipart(&mut window, &at, &fields(&page, WORDS), &["file.objection"]).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", errors(&filed));
        let twice = multipart(&mut window, &at, &fields(&page, WORDS), &[]).await;
        assert_eq!(twice.status, StatusCode::SEE_OTHER, "the same form is one objection");
        let state = b.state(id).await;
        assert_eq!((state.course.objections.len(), state.course.status), (1, Status::Refused));
        assert_eq!(state.course.objections[0].files.len(), 1);
        let kept = serde_json::to_string(&state).expect("text");
        assert!(!kept.contains("قظضغ"), "no word of it lies open");

        // The officer who refused has no right; a clerk neither; another unit's head sees nothing.
        assert_eq!(window.get("/desk/objections").await.status, StatusCode::FORBIDDEN);
        let mut other = signed_in(&mut b, "head.other", Role::UnitHead, "01-D02", None).await;
        assert!(!other.get("/desk/objections").await.text.contains(&id.to_string()));
        let closed = other.get(&format!("/desk/objections/{id}")).await;
        assert_eq!(closed.status, StatusCode::NOT_FOUND);
        let mut above = signed_in(&mut b, "head.above", Role::UnitHead, "01-G00", None).await;
        assert!(above.get("/desk/objections").await.text.contains(&id.to_string()), "whoever stands above sees it");

        let mut head = signed_in(&mut b, "head.own", Role::UnitHead, UNIT, None).await;
        assert!(head.get("/desk/objections").await.text.contains(&format!("/desk/objections/{id}")));
        let at = format!("/desk/objections/{id}");
        let page = head.get(&at).await;
        assert!(page.text.contains("قظضغ"), "the head reads it");
        let scan = page.text.split('"').find(|part| part.contains("/files/")).expect("a paper").to_owned();
        assert_eq!(head.get(&scan).await.status, StatusCode::OK);
        let none = head.post(&at, &[("outcome", "upheld")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let today = day(b.office.clock.now());
        let (d, m, y) = (today.day().to_string(), today.month().to_string(), today.year().to_string());
        let command = page.hidden("command").expect("a command");
        let decided = [
            ("command", command.as_str()),
            ("outcome", "upheld"),
            ("reasons", "ثبت الاستيفاء"),
            ("number", "12/2026"),
            ("date.day", d.as_str()),
            ("date.month", m.as_str()),
            ("date.year", y.as_str()),
        ];
        let done = head.post(&at, &decided).await;
        assert_eq!(done.location(), "/desk/objections", "{}", errors(&done));
        let state = b.state(id).await;
        assert_eq!(state.course.status, Status::InProgress);
        assert!(state.course.step(step).expect("there").is_open());
        assert!(!head.get("/desk/objections").await.text.contains(&id.to_string()));
        assert_eq!(b.until_the_end(id).await.course.status, Status::Closed, "it goes on like any other");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_refused_does_not_decide_and_news_are_sent() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        let id = form.request;
        register(&b.office, &clerk, form).await.expect("registered");
        loop {
            let state = b.state(id).await;
            let (_, step) = state.course.open_steps().next().expect("a desk");
            let head = step.holder.as_ref().is_some_and(|holder| holder.department == "HEAD");
            if step.kind == Some(StepKind::Approve) && head {
                break;
            }
            b.forward(id).await.expect("goes on");
        }
        let state = b.state(id).await;
        let (step, _) = state.course.open_steps().next().expect("a desk");
        let head = b.officer(Role::UnitHead, UNIT, None).await;
        let service = b.office.version(&state.file.service).expect("a service");
        let reasons = service.refusal_reasons.iter().take(1).cloned().collect();
        let refuse = Command::Refuse { step, reasons, text: "لا يستوفي".into(), decision: None };
        act::act(&b.office, &head, b.act(id, state.version, refuse)).await.expect("refused");
        let state = b.state(id).await;
        let mut object =
            b.act(id, state.version, Command::Object { personal: serde_json::Value::Null, files: Vec::new() });
        object.personal = Some(act::words(WORDS));
        // A reviewer files nothing for the applicant.
        let reviewer = b.officer(Role::Reviewer, UNIT, Some("LIC")).await;
        assert!(act::act(&b.office, &reviewer, object.clone()).await.is_err());
        act::act(&b.office, &clerk, object).await.expect("filed");
        let state = b.state(id).await;
        let decision = window::requests::events::Decision { number: "9".into(), date: day(b.office.clock.now()) };
        let ruling = Command::DecideObjection { objection: 1, upheld: false, reasons: "قائم".into(), decision };
        let own = act::act(&b.office, &head, b.act(id, state.version, ruling.clone())).await;
        assert!(own.is_err(), "the head refused");
        let another = b.another(Role::UnitHead, UNIT, None).await;
        act::act(&b.office, &another, b.act(id, state.version, ruling)).await.expect("decided by another");
        assert_eq!(b.state(id).await.course.status, Status::Refused);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_plans_the_visit_reads_which_days_suit() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        let id = form.request;
        register(&b.office, &clerk, form).await.expect("registered");
        let step = loop {
            let state = b.state(id).await;
            let inspect = state.course.open_steps().find(|(_, step)| step.kind == Some(StepKind::Inspect));
            if let Some((no, step)) = inspect
                && step.holder.as_ref().is_some_and(|holder| holder.department == "LIC")
            {
                break no;
            }
            b.forward(id).await.expect("goes on");
        };
        let state = b.state(id).await;
        let tree = b.office.units.now();
        let tomorrow = day(b.office.clock.now()).tomorrow().expect("a day");
        let suits = tree.calendar(UNIT).expect("a calendar").working_day_from(tomorrow);
        let days = vec![WishedDay { date: suits, part: Part::Noon }];
        let wish = Command::WishVisit { step, days, personal: serde_json::Value::Null };
        let mut wish = b.act(id, state.version, wish);
        wish.personal = Some(act::words("خلف المسجد قظضغ"));
        act::act(&b.office, &clerk, wish).await.expect("told");
        let kept = serde_json::to_string(&b.state(id).await).expect("text");
        assert!(!kept.contains("قظضغ"), "the note is a cipher");
        let mut inspector = signed_in(&mut b, "inspector.one", Role::Inspector, UNIT, Some("LIC")).await;
        let page = inspector.get(&format!("/desk/requests/{id}?step={step}")).await;
        assert!(page.text.contains("أيام تناسب مقدم الطلب") && page.text.contains("خلف المسجد"), "{}", page.status);
        let messages = outbox::opened(&mut b.office.db.reader(), b.office.record.keyring(), 50).await.expect("reads");
        let told = messages.iter().filter_map(|message| message.content.as_ref());
        let tells = |content: &&Content| matches!(content, Content::Sms { text, .. } if text.contains("قظضغ"));
        assert_eq!(told.filter(tells).count(), 0);
    }
}
