//! صفحة العينة: every component once, rendered and checked in tests and looked at in pictures.

use askama::Template;

use super::forms::{FieldKind, Width};
use super::{
    Answer, Choice, Crumb, Ctx, DeadlineView, FieldView, Flash, FormData, FormErrors, PagerView, TrackState, TrackStep,
    TrackView, VerifierView,
};

#[derive(Template)]
#[template(path = "sample.html")]
struct Sample {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    fields: Vec<FieldView>,
    due: DeadlineView,
    late: DeadlineView,
    paused: DeadlineView,
    track: TrackView,
    svg: &'static str,
    pager: PagerView,
    answers: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "sample_confirm.html")]
struct SampleConfirm {
    c: Ctx,
    reason: FieldView,
}

#[derive(Template)]
#[template(path = "sample_verify.html")]
struct SampleVerify {
    c: Ctx,
    v: VerifierView,
}

fn choices() -> Vec<Choice> {
    vec![Choice::new("1", "بقالة").hint("حتى 100 متر مربع"), Choice::new("2", "مقهى"), Choice::new("3", "ورشة")]
}

fn fields(data: &FormData, errors: &FormErrors) -> Vec<FieldView> {
    let text = |name: &str, label: &str| FieldView::text(name, label);
    let kind = |kind, name: &str, label: &str| FieldView::new(kind, name, label);
    vec![
        kind(FieldKind::Code, "service", "كود الخدمة").required().autofocus(),
        kind(FieldKind::NationalId, "nid", "الرقم القومي").required().hint("14 رقمًا كما في البطاقة"),
        text("name", "الاسم رباعيًا").required().autocomplete("name"),
        kind(FieldKind::Mobile, "mobile", "رقم المحمول"),
        kind(FieldKind::Date, "lease", "تاريخ عقد الإيجار").required(),
        FieldView::radios("activity", "النشاط", choices()).required(),
        FieldView::select("unit", "الحي", choices()),
        FieldView::checkboxes("papers", "المستندات المقدمة", choices()),
        kind(FieldKind::YesNo, "agent", "هل يقدم الطلب وكيل؟"),
        kind(FieldKind::Money, "rent", "القيمة الإيجارية"),
        kind(FieldKind::Area, "area", "مساحة المحل").required(),
        kind(FieldKind::Number, "workers", "عدد العاملين").unit("عامل"),
        FieldView::textarea("notes", "ملاحظات").max_length(500),
        kind(FieldKind::File, "plan", "الرسم الهندسي").hint("صورة أو ملف PDF، بحد أقصى 20 ميجابايت"),
        kind(FieldKind::Point, "site", "موقع المحل"),
        kind(FieldKind::Address, "address", "العنوان"),
        kind(FieldKind::Email, "email", "البريد الإلكتروني"),
        kind(FieldKind::Password, "secret", "كلمة السر").required(),
        FieldView::checkbox("agree", "أقر بصحة البيانات"),
        text("licence", "رقم رخصة سابقة").when(r#"{"op":"==","args":[{"name":"agent"},{"bool":true}]}"#),
        text("fixed", "الوحدة").readonly().value("حي شرق مدينة نصر"),
        FieldView::group(
            "floors",
            "الأدوار",
            vec![
                vec![
                    text("floors.0.name", "الدور").width(Width::W10),
                    kind(FieldKind::Area, "floors.0.area", "المساحة"),
                ],
                vec![
                    text("floors.1.name", "الدور").width(Width::W10),
                    kind(FieldKind::Area, "floors.1.area", "المساحة"),
                ],
            ],
        ),
    ]
    .into_iter()
    .map(|f| f.filled(data, errors))
    .collect()
}

fn sample(c: Ctx, data: &FormData, errors: FormErrors) -> Sample {
    let step = |state, title: &str, place: &str, date: &str| TrackStep {
        state,
        title: title.into(),
        place: place.into(),
        date: date.into(),
        ..TrackStep::default()
    };
    Sample {
        crumbs: vec![Crumb::new("/", "الرئيسية"), Crumb::new("/services", "دليل الخدمات"), Crumb::here("ترخيص محل")],
        fields: fields(data, &errors),
        errors,
        due: DeadlineView {
            date: "5 نوفمبر 2026".into(),
            iso: "2026-11-05".into(),
            days_left: 4,
            ..DeadlineView::default()
        },
        late: DeadlineView {
            date: "20 أكتوبر 2026".into(),
            iso: "2026-10-20".into(),
            days_left: -2,
            ..DeadlineView::default()
        },
        paused: DeadlineView { paused: true, ..DeadlineView::default() },
        track: TrackView {
            steps: vec![
                step(TrackState::Done, "استلام الطلب", "حي شرق مدينة نصر", "12 أكتوبر 2026"),
                step(TrackState::Now, "المعاينة", "إدارة التراخيص", ""),
                step(TrackState::Next, "إصدار الرخصة", "", ""),
                step(TrackState::Skipped, "موافقة الطب البيطري", "", ""),
            ],
        },
        svg: r#"<svg viewBox="0 0 3 3" width="150" height="150" shape-rendering="crispEdges"><path d="M0 0h1v1H0zM2 0h1v1H2zM1 1h1v1H1zM0 2h1v1H0z"/></svg>"#,
        pager: PagerView { previous: Some("?before=1".into()), next: Some("?after=2".into()), page: Some(3) },
        answers: vec![
            Answer::text("مقدم الطلب", "منى عبد الرحمن").change("/a#f-name"),
            Answer::latin("رقم المحمول", "01001234567").change("/a#f-mobile"),
            Answer::latin("القيمة", "1,256.90"),
        ],
        c,
    }
}

fn refused() -> (FormData, FormErrors) {
    let data = FormData::from_pairs([
        ("nid", "٢٩٠٠١٠١١٢٣٤٥٦٧"),
        ("name", "منى <b>& علي"),
        ("lease.day", "32"),
        ("lease.month", "1"),
        ("lease.year", "2026"),
        ("activity", "2"),
        ("papers", "1"),
        ("papers", "3"),
        ("agent", "no"),
        ("secret", "hidden"),
        ("floors.1.area", "80"),
        ("address.street", "شارع عباس العقاد"),
    ]);
    let mut errors = FormErrors::new();
    errors.add("nid", "راجع الرقم القومي: تاريخ الميلاد غير صحيح");
    errors.add("lease", "اكتب تاريخًا صحيحًا، مثل 5 11 2026");
    errors.add("area", "أدخل مساحة المحل بالمتر المربع");
    errors.add("", "لم يُحفظ الطلب");
    (data, errors)
}

/// Every rendering of the sample, by name.
fn renderings() -> Vec<(&'static str, String)> {
    let (data, errors) = refused();
    let none = || (FormData::default(), FormErrors::new());
    let mut demo = Ctx::sample();
    let mut site = (*demo.site).clone();
    site.demo = true;
    demo.site = site.into();
    demo.flash = Some(Flash::ok("تم تسجيل الطلب").undo("/r/1/void"));
    let (empty, right) = none();
    // The root key of the published vectors (docs/vectors/lists.json).
    let root = "E5j2LG0aRXxRumpLXz29L2n8qTIWIY3ImX5Ba9F9k8o".to_owned();
    let v = VerifierView {
        root,
        keys: "/keys".into(),
        lists: vec!["/status/01/0".into()],
        issuers: vec![("01".into(), "القاهرة".into())],
    };
    let verify = SampleVerify { c: Ctx::sample(), v };
    let confirm = SampleConfirm {
        c: Ctx::sample_staff(),
        reason: FieldView::textarea("reason", "سبب الإلغاء").required(),
    };
    vec![
        ("citizen", sample(demo, &empty, right.clone()).render().unwrap()),
        ("refused", sample(Ctx::sample().failed(true), &data, errors.clone()).render().unwrap()),
        ("staff", sample(Ctx::sample_staff(), &data, errors).render().unwrap()),
        ("field", sample(Ctx::sample().outdoors(), &empty, right).render().unwrap()),
        ("confirm", confirm.render().unwrap()),
        ("verify", verify.render().unwrap()),
    ]
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_says_it_twice() {
    let pages = renderings();
    let (_, page) = pages.iter().find(|(name, _)| *name == "refused").unwrap();
    assert!(page.contains("<title>خطأ: صفحة العينة – شُبّاك</title>"));
    assert_eq!(page.matches("أدخل مساحة المحل بالمتر المربع").count(), 2);
    assert!(page.contains(r##"href="#f-lease""##) && page.contains(r#"id="f-lease" name="lease.day" value="32""#));
    assert!(page.contains(r#"id="f-activity-1" name="activity" value="2" checked"#));
    assert!(page.contains("منى &#60;b&#62;&#38; علي"));
    assert!(page.contains(r#"value="٢٩٠٠١٠١١٢٣٤٥٦٧""#), "typed digits stay as typed");
    assert!(page.contains(r#"name="floors.1.area" value="80""#));
    assert!(!page.contains("value=\"hidden\""), "a password is not shown again");
}

#[test]
fn pages_have_no_inline_code_no_double_ids_and_no_other_host() {
    for (name, page) in renderings() {
        assert!(!page.contains(" style=") && !page.contains(" onclick") && !page.contains("<style"), "{name}");
        assert!(!page.contains("https://") && !page.contains("http://"), "{name}");
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id twice");
        for link in page.split("aria-describedby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            for id in link.split(' ') {
                assert!(ids.contains(&id), "{name}: described by {id}, which is not there");
            }
        }
        for target in page.split(" for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&target), "{name}: label for {target}");
        }
    }
}

/// Writes the pages for validators and pictures when `SAMPLE_PAGES` names a folder.
#[test]
fn every_component_renders() {
    let folder = std::env::var_os("SAMPLE_PAGES").map(std::path::PathBuf::from);
    for (name, page) in renderings() {
        assert!(page.ends_with("</html>"), "{name}");
        assert!(!page.contains("common-"), "{name}: a message key is shown");
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
        }
    }
}
