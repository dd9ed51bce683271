//! Two people at one step in the same moment, over HTTP on both engines: one wins, and the other's page
//! says what changed.

use axum::http::StatusCode;
use catalogue::model::StepKind;
use foundation::testing::{TestDb, engines};
use registry::Role;
use registry::testing::{Browser, Reply};
use uuid::Uuid;
use window::requests::act;
use window::requests::events::StepNo;

use crate::common::http::errors;
use crate::common::{Bureau, UNIT};

/// A shop on its way, and two people of each desk.
struct Race {
    b: Bureau,
    id: Uuid,
}

/// Both forms, sent at once.
struct Forms<'a> {
    path: String,
    fields: [Vec<(&'a str, String)>; 2],
}

impl Race {
    async fn start(test: TestDb) -> Self {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        let id = form.request;
        act::register(&b.office, &clerk, form).await.expect("registered");
        Self { b, id }
    }

    async fn pair(&self, role: Role, department: Option<&str>) -> [Browser; 2] {
        let router = self.b.router(Bureau::tables());
        let mut pair = Vec::new();
        for which in ["one", "two"] {
            let login = format!("{}.{}.{which}", role.code(), department.unwrap_or("all")).to_lowercase();
            let login = login.replace('_', "");
            self.b.town.person(&login, role, UNIT, department).await;
            let mut browser = Browser::on(router.clone());
            browser.login(&login).await;
            pair.push(browser);
        }
        pair.try_into().unwrap_or_else(|_| unreachable!("two"))
    }

    /// Officers of good will go on until a step of this kind is first on a desk.
    async fn until(&mut self, kind: StepKind) -> StepNo {
        loop {
            let state = self.b.state(self.id).await;
            let (no, step) = state.course.open_steps().next().expect("something is open");
            if step.kind == Some(kind) {
                return no;
            }
            self.b.forward(self.id).await.expect("goes on");
        }
    }

    /// Both at once: gives the page of the one who lost.
    async fn run(&mut self, pair: [Browser; 2], forms: Forms<'_>) -> Reply {
        let before = self.b.state(self.id).await.version;
        let mut tasks = Vec::new();
        for (mut browser, fields) in pair.into_iter().zip(forms.fields) {
            let fields: Vec<(String, String)> =
                fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            let path = forms.path.clone();
            tasks.push(tokio::spawn(async move {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                browser.post(&path, &fields).await
            }));
        }
        let mut replies = Vec::new();
        for task in tasks {
            replies.push(task.await.expect("no panic"));
        }
        replies.sort_by_key(|reply| reply.status);
        let statuses: Vec<StatusCode> = replies.iter().map(|reply| reply.status).collect();
        let lost = replies.pop().expect("two answers");
        assert_eq!(
            statuses,
            [StatusCode::SEE_OTHER, StatusCode::CONFLICT],
            "{} {}: {}",
            self.b.name(),
            forms.path,
            errors(&lost)
        );
        assert_eq!(self.b.state(self.id).await.version, before + 1, "{}: one act", self.b.name());
        lost
    }
}

/// The same form for both, with words of their own.
fn desk_forms<'a>(id: Uuid, action: &str, version: &str, no: StepNo, words: [Vec<(&'a str, &str)>; 2]) -> Forms<'a> {
    let fields = words.map(|words| {
        let mut fields = vec![("version", version.to_owned()), ("step", no.to_string())];
        fields.extend(words.into_iter().map(|(name, value)| (name, value.to_owned())));
        fields
    });
    Forms { path: format!("/desk/requests/{id}/{action}"), fields }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_desk_the_second_reads_what_the_first_did_and_keeps_her_words() {
    for test in engines().await {
        let mut race = Race::start(test).await;
        race.b.forward(race.id).await.expect("checked");
        let no = race.until(StepKind::Review).await;
        let mut pair = race.pair(Role::Reviewer, Some("LIC")).await;
        let page = pair[0].get(&format!("/desk/requests/{}?step={no}", race.id)).await;
        let version = page.hidden("version").expect("a version");
        let words = ["الكلمة الأولى", "الكلمة الثانية"];
        let forms = words.map(|note| vec![("accept-opinion", "favourable"), ("accept-note", note)]);
        let lost = race.run(pair, desk_forms(race.id, "accept", &version, no, forms)).await;
        assert!(lost.text.contains("ما استجد بعد أن فتحت الصفحة"), "{}", lost.text);
        assert!(lost.text.contains("أُنجزت المرحلة: مراجعة مركز تراخيص المحال"), "{}", lost.text);
        assert!(words.iter().any(|note| lost.text.contains(note)), "what was typed stays");
        let kept = race.b.state(race.id).await;
        assert_eq!(kept.course.step(no).map(|step| step.runs.len()), Some(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_refused_once_and_the_second_reads_that_it_ended() {
    for test in engines().await {
        let mut race = Race::start(test).await;
        race.b.forward(race.id).await.expect("checked");
        let no = race.until(StepKind::Review).await;
        let mut pair = race.pair(Role::Reviewer, Some("LIC")).await;
        let page = pair[0].get(&format!("/desk/requests/{}?step={no}", race.id)).await;
        let version = page.hidden("version").expect("a version");
        let refusal = vec![("refuse-reasons", "R_FIRE"), ("refuse-text", "لا تتوافر اشتراطات الحريق")];
        let refusals = [refusal.clone(), refusal];
        let lost = race.run(pair, desk_forms(race.id, "refuse", &version, no, refusals)).await;
        assert!(lost.text.contains("رُفض الطلب"), "the end of the request is named: {}", lost.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_till_money_is_taken_once_and_the_second_cashier_reads_it() {
    for test in engines().await {
        let mut race = Race::start(test).await;
        let no = race.until(StepKind::Pay).await;
        let mut pair = race.pair(Role::Cashier, None).await;
        let number = race.b.state(race.id).await.file.number.clone();
        let page = pair[0].get(&format!("/counter/pay?q={number}")).await;
        let seen = page.hidden("seen").expect("a version");
        let fields = ["71", "72"].map(|slip| {
            vec![
                ("request", race.id.to_string()),
                ("step", no.to_string()),
                ("seen", seen.clone()),
                ("amount", "500".to_owned()),
                ("slip", slip.to_owned()),
            ]
        });
        let lost = race.run(pair, Forms { path: "/counter/pay".into(), fields }).await;
        assert!(lost.text.contains("سُددت الرسوم"), "the page names the change: {}", lost.text);
        assert_eq!(race.b.state(race.id).await.course.payments.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_issued_once_and_handed_over_once() {
    for test in engines().await {
        let mut race = Race::start(test).await;
        let no = race.until(StepKind::Issue).await;
        let mut pair = race.pair(Role::Reviewer, Some("LIC")).await;
        let page = pair[0].get(&format!("/desk/requests/{}?step={no}", race.id)).await;
        let version = page.hidden("version").expect("a version");
        let lost = race.run(pair, desk_forms(race.id, "issue", &version, no, [Vec::new(), Vec::new()])).await;
        assert!(lost.text.contains("صدر المحرر"), "{}", lost.text);
        assert_eq!(race.b.state(race.id).await.course.issued.len(), 1);

        race.until(StepKind::Handover).await;
        let mut pair = race.pair(Role::Clerk, None).await;
        let path = format!("/counter/requests/{}/hand-over", race.id);
        let page = pair[0].get(&path).await;
        let seen = page.hidden("seen").expect("a version");
        let handed = || {
            let fields = [("seen", seen.as_str()), ("to", "applicant"), ("checked", "NID"), ("matched", "yes")];
            fields.map(|(name, value)| (name, value.to_owned())).to_vec()
        };
        let lost = race.run(pair, Forms { path, fields: [handed(), handed()] }).await;
        assert!(lost.text.contains("سُلّم"), "the page names the change: {}", lost.text);
        let numbers = race.b.office.record.rebuild_check().await.expect("runs");
        assert!(numbers.sound(), "{}: {numbers:?}", race.b.name());
    }
}
