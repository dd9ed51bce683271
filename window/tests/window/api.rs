//! The interface for programs over HTTP: what the document says is what the routes do, keys open what
//! their account may and nothing else, a call sent twice is carried out once.

use std::collections::BTreeSet;

use axum::Router;
use axum::http::{Method, StatusCode};
use foundation::clock::Micros;
use foundation::testing::{TestDb, engines, sqlite};
use jiff::civil::date;
use registry::routes::list;
use registry::staff::{self, By, KeyScope, NewKey};
use registry::testing::{Browser, Reply};
use registry::{Door, Need, Role};
use serde_json::{Value, json};
use uuid::Uuid;
use window::requests::act::{register, slip_pin};

use crate::common::{Bureau, UNIT};

/// A program with a key, or without.
struct Program {
    router: Router,
    key: Option<String>,
}

impl Program {
    fn on(b: &Bureau, key: Option<String>) -> Self {
        Self { router: b.router(Bureau::tables()), key }
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>, more: &[(&str, &str)]) -> Reply {
        let bearer = self.key.as_ref().map(|key| format!("Bearer {key}"));
        let mut headers: Vec<(&str, &str)> = more.to_vec();
        if let Some(bearer) = &bearer {
            headers.push(("authorization", bearer));
        }
        let request = axum::http::Request::builder().method(method).uri(path).header("host", "127.0.0.1:8080");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string().into()),
            None => request.body(axum::body::Body::empty()),
        };
        let answer =
            tower::ServiceExt::oneshot(self.router.clone(), request.expect("a request")).await.expect("answers");
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Reply { status: parts.status, headers: parts.headers, text, bytes }
    }

    async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None, &[]).await
    }

    async fn post(&self, path: &str, body: &Value, key: &str) -> Reply {
        self.call(Method::POST, path, Some(body), &[("idempotency-key", key)]).await
    }
}

fn json(reply: &Reply) -> Value {
    serde_json::from_str(&reply.text).unwrap_or_else(|error| panic!("{error}: {}", reply.text))
}

/// An account with a role and a key.
async fn account(
    b: &Bureau,
    role: Role,
    unit: &str,
    department: Option<&str>,
    scopes: &[KeyScope],
) -> (Uuid, Uuid, String) {
    let login = format!("p{}", b.office.ids.next().simple());
    let staff = b.town.person(login.get(..30).expect("long enough"), role, unit, department).await;
    let new =
        NewKey { label: "A partner".into(), scopes: scopes.to_vec(), per_minute: 60, last_day: date(2027, 1, 31) };
    let given = staff::give_key(&b.office, &By::Machine, b.office.ids.next(), staff, new).await.expect("given");
    let (id, key) = given.expect("new");
    (staff, id, key.0)
}

async fn document(b: &Bureau) -> Value {
    json(&Program::on(b, None).get("/api/openapi.json?lang=en").await)
}

/// What is wrong with a value by a schema of the document; empty if nothing is.
fn faults(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let found = document.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null);
        return if found.is_null() {
            vec![format!("{at}: {name} is not there")]
        } else {
            faults(document, found, value, at)
        };
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let all: Vec<_> = any.iter().map(|one| faults(document, one, value, at)).collect();
        return if all.iter().any(Vec::is_empty) { Vec::new() } else { all.into_iter().flatten().collect() };
    }
    let fits = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => return vec![format!("{at}: a schema without a type")],
    };
    if !fits {
        return vec![format!("{at}: {value} is no {}", schema["type"])];
    }
    let mut wrong = Vec::new();
    for (no, item) in value.as_array().into_iter().flatten().enumerate() {
        wrong.extend(faults(document, &schema["items"], item, &format!("{at}/{no}")));
    }
    if let Some(object) = value.as_object().filter(|_| schema["additionalProperties"] == json!(false)) {
        for (name, item) in object {
            match schema["properties"].get(name) {
                Some(schema) => wrong.extend(faults(document, schema, item, &format!("{at}/{name}"))),
                None => wrong.push(format!("{at}/{name} is not described")),
            }
        }
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                wrong.push(format!("{at}/{name} is missing"));
            }
        }
    }
    wrong
}

