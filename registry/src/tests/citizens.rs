//! Applicants: once per tenant, found by number and name, corrected, erased.

use foundation::db::Query as _;
use foundation::identity::Mobile;
use record::{Command, RecordError};
use uuid::Uuid;

use super::on_both;
use crate::citizens::{
    self, Applicant, CitizenError, Erasure, Identity, IdentityKind, Intake, PersonKind, find, find_by_identity,
    find_by_mobile, search_names,
};
use crate::place::Place;
use crate::testing::TestSite;

fn applicant(name: &str, national_id: &str) -> Applicant {
    Applicant {
        kind: PersonKind::Person,
        name: name.into(),
        identity: Some(Identity { kind: IdentityKind::NationalId, number: national_id.into() }),
        mobile: Some("01000000001".into()),
        email: None,
        address: Some("12 شارع النصر".into()),
    }
}

/// Takes an applicant in as a request does: one append carries what is new.
async fn take_in(at: &TestSite, tenant: &'static str, applicant: Applicant) -> Intake {
    let (record, fresh, command) = (at.site.record.clone(), at.site.ids.next(), at.site.ids.next());
    let at_time = at.site.clock.now();
    at.test
        .db
        .write(move |tx| {
            let (record, applicant) = (record.clone(), applicant.clone());
            Box::pin(async move {
                let intake = citizens::intake(tx, &record, tenant, &applicant, None, fresh, true).await?;
                if let Some(part) = &intake.part {
                    let command = Command {
                        id: command,
                        tenant: tenant.into(),
                        actor: None,
                        assignment: None,
                        on_behalf: None,
                        occurred_at: at_time,
                    };
                    record.append_all(tx, &command, std::slice::from_ref(part)).await?;
                }
                Ok::<_, CitizenError>(intake)
            })
        })
        .await
        .expect("taken in")
}

