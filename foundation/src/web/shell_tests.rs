//! The shell around a router, driven as a browser drives it.

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::*;

fn app() -> Router {
    let router = Router::new()
        .route("/", get(|c: Ctx| async move { PageError::BadRequest(Some(c.csrf)).into_response() }))
        .route("/conflict", get(|| async { PageError::Conflict("اعتمد أحمد الطلب قبل دقيقة".into()) }))
        .route("/broken", get(|| async { PageError::internal("secret detail") }))
        .route("/private", get(|| async { PageError::SignIn }))
        .route("/often", get(|| async { PageError::TooMany { seconds: 3 } }))
        .route("/panic", get(panics))
        .route("/slow", get(|| async { tokio::time::sleep(std::time::Duration::from_secs(60)).await }))
        .route("/mine", get(mine))
        .route("/ip", get(|ip: ClientIp| async move { ip.0.to_string() }))
        .route("/save", post(save))
        .merge(assets::routes());
    let mut settings = ShellSettings::new(SiteInfo::default());
    settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    settings.page_timeout = std::time::Duration::from_millis(200);
    serve_pages(router, settings)
}

async fn panics() -> &'static str {
    let empty: Vec<u8> = Vec::new();
    assert!(!empty.is_empty(), "personal detail");
    "never"
}

async fn mine(request: axum::extract::Request) -> Response {
    if let Some(info) = request.extensions().get::<RequestInfo>() {
        info.sign_in(SignedIn { name: "منى".into(), ..SignedIn::default() });
    }
    PageError::forbidden().into_response()
}

async fn save(data: FormData) -> Response {
    let file =
        data.file("plan").map(|f| format!("{}:{}:{}", f.file_name, f.size, std::fs::read(f.path()).unwrap().len()));
    let said = format!("{}|{}", data.get("name"), file.unwrap_or_default());
    see_other("/done").with_flash(Flash::ok(said)).into_response()
}

