//! One step through the pages of the desk that holds it.

use axum::http::StatusCode;
use catalogue::model::{DepartmentKind, StepKind};
use foundation::money::Piastres;
use registry::Role;
use registry::testing::{Browser, Reply};
use window::requests::events::{Holder, Status, StepNo};
use window::requests::state::State;

use super::house::{Case, House, Journey, blind, hand};
use crate::common::http::{errors, multipart, option_of};
use crate::common::{NID, PERSON, UNIT};

/// A step that lies on a desk.
pub struct Lies {
    pub no: StepNo,
    pub id: String,
    pub label: String,
    pub kind: StepKind,
    pub holder: Holder,
    /// Whether a committee has it.
    pub sits: bool,
}

impl House {
    /// The steps that lie on desks now.
    pub async fn lie(&mut self, case: &Case) -> (State, Vec<Lies>) {
        let state = self.b.state(case.id).await;
        let service = self.b.office.version(&state.file.service).expect("a service");
        let lie = state.course.open_steps().map(|(no, stands)| {
            let step = &service.steps[usize::from(no) - 1];
            let holder = stands.holder.clone().expect("a desk");
            let department = self.b.office.catalogue().department(&holder.department).expect("a department");
            Lies {
                no,
                id: step.id.clone(),
                label: step.label_ar.clone(),
                kind: step.kind,
                sits: department.kind == DepartmentKind::Committee,
                holder,
            }
        });
        let lie = lie.collect();
        (state, lie)
    }

    /// The whole way to the end.
    pub async fn walk(&mut self, case: &mut Case, journey: &Journey) -> State {
        loop {
            let (state, lie) = self.lie(case).await;
            let Some(first) = lie.first() else { return state };
            self.step(case, journey, &state, first).await;
        }
    }

    /// As far as a step, which then lies on its desk.
    pub async fn until(&mut self, case: &mut Case, journey: &Journey, id: &str) -> (State, Lies) {
        loop {
            let (state, mut lie) = self.lie(case).await;
            if let Some(at) = lie.iter().position(|step| step.id == id) {
                return (state, lie.swap_remove(at));
            }
            let first = lie.first().unwrap_or_else(|| panic!("{id} is never reached"));
            self.step(case, journey, &state, first).await;
        }
    }

    /// One step: the citizen looks, the desk works, the step is over.
    pub async fn step(&mut self, case: &mut Case, journey: &Journey, state: &State, lies: &Lies) {
        let status = match state.course.status {
            Status::WaitingPayment => "المبلغ المطلوب سداده",
            Status::Issued => "توجّه إلى المركز لاستلامه",
            _ => "قيد الفحص",
        };
        self.track(case, &[status, &lies.label]).await;
        let (role, unit, department) = hand(&lies.holder, lies.kind, lies.sits);
        match lies.kind {
            StepKind::Pay => self.pay(case, journey, lies).await,
            StepKind::Handover => self.hand_over(case).await,
            StepKind::Inspect => self.inspect(case, journey, lies).await,
            StepKind::AssessFee if lies.sits => self.price(case, journey, lies).await,
            _ if lies.sits => self.sit(case, journey, lies).await,
            _ => {
                let decided = state.course.decided;
                let who = self.at(role, &unit, department.as_deref()).await;
                work(who, case, journey, lies, decided).await;
            }
        }
        let after = self.b.state(case.id).await;
        assert!(after.course.step(lies.no).is_some_and(|step| step.is_over()), "{} is not over", lies.id);
        let holder = &lies.holder;
        case.done.push(format!("{} {} {} {}", lies.id, holder.unit, holder.department, role.code()));
    }