/// Every operation with path and method.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let all = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods");
        methods.iter().map(move |(method, operation)| (path.clone(), method.clone(), operation.clone()))
    });
    all.collect()
}

#[tokio::test]
async fn the_document_tells_every_route_and_nothing_else() {
    let b = Bureau::open(sqlite().await).await;
    let document = document(&b).await;
    let told: BTreeSet<_> = operations(&document).into_iter().map(|(path, method, _)| (method, path)).collect();
    let routes = list(&Bureau::tables());
    let mounted: BTreeSet<_> = routes
        .iter()
        .filter(|route| route.path.starts_with("/api/v1"))
        .map(|route| (route.method.as_str().to_ascii_lowercase(), route.path.to_owned()))
        .collect();
    assert_eq!(told, mounted);
    for route in &routes {
        let program = matches!(route.door, Door::Program(_));
        assert_eq!(program, route.path.starts_with("/api/"), "{}: the shell asks no token there", route.path);
        assert!(
            !program || route.need == Need::Public || matches!(route.door, Door::Program(Some(_))),
            "{}",
            route.path
        );
    }
    // What a linter of such documents asks for.
    let tags: BTreeSet<_> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].clone().to_string()).collect();
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        let at = format!("{method} {path}");
        assert!(ids.insert(operation["operationId"].to_string()), "{at}: an id of its own");
        for name in ["summary", "description"] {
            let text = operation[name].as_str().unwrap_or_default();
            assert!(!text.is_empty() && !text.starts_with("api-"), "{at}: {name}");
        }
        assert!(operation["tags"].as_array().unwrap().iter().all(|tag| tags.contains(&tag.to_string())), "{at}");
        let named: BTreeSet<_> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["in"] == "path")
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect();
        let holes: BTreeSet<_> =
            path.split('{').skip(1).filter_map(|part| part.split('}').next()).map(str::to_owned).collect();
        assert_eq!(named, holes, "{at}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{at}");
        let bodies = responses.values().chain(operation.get("requestBody"));
        for media in bodies.flat_map(|body| body["content"].as_object().expect("content").values()) {
            let wrong = faults(&document, &media["schema"], &media["example"], &at);
            assert!(wrong.is_empty(), "{wrong:?}");
        }
    }
}

#[tokio::test]
async fn examples_run_and_answers_have_their_shape() {
    for test in engines().await {
        run_examples(test).await;
    }
}

