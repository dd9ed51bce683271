//! Mobile centres: added, sent to places, stopped, by the supervisor of their part of the tree only.

use axum::http::StatusCode;

use super::on_both;
use crate::rights::Role;
use crate::units::{self, CentreKind};

const PAGE: &str = "/admin/units/01-D01/vans";

#[tokio::test(flavor = "multi_thread")]
async fn a_van_is_added_sent_somewhere_and_stopped() {
    on_both(|at| async move {
        at.person("sup", Role::Supervisor, "01-G00", None).await;
        let mut sup = at.browser();
        sup.login("sup").await;
        let empty = sup.get(PAGE).await;
        assert!(empty.status == StatusCode::OK && empty.text.contains("لا مراكز متنقلة في هذه الوحدة"));
        assert!(sup.get("/admin/units/01-D01").await.text.contains(PAGE), "the unit's page leads to it");
        let none = sup.post(PAGE, &[("do", "add"), ("name", " ")]).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.text.contains("اكتب اسم المركز المتنقل"));
        assert_eq!(sup.post(PAGE, &[("do", "add"), ("name", "المتنقل رقم 1")]).await.status, StatusCode::SEE_OTHER);
        let van = {
            let tree = at.site.units.now();
            let vans: Vec<_> =
                tree.centres("01-D01").iter().filter(|one| one.kind == CentreKind::Mobile).cloned().collect();
            assert_eq!(vans.len(), 1);
            vans[0].id.to_string()
        };

        let command = at.site.ids.next().to_string();
        let stop = |day: &'static str, opens: &'static str, closes: &'static str| {
            vec![
                ("do", "plan"),
                ("day.day", day),
                ("day.month", "11"),
                ("day.year", "2026"),
                ("place", "ميدان المحطة"),
                ("opens", opens),
                ("closes", closes),
            ]
        };
        let with = |mut fields: Vec<(&'static str, &'static str)>, van: &'static str, command: &'static str| {
            fields.push(("centre", van));
            if !command.is_empty() {
                fields.push(("command", command));
            }
            fields
        };
        let (van, command): (&'static str, &'static str) = (van.leak(), command.leak());
        for _ in 0..2 {
            let reply = sup.post(PAGE, &with(stop("٢٥", "9", "13:00"), van, command)).await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "the same form twice is one stop: {}", reply.text);
        }
        for (fields, word) in [
            (stop("25", "12:00", "15:00"), "للمركز مكان آخر في هذا الوقت"),
            (stop("21", "9", "13"), "اختر يومًا من اليوم"),
            (stop("26", "9", "9:30"), "بساعة على الأقل"),
            (stop("26", "تسعة", "13"), "اكتب الساعة والدقيقة"),
        ] {
            let reply = sup.post(PAGE, &with(fields, van, "")).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{word}");
            assert!(
                reply.text.contains(word) && reply.text.contains("value=\"ميدان المحطة\""),
                "{word}: {}",
                reply.text
            );
        }
        assert_eq!(sup.post(PAGE, &with(stop("25", "14", "18"), van, "")).await.status, StatusCode::SEE_OTHER);
        let today = foundation::dates::day_of(at.site.clock.now());
        let planned = units::stops(&mut at.test.db.reader(), "01-D01", today).await.expect("rows");
        assert_eq!(planned.len(), 2);
        let first = planned[0].id.to_string();
        let page = sup.get(PAGE).await;
        assert!(page.text.contains("ميدان المحطة") && page.text.contains("9:00\u{A0}ص – 1:00\u{A0}م"));
        assert_eq!(sup.post(PAGE, &[("do", "cancel"), ("stop", &first)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            sup.post(PAGE, &[("do", "cancel"), ("stop", &first)]).await.status,
            StatusCode::NOT_FOUND,
            "gone already"
        );

        for (button, works) in [("close", false), ("close", false), ("open", true)] {
            assert_eq!(sup.post(PAGE, &[("do", button), ("centre", van)]).await.status, StatusCode::SEE_OTHER);
            let tree = at.site.units.now();
            let now = tree.centre(van.parse().expect("an id")).expect("the van");
            assert_eq!(units::is_working(now), works);
        }
        let fixed = units::fixed_centre("01-D01").to_string();
        assert_eq!(
            sup.post(PAGE, &[("do", "close"), ("centre", &fixed)]).await.status,
            StatusCode::NOT_FOUND,
            "no van"
        );
        super::units::rebuild_check(&at).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vans_of_another_governorate_are_out_of_reach() {
    on_both(|at| async move {
        at.person("giza", Role::Supervisor, "21-G00", None).await;
        at.person("mona", Role::Clerk, "01-D01", None).await;
        for login in ["giza", "mona"] {
            let mut browser = at.browser();
            browser.login(login).await;
            assert_eq!(browser.get(PAGE).await.status, StatusCode::FORBIDDEN, "{login}");
            browser.get("/me").await;
            let reply = browser.post(PAGE, &[("do", "add"), ("name", "متنقل")]).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{login}");
        }
        assert_eq!(at.site.units.now().centres("01-D01").len(), 1);
    })
    .await;
}