    /// The cashier collects what the bill says, in Arabic digits.
    async fn pay(&mut self, case: &Case, journey: &Journey, lies: &Lies) {
        let (_, lines) = journey.bills.iter().find(|(id, _)| *id == lies.id).expect("a bill for the step");
        let total: i64 = lines.iter().map(|(_, amount)| amount).sum();
        let cashier = self.at(Role::Cashier, UNIT, None).await;
        let page = cashier.get(&format!("/counter/pay?q={}", case.number)).await;
        assert_eq!(page.status, StatusCode::OK);
        for (label, amount) in lines {
            let amount = Piastres(*amount * 100).number(foundation::arabic::digits::Digits::Latn);
            assert!(page.text.contains(label) && page.text.contains(&amount), "no «{label}» {amount}: {}", page.text);
        }
        let request = case.id.to_string();
        let (step, seen) = (page.hidden("step").expect("a step"), page.hidden("seen").expect("a version"));
        let send = |amount: i64| {
            let typed = foundation::arabic::digits::to_arabic(&Piastres(amount * 100).plain());
            [("request", request.clone()), ("step", step.clone()), ("seen", seen.clone()), ("amount", typed)]
        };
        let short = send(total - 1);
        let short: Vec<(&str, &str)> = short.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = cashier.post("/counter/pay", &short).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a pound too little is not taken");
        let whole = send(total);
        let whole: Vec<(&str, &str)> = whole.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let taken = cashier.post("/counter/pay", &whole).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", errors(&taken));
    }

    /// The clerk looks at the identity card and gives the paper out.
    async fn hand_over(&mut self, case: &Case) {
        let path = format!("/counter/requests/{}/hand-over", case.id);
        let clerk = self.clerk().await;
        let form = clerk.get(&path).await;
        assert!(form.text.contains(PERSON) && form.text.contains(NID), "the clerk compares name and card");
        let seen = form.hidden("seen").expect("a version");
        let handed = [("seen", seen.as_str()), ("to", "applicant"), ("checked", "NID"), ("matched", "yes")];
        let reply = clerk.post(&path, &handed).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
    }

    /// A day is set; on it, and not before, the inspector reads the name; then the report.
    async fn inspect(&mut self, case: &Case, journey: &Journey, lies: &Lies) {
        let (unit, department) = (lies.holder.unit.clone(), lies.holder.department.clone());
        let day = self.next_working_day();
        let parts = [day.day().to_string(), day.month().to_string(), day.year().to_string()];
        self.at(Role::Inspector, &unit, Some(&department)).await;
        let planner = self.at(Role::Reviewer, &unit, Some(&department)).await;
        let page = open(planner, case, lies.no).await;
        blind(&page, journey, "the planner's page");
        let chosen = option_of(&page, "schedule-inspector").expect("an inspector to choose");
        let fields = [
            ("schedule-date.day", parts[0].as_str()),
            ("schedule-date.month", parts[1].as_str()),
            ("schedule-date.year", parts[2].as_str()),
            ("schedule-hour", "11 صباحًا"),
            ("schedule-inspector", chosen.as_str()),
        ];
        let done = send(planner, &page, case, "schedule", lies.no, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));

