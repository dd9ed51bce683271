//! Acting for somebody else, over HTTP on both engines: declared, accepted by the principal, seen by a window,
//! what each lets one do, and what is over with its end.

use axum::http::StatusCode;
use foundation::clock::Micros;
use foundation::testing::engines;
use registry::Role;
use registry::citizens::{Applicant, Identity, IdentityKind, PersonKind};
use registry::testing::{Browser, Reply};
use uuid::Uuid;
use window::requests::act;
use window::requests::events::{ApplicantKind, Status};

use crate::common::http::{errors, multipart};
use crate::common::{Bureau, TENANT, UNIT};
use crate::online::{MOBILE, NID, PAPERS, browser, citizen, fill, papers, send, state};

const PRINCIPAL: &str = "27001011401234";
const PRINCIPAL_MOBILE: &str = "01011112222";
const HERE: &str = "/account/mandates";

type Fields = Vec<(&'static str, &'static str)>;

fn person() -> Fields {
    vec![
        ("kind", "person"),
        ("capacity", "agent"),
        ("name", "سوسن إبراهيم الجمل"),
        ("nid", PRINCIPAL),
        ("mobile", PRINCIPAL_MOBILE),
        ("document", "1234 أ لسنة 2026"),
        ("office", "توثيق شبرا"),
        ("dated.day", "1"),
        ("dated.month", "11"),
        ("dated.year", "2026"),
        ("from.day", "1"),
        ("from.month", "11"),
        ("from.year", "2026"),
        ("to.day", "31"),
        ("to.month", "12"),
        ("to.year", "2026"),
        ("scope", "groups"),
        ("groups", "shops"),
    ]
}

fn company(capacity: &'static str, scope: &'static str) -> Fields {
    let mut fields = person();
    fields.retain(|(name, _)| !["kind", "capacity", "nid", "name", "scope"].contains(name) && !name.starts_with("to."));
    fields.extend([
        ("kind", "company"),
        ("capacity", capacity),
        ("name", "شركة النيل للتجارة"),
        ("number", "١٢٣٤٥"),
        ("tax", "123-456-789"),
        ("scope", scope),
    ]);
    fields
}

/// Walks the steps of the form; gives the answer to the last one.
async fn declare(who: &mut Browser, fields: &Fields) -> Reply {
    let first = who.get(&format!("{HERE}/new")).await;
    let (mandate, command) = (first.hidden("mandate").expect("an id"), first.hidden("command").expect("a command"));
    let own = [("mandate", mandate.as_str()), ("command", command.as_str())];
    for step in ["1", "2", "3"] {
        let mut sent: Vec<(&str, &str)> = fields.clone();
        sent.extend(own);
        sent.push(("step", step));
        let reply = who.post(&format!("{HERE}/new"), &sent).await;
        assert_eq!(reply.status, StatusCode::OK, "step {step}: {}", errors(&reply));
        // What was told goes along.
        assert!(reply.text.contains("name=\"capacity\" value="), "step {step}");
    }
    let csrf = who.get(&format!("{HERE}/new")).await.hidden("csrf").expect("a token");
    let mut sent: Vec<(String, String)> = fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    sent.extend([("csrf".into(), csrf), ("step".into(), "4".into())]);
    sent.extend(own.map(|(k, v)| (k.to_owned(), v.to_owned())));
    multipart(who, &format!("{HERE}/new"), &sent, &["file.scan"]).await
}

/// The id of the only mandate on a page that can be acted on.
async fn mandate_on(who: &mut Browser, act: &str) -> Option<String> {
    let page = who.get(HERE).await;
    let end = page.text.find(&format!("/{act}\""))?;
    page.text.get(end.checked_sub(36)?..end).map(str::to_owned)
}

async fn press(who: &mut Browser, path: &str) -> Reply {
    let page = who.get(path).await;
    let Some(command) = page.hidden("command") else { return page };
    who.post(path, &[("command", &command)]).await
}

async fn clerk(b: &Bureau) -> Browser {
    b.town.person("window", Role::Clerk, UNIT, None).await;
    let mut clerk = browser(b);
    clerk.login("window").await;
    clerk
}

/// A window sees a card.
async fn see_card(clerk: &mut Browser, nid: &str) {
    clerk.get("/counter/accounts").await;
    let found = clerk.post("/counter/accounts", &[("nid", nid)]).await;
    assert_eq!(found.status, StatusCode::OK, "{}", errors(&found));
    let end = found.text.find("/confirm\"").expect("an account to confirm");
    let id = found.text[end - 36..end].to_owned();
    let done = press(clerk, &format!("/counter/accounts/{id}/confirm")).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/counter/accounts"), "{}", errors(&done));
}

