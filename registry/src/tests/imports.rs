//! Files of people, units and holidays: tried, taken over whole, taken back whole.

use std::collections::BTreeMap;

use super::on_both;
use crate::imports::{
    Account, Done, ImportError, Mapping, Plan, Source, Table, UndoError, What, carry_out, list, one, plan, prepare,
    undo,
};
use crate::rights::Role;
use crate::staff::{By, queries};
use crate::testing::{Browser, TestSite};
use crate::units::{CalendarChange, UnitChange, UnitWrite, change, change_calendar};
use crate::{Viewer, sessions};

async fn tried(at: &TestSite, by: &By, what: What, text: &str) -> Plan {
    let table = Table::read(text.as_bytes()).expect("a table");
    plan(&at.site, by, what, &table, &Mapping::default(), at.site.ids.next()).await.expect("a plan")
}

async fn taken(at: &TestSite, by: &By, what: What, text: &str) -> Result<(Done, Vec<Account>), ImportError> {
    let table = Table::read(text.as_bytes()).expect("a table");
    let command = at.site.ids.next();
    let plan = plan(&at.site, by, what, &table, &Mapping::default(), command).await?;
    let prepared = prepare(&at.site, plan, command).await?;
    let done = carry_out(&at.site, by, &prepared, &Source::of("/tmp/قائمة.csv", text.as_bytes())).await?;
    let again = carry_out(&at.site, by, &prepared, &Source::of("x.csv", text.as_bytes())).await?;
    assert_eq!(again, Done { number: done.number, before: true }, "a repeated import is answered from the record");
    Ok((done, prepared.accounts))
}

async fn back(at: &TestSite, by: &By, number: i64) -> Result<usize, UndoError> {
    let outcome = undo(&at.site, by, number, "ملف خاطئ", at.site.ids.next(), at.site.settings.unit_in_use).await;
    outcome.map(|done| done.items)
}

async fn viewer(at: &TestSite, login: &str, unit: &str) -> Viewer {
    at.person(login, Role::Supervisor, unit, None).await;
    let mut browser = at.browser();
    browser.login(login).await;
    of(at, &browser).await
}

async fn of(at: &TestSite, browser: &Browser) -> Viewer {
    let cookie = format!("{}={}", sessions::COOKIE, browser.cookies[sessions::COOKIE]);
    let mut headers = axum::http::HeaderMap::new();
    headers.insert("cookie", cookie.parse().expect("a header"));
    sessions::viewer(&at.site, &headers, at.site.clock.now()).await.expect("a viewer")
}

/// What is wrong, as line and column.
fn wrong(plan: &Plan) -> Vec<(usize, &str)> {
    plan.wrong.iter().map(|wrong| (wrong.line, wrong.column)).collect()
}

async fn sound(at: &TestSite) {
    // Where a sealer of its own works, what was just written waits for it.
    let checked = at.site.record.rebuild_check().await;
    if at.site.db.engine() == foundation::db::Engine::Sqlite {
        let checked = checked.expect("it is rebuilt");
        assert!(checked.sound(), "{:?} {:?}", checked.differences, checked.counters);
    }
}

const PEOPLE: &str = "\u{feff}اسم الدخول;الاسم;الوحدة;الدور;الإدارة;من تاريخ\n\
    mona.a;منى عبد الفتاح السيد;01-D01;موظف الشباك;;\n\
    ali;علي حسن إبراهيم;01-D01;reviewer;ENG;١/١٢/٢٠٢٦\n\
    ali;;01-D01;decider;LIC;\n\
    nadia;نادية كامل;21-G00;;;\n";

