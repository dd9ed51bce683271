//! The service guide from the command line: checked, explained, published.

use crate::home::Home;

/// The folder of the shipped catalogue.
const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalogue");

#[test]
fn the_shipped_guide_is_sound_and_a_slip_is_told_with_file_and_line() {
    let home = Home::empty();
    let checked = home.run(["catalogue", "check"]).ends(0);
    assert!(checked.out.contains("168"), "{}", checked.out);
    let copy = home.path().join("catalogue");
    crate::home::copy(SHIPPED.as_ref(), &copy);
    let file = copy.join("services/shops/SHP-01.toml");
    let text = std::fs::read_to_string(&file).expect("a service");
    let line = text.lines().position(|line| line.contains("id = \"tech-check\"")).expect("a step") + 1;
    let spoilt =
        text.replace("id = \"tech-check\", department = \"TECH\"", "id = \"tech-check\", department = \"NOBODY\"");
    std::fs::write(&file, spoilt).expect("spoilt");
    let ran = home.run(["catalogue".as_ref(), "check".as_ref(), "--folder".as_ref(), copy.as_os_str()]).ends(1);
    assert!(ran.out.contains(&format!("services/shops/SHP-01.toml:{line}:")), "{}", ran.out);
    let json = home
        .run(["catalogue".as_ref(), "check".as_ref(), "--json".as_ref(), "--folder".as_ref(), copy.as_os_str()])
        .ends(1)
        .json();
    assert_eq!(json["findings"][0]["line"], line);
}

#[test]
fn fees_steps_and_dates_are_explained_with_and_without_a_node() {
    for home in [Home::empty(), Home::sqlite()] {
        let explain =
            |more: &[&str]| home.run([&["catalogue", "explain", "BLD-29", "--on", "2026-11-22"], more].concat());
        let told = explain(&["--set", "plot_area_m2=120"]).ends(0).out;
        assert!(told.contains("500.00 جنيه") && told.contains("المراحل"), "{told}");
        assert!(explain(&["--set", "no_such=1"]).ends(3).err.contains("no_such"));
        assert!(explain(&["--set", "nonsense"]).ends(3).err.contains("FIELD=VALUE"));
        assert!(home.run(["catalogue", "explain", "ZZZ-1"]).ends(3).err.contains("ZZZ-1"));
    }
}

#[test]
fn a_changed_file_is_published_from_a_day_on() {
    let home = Home::sqlite();
    let shipped = std::fs::read_to_string(format!("{SHIPPED}/services/shops/SHP-01.toml")).expect("a service");
    let file = home.path().join("SHP-01.toml");
    let publish = |text: &str, from: &str| {
        std::fs::write(&file, text).expect("written");
        home.run([
            "catalogue".as_ref(),
            "publish".as_ref(),
            file.as_os_str(),
            "--from".as_ref(),
            from.as_ref(),
            "--json".as_ref(),
        ])
    };
    let same = publish(&shipped, "2999-01-01").ends(3);
    assert!(same.err.contains("nothing was published"), "{}", same.err);
    let broken = publish(&shipped.replacen("department = \"", "department = \"NO", 1), "2999-01-01").ends(1);
    assert!(broken.out.contains("SHP-01.toml"), "{}", broken.out);
    let changed = format!("{shipped}\n# A note of the editor.\n");
    let now = publish(&changed, "2999-01-01").ends(0).json();
    assert_eq!((now["code"].as_str(), now["from"].as_str()), (Some("SHP-01"), Some("2999-01-01")), "{now}");
    home.run(["record", "verify"]).ends(0);
    home.run(["record", "rebuild", "--check"]).ends(0);
    assert!(publish(&changed, "soon").ends(3).err.contains("YYYY-MM-DD"));
}