/// Begins for a principal; gives the answer.
async fn begin_for(who: &mut Browser, service: &str, mandate: &str) -> Reply {
    let page = who.get(&format!("/apply/{service}?gov=01")).await;
    let command = page.hidden("command").unwrap_or_default();
    let fields = [("command", command.as_str()), ("gov", "01"), ("unit", UNIT), ("whom", mandate)];
    who.post(&format!("/apply/{service}"), &fields).await
}

/// A shop's request of the principal, taken in at a window.
async fn earlier(b: &mut Bureau) -> String {
    let viewer = b.clerk().await;
    let mut form = b.shop();
    form.applicant.person = Applicant {
        kind: PersonKind::Person,
        name: "سوسن إبراهيم الجمل".into(),
        identity: Some(Identity { kind: IdentityKind::NationalId, number: PRINCIPAL.into() }),
        mobile: Some("01299999999".into()),
        email: None,
        address: None,
    };
    act::register(&b.office, &viewer, form).await.expect("registered").number.expect("a number")
}

/// The actor and the person acted for of the last event of a request.
async fn last_event(b: &Bureau, id: Uuid) -> (Option<Uuid>, Option<Uuid>) {
    let sql = "SELECT actor, on_behalf FROM events WHERE stream_id = $1 ORDER BY version DESC";
    let rows = b.office.db.query(sql, vec![id.into()]).await.expect("reads");
    (rows[0].get("actor").expect("an actor"), rows[0].get("on_behalf").expect("somebody"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_principal_accepts_and_the_agent_acts_until_the_end() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let old = earlier(&mut b).await;
        let mut agent = citizen(&b, NID, MOBILE).await;
        let mut principal = citizen(&b, PRINCIPAL, PRINCIPAL_MOBILE).await;

        // What is wrong is said on its step, and nothing is recorded.
        let first = agent.get(&format!("{HERE}/new")).await;
        let own = [("mandate", first.hidden("mandate").expect("an id")), ("step", "1".to_owned())];
        let own: Vec<(&str, &str)> = own.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let empty = agent.post(&format!("{HERE}/new"), &own).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut of_self = person();
        of_self.retain(|(name, _)| *name != "nid");
        of_self.push(("nid", NID));
        let reply = declare(&mut agent, &of_self).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(errors(&reply).contains("لا تحتاج إلى توكيل عن نفسك"), "{}", errors(&reply));

        let reply = declare(&mut agent, &person()).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, HERE), "{}", errors(&reply));
        let mandate = mandate_on(&mut agent, "end").await.expect("a mandate");
        let scan = agent.get(&format!("{HERE}/{mandate}/scan")).await;
        assert_eq!(scan.status, StatusCode::OK);
        for secret in ["سوسن", PRINCIPAL, "1234 أ"] {
            for table in ["mandates", "events"] {
                let rows = b.office.db.query(&format!("SELECT * FROM {table}"), vec![]).await.expect("rows");
                assert!(!format!("{rows:?}").contains(secret), "{secret} in {table}");
            }
        }

        // Declared, it sends requests and opens nothing that was there.
        let path = begin_for(&mut agent, "SHP-01", &mandate).await;
        assert_eq!(path.status, StatusCode::SEE_OTHER, "{}", errors(&path));
        let path = path.location().to_owned();
        fill(&mut agent, &path).await;
        papers(&mut agent, &path, &PAPERS, true).await;
        let check = agent.get(&format!("{path}/check")).await;
        assert!(check.text.contains("سوسن إبراهيم الجمل") && check.text.contains("من يتصرف عنه"), "both are shown");
        let number = send(&mut agent, &path).await;
        let (id, sent) = state(&b, &number).await;
        let applicant = sent.file.applicant.clone();
        assert_eq!((applicant.kind, applicant.agent.is_some()), (ApplicantKind::Person, true));
        assert!(sent.file.papers.iter().any(|paper| paper.doc == "POA"), "the document is asked for");
        assert_eq!(sent.file.taken_in.mandate.map(|id| id.to_string()), Some(mandate.clone()));
        let (actor, for_whom) = last_event(&b, id).await;
        assert_eq!((actor, for_whom), (sent.file.taken_in.account, Some(applicant.subject)), "both on the record");
        assert_eq!(agent.get(&format!("/account/requests/{old}")).await.status, StatusCode::NOT_FOUND);
        let home = agent.get("/account").await;
        assert!(home.text.contains(&number) && !home.text.contains(&old) && home.text.contains("لصالح: سوسن"));

        // Nobody accepts whose card no window has seen.
        assert_eq!(mandate_on(&mut principal, "accept").await, None);
        assert_eq!(press(&mut principal, &format!("{HERE}/{mandate}/accept")).await.status, StatusCode::NOT_FOUND);
        let own = press(&mut agent, &format!("{HERE}/{mandate}/accept")).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "an agent confirms nothing");
        let mut clerk = clerk(&b).await;
        see_card(&mut clerk, PRINCIPAL).await;
        let mut principal = citizen(&b, PRINCIPAL, PRINCIPAL_MOBILE).await;
        assert_eq!(mandate_on(&mut principal, "accept").await.as_ref(), Some(&mandate));
        let early = press(&mut principal, &format!("{HERE}/{mandate}/accept")).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "the agent's card comes first");
        see_card(&mut clerk, NID).await;
        let reply = press(&mut principal, &format!("{HERE}/{mandate}/accept")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));

        // Confirmed, it opens what is in its scope, and acts there.
        let mut agent = citizen(&b, NID, MOBILE).await;
        assert!(agent.get("/account").await.text.contains(&old));
        let page = agent.get(&format!("/account/requests/{old}/withdraw")).await;
        let command = page.hidden("command").expect("a command");
        let fields = [("command", command.as_str()), ("reason", "طلب موكلي")];
        let reply = agent.post(&format!("/account/requests/{old}/withdraw"), &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        let (old_id, old_state) = state(&b, &old).await;
        assert_eq!(old_state.course.status, Status::Withdrawn);
        assert_eq!(last_event(&b, old_id).await.1, Some(old_state.file.applicant.subject));

        // A stranger has none of it.
        let mut other = citizen(&b, "28001010101234", "01099998888").await;
        for act in ["end", "accept", "scan"] {
            assert_eq!(other.get(&format!("{HERE}/{mandate}/{act}")).await.status, StatusCode::NOT_FOUND);
        }
        let stolen = begin_for(&mut other, "SHP-01", &mandate).await;
        assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);

        // Ended by the principal: nothing goes on, not even what was begun before.
        let begun = begin_for(&mut agent, "SHP-01", &mandate).await.location().to_owned();
        let reply = press(&mut principal, &format!("{HERE}/{mandate}/end")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        assert_eq!(agent.get(&begun).await.location(), "/account", "an application of before");
        for number in [&number, &old] {
            assert_eq!(agent.get(&format!("/account/requests/{number}")).await.status, StatusCode::NOT_FOUND);
        }
        let again = begin_for(&mut agent, "SHP-01", &mandate).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let over = press(&mut principal, &format!("{HERE}/{mandate}/accept")).await;
        assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY, "what is over stays over");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_sees_the_original_and_a_company_has_its_representative() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        let mut agent = citizen(&b, NID, MOBILE).await;
        let reply = declare(&mut agent, &company("legal_representative", "all")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        let mandate = mandate_on(&mut agent, "end").await.expect("a mandate");

        let mut clerk = clerk(&b).await;
        clerk.get("/counter/mandates").await;
        let wrong = clerk.post("/counter/mandates", &[("nid", "123")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let found = clerk.post("/counter/mandates", &[("nid", NID)]).await;
        assert!(found.text.contains("شركة النيل للتجارة") && found.text.contains("أكد الحساب أولًا"));
        let confirm = format!("/counter/mandates/{mandate}/confirm");
        assert_eq!(press(&mut clerk, &confirm).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        see_card(&mut clerk, NID).await;
        assert!(clerk.get(&confirm).await.text.contains("12345"), "the number of the register is compared");
        let done = press(&mut clerk, &confirm).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
        assert_eq!(press(&mut clerk, &confirm).await.status, StatusCode::SEE_OTHER, "once more changes nothing");
        let refuse = press(&mut clerk, &format!("/counter/mandates/{mandate}/refuse")).await;
        assert_eq!(refuse.status, StatusCode::UNPROCESSABLE_ENTITY, "a confirmed one is only ended");

        // In the company's name.
        let mut agent = citizen(&b, NID, MOBILE).await;
        let path = begin_for(&mut agent, "SHP-01", &mandate).await;
        assert_eq!(path.status, StatusCode::SEE_OTHER, "{}", errors(&path));
        let path = path.location().to_owned();
        fill(&mut agent, &path).await;
        papers(&mut agent, &path, &PAPERS, true).await;
        let number = send(&mut agent, &path).await;
        let (_, sent) = state(&b, &number).await;
        assert_eq!(sent.file.applicant.kind, ApplicantKind::Company);
        let tax = Identity { kind: IdentityKind::TaxNumber, number: "123456789".into() };
        let known =
            registry::citizens::find_by_identity(&mut b.office.db.reader(), &b.office.record, TENANT, &tax).await;
        assert_eq!(known.expect("reads").map(|company| company.id), Some(sent.file.applicant.subject));

        // An engineer of the same company is accepted by its representative, and sees what is in the scope alone.
        let mut engineer = citizen(&b, PRINCIPAL, PRINCIPAL_MOBILE).await;
        let reply = declare(&mut engineer, &company("engineer", "groups")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        let second = mandate_on(&mut engineer, "end").await.expect("a mandate");
        assert_eq!(engineer.get(&format!("/account/requests/{number}")).await.status, StatusCode::NOT_FOUND);
        see_card(&mut clerk, PRINCIPAL).await;
        let reply = press(&mut agent, &format!("{HERE}/{second}/accept")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        let mut engineer = citizen(&b, PRINCIPAL, PRINCIPAL_MOBILE).await;
        assert_eq!(engineer.get(&format!("/account/requests/{number}")).await.status, StatusCode::OK);
        let outside = begin_for(&mut engineer, "BLD-02", &second).await;
        assert_eq!(outside.status, StatusCode::UNPROCESSABLE_ENTITY, "outside the scope");
        let page = engineer.get("/apply/BLD-02?gov=01").await;
        assert!(!page.text.contains("شركة النيل"));

        // Who acts for the company does not end another's mandate of it, unless they represent it.
        assert_eq!(press(&mut engineer, &format!("{HERE}/{mandate}/end")).await.status, StatusCode::NOT_FOUND);

        // A window ends it; from that moment the request that was sent is the company's alone.
        b.town.pass(Micros::MINUTE);
        let reply = press(&mut clerk, &format!("/counter/mandates/{second}/end")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        assert_eq!(engineer.get(&format!("/account/requests/{number}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(agent.get(&format!("/account/requests/{number}")).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mandate_ends_with_its_last_day_and_messages_are_their_recipients_own() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let old = earlier(&mut b).await;
        let mut agent = citizen(&b, NID, MOBILE).await;
        let reply = declare(&mut agent, &person()).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        let mandate = mandate_on(&mut agent, "end").await.expect("a mandate");
        let mut clerk = clerk(&b).await;
        see_card(&mut clerk, NID).await;
        let done = press(&mut clerk, &format!("/counter/mandates/{mandate}/confirm")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
        let mut agent = citizen(&b, NID, MOBILE).await;
        assert_eq!(agent.get(&format!("/account/requests/{old}")).await.status, StatusCode::OK);
        b.town.pass(40 * Micros::DAY);
        let mut agent = citizen(&b, NID, MOBILE).await;
        assert_eq!(agent.get(&format!("/account/requests/{old}")).await.status, StatusCode::NOT_FOUND);
        assert!(agent.get(HERE).await.text.contains("انتهت مدته"));

        // Messages: what went to a person is read by that person once their card was seen, by nobody else.
        let sql = "SELECT subject FROM requests WHERE number = $1";
        let rows = b.office.db.query(sql, vec![old.as_str().into()]).await.expect("reads");
        let subject: Uuid = rows[0].get("subject").expect("a subject");
        let (record, now, id) = (b.office.record.clone(), b.office.clock.now(), b.office.ids.next());
        let put = b.office.db.write(move |tx| {
            let record = record.clone();
            Box::pin(async move {
                let mobile = foundation::identity::Mobile::parse("01299999999").expect("a mobile");
                let to = window::notices::Recipient::mobile(record::outbox::Owner::Subject(subject), &mobile);
                let envelope = window::notices::Envelope::new(TENANT, id, now);
                let about = window::notices::About::default();
                for message in window::notices::messages(&envelope, &to, &window::notices::Notice::Issued, &about) {
                    record::outbox::put(tx, record.keyring(), &message, now).await?;
                }
                Ok::<_, record::RecordError>(())
            })
        });
        put.await.expect("put");
        let messages = agent.get("/account/messages").await;
        assert!(messages.text.contains("لا رسائل الآن"), "not the agent's");
        let mut principal = citizen(&b, PRINCIPAL, PRINCIPAL_MOBILE).await;
        assert!(principal.get("/account/messages").await.text.contains("لا رسائل الآن"), "another mobile");
        let mut clerk = browser(&b);
        clerk.login("window").await;
        see_card(&mut clerk, PRINCIPAL).await;
        let mut principal = citizen(&b, PRINCIPAL, PRINCIPAL_MOBILE).await;
        let page = principal.get("/account/messages").await;
        assert!(!page.text.contains("لا رسائل الآن") && page.text.contains("في الانتظار"), "{}", page.text);
    }
}
