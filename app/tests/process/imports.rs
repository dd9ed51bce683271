//! `import`: the real program, files and all.

use std::os::unix::fs::PermissionsExt as _;

use crate::home::{Home, Ran};

fn file(home: &Home, name: &str, text: &str) -> String {
    let path = home.path().join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

fn import(home: &Home, args: &[&str]) -> Ran {
    home.run([&["import"], args].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_tried_imported_beside_a_server_and_taken_back() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let server = home.serve();
        let bad =
            file(&home, "staff.csv", "اسم الدخول,الاسم,الوحدة,الدور\nmona,منى,01-D01,\nali,علي حسن,01-D01,clerk\n");
        for args in [vec!["people", &bad, "--dry-run"], vec!["people", &bad]] {
            let refused = import(&home, &args).ends(1);
            assert!(refused.out.contains("row 2") && refused.out.contains("اكتب اسمين على الأقل"), "{}", refused.out);
            assert!(refused.out.contains("Nothing was written"), "{}", refused.out);
        }
        let told = std::fs::read_to_string(home.path().join("staff.errors.csv")).expect("the file of errors");
        assert!(
            told.starts_with('\u{feff}')
                && told.contains("سبب الرفض")
                && told.contains("\nali,علي حسن,01-D01,clerk,\n"),
            "{told}"
        );
        assert!(!home.path().join("staff.passwords.csv").exists());
        // The file of errors is mended and imported itself.
        let mended = file(&home, "mended.csv", &told.replace("منى,01-D01", "منى السيد,01-D01"));
        let trial = import(&home, &["people", &mended, "--dry-run", "--json"]).ends(0).json();
        assert_eq!((trial["batch"].is_null(), &trial["items"], &trial["roles"]), (true, &2.into(), &1.into()));
        let done = import(&home, &["people", &mended, "--json"]).ends(0).json();
        assert_eq!(done["batch"], 1);

        let passwords = home.path().join("mended.passwords.csv");
        assert_eq!(std::fs::metadata(&passwords).expect("passwords").permissions().mode() & 0o777, 0o600);
        let text = std::fs::read_to_string(&passwords).expect("passwords");
        let ali = text.lines().find(|line| line.starts_with("ali,")).expect("ali's line");
        let first = ali.rsplit(',').next().expect("a password");
        assert!(!done.to_string().contains(first), "passwords are not printed");
        server.browser().first_login("ali", first);
        let listed = import(&home, &["list", "--json"]).ends(0).json();
        assert_eq!((&listed[0]["items"], &listed[0]["content"]), (&2.into(), &"people".into()));
        // Somebody has worked with it.
        assert!(import(&home, &["undo", "1"]).ends(3).err.contains("--yes"));
        let kept = import(&home, &["undo", "1", "--yes"]).ends(1);
        assert!(kept.out.contains("ali") && !kept.out.contains("mona"), "{}", kept.out);

        // A van's holidays and a district of its own, with a mapping.
        let map =
            file(&home, "map.toml", "[columns]\nunit = \"رقم\"\n[defaults]\nkind = \"حي\"\nparent = \"01-G00\"\n");
        let units = file(&home, "units.csv", "رقم;الاسم;ملاحظات\n01-D71;حي التجربة;–\n");
        let ran = import(&home, &["units", &units, "--map", &map]).ends(0);
        assert!(ran.out.contains("batch 2") && ran.out.contains("ملاحظات"), "{}", ran.out);
        let days =
            file(&home, "days.csv", "unit,day,name,decision,decided_on\n01-D71,2027-05-05,عيد,5/2026,2026-01-05\n");
        import(&home, &["holidays", &days]).ends(0);
        let kept = import(&home, &["undo", "2", "--yes", "--json"]).ends(1).json();
        assert_eq!(kept["kept"][0]["label"], "01-D71");
        import(&home, &["undo", "3", "--yes"]).ends(0);
        assert!(import(&home, &["undo", "9", "--yes"]).ends(3).err.contains("import list"));
        home.run(["record", "verify"]).ends(0);
        home.run(["record", "rebuild", "--check"]).ends(0);
    }
}

#[test]
fn what_is_no_table_is_said_in_arabic() {
    let home = Home::sqlite();
    for (name, text, word) in [
        ("a.csv", "x,y\n1,2\n", "أضف هذه الأعمدة"),
        ("b.csv", "login\n", "لا صفوف"),
        ("c.xlsx", "PK\u{3}\u{4}nothing", "ليس جدول"),
    ] {
        let path = file(&home, name, text);
        let ran = import(&home, &["people", &path]).ends(3);
        assert!(ran.err.contains(word), "{}", ran.err);
    }
    let map = file(&home, "m.toml", "[columns]\nking = \"x\"\n");
    let good = file(&home, "d.csv", "login,name,unit\nmona,منى السيد,01-D01\n");
    assert!(import(&home, &["people", &good, "--map", &map]).ends(3).err.contains("king"));
}