#[tokio::test(flavor = "multi_thread")]
async fn people_come_with_roles_and_passwords_and_go_again_unused() {
    on_both(|at| async move {
        let (done, accounts) = taken(&at, &By::Machine, What::People, PEOPLE).await.expect("it is taken over");
        assert_eq!(accounts.iter().map(|a| a.login.as_str()).collect::<Vec<_>>(), ["mona.a", "ali", "nadia"]);
        let ali = queries::by_login(&mut at.site.db.reader(), "ali").await.expect("read").expect("ali");
        assert_eq!((ali.name.as_str(), ali.unit.as_str()), ("علي حسن إبراهيم", "01-D01"));
        let roles = queries::assignments(&mut at.site.db.reader(), ali.id).await.expect("roles");
        let roles: BTreeMap<_, _> = roles.into_iter().map(|one| (one.role, (one.department, one.first_day))).collect();
        assert_eq!(roles[&Role::Reviewer], (Some("ENG".into()), jiff::civil::date(2026, 12, 1)));
        assert_eq!(roles[&Role::Decider], (Some("LIC".into()), jiff::civil::date(2026, 11, 22)));
        let batch = one(&mut at.site.db.reader(), done.number).await.expect("read").expect("the batch");
        assert_eq!((batch.tenant.as_str(), batch.items, batch.rows, batch.file.as_str()), ("00", 3, 4, "قائمة.csv"));
        sound(&at).await;

        // The same file again is refused row by row.
        let again = tried(&at, &By::Machine, What::People, PEOPLE).await;
        assert_eq!(wrong(&again), [(2, "اسم الدخول"), (3, "اسم الدخول"), (5, "اسم الدخول")]);

        assert_eq!(back(&at, &By::Machine, done.number).await.expect("taken back"), 3);
        assert!(queries::by_login(&mut at.site.db.reader(), "ali").await.expect("read").is_none());
        assert!(matches!(back(&at, &By::Machine, done.number).await, Err(UndoError::Already)));
        assert!(matches!(back(&at, &By::Machine, 99).await, Err(UndoError::NoBatch)));
        sound(&at).await;
        // The names are free again, under new ids.
        let (second, accounts) = taken(&at, &By::Machine, What::People, PEOPLE).await.expect("once more");
        assert_eq!(second.number, done.number + 1);

        // Whoever has signed in stays, and everybody with them.
        let mut browser = at.browser();
        browser.get("/login").await;
        let reply = browser.post("/login", &[("login", "ali"), ("password", &accounts[1].password)]).await;
        assert_eq!(reply.status, 303);
        let Err(UndoError::Used(kept)) = back(&at, &By::Machine, second.number).await else { panic!("it is refused") };
        assert_eq!(kept.iter().map(|kept| kept.label.as_str()).collect::<Vec<_>>(), ["ali"]);
        assert!(kept[0].reason.contains("دخل"), "{kept:?}");
        assert!(queries::by_login(&mut at.site.db.reader(), "nadia").await.expect("read").is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_is_told_at_its_row_and_nothing_is_written() {
    on_both(|at| async move {
        let text = "login,name,unit,role,department,from\n\
            x,منى عبد الفتاح,01-D01,,,\n\
            mona,منى,01-D01,,,\n\
            mona2,منى عبد الفتاح,99-D01,,,\n\
            mona3,منى عبد الفتاح,01-D01,ملك,,\n\
            mona4,منى عبد الفتاح,01-D01,reviewer,,\n\
            mona5,منى عبد الفتاح,01-D01,reviewer,NONE,\n\
            mona6,منى عبد الفتاح,01-D01,clerk,,31/2/2026\n\
            mona7,منى عبد الفتاح,01-D01,operator,,\n\
            good,منى عبد الفتاح,01-D01,clerk,,\n\
            good,هدى عبد الفتاح,01-D01,cashier,,\n\
            good,,01-D01,clerk,,\n";
        let plan = tried(&at, &By::Machine, What::People, text).await;
        let expected = [
            (2, "اسم الدخول"),
            (3, "الاسم"),
            (4, "الوحدة"),
            (5, "الدور"),
            (6, "الإدارة"),
            (7, "الإدارة"),
            (8, "من تاريخ"),
            (9, "الوحدة"),
            (11, "الاسم"),
            (12, "الدور"),
        ];
        assert_eq!(wrong(&plan), expected);
        assert!(plan.wrong.iter().all(|wrong| !wrong.reason.contains("refused")), "{:?}", plan.wrong);
        assert!(plan.reasons(3).starts_with("الاسم: ") && plan.reasons(10).is_empty());
        assert!(matches!(prepare(&at.site, plan, at.site.ids.next()).await, Err(ImportError::HasWrong)));
        assert!(list(&mut at.site.db.reader(), None, 9).await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_brings_people_into_the_own_part_of_the_tree_only() {
    on_both(|at| async move {
        let cairo = By::Viewer(viewer(&at, "cairo", "01-G00").await);
        let own = "login,name,unit,role\nhuda,هدى سامي علي,01-D01,clerk\n";
        let (done, _) = taken(&at, &cairo, What::People, own).await.expect("the own part");
        for elsewhere in [
            "login,name,unit,role\nsami,سامي علي حسن,21-G00,\n",
            "login,name,unit,role\nsami,سامي علي حسن,01-D01,\nsami,,21-G00,clerk\n",
            "login,name,unit,role\nsami,سامي علي حسن,00,\n",
        ] {
            let plan = tried(&at, &cairo, What::People, elsewhere).await;
            assert_eq!(plan.wrong.len(), 1, "{elsewhere} {:?}", plan.wrong);
        }
        let giza = By::Viewer(viewer(&at, "giza", "21-G00").await);
        let Err(UndoError::Used(kept)) = back(&at, &giza, done.number).await else { panic!("not Giza's") };
        assert_eq!(kept.len(), 1);
        assert_eq!(back(&at, &cairo, done.number).await.expect("taken back"), 1);
        // Whoever lost the role meanwhile writes nothing.
        let table = Table::read(own.as_bytes()).expect("a table");
        let command = at.site.ids.next();
        let plan = plan(&at.site, &cairo, What::People, &table, &Mapping::default(), command).await.expect("a plan");
        let prepared = prepare(&at.site, plan, command).await.expect("prepared");
        let id = queries::by_login(&mut at.site.db.reader(), "cairo").await.expect("read").expect("cairo").id;
        crate::staff::disable(&at.site, &By::Machine, at.site.ids.next(), id, "انتهى عمله").await.expect("disabled");
        let outcome = carry_out(&at.site, &cairo, &prepared, &Source::of("x.csv", b"")).await;
        assert!(matches!(outcome, Err(ImportError::Access(_))), "{outcome:?}");
    })
    .await;
}

const UNITS: &str = "رمز الوحدة,الاسم,النوع,تتبع,مركز تكنولوجي,خط العرض,خط الطول\n\
    01-D61,حي الاختبار,حي,01-G00,نعم,30.05,31.25\n\
    21-M90,مركز التجربة,مركز,21-G00,,,\n\
    21-C90,مدينة التجربة,مدينة,21-M90,لا,,\n";

#[tokio::test(flavor = "multi_thread")]
async fn units_join_the_tree_parents_first_and_leave_it_unused() {
    on_both(|at| async move {
        let (done, _) = taken(&at, &By::Machine, What::Units, UNITS).await.expect("it is taken over");
        let tree = at.site.units.now();
        assert_eq!(tree.unit("21-C90").expect("the city").path.as_str(), "00/21-G00/21-M90/21-C90");
        assert_eq!((tree.centres("01-D61").len(), tree.centres("21-C90").len()), (1, 0));
        assert!(tree.unit("01-D61").expect("the district").has_department("ENG"));
        assert!(tree.calendar("21-C90").is_some());
        sound(&at).await;
        assert_eq!(wrong(&tried(&at, &By::Machine, What::Units, UNITS).await).len(), 3);

        let by = viewer(&at, "boss", "00").await;
        at.person("clerk", Role::Clerk, "01-D61", None).await;
        let write = |unit: &str| UnitWrite { unit: unit.into(), command: at.site.ids.next(), version: None };
        let van = UnitChange::OpenVan { name: "مركز متنقل".into() };
        change(&at.site, &by, write("21-M90"), van).await.expect("a van");
        let Err(UndoError::Used(kept)) = back(&at, &By::Machine, done.number).await else { panic!("it is in use") };
        assert_eq!(kept.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), ["21-M90", "01-D61"], "{kept:?}");

        let (second, _) = taken(&at, &By::Machine, What::Units, "unit,name,kind,parent\n01-D62,حي ثان,حي,01-G00\n")
            .await
            .expect("one");
        assert_eq!(back(&at, &By::Machine, second.number).await.expect("taken back"), 1);
        assert!(at.site.units.now().unit("01-D62").is_none());
        // Under the same code once more, on the same stream.
        taken(&at, &By::Machine, What::Units, "unit,name,kind,parent\n01-D62,حي ثان,حي,01-G00\n").await.expect("again");
        assert!(at.site.units.now().unit("01-D62").is_some());
        sound(&at).await;

        let faults = "unit,name,kind,parent,centre,departments\n\
            01-D01,حي,حي,01-G00,,\n\
            01-D63,حي,مدينة,01-G00,,\n\
            21-D63,حي,حي,01-G00,,\n\
            01-B901,قرية,قرية,01-G00,,\n\
            01-D64,,حي,01-G00,,\n\
            01-D65,حي,حي,01-G00,ربما,\n\
            01-D66,حي,حي,01-G00,,KING\n\
            01-D67,حي,إمارة,01-G00,,\n\
            01-D68,حي,حي,01-X00,,\n";
        let plan = tried(&at, &By::Machine, What::Units, faults).await;
        let columns: Vec<&str> = plan.wrong.iter().map(|wrong| wrong.column).collect();
        let expected =
            ["رمز الوحدة", "رمز الوحدة", "تتبع", "تتبع", "الاسم", "مركز تكنولوجي", "الإدارات", "النوع", "تتبع"];
        assert_eq!(columns, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn holidays_are_declared_and_cancelled_together() {
    on_both(|at| async move {
        let text = "الوحدة,التاريخ,المناسبة,رقم القرار,تاريخ القرار\n\
            محافظة الجيزة,2026-12-01,عيد المحافظة,77/2026,2026-11-20\n\
            21-G00,2/12/2026,يوم تال,77/2026,2026-11-20\n\
            01-D01,2026-12-03,مولد,78/2026,2026-11-21\n";
        let named = at.site.units.now().name("21-G00").to_owned();
        let text = text.replace("محافظة الجيزة", &named);
        let (done, _) = taken(&at, &By::Machine, What::Holidays, &text).await.expect("it is taken over");
        let day = |day: i8| jiff::civil::date(2026, 12, day);
        let works =
            |unit: &str, on: i8| at.site.units.now().calendar(unit).expect("a calendar").is_working_day(day(on));
        assert_eq!(
            [works("21-G00", 1), works("21-G00", 2), works("01-D01", 1), works("01-D01", 3)],
            [false, false, true, false]
        );
        sound(&at).await;
        let twice = "unit,day,name,decision,decided_on\n\
            21-G00,2026-12-01,عيد,1,2026-11-20\n\
            01-G00,2026-12-06,عيد,1,2026-11-20\n\
            01-D01,2026-12-06,عيد,1,2026-11-20\n\
            01-D01,2026-12-07,عيد,,2026-11-20\n\
            01-D01,2026-12-08,عيد,1,2026-11-30\n\
            01-D01,2020-12-08,عيد,1,2020-11-30\n\
            01-D01,,عيد,1,2020-11-30\n";
        let plan = tried(&at, &By::Machine, What::Holidays, twice).await;
        let expected =
            [(2, "التاريخ"), (4, "التاريخ"), (5, "رقم القرار"), (6, "تاريخ القرار"), (7, "التاريخ"), (8, "التاريخ")];
        assert_eq!(wrong(&plan), expected);

        // One was cancelled by hand: the others are taken back.
        let by = viewer(&at, "boss", "00").await;
        let holiday = at.site.units.now().own_holidays("01-D01").first().expect("the holiday").id;
        let write = UnitWrite { unit: "01-D01".into(), command: at.site.ids.next(), version: None };
        let cancel = CalendarChange::CancelHoliday { holiday, decision: "80/2026".into() };
        change_calendar(&at.site, &by, write, cancel).await.expect("cancelled");
        assert_eq!(back(&at, &By::Viewer(by), done.number).await.expect("taken back"), 2);
        assert!(works("21-G00", 1) && works("21-G00", 2));
        sound(&at).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_try_take_over_and_take_back() {
    use axum::http::StatusCode;
    use base64::Engine as _;
    on_both(|at| async move {
        at.person("cairo", Role::Supervisor, "01-G00", None).await;
        at.person("giza", Role::Supervisor, "21-G00", None).await;
        at.person("window", Role::Clerk, "01-D01", None).await;
        let mut cairo = at.browser();
        cairo.login("cairo").await;
        let empty = cairo.get("/admin/imports").await;
        assert!(empty.status.is_success() && empty.text.contains("لم يُستورد شيء بعد"), "{}", empty.text);
        let nothing = cairo.post("/admin/imports", &[("what", "people")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.text.contains("اختر ملفًا"), "{}", nothing.text);

        let sent = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
        let command = at.site.ids.next().to_string();
        let form = |content: &str| {
            [("what", "people"), ("file", "staff.csv"), ("command", command.as_str())]
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .chain([("content".to_owned(), content.to_owned())])
                .collect::<Vec<_>>()
        };
        let pairs = |form: &[(String, String)]| form.iter().map(|(a, b)| (a.clone(), b.clone())).collect::<Vec<_>>();
        let post = |mut browser: Browser, form: Vec<(String, String)>| async move {
            let fields: Vec<(&str, &str)> = form.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            browser.post("/admin/imports/take", &fields).await
        };
        // Elsewhere is refused row by row, and nothing written.
        let outside = form(&sent("login,name,unit\nsami,سامي علي حسن,21-G00\n"));
        let refused = post(cairo.clone(), pairs(&outside)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("خارج نطاقك"), "{}", refused.text);

        let own = form(&sent("login,name,unit,role\nhuda,هدى سامي علي,01-D01,clerk\n"));
        let done = post(cairo.clone(), pairs(&own)).await;
        assert!(done.status.is_success() && done.text.contains("رقم الدفعة 1"), "{}", done.text);
        assert!(done.text.contains("<bdi class=\"code\">"), "the first password is shown");
        let again = post(cairo.clone(), pairs(&own)).await;
        assert!(again.text.contains("رقم الدفعة 1") && !again.text.contains("<bdi class=\"code\">"), "{}", again.text);

        // Whose it is not neither sees nor undoes it; a clerk has no such page.
        let mut giza = at.browser();
        giza.login("giza").await;
        assert!(!giza.get("/admin/imports").await.text.contains("staff.csv"));
        assert_eq!(giza.get("/admin/imports/1/undo").await.status, StatusCode::NOT_FOUND);
        let mut clerk = at.browser();
        clerk.login("window").await;
        assert_eq!(clerk.get("/admin/imports").await.status, StatusCode::FORBIDDEN);

        assert!(cairo.get("/admin/imports").await.text.contains("staff.csv"));
        assert!(cairo.get("/admin/imports/1/undo").await.text.contains("التراجع عن الدفعة 1"));
        assert_eq!(
            cairo.post("/admin/imports/1/undo", &[("reason", "")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let undone = cairo.post("/admin/imports/1/undo", &[("reason", "ملف خاطئ")]).await;
        assert_eq!((undone.status, undone.location()), (StatusCode::SEE_OTHER, "/admin/imports"));
        assert!(cairo.get("/admin/imports").await.text.contains("تم التراجع"));
        assert_eq!(cairo.post("/admin/imports/1/undo", &[("reason", "مرة أخرى")]).await.status, StatusCode::CONFLICT);
    })
    .await;
}