async fn names(at: &TestSite, tenant: &str, query: &str) -> Vec<Uuid> {
    let hits = search_names(&mut at.test.db.reader(), &at.site.record, tenant, query, 20).await.expect("a search");
    hits.into_iter().map(|hit| hit.citizen.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_one_in_a_tenant_and_another_elsewhere() {
    on_both(|at| async move {
        let first = take_in(&at, "01", applicant("أحمد محمود علي", "29001010100007")).await;
        let same = take_in(&at, "01", applicant("أحمد محمود علي", "29001010100007")).await;
        assert_eq!(first.person, same.person);
        assert!(same.part.is_none(), "nothing new, no event");
        let elsewhere = take_in(&at, "21", applicant("أحمد محمود علي", "29001010100007")).await;
        assert_ne!(first.person, elsewhere.person);

        let moved = Applicant {
            mobile: Some("01100000002".into()),
            address: None,
            ..applicant("أحمد محمود علي", "29001010100007")
        };
        let changed = take_in(&at, "01", moved).await;
        assert_eq!(changed.person, first.person);
        let found =
            find(&mut at.test.db.reader(), &at.site.record, "01", first.person).await.expect("read").expect("there");
        assert_eq!(found.mobile.map(|value| value.inside().clone()).as_deref(), Some("01100000002"));
        assert_eq!(
            found.address.map(|value| value.inside().clone()).as_deref(),
            Some("12 شارع النصر"),
            "left empty stays"
        );
        assert_eq!(found.version, 2);

        let identity = Identity { kind: IdentityKind::NationalId, number: "29001010100007".into() };
        let by_number =
            find_by_identity(&mut at.test.db.reader(), &at.site.record, "01", &identity).await.expect("read");
        assert_eq!(by_number.map(|citizen| citizen.id), Some(first.person));
        let passport = Identity { kind: IdentityKind::Passport, ..identity };
        let none = find_by_identity(&mut at.test.db.reader(), &at.site.record, "01", &passport).await.expect("read");
        assert!(none.is_none(), "a number of another kind is another number");
        super::units::rebuild_check(&at).await;
    })
    .await;
}

fn erasure(place: Place, command: Uuid, person: Uuid) -> Erasure {
    Erasure { viewer: None, place, command, person, ground: "طلب صاحبة الشأن".into() }
}

async fn mobiles(at: &TestSite, tenant: &str, typed: &str) -> Vec<Uuid> {
    let mobile = Mobile::parse(typed).expect("a mobile");
    let found = find_by_mobile(&mut at.test.db.reader(), &at.site.record, tenant, &mobile, 10).await.expect("a search");
    found.into_iter().map(|citizen| citizen.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mobile_finds_everybody_who_has_it_until_it_is_corrected_or_erased() {
    on_both(|at| async move {
        let mother = take_in(&at, "01", applicant("فاطمة الزهراء سعيد", "29001010100005")).await.person;
        let son = take_in(&at, "01", applicant("عبد الرحمن يوسف", "29001010100006")).await.person;
        let elsewhere = take_in(&at, "21", applicant("عبد الرحمن يوسف", "29001010100006")).await.person;
        for typed in ["01000000001", "٠١٠٠٠٠٠٠٠٠١", "+20 100 000 0001", "00201000000001"] {
            assert_eq!(mobiles(&at, "01", typed).await, [mother, son], "{typed}");
        }
        assert_eq!(mobiles(&at, "21", "01000000001").await, [elsewhere], "each governorate has its own people");
        let moved = Applicant {
            mobile: Some("01100000002".into()), ..applicant("عبد الرحمن يوسف", "29001010100006")
        };
        take_in(&at, "01", moved).await;
        assert_eq!(mobiles(&at, "01", "01000000001").await, [mother]);
        assert_eq!(mobiles(&at, "01", "01100000002").await, [son]);
        let place = Place::unit(at.site.units.now().path("01-D01").expect("the unit"));
        citizens::erase(&at.site, erasure(place, at.site.ids.next(), mother)).await.expect("erased");
        assert!(mobiles(&at, "01", "01000000001").await.is_empty());
        super::units::rebuild_check(&at).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_found_in_loose_arabic_and_ranked() {
    on_both(|at| async move {
        let people = [
            ("أحمد محمود علي حسن", "29001010100001"),
            ("احمد محمود علي حسن", "29001010100002"),
            ("احمد محمودي علي", "29001010100003"),
            ("أحمد محمد علي", "29001010100004"),
            ("فاطمة الزهراء سعيد", "29001010100005"),
            ("عبد الرحمن يوسف", "29001010100006"),
        ];
        let mut ids = Vec::new();
        for (name, number) in people {
            ids.push(take_in(&at, "01", applicant(name, number)).await.person);
        }
        let found = names(&at, "01", "أحمد محمود علي حسن").await;
        assert_eq!(found[..2], [ids[0], ids[1]], "the exact spelling comes before the folded one");
        let found = names(&at, "01", "احمد محمود").await;
        assert!(found.contains(&ids[0]) && found.contains(&ids[1]));
        assert!(
            found.iter().position(|id| *id == ids[2]) > found.iter().position(|id| *id == ids[1]),
            "a beginning comes later"
        );
        assert_eq!(names(&at, "01", "فاطمه").await, [ids[4]]);
        assert_eq!(names(&at, "01", "فاطم").await, [ids[4]]);
        assert_eq!(names(&at, "01", "عبدالرحمن").await, [ids[5]]);
        assert_eq!(names(&at, "01", "يوسغ").await, [ids[5]], "one slip of a letter");
        assert_eq!(names(&at, "01", "d,st").await, [ids[5]], "a keyboard left on the other layout");
        assert!(names(&at, "01", "إسماعيل").await.is_empty());
        assert!(names(&at, "21", "فاطمة").await.is_empty(), "another governorate has its own people");
        assert!(names(&at, "01", " ").await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_leaves_no_trace_and_the_record_still_stands() {
    on_both(|at| async move {
        let name = "زينب عبد الفتاح البدراوي";
        let kept = take_in(&at, "01", applicant("كريم فؤاد نصار", "29001010100008")).await.person;
        let person = take_in(&at, "01", applicant(name, "29001010100009")).await.person;
        let place = Place::unit(at.site.units.now().path("01-D01").expect("the unit"));
        let erase = |command| citizens::erase(&at.site, erasure(place.clone(), command, person));
        let command = at.site.ids.next();
        erase(command).await.expect("erased");
        erase(command).await.expect("the same form again");
        erase(at.site.ids.next()).await.expect("nothing left to erase");

        let citizen =
            find(&mut at.test.db.reader(), &at.site.record, "01", person).await.expect("read").expect("a row");
        assert!(citizen.erased && citizen.name.inside().is_empty() && citizen.identity.is_none());
        assert!(names(&at, "01", name).await.is_empty());
        assert_eq!(names(&at, "01", "كريم فؤاد").await, [kept]);
        let sql = "SELECT token FROM person_tokens WHERE tenant = '01' AND person = $1";
        assert!(at.test.db.reader().query(sql, foundation::params![person]).await.expect("rows").is_empty());
        super::units::rebuild_check(&at).await;

        // The number is free again: the same citizen may come back as somebody new.
        let back = take_in(&at, "01", applicant(name, "29001010100009")).await.person;
        assert_ne!(back, person);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_clear_personal_text_lies_in_the_database() {
    on_both(|at| async move {
        take_in(&at, "01", applicant("شيرين أبو المعاطي", "29912310100123")).await;
        for table in ["persons", "person_tokens", "events"] {
            for row in at.test.db.query(&format!("SELECT * FROM {table}"), vec![]).await.expect("rows") {
                for value in row.values() {
                    let bytes = match value {
                        foundation::db::Value::Text(text) => text.clone().into_bytes(),
                        foundation::db::Value::Bytes(bytes) => bytes.clone(),
                        _ => continue,
                    };
                    for secret in ["شيرين", "المعاطي", "29912310100123", "01000000001", "شارع النصر"]
                    {
                        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                        assert!(!found, "{secret} lies in {table}");
                    }
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_taking_the_same_new_number_at_once_make_one_person() {
    on_both(|at| async move {
        let tries = (0..6).map(|_| {
            let (record, db) = (at.site.record.clone(), at.test.db.clone());
            let (fresh, command, now) = (at.site.ids.next(), at.site.ids.next(), at.site.clock.now());
            tokio::spawn(async move {
                db.write(move |tx| {
                    let record = record.clone();
                    Box::pin(async move {
                        let who = applicant("هدى كمال", "29001010100011");
                        let intake = citizens::intake(tx, &record, "01", &who, None, fresh, true).await?;
                        if let Some(part) = &intake.part {
                            let command = Command {
                                id: command,
                                tenant: "01".into(),
                                actor: None,
                                assignment: None,
                                on_behalf: None,
                                occurred_at: now,
                            };
                            record.append_all(tx, &command, std::slice::from_ref(part)).await?;
                        }
                        Ok::<_, CitizenError>(intake.person)
                    })
                })
                .await
            })
        });
        let mut people = std::collections::BTreeSet::new();
        for outcome in futures::future::join_all(tries).await {
            match outcome.expect("an answer") {
                Ok(person) => {
                    people.insert(person);
                }
                Err(CitizenError::Record(RecordError::Db(foundation::db::DbError::Unique(name)))) => {
                    assert!(name.contains("identity"), "{name}");
                }
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(people.len(), 1);
    })
    .await;
}
