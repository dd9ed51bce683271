//! Accounts from the command line.

use crate::home::Home;

#[test]
fn a_first_password_opens_once_and_must_be_changed() {
    let home = Home::sqlite();
    let added = home.run(["user", "add", "Mona.Fattah", "--name", "منى عبد الفتاح السيد", "--json"]).ends(0).json();
    assert_eq!(
        (added["login"].as_str(), added["role"].as_str(), added["unit"].as_str()),
        (Some("mona.fattah"), Some("supervisor"), Some("00"))
    );
    let first = added["password"].as_str().expect("a password");
    let server = home.serve();
    let mut browser = server.browser();
    browser.get("/login");
    assert_eq!(browser.post("/login", &[("login", "mona.fattah"), ("password", first)]).status, 303);
    // Nothing opens before the password is changed.
    let people = browser.get("/admin/people?q=");
    assert_eq!((people.status, people.location.as_str()), (303, "/me/password"));

    let mut browser = server.browser();
    browser.first_login("mona.fattah", first);
    assert_eq!(browser.get("/admin/people?q=").status, 200);
    home.run(["user", "lock", "mona.fattah"]).ends(0);
    // Reads may come from a cache of one second.
    std::thread::sleep(std::time::Duration::from_millis(1_200));
    assert_eq!(browser.get("/admin/people?q=").status, 303);
}

#[test]
fn refusals_say_what_to_type() {
    let home = Home::sqlite();
    let add = |args: &[&str]| home.run([&["user", "add"], args].concat());
    let name = "منى عبد الفتاح";
    for (args, word) in [
        (vec!["mona", "--name", name, "--role", "king"], "supervisor"),
        (vec!["mona", "--name", name, "--unit", "99-X"], "01-D16"),
        (vec!["mona", "--name", name, "--role", "catalogue-editor", "--unit", "01-D16"], "not held at such a place"),
        (vec!["mona", "--name", name, "--role", "reviewer", "--unit", "01-D16"], "department"),
        (vec!["m", "--name", name], "login name"),
        (vec!["mona", "--name", "منى"], "two words"),
    ] {
        let ran = add(&args).ends(3);
        assert!(ran.err.contains(word), "{args:?}: {}", ran.err);
    }
    // Nothing half-written: the name is still free.
    add(&["mona", "--name", name, "--role", "operator"]).ends(0);
    assert!(add(&["mona", "--name", name]).ends(3).err.contains("user reset mona"));
    assert!(home.run(["user", "reset", "nobody"]).ends(3).err.contains("nobody"));
    let reset = home.run(["user", "reset", "mona", "--json"]).ends(0).json();
    assert!(reset["password"].as_str().is_some_and(|p| p.len() >= 10), "{reset}");
    home.run(["user", "lock", "mona"]).ends(0);
    assert!(home.run(["user", "lock", "mona"]).ends(0).out.contains("before"));
}