        let path = format!("/desk/visits/{}/{}", case.id, lies.no);
        let inspector = self.at(Role::Inspector, &unit, Some(&department)).await;
        let early = inspector.get(&path).await;
        blind(&early, journey, "the inspector's page on the day before");
        self.go_to(day);
        let inspector = self.at(Role::Inspector, &unit, Some(&department)).await;
        let list = inspector.get("/desk/visits").await;
        assert!(list.text.contains(&case.id.to_string()), "{}", list.text);
        let form = inspector.get(&path).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.text);
        assert!(form.text.contains(PERSON), "the name is open on the day of the visit");
        assert!(!form.text.contains(NID) && !form.text.contains("01012345678"), "and nothing else is");
        let mut sent: Vec<(String, String)> = Vec::new();
        for name in ["csrf", "command", "version"] {
            sent.push((name.into(), form.hidden(name).expect("a hidden field")));
        }
        sent.extend(journey.report.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())));
        sent.push(("visit-recommendation".into(), "accept".into()));
        for (part, value) in ["day", "month", "year"].iter().zip(parts) {
            sent.push((format!("visit-date.{part}"), value));
        }
        let done = multipart(inspector, &path, &sent, &journey.photos).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    }

    /// The committee sits and agrees.
    async fn sit(&mut self, case: &Case, journey: &Journey, lies: &Lies) {
        let path = format!("/desk/sittings/{}/{}", case.id, lies.no);
        let members = self.members(&lies.holder);
        let date = self.date_of_today("sitting");
        let holder = lies.holder.clone();
        let secretary = self.at(Role::CommitteeSecretary, &holder.unit, Some(&holder.department)).await;
        let docket = secretary.get("/desk/sittings").await;
        assert!(docket.text.contains(&path), "{} is not on the docket", lies.id);
        let page = secretary.get(&path).await;
        blind(&page, journey, "the minutes");
        let version = page.hidden("version").expect("a version");
        let mut fields = vec![
            ("version", version.as_str()),
            ("sitting-sitting", "4"),
            ("sitting-decision", "12"),
            ("sitting-result", "accept"),
        ];
        fields.extend(date.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        fields.extend(members.iter().map(|member| ("sitting-members", member.as_str())));
        let done = secretary.post(&path, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    }

    /// Members of a committee, by id.
    pub fn members(&self, holder: &Holder) -> Vec<String> {
        let tree = self.b.office.units.now();
        tree.members(&holder.unit, &holder.department).map(|member| member.id.to_string()).collect()
    }

    /// Today in the three boxes of a date.
    pub fn date_of_today(&self, prefix: &str) -> Vec<(String, String)> {
        let today = self.today();
        let parts = [("day", today.day().to_string()), ("month", today.month().to_string())];
        let parts = parts.into_iter().chain([("year", today.year().to_string())]);
        parts.map(|(part, value)| (format!("{prefix}-date.{part}"), value)).collect()
    }

    /// The pricing committee sits over the amounts.
    async fn price(&mut self, case: &Case, journey: &Journey, lies: &Lies) {
        let members = self.members(&lies.holder);
        let date = self.date_of_today("assess");
        let holder = lies.holder.clone();
        let secretary = self.at(Role::CommitteeSecretary, &holder.unit, Some(&holder.department)).await;
        let page = open(secretary, case, lies.no).await;
        blind(&page, journey, "the pricing committee's page");
        let mut fields: Vec<(&str, &str)> = journey.office.clone();
        fields.push(("assess-sitting", "7"));
        fields.extend(date.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        fields.extend(members.iter().map(|member| ("assess-members", member.as_str())));
        let done = send(secretary, &page, case, "assess", lies.no, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    }
}

/// The file of a case at a step.
pub async fn open(who: &mut Browser, case: &Case, no: StepNo) -> Reply {
    let page = who.get(&format!("/desk/requests/{}?step={no}", case.id)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    page
}

/// Sends one of the forms of a file's page as the page gave it.
pub async fn send(
    who: &mut Browser,
    page: &Reply,
    case: &Case,
    action: &str,
    no: StepNo,
    fields: &[(&str, &str)],
) -> Reply {
    let version = page.hidden("version").unwrap_or_default();
    let step = no.to_string();
    let mut all = vec![("version", version.as_str()), ("step", step.as_str())];
    all.extend_from_slice(fields);
    who.post(&format!("/desk/requests/{}/{action}", case.id), &all).await
}

/// Review, check, approval, assessment, issue: the file is in the inbox, and its own form does it.
async fn work(who: &mut Browser, case: &Case, journey: &Journey, lies: &Lies, decided: bool) {
    let inbox = who.get("/desk").await;
    let approves = lies.holder.department == "HEAD";
    let inbox = if approves { who.get("/desk/approvals").await } else { inbox };
    assert!(inbox.text.contains(&case.id.to_string()), "{} is not in the inbox of {:?}", lies.id, lies.holder);
    let page = open(who, case, lies.no).await;
    if !decided && lies.kind != StepKind::Check {
        blind(&page, journey, &lies.id);
        blind(&inbox, journey, "the inbox");
    }
    let (action, fields): (&str, Vec<(&str, &str)>) = match lies.kind {
        StepKind::AssessFee => ("assess", journey.office.clone()),
        StepKind::Issue => ("issue", Vec::new()),
        _ => ("accept", vec![("accept-opinion", "favourable"), ("accept-note", "لا مانع")]),
    };
    if lies.kind == StepKind::Issue {
        assert!(page.text.contains(PERSON), "whoever issues reads the name");
        let preview = who.get(&format!("/desk/requests/{}/preview", case.id)).await;
        assert!(preview.text.starts_with("%PDF"), "{}", preview.text);
    }
    let done = send(who, &page, case, action, lies.no, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}: {}", lies.id, errors(&done));
}
