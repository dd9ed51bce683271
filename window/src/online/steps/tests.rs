//! Steps of every service that is offered online, and what a changed service asks again.

use std::sync::LazyLock;

use catalogue::Catalogue;
use catalogue::model::Channel;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

static CATALOGUE: LazyLock<std::sync::Arc<Catalogue>> = LazyLock::new(|| Catalogue::embedded().expect("sound"));

fn online() -> Vec<&'static Service> {
    CATALOGUE
        .services()
        .map(|service| &**service)
        .filter(|service| service.channels.contains(&Channel::Online))
        .collect()
}

#[test]
fn every_question_stands_on_one_page_of_at_most_five() {
    let services = online();
    assert!(services.len() > 100, "{}", services.len());
    for service in services {
        let pages = pages(service);
        let mut ids: Vec<&str> = pages.iter().flatten().map(|field| field.id.as_str()).collect();
        let asked = service.fields.iter().filter(|field| is_on_form(field)).count();
        assert_eq!(ids.len(), asked, "{}", service.code);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), asked, "{}: twice", service.code);
        for page in &pages {
            assert!(!page.is_empty() && page.len() <= MOST_FIELDS, "{}", service.code);
            assert!(page.len() == 1 || !page.iter().any(|field| needs_room(field)), "{}", service.code);
        }
    }
}

fn read<'a>(service: &'a Service, applicant: &'a Applicant, data: &'a FormData) -> Reading<'a> {
    Reading { service, applicant, data, today: date(2026, 11, 22) }
}

#[test]
fn three_boxes_are_a_date_and_two_a_point() {
    let applicant = Applicant::default();
    for service in online() {
        for field in &service.fields {
            let mut data = FormData::default();
            match field.kind {
                FieldType::Date if field.filled_by == FilledBy::Applicant => {
                    for (part, value) in [("day", "٥"), ("month", "11"), ("year", "2026")] {
                        data.set(&format!("{PREFIX}{}.{part}", field.id), value);
                    }
                }
                FieldType::Point if field.filled_by == FilledBy::Applicant => {
                    data.set(&format!("{PREFIX}{}.lat", field.id), "30.05");
                    data.set(&format!("{PREFIX}{}.lng", field.id), "31.25");
                }
                _ => continue,
            }
            let answers = read(service, &applicant, &data).so_far();
            assert!(answers.get(&field.id).is_some(), "{} {}", service.code, field.id);
        }
    }
}

#[test]
fn a_page_is_done_when_it_was_seen_and_nothing_on_it_is_wrong() {
    let service = CATALOGUE.service("SHP-01").expect("a service");
    let applicant = Applicant::default();
    let mut data = FormData::default();
    let all = pages(service);
    let page = all.first().expect("a page");
    let state = |data: &FormData| {
        let reading = read(service, &applicant, data);
        let errors = reading.judge().err().unwrap_or_default();
        reading.state(page, &reading.so_far(), &errors)
    };
    assert_eq!(state(&data), State::New);
    take_page(&mut data, page, &FormData::default());
    assert_eq!(state(&data), State::Open, "seen, and nothing answered");
}

/// A service with one question changed.
fn changed(service: &Service, at: usize, how: usize) -> (Service, Option<String>) {
    let mut new = service.clone();
    let fields: Vec<usize> = (0..new.fields.len()).filter(|at| is_applicants(&new.fields[*at])).collect();
    let at = fields[at % fields.len()];
    let id = new.fields[at].id.clone();
    match how % 4 {
        0 => new.fields[at].label_ar.push('؟'),
        1 => {
            new.fields.remove(at);
        }
        2 => {
            let mut more = new.fields[at].clone();
            more.id.push_str("_new");
            let asked = more.id.clone();
            new.fields.push(more);
            return (new, Some(asked));
        }
        _ => {
            // Limits and hints are no other question.
            new.fields[at].hint_ar = Some("تلميح آخر".into());
            return (new, None);
        }
    }
    let again = new.fields.iter().any(|field| field.id == id).then_some(id);
    (new, again)
}

proptest! {
    #[test]
    fn only_what_changed_is_asked_again(pick: proptest::sample::Index, at in 0_usize..40, how in 0_usize..4) {
        let services = online();
        let with_fields: Vec<&&Service> = services.iter().filter(|service| service.fields.iter().any(is_applicants)).collect();
        let service = **pick.get(&with_fields);
        let (new, expected) = changed(service, at, how);
        let mut data = FormData::default();
        for field in service.fields.iter().filter(|field| is_applicants(field)) {
            data.set(&format!("{PREFIX}{}", field.id), "x");
            data.add(SEEN, &field.id);
        }
        reconcile(service, &new, &mut data);
        let asked: Vec<&str> = again(&data);
        prop_assert_eq!(asked, expected.as_deref().into_iter().collect::<Vec<_>>());
        for field in service.fields.iter().filter(|field| is_applicants(field)) {
            let kept = data.has(&format!("{PREFIX}{}", field.id));
            let still = new.fields.iter().find(|other| other.id == field.id);
            let same = still.is_some_and(|other| is_same_question(field, other));
            prop_assert_eq!(kept, same, "{} of {}", &field.id, &service.code);
        }
        // Fitted once, it fits: doing it again changes nothing.
        let before = data.clone();
        reconcile(&new, &new, &mut data);
        prop_assert_eq!(data.pairs().collect::<Vec<_>>(), before.pairs().collect::<Vec<_>>());
    }

    #[test]
    fn a_page_takes_its_own_answers_and_no_others(at in 0_usize..20) {
        let service = CATALOGUE.service("BLD-02").expect("a service");
        let all = pages(service);
        let page = all.get(at % all.len()).expect("a page");
        let mut data = FormData::from_pairs([("a.other", "kept"), ("command", "id")]);
        let mut typed = FormData::from_pairs([("a.other", "foreign"), ("command", "forged"), ("have.NID", "forged")]);
        for field in page {
            typed.set(&format!("{PREFIX}{}", field.id), "1");
        }
        take_page(&mut data, page, &typed);
        prop_assert_eq!(data.get("a.other"), "kept");
        prop_assert_eq!(data.get("command"), "id");
        prop_assert!(!data.has("have.NID"));
        for field in page {
            prop_assert_eq!(data.get(&format!("{PREFIX}{}", field.id)), "1");
        }
    }
}