async fn run_examples(test: TestDb) {
    let mut b = Bureau::open(test).await;
    let clerk = b.clerk().await;
    let form = b.shop();
    let ended = form.request;
    register(&b.office, &clerk, form).await.expect("registered");
    let ended_state = b.until_the_end(ended).await;
    let form = b.shop();
    let open = form.request;
    register(&b.office, &clerk, form).await.expect("registered");
    let open_state = b.state(open).await;
    let (_, _, key) = account(&b, Role::Clerk, UNIT, None, &KeyScope::ALL).await;
    let (program, document) = (Program::on(&b, Some(key)), document(&b).await);
    let pin = slip_pin(b.office.record.keyring(), ended);
    let paper = ended_state.course.issued.first().expect("a paper");
    for (path, method, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        let mut address = path.replace("{code}", "SHP-01").replace("{id}", &open.to_string());
        address = address.replace("{token}", &ended_state.file.slip.token).replace("{number}", &paper.number);
        let mut body = operation["requestBody"]["content"]["application/json"]["example"].clone();
        // What exists only on this node takes the place of the sample.
        match id {
            "trackByPin" => body = json!({ "number": ended_state.file.number, "pin": pin }),
            "verifyByCode" => body = json!({ "code": format!("https://shubbak.example/V/{}", paper.token) }),
            "actOnRequest" => body["seen"] = open_state.version.into(),
            _ => {}
        }
        let reply = match method.as_str() {
            "get" => program.get(&address).await,
            _ => program.post(&address, &body, &format!("example-{id}")).await,
        };
        let responses = operation["responses"].as_object().unwrap();
        let wanted = responses.keys().find(|status| status.starts_with('2')).unwrap();
        assert_eq!(reply.status.as_str(), wanted, "{}: {id}: {}", b.name(), reply.text);
        let schema = &responses[wanted]["content"]["application/json"]["schema"];
        let wrong = faults(&document, schema, &json(&reply), id);
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_key_opens_what_its_account_may_and_nothing_else() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        let request = form.request;
        register(&b.office, &clerk, form).await.expect("registered");
        let (inbox, case) = ("/api/v1/inbox".to_owned(), format!("/api/v1/requests/{request}"));
        let status = |reply: Reply| reply.status.as_u16();

        let nobody = Program::on(&b, None);
        let reply = nobody.get(&inbox).await;
        assert_eq!(
            (reply.status, reply.headers["content-type"].to_str().unwrap()),
            (StatusCode::UNAUTHORIZED, "application/problem+json")
        );
        assert_eq!(reply.headers["www-authenticate"], "Bearer");
        assert_eq!(json(&reply)["status"], 401);
        let wrong = Program::on(&b, Some(format!("shb_{}", "A".repeat(43))));
        assert_eq!(status(wrong.get(&inbox).await), 401);
        assert_eq!(status(wrong.get("/api/v1/guide").await), 401, "a wrong key is told everywhere");

        let (person, id, key) = account(&b, Role::Clerk, UNIT, None, &[KeyScope::Inbox]).await;
        let own = Program::on(&b, Some(key));
        assert_eq!(status(own.get(&inbox).await), 200);
        assert_eq!(status(own.get(&case).await), 200);
        let act = json!({ "act": "note", "seen": 1, "fields": { "text": "x" } });
        assert_eq!(status(own.post(&format!("{case}/acts"), &act, "1").await), 403, "out of scope");
        assert!(!own.get(&case).await.text.contains(crate::common::PERSON), "no name");

        let (_, _, key) = account(&b, Role::Clerk, "01-D02", None, &[KeyScope::Inbox]).await;
        assert_eq!(status(Program::on(&b, Some(key)).get(&case).await), 403, "another unit");
        let (_, _, key) = account(&b, Role::Auditor, UNIT, None, &[KeyScope::Inbox]).await;
        assert_eq!(status(Program::on(&b, Some(key)).get(&inbox).await), 403, "an account without the right");

        // A cookie opens nothing here, and a key no page.
        let mut browser = Browser::on(b.router(Bureau::tables()));
        let login = registry::staff::queries::one(&mut b.office.db.reader(), person)
            .await
            .expect("reads")
            .expect("there")
            .login;
        browser.login(&login).await;
        assert_eq!(browser.get("/me").await.status, StatusCode::OK);
        assert_eq!(browser.get(&inbox).await.status, StatusCode::UNAUTHORIZED);
        assert_ne!(own.get("/me").await.status, StatusCode::OK);

        staff::revoke_key(&b.office, &By::Machine, b.office.ids.next(), person, id, "no longer")
            .await
            .expect("revoked");
        assert_eq!(status(own.get(&inbox).await), 401, "revoked");
        let (person, _, key) = account(&b, Role::Clerk, UNIT, None, &[KeyScope::Inbox]).await;
        let own = Program::on(&b, Some(key));
        staff::disable(&b.office, &By::Machine, b.office.ids.next(), person, "gone").await.expect("disabled");
        assert_eq!(status(own.get(&inbox).await), 401, "the account is closed");
        let (_, _, key) = account(&b, Role::Clerk, UNIT, None, &[KeyScope::Inbox]).await;
        b.town.pass(100 * 24 * 60 * Micros::MINUTE);
        assert_eq!(status(Program::on(&b, Some(key)).get(&inbox).await), 401, "expired");
        assert!(b.office.record.rebuild_check().await.expect("runs").sound(), "{}", b.name());
    }
}