async fn send(request: Request<Body>) -> (StatusCode, http::HeaderMap, String) {
    let response = app().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

async fn fetch(path: &str) -> (StatusCode, http::HeaderMap, String) {
    send(Request::get(path).body(Body::empty()).unwrap()).await
}

/// A cookie and a token of the same browser.
async fn visit() -> (String, String) {
    let (_, headers, page) = fetch("/").await;
    let cookie = headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let token = page.split("class=\"lead\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    (cookie, token)
}

fn form(cookie: &str, body: String) -> Request<Body> {
    Request::post("/save")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}

fn flash(headers: &http::HeaderMap) -> String {
    let cookie = headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()).find(|v| v.starts_with("flash="));
    let value = cookie.unwrap().trim_start_matches("flash=").split(';').next().unwrap();
    Flash::from_cookie(value).unwrap().text
}

#[tokio::test]
async fn every_error_has_an_arabic_page_with_its_reference() {
    for (path, status, words) in [
        ("/nowhere", 404, "الصفحة غير موجودة"),
        ("/save", 405, "لا يمكن فتح هذا الرابط مباشرة"),
        ("/conflict", 409, "اعتمد أحمد الطلب قبل دقيقة"),
        ("/broken", 500, "حدث خطأ في النظام"),
        ("/panic", 500, "حدث خطأ في النظام"),
        ("/slow", 504, "استغرق الطلب وقتًا أطول من اللازم"),
        ("/often", 429, "أعد المحاولة بعد 3 ثوانٍ"),
        ("/assets/none.css", 404, "الصفحة غير موجودة"),
    ] {
        let (found, headers, page) = fetch(path).await;
        assert_eq!(found.as_u16(), status, "{path}");
        assert!(page.contains(words), "{path}: {page}");
        assert!(page.contains(headers["x-request-id"].to_str().unwrap()), "{path}: reference");
        assert!(!page.contains("detail"), "{path} tells what only the log may know");
    }
    assert_eq!(fetch("/often").await.1["retry-after"], "3");
    assert_eq!(fetch("/save").await.1["allow"], "POST");
}

#[tokio::test]
async fn programs_get_json() {
    let request = Request::get("/conflict").header(header::ACCEPT, "application/json").body(Body::empty()).unwrap();
    let (status, headers, body) = send(request).await;
    let json: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(json["error"]["code"], "conflict");
    assert_eq!(json["error"]["reference"], headers["x-request-id"].to_str().unwrap());
}

#[tokio::test]
async fn who_must_sign_in_is_sent_there_and_back() {
    let (status, headers, _) = fetch("/private?a=1&b=2").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers["location"], "/login?next=%2Fprivate%3Fa%3D1%26b%3D2");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    for path in ["/nowhere", "/broken", "/ip", "/assets/none.css"] {
        let (_, headers, _) = fetch(path).await;
        assert_eq!(headers["content-security-policy"], headers::CSP, "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
    }
    let (_, headers, page) = fetch("/mine").await;
    assert_eq!(headers["cache-control"], "no-store");
    assert!(page.contains("منى"), "the error page knows who is signed in");
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_browser() {
    let (cookie, token) = visit().await;
    let (other, _) = visit().await;
    let body = |token: &str| format!("csrf={token}&name=%D9%85%D9%86%D9%89");
    let (status, headers, _) = send(form(&cookie, body(&token))).await;
    assert_eq!((status, headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/done"));
    assert_eq!(flash(&headers), "منى|");
    for (cookie, body) in
        [(&other, body(&token)), (&cookie, body("x")), (&cookie, "name=a".into()), (&String::new(), body(&token))]
    {
        let (status, _, page) = send(form(cookie, body)).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(page.contains("مضى وقت طويل"), "{page}");
    }
    let mut foreign = form(&cookie, body(&token));
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(send(foreign).await.0, StatusCode::FORBIDDEN);
    let json = Request::post("/save").header(header::COOKIE, &cookie).header(header::CONTENT_TYPE, "application/json");
    assert_eq!(send(json.body(Body::from("{}")).unwrap()).await.0, StatusCode::FORBIDDEN);
}

fn multipart(cookie: &str, token: &str, size: usize) -> Request<Body> {
    let mut body = format!("--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n").into_bytes();
    body.extend(b"--X\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nplan\r\n");
    body.extend(b"--X\r\nContent-Disposition: form-data; name=\"plan\"; filename=\"C:\\\\docs\\\\a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n");
    body.resize(body.len() + size, b'%');
    body.extend(b"\r\n--X--\r\n");
    Request::post("/save")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn files_arrive_and_their_size_is_limited() {
    let (cookie, token) = visit().await;
    let (status, headers, _) = send(multipart(&cookie, &token, 100_000)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(flash(&headers), "plan|a.pdf:100000:100000");
    assert_eq!(send(multipart(&cookie, "wrong", 10)).await.0, StatusCode::FORBIDDEN);
    let (status, _, page) = send(multipart(&cookie, &token, 20 * 1024 * 1024 + 1)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("20 ميجابايت"), "{page}");
    let huge = format!("csrf={token}&name={}", "a".repeat(1024 * 1024));
    assert_eq!(send(form(&cookie, huge)).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_flash_is_said_once() {
    let value = Flash::ok("تم الحفظ").to_cookie().unwrap();
    let request =
        Request::get("/nowhere").header(header::COOKIE, format!("flash={value}")).body(Body::empty()).unwrap();
    let (_, headers, page) = send(request).await;
    assert!(page.contains("تم الحفظ"));
    let cleared = headers.get_all("set-cookie").iter().any(|v| v.to_str().unwrap().starts_with("flash=; "));
    assert!(cleared);
}

#[tokio::test]
async fn pages_are_compressed_and_assets_kept() {
    let request = Request::get("/nowhere").header(header::ACCEPT_ENCODING, "gzip, br").body(Body::empty()).unwrap();
    assert_eq!(send(request).await.1["content-encoding"], "br");
    let path = assets::asset("app.css");
    let request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip").body(Body::empty()).unwrap();
    let (_, headers, _) = send(request).await;
    assert_eq!(headers["content-encoding"], "gzip");
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    assert!(headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn the_client_is_the_one_before_our_proxy() {
    let request = Request::get("/ip").header("x-forwarded-for", "9.9.9.9, 203.0.113.5").body(Body::empty()).unwrap();
    assert_eq!(send(request).await.2, "203.0.113.5");
}
