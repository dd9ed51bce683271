//! Uploads in an S3-compatible service: a real server of the protocol, on loopback.

use foundation::files::{FileKey, Files, FilesError, S3};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use tempfile::TempDir;
use uuid::Uuid;

use crate::browser::Browser;
use crate::home::{Home, Server, finish};
use crate::lifecycle::{clerk, shop};

const KEY: &str = "shubbak";
const SECRET: &str = "a secret of the store";

/// The server, with one bucket `uploads`; it ends with the test's runtime.
struct Store {
    endpoint: String,
    folder: TempDir,
    serving: tokio::task::JoinHandle<()>,
}

impl Store {
    async fn start() -> Store {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("uploads")).expect("a bucket");
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).expect("a store"));
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = service.build();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let serving = tokio::spawn(async move {
            // Ended with the listener, so that nobody goes on over an open connection.
            let mut open = tokio::task::JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                open.spawn(async move {
                    let http = Builder::new(TokioExecutor::new());
                    let _hung_up = http.serve_connection(TokioIo::new(socket), service).await;
                });
            }
        });
        Store { endpoint, folder, serving }
    }

    fn s3(&self, url: &str, secret: &str) -> S3 {
        S3 {
            url: url.into(),
            endpoint: Some(self.endpoint.clone()),
            region: "us-east-1".into(),
            key: Some((KEY.into(), secret.into())),
        }
    }

    fn environment(&self, url: &str, secret: &str) -> [(&'static str, String); 5] {
        [
            ("SHUBBAK_FILES__URL", url.into()),
            ("SHUBBAK_FILES__ENDPOINT", self.endpoint.clone()),
            ("SHUBBAK_FILES__ACCESS_KEY", KEY.into()),
            ("SHUBBAK_FILES__SECRET_KEY", secret.into()),
            ("SHUBBAK_SERVER__PUBLIC_URL", "https://shubbak.example".into()),
        ]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_put_read_listed_and_removed() {
    let store = Store::start().await;
    let key = FileKey::new([7; 32]);
    let files = Files::s3(&store.s3("s3://uploads/centre/one", SECRET)).expect("opens");
    files.probe().await.expect("it works");
    let stored = files.put(&key, b"a scan".to_vec()).await.expect("stored");
    assert_eq!(files.put(&key, b"a scan".to_vec()).await.expect("again"), stored);
    assert_eq!(files.get(&key, &stored.hash).await.expect("read"), Some(b"a scan".to_vec()));
    assert!(files.has(&stored.hash).await.expect("asked"));
    assert_eq!(files.all().await.expect("listed"), std::slice::from_ref(&stored.hash));

    // It lies encrypted under the prefix, and the bucket's other prefixes do not see it.
    let (a, b) = (&stored.hash[..2], &stored.hash[2..4]);
    let object = store.folder.path().join("uploads/centre/one").join(a).join(b).join(&stored.hash);
    let bytes = std::fs::read(&object).expect("the object");
    assert!(!bytes.windows(6).any(|window| window == b"a scan"));
    let other = Files::s3(&store.s3("s3://uploads/centre/two", SECRET)).expect("opens");
    assert_eq!(other.all().await.expect("listed"), [] as [String; 0]);
    assert_eq!(other.get(&key, &stored.hash).await.expect("asked"), None);

    // A byte changed in the service is found.
    let mut spoilt = bytes.clone();
    spoilt[30] ^= 1;
    std::fs::write(&object, spoilt).expect("spoilt");
    assert!(matches!(files.get(&key, &stored.hash).await, Err(FilesError::Damaged(_))));
    assert_eq!(files.restore(bytes).await.expect("put back"), stored.hash);

    files.remove(&stored.hash).await.expect("removed");
    files.remove(&stored.hash).await.expect("twice is no error");
    assert!(!files.has(&stored.hash).await.expect("asked"));
    assert_eq!(files.all().await.expect("listed"), [] as [String; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_and_a_missing_bucket_are_named_and_no_secret_is_told() {
    let store = Store::start().await;
    let home = Home::sqlite();
    for (url, secret, words) in [
        ("s3://uploads", "not the secret of this store", "refuses this key"),
        ("s3://nowhere", SECRET, "no such bucket"),
    ] {
        let environment = store.environment(url, secret);
        let run = |args: &[&str]| finish(home.program().envs(environment.clone()).args(args));
        // An address that is not this machine's: even a start that is not refused ends.
        let served = run(&["serve", "--listen", "203.0.113.1:80"]).ends(3);
        assert!(served.err.contains(words) && served.err.contains("files."), "{}", served.err);
        let examined = run(&["doctor"]).ends(1);
        assert!(examined.out.contains(words), "{}", examined.out);
        let copied = run(&["backup", "create"]).ends(3);
        assert!(copied.err.contains(words), "{}", copied.err);
        for told in [served, examined, copied, run(&["config", "show"])] {
            assert!(!told.text().contains(secret), "{}", told.text());
        }
    }
    // A service that does not answer is told of as well, and soon.
    let mut environment = store.environment("s3://uploads", SECRET);
    environment[1].1 = "http://127.0.0.1:1".into();
    let examined = finish(home.program().envs(environment).args(["doctor"])).ends(1);
    assert!(examined.out.contains("the file store failed"), "{}", examined.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_keeps_and_restores_its_files_there() {
    let store = Store::start().await;
    let home = Home::sqlite();
    let environment = store.environment("s3://uploads/node", SECRET);
    let run = |args: &[&str]| finish(home.program().envs(environment.clone()).args(args));
    let files = Files::s3(&store.s3("s3://uploads/node", SECRET)).expect("opens");
    let stored = crate::backups::upload_to(&home, &files).await.1;
    let mut program = home.program();
    program.envs(environment.clone());
    let server = Server::start(&home, program);
    assert_eq!(server.browser().get("/readyz").status, 200);
    drop(server);
    let name =
        run(&["backup", "create", "--json"]).ends(0).json()["manifest"]["name"].as_str().expect("text").to_owned();
    run(&["backup", "verify", &name]).ends(0);
    assert!(home.data().join("backups").join(&name).join("files").join(&stored[..2]).exists(), "the upload is inside");
    let examined = run(&["doctor", "--json"]).ends(0).json();
    let found = examined.as_array().expect("a list").iter().find(|f| f["about"] == "files").expect("told").clone();
    assert_eq!(found["state"], "good", "{found}");

    files.remove(&stored).await.expect("lost");
    let examined = run(&["doctor", "--json"]).ends(1).json();
    let found = examined.as_array().expect("a list").iter().find(|f| f["about"] == "files").expect("told").clone();
    assert_eq!(found["state"], "wrong", "{found}");
    run(&["backup", "restore", &name, "--yes"]).ends(0);
    assert!(files.has(&stored).await.expect("asked"), "put back into the bucket");
    run(&["doctor"]).ends(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_at_the_counter_lies_in_the_bucket() {
    let store = Store::start().await;
    let home = Home::sqlite();
    let environment = store.environment("s3://uploads/node", SECRET);
    let mut program = home.program();
    program.envs(environment.clone());
    let server = Server::start(&home, program);
    let mut browser = clerk(&home, &server);
    browser.get("/counter/new?service=SHP-01");
    let mut scan = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut scan, image::ImageFormat::Png).expect("a picture");
    let upload = |browser: &mut Browser, request: Uuid| {
        let request = request.to_string();
        browser.try_upload("/counter/new", &shop(&request), "file.NID", scan.get_ref()).expect("an answer")
    };
    let request = Uuid::from_u128(rand::random());
    let page = upload(&mut browser, request);
    assert!(page.status == 303 && page.location.contains(&request.to_string()), "{} {}", page.status, page.text);
    let files = Files::s3(&store.s3("s3://uploads/node", SECRET)).expect("opens");
    assert_eq!(files.all().await.expect("listed").len(), 1);
    let examined = finish(home.program().envs(environment).args(["doctor", "--json"])).json();
    let found = examined.as_array().expect("a list").iter().find(|f| f["about"] == "files").expect("told").clone();
    assert!(found["what"].as_str().is_some_and(|what| what.starts_with("1 files")), "{found}");

    // The service is away: nothing is half-written, and the page says that it is not the clerk's fault.
    store.serving.abort();
    let other = Uuid::from_u128(rand::random());
    let page = upload(&mut browser, other);
    assert_eq!(page.status, 503, "{}", page.text);
    let row = home.db().query_opt("SELECT id FROM requests WHERE id = $1", foundation::params![other]).await;
    assert!(row.expect("asked").is_none());
    assert_eq!(server.browser().get("/readyz").status, 503);
}