#[tokio::test]
async fn a_call_sent_twice_is_one_request() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        let (_, _, key) = account(&b, Role::Clerk, UNIT, None, &[KeyScope::Submit]).await;
        let (program, document) = (Program::on(&b, Some(key)), document(&b).await);
        let body =
            document["paths"]["/api/v1/requests"]["post"]["requestBody"]["content"]["application/json"]["example"]
                .clone();
        let reply = program.call(Method::POST, "/api/v1/requests", Some(&body), &[]).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "without a key of the call");
        let first = program.post("/api/v1/requests", &body, "one").await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
        assert_eq!(json(&first), json(&program.post("/api/v1/requests", &body, "one").await));
        let other = program.post("/api/v1/requests", &body, "two").await;
        assert_ne!(json(&first)["number"], json(&other)["number"]);
        // What is wrong is told at its place, in the language that was asked for, and nothing is written.
        let mut broken = body.clone();
        broken["applicant"]["national_id"] = json!("123");
        broken["answers"]["shop_area_m2"] = json!("much");
        for (lang, other) in [("en", "ar"), ("ar", "en")] {
            let more = [("idempotency-key", "three"), ("accept-language", lang)];
            let reply = program.call(Method::POST, "/api/v1/requests", Some(&broken), &more).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(reply.headers["content-language"], lang, "not {other}");
            let problem = json(&reply);
            let fields: Vec<&str> =
                problem["errors"].as_array().unwrap().iter().filter_map(|one| one["field"].as_str()).collect();
            assert_eq!(fields, ["applicant.national_id", "answers.shop_area_m2"]);
            let wrong = faults(&document, &document["components"]["schemas"]["Problem"], &problem, "problem");
            assert!(wrong.is_empty(), "{wrong:?}");
        }
        let mut unknown = body;
        unknown["nothing"] = json!(1);
        assert_eq!(program.post("/api/v1/requests", &unknown, "four").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_key_is_limited_and_the_guide_is_kept() {
    let b = Bureau::open(sqlite().await).await;
    let everybody = Program::on(&b, None);
    let first = everybody.get("/api/v1/guide/all").await;
    assert_eq!(json(&first)["services"].as_array().unwrap().len(), 168);
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    let again = everybody.call(Method::GET, "/api/v1/guide/all", None, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let english = [("if-none-match", tag.as_str()), ("accept-language", "en-GB,ar;q=0.5")];
    let english = everybody.call(Method::GET, "/api/v1/guide/all", None, &english).await;
    assert_eq!((english.status, english.headers["content-language"].to_str().unwrap()), (StatusCode::OK, "en"));
    assert_eq!(everybody.get("/api/v1/guide/XXX-99").await.status, StatusCode::NOT_FOUND);

    let (_, _, key) = account(&b, Role::Clerk, UNIT, None, &[KeyScope::Inbox]).await;
    let program = Program::on(&b, Some(key));
    for _ in 0..60 {
        assert_eq!(program.get("/api/v1/inbox").await.status, StatusCode::OK);
    }
    let reply = program.get("/api/v1/inbox").await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(reply.headers.contains_key("retry-after") && json(&reply)["detail"].is_string());
    b.town.pass(Micros::MINUTE);
    assert_eq!(program.get("/api/v1/inbox").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_page_tells_the_same_to_people() {
    let b = Bureau::open(sqlite().await).await;
    let page = Browser::on(b.router(Bureau::tables())).get("/api").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for (path, _, _) in operations(&document(&b).await) {
        assert!(page.text.contains(&path), "{path}");
    }
    assert!(page.text.contains("id=\"problem-too-many\"") && !page.text.contains("api-op-"));
}
