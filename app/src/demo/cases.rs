//! A month of fictional cases: taken in and worked on day by day, through the same commands as by hand.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use catalogue::answers::{self, Sheet};
use catalogue::model::{ApplicantKind, Channel, FeeRule, Need, Service, StepKind};
use foundation::clock::{Clock as _, FixedClock, Micros};
use foundation::dates;
use foundation::money::Piastres;
use jiff::ToSpan as _;
use jiff::civil::{Date, time};
use record::follow::derived_id;
use registry::Viewer;
use registry::citizens::{Applicant, Identity, IdentityKind, PersonKind};
use registry::sessions::{self, Attempt, Outcome};
use registry::units::{self, UnitChange, UnitWrite};
use uuid::Uuid;
use window::requests::act::{Act, ActError, Intake, TreeWorld, Who, act, register, split};
use window::requests::events::*;
use window::requests::rules::{Command, World as _};
use window::requests::state::State;
use window::requests::store;
use window::uploads;

use super::answers::fill;
use super::people::{PASSWORD, UNIT};
use crate::node::Node;

/// What a case is about: service, working days ago, days on which somebody works on it (0 = all the
/// way), and what happens to it.
pub(super) struct Plot(pub &'static str, pub u16, pub u16, pub Twist);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Twist {
    None,
    /// A paper is still to come.
    Pending,
    /// The first review asks for completion and waits.
    Completion,
    /// The first review asks another department.
    Consulted,
    Refused,
    /// The first review refuses, and the applicant objects at the window.
    Objected,
    Withdrawn,
    /// The paper is revoked afterwards.
    Revoked,
    /// Renews the paper that an earlier case of this service gave.
    Renews(&'static str),
}

const PLOTS: &[Plot] = &[
    Plot("SHP-01", 20, 0, Twist::None),
    Plot("SHP-02", 19, 0, Twist::None),
    Plot("BLD-02", 22, 0, Twist::None),
    Plot("BLD-01", 15, 0, Twist::None),
    Plot("OCC-01", 18, 0, Twist::Revoked),
    Plot("ADV-01", 17, 9, Twist::None),
    Plot("CER-07", 12, 0, Twist::None),
    Plot("UTL-01", 14, 0, Twist::None),
    Plot("SHP-01", 13, 4, Twist::None),
    Plot("SHP-01", 11, 0, Twist::Refused),
    Plot("BLD-03", 12, 6, Twist::None),
    Plot("BLD-12", 16, 4, Twist::None),
    Plot("LND-04", 14, 6, Twist::None),
    Plot("SHP-02", 9, 3, Twist::Completion),
    Plot("BLD-02", 8, 3, Twist::None),
    Plot("SHP-01", 7, 2, Twist::Completion),
    Plot("CER-01", 7, 0, Twist::None),
    Plot("OCC-04", 6, 2, Twist::None),
    Plot("UTL-02", 6, 2, Twist::Withdrawn),
    Plot("SHP-03", 5, 2, Twist::None),
    Plot("BLD-13", 5, 2, Twist::None),
    Plot("SHP-01", 4, 1, Twist::None),
    Plot("ADV-03", 4, 1, Twist::None),
    Plot("SHP-02", 3, 1, Twist::None),
    Plot("BLD-01", 3, 1, Twist::Pending),
    Plot("CER-03", 2, 1, Twist::None),
    Plot("SHP-01", 1, 1, Twist::Pending),
    Plot("BLD-02", 1, 0, Twist::Pending),
    Plot("UTL-03", 1, 1, Twist::None),
    Plot("CER-07", 6, 4, Twist::None),
    Plot("CER-01", 5, 2, Twist::None),
    Plot("CER-06", 4, 2, Twist::Consulted),
    Plot("CER-10", 3, 1, Twist::None),
    Plot("OCC-06", 22, 0, Twist::None),
    Plot("OCC-02", 9, 0, Twist::Renews("OCC-06")),
    Plot("OCC-06", 16, 0, Twist::None),
    Plot("SHP-02", 10, 0, Twist::Objected),
];

pub(super) const NAMES: &[&str] = &[
    "أحمد محمد عبد الله حسن",
    "فاطمة علي إبراهيم سليمان",
    "محمود السيد عبد الرحمن خليل",
    "مريم جورج حنا بطرس",
    "خالد مصطفى أبو زيد عمر",
    "هدى نصر الدين كامل فرج",
    "عمرو طه ياسين الشربيني",
    "نادية عبد المنعم رزق صالح",
    "إسلام جمال عبد العزيز نوفل",
    "سلوى حامد متولي بدر",
];

/// Where a story is played, and by whom.
pub(super) struct Town {
    /// Governorate.
    pub tenant: String,
    /// Unit.
    pub unit: String,
    /// What the login names of its people end with.
    pub suffix: String,
}

impl Town {
    /// Where the accounts of the login page work.
    pub fn home() -> Town {
        Town { tenant: "01".into(), unit: UNIT.into(), suffix: String::new() }
    }
}

/// Works at several desks as the people of the demonstration.
pub(super) struct Play<'a> {
    node: &'a Node,
    town: Town,
    clock: Arc<FixedClock>,
    logins: BTreeMap<&'static str, (Viewer, Micros)>,
    /// The scan that identity papers show.
    scan: Vec<u8>,
    /// The scan of the first paper that identifies nobody.
    sheet: Vec<u8>,
}

/// Days in which a pattern has to come to its end.
const PATTERN_DAYS: usize = 45;

/// A case on its way.
struct Running {
    plot: &'static Plot,
    request: Uuid,
    worked: u16,
    over: bool,
}

/// Takes the cases in and works on them, from a month ago until the clock's present. Repeating it
/// changes nothing once it is done.
pub async fn add_all(node: &Node, clock: Arc<FixedClock>, until: Micros) -> Result<()> {
    let mut play = Play::new(node, Town::home(), clock).await?;
    play.committees().await?;
    let tree = node.site.units.now();
    let calendar = tree.calendar(UNIT).context("the unit has a calendar")?.clone();
    let today = dates::day_of(until);
    let mut running: Vec<Running> = Vec::new();
    let mut day = dates::day_of(play.clock.now());
    while day <= today {
        if calendar.is_working_day(day) {
            play.to(day);
            let ago = calendar.working_days_between(day, today);
            for (at, plot) in PLOTS.iter().enumerate().filter(|(_, plot)| i64::from(plot.1) == ago) {
                if let Some(request) = play.take_in(plot, at, day).await? {
                    running.push(Running { plot, request, worked: 0, over: false });
                }
            }
            for case in &mut running {
                for _ in 0..2 {
                    play.work(case, day).await?;
                }
            }
        }
        day = day.tomorrow()?;
    }
    // A hall's story is as long as the morning allows: each begins after the day's last case.
    let since = super::queue::begins(play.clock.now(), until);
    for (unit, login) in [(UNIT, "clerk"), ("01-D33", "maadi")] {
        play.clock.set(since);
        play.logins.clear();
        let clerk = play.viewer(login).await?;
        super::queue::add_all(node, &play.clock, unit, &clerk, (since, until)).await?;
    }
    play.clock.set(until);
    play.logins.clear();
    let head = play.viewer("head").await?;
    super::freezes::add_all(node, &head, today).await?;
    let supervisor = play.viewer("supervisor").await?;
    super::vans::add_all(node, &supervisor, today).await
}

impl<'a> Play<'a> {
    /// Somebody to play the people of a town.
    pub async fn new(node: &'a Node, town: Town, clock: Arc<FixedClock>) -> Result<Play<'a>> {
        let scan = tokio::task::spawn_blocking(|| sample_scan(40)).await??;
        let sheet = tokio::task::spawn_blocking(|| sample_scan(60)).await??;
        Ok(Play { node, town, clock, logins: BTreeMap::new(), scan, sheet })
    }

    /// Takes every case in on a day and works on them until they are over; gives those that were, with their plot.
    pub async fn patterns(&mut self, plots: &'static [Plot], first: Date) -> Result<Vec<(usize, Uuid)>> {
        let tree = self.node.site.units.now();
        let calendar = tree.calendar(&self.town.unit).context("the unit has a calendar")?.clone();
        let mut running = Vec::new();
        let mut day = calendar.working_day_from(first);
        self.to(day);
        for (at, plot) in plots.iter().enumerate() {
            if let Some(request) = self.take_in(plot, at, day).await? {
                running.push((at, Running { plot, request, worked: 0, over: false }));
            }
        }
        for _ in 0..PATTERN_DAYS {
            for (_, case) in &mut running {
                for _ in 0..2 {
                    self.work(case, day).await?;
                }
            }
            day = calendar.working_day_from(day.tomorrow()?);
            self.to(day);
        }
        Ok(running.into_iter().map(|(at, case)| (at, case.request)).collect())
    }

    fn to(&mut self, day: Date) {
        self.clock.set(dates::instant(day, time(9, 0, 0, 0)));
        self.logins.clear();
    }

    async fn viewer(&mut self, login: &'static str) -> Result<Viewer> {
        let now = self.clock.now();
        if let Some((viewer, since)) = self.logins.get(login)
            && now.0 - since.0 < 10 * Micros::MINUTE
        {
            return Ok(viewer.clone().at_moment(now));
        }
        let attempt = Attempt {
            login: format!("{login}{}", self.town.suffix),
            password: PASSWORD.into(),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            agent: "demonstration".into(),
        };
        let Outcome::In(opened) =
            sessions::login(&self.node.site, attempt).await.map_err(|e| anyhow::anyhow!("{login}: {e:?}"))?
        else {
            bail!("{login} cannot sign in");
        };
        let headers = sessions::cookies(&opened, false);
        let mut sent = axum::http::HeaderMap::new();
        let pairs: Vec<&str> = headers.values().filter_map(|v| v.to_str().ok()?.split(';').next()).collect();
        sent.insert(axum::http::header::COOKIE, pairs.join("; ").parse()?);
        let viewer = sessions::viewer(&self.node.site, &sent, now).await?;
        self.logins.insert(login, (viewer.clone(), now));
        Ok(viewer)
    }

    /// Names five members of each committee at which the demonstration sits.
    async fn committees(&mut self) -> Result<()> {
        let supervisor = self.viewer("supervisor").await?;
        for (unit, department) in [
            (UNIT, "C_DANGER"),
            (UNIT, "C_REC"),
            ("01-G00", "C_DEMO"),
            ("01-G00", "C_PARK"),
            ("01-G00", "C_PRICE"),
            ("01-G00", "C_LAND"),
        ] {
            let tree = self.node.site.units.now();
            if tree.members(unit, department).count() > 0 {
                continue;
            }
            for (at, name) in NAMES.iter().take(5).enumerate() {
                let write = UnitWrite {
                    unit: unit.into(),
                    command: derived_id("demo-member", &format!("{unit} {department} {at}")),
                    version: None,
                };
                let change = UnitChange::NameMember {
                    department: department.into(),
                    name: format!("م. {name}"),
                    capacity: if at == 0 { "رئيس اللجنة" } else { "عضو" }.into(),
                };
                units::change(&self.node.site, &supervisor, write, change)
                    .await
                    .with_context(|| format!("member of {department}"))?;
            }
        }
        Ok(())
    }

    async fn take_in(&mut self, plot: &Plot, at: usize, day: Date) -> Result<Option<Uuid>> {
        let service = self.node.office.service(plot.0, day).with_context(|| format!("no service {}", plot.0))?;
        let request = derived_id("demo-case", &format!("{at}{}", self.town.suffix));
        let kind = if service.applicants.contains(&ApplicantKind::Person) {
            ApplicantKind::Person
        } else {
            ApplicantKind::Company
        };
        let asks = answers::Applicant { kind, ..answers::Applicant::default() };
        let scan = self.upload(request, self.scan.clone()).await?;
        let sheet = self.upload(request, self.sheet.clone()).await?;
        let answers = match fill(&service, Sheet::Intake, &asks, &answers::Answers::new(), day, &scan.hash, at) {
            Ok(answers) => answers,
            Err(errors) => {
                tracing::warn!(service = plot.0, first = ?errors.first(), "a demonstration case was left out");
                return Ok(None);
            }
        };
        let case = answers::Case { applicant: &asks, answers: &answers };
        let catalogue = self.node.office.catalogue();
        let mut sheet = Some(sheet);
        let papers = service
            .documents
            .iter()
            .filter(|doc| match &doc.required {
                Need::Always => true,
                Need::Optional => false,
                Need::When(when) => catalogue::plan::service_holds(&service, when, &case).unwrap_or(false),
            })
            .enumerate()
            .map(|(nth, doc)| {
                let pending = plot.3 == Twist::Pending && nth == 1;
                let (state, until) = if pending {
                    (PaperState::Pending, Some(day.saturating_add(10.days())))
                } else {
                    (PaperState::Presented, None)
                };
                let plain = catalogue.document(&doc.doc).is_some_and(|kind| !kind.identifies_person);
                let files = match nth {
                    _ if pending => Vec::new(),
                    _ if plain => sheet.take().into_iter().collect(),
                    0 => vec![scan.clone()],
                    _ => Vec::new(),
                };
                Paper { doc: doc.doc.clone(), state, until, files }
            })
            .collect();
        let renewed = match plot.3 {
            Twist::Renews(code) => self.paper_of(code).await?,
            _ => None,
        };
        // Only its holder renews a paper.
        let whose = renewed.as_ref().map_or(at, |(whose, _)| *whose);
        let clerk = self.viewer("clerk").await?;
        let tree = self.node.site.units.now();
        let intake = Intake {
            command: derived_id("demo-intake", &format!("{at}{}", self.town.suffix)),
            request,
            service: service.code.clone(),
            unit: self.town.unit.clone(),
            taken_in: TakenIn {
                unit: self.town.unit.clone(),
                centre: tree.centres(&self.town.unit).first().map(|c| c.id),
                window: None,
                channel: Channel::Window,
                account: None,
                mandate: None,
            },
            applicant: Who { person: person(kind, whose, &self.town.tenant), chosen: None },
            agent: None,
            foreign: false,
            sex: None,
            parent: renewed.map(|(_, number)| number),
            answers: object(&answers.to_json()),
            papers,
            parked: false,
            checked: plot.3 != Twist::Pending,
        };
        match register(&self.node.office, &clerk, intake).await {
            Ok(_) => {
                self.clock.advance(Duration::from_secs(240));
                Ok(Some(request))
            }
            Err(error) => {
                tracing::warn!(service = plot.0, %error, "a demonstration case was left out");
                Ok(None)
            }
        }
    }

    /// The valid paper that the last earlier case of a service gave, with the place of that case among the plots.
    async fn paper_of(&self, code: &str) -> Result<Option<(usize, String)>> {
        let Some(at) = PLOTS.iter().rposition(|plot| plot.0 == code) else { return Ok(None) };
        let request = derived_id("demo-case", &format!("{at}{}", self.town.suffix));
        let state = store::load(&mut self.node.db.reader(), &self.town.tenant, request).await?;
        let paper = state.and_then(|state| state.course.issued.into_iter().next_back());
        Ok(paper.map(|paper| (at, paper.number)))
    }

    /// A stored scan for a request's papers.
    async fn upload(&mut self, request: Uuid, bytes: Vec<u8>) -> Result<FileRef> {
        let clerk = self.viewer("clerk").await?.staff();
        Ok(uploads::upload(&self.node.office, &self.town.tenant, &self.town.unit, request, clerk, bytes).await?)
    }

    /// Does the next thing that somebody can do for this case.
    async fn work(&mut self, case: &mut Running, day: Date) -> Result<()> {
        if case.over || (case.plot.2 > 0 && case.worked >= case.plot.2) {
            return Ok(());
        }
        let Some(state) = store::load(&mut self.node.db.reader(), &self.town.tenant, case.request).await? else {
            return Ok(());
        };
        let service = self.node.office.version(&state.file.service).context("the version of the case")?;
        let Some((step, what, by)) = next(self.node, &service, &state, case, day) else {
            case.over = true;
            return Ok(());
        };
        if what == Command::Redate {
            return Ok(());
        }
        for login in by {
            let viewer = self.viewer(login).await?;
            let what = match &what {
                Command::ScheduleVisit { step, date, hour, .. } => {
                    let inspector = self.viewer("inspector").await?.staff().unwrap_or_default();
                    Command::ScheduleVisit { step: *step, date: *date, hour: hour.clone(), inspector }
                }
                other => other.clone(),
            };
            let command = derived_id("demo-act", &format!("{} {} {step}", case.request, state.version));
            let (what, mut personal) = parted(&service, what);
            if matches!(what, Command::Object { .. }) {
                let text = "قدمت كل المستندات، ولم يُطلب مني استيفاء قبل الرفض. أرجو إعادة النظر.";
                personal = Some(window::requests::act::words(text));
            }
            let asked = Act {
                tenant: self.town.tenant.clone(),
                request: case.request,
                command,
                seen: Some(state.version),
                what,
                personal,
                known: None,
            };
            match act(&self.node.office, &viewer, asked).await {
                Ok(_) => {
                    self.clock.advance(Duration::from_secs(60));
                    case.worked += 1;
                    return Ok(());
                }
                Err(ActError::Forbidden | ActError::SignIn) => {}
                Err(error) => {
                    tracing::warn!(service = %service.code, step, %error, "the demonstration's case rests here");
                    case.over = true;
                    return Ok(());
                }
            }
        }
        tracing::warn!(service = %service.code, step, "nobody of the demonstration may work here");
        case.over = true;
        Ok(())
    }
}

const OFFICERS: &[&str] = &["officer", "decider", "civdef", "bodies", "head", "secretary", "clerk"];

/// A picture that stands for every scan: a blank sheet, ruled every so many points.
fn sample_scan(lines: u32) -> Result<Vec<u8>> {
    let sheet = image::RgbImage::from_fn(620, 877, |x, y| {
        let ruled = y % lines == 0 && (60..560).contains(&x) && y > 80;
        image::Rgb(if ruled { [150, 160, 170] } else { [252, 252, 248] })
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    sheet.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// The next act of a case, and who may try it.
fn next(
    node: &Node,
    service: &Service,
    state: &State,
    case: &Running,
    day: Date,
) -> Option<(StepNo, Command, &'static [&'static str])> {
    let course = &state.course;
    if case.plot.3 == Twist::Revoked
        && let Some(paper) = course.issued.iter().find(|p| p.standing == window::requests::state::Standing::Valid)
        && course.handed_over.is_some()
    {
        let decision = Decision { number: "417".into(), date: day };
        let (number, reason) = (paper.number.clone(), "مخالفة شروط الترخيص بعد الإنذار".to_owned());
        return Some((
            0,
            Command::RulePaper {
                number,
                standing: window::requests::state::Standing::Revoked,
                reason,
                decision,
                until: None,
            },
            &["head"],
        ));
    }
    if case.plot.3 == Twist::Objected
        && course.status == window::requests::events::Status::Refused
        && course.objections.is_empty()
    {
        let files = state.file.papers.iter().flat_map(|paper| paper.files.iter().cloned()).take(1).collect();
        return Some((0, Command::Object { personal: serde_json::Value::Null, files }, &["clerk"]));
    }
    let (no, step) = course.open_steps().find(|(_, s)| s.phase == window::requests::state::Phase::Open)?;
    let kind = step.kind?;
    let note = || "تمت المراجعة، ولا ملاحظات.".to_owned();
    if case.plot.3 == Twist::Withdrawn && case.worked >= 1 {
        return Some((no, Command::Withdraw { reason: "تغيرت رغبة مقدم الطلب".into() }, &["clerk"]));
    }
    if case.plot.3 == Twist::Completion && kind == StepKind::Review && course.completions.is_empty() {
        let item = service.completion_items.first().map(|i| Missing::Item { code: i.code.clone() })?;
        let ask = Command::AskCompletion {
            step: no,
            items: vec![item],
            note: "برجاء إحضار الأصل للمطابقة.".into(),
            until: day.saturating_add(14.days()),
        };
        return Some((no, ask, OFFICERS));
    }
    if case.plot.3 == Twist::Consulted && kind == StepKind::Review && course.consults.is_empty() {
        let question = "هل العقد المقدم يكفي سندًا للملكية؟".into();
        let ask = Command::AskConsult { step: no, department: "LEG".into(), question, days: 3, halts: false };
        return Some((no, ask, OFFICERS));
    }
    if case.plot.3 == Twist::Objected && kind == StepKind::Review {
        let reasons = service.refusal_reasons.iter().take(1).cloned().collect();
        let text = "المستندات المقدمة لا تكفي لإثبات الاشتراطات.".into();
        return Some((no, Command::Refuse { step: no, reasons, text, decision: None }, OFFICERS));
    }
    if case.plot.3 == Twist::Refused && kind == StepKind::Approve {
        let reasons = service.refusal_reasons.iter().take(1).cloned().collect();
        let refuse = Command::Refuse {
            step: no,
            reasons,
            text: "لا تتوافر الاشتراطات كما ورد بتقرير المعاينة.".into(),
            decision: None,
        };
        return Some((no, refuse, &["decider", "head"]));
    }
    let committee = step.holder.as_ref().is_some_and(|holder| {
        let world = TreeWorld::new(node.site.units.now(), node.office.catalogue().clone());
        world.seat(&state.file.tenant, &state.file.unit, &holder.department).is_some_and(|seat| seat.committee)
    });
    let sitting = || {
        let holder = step.holder.as_ref()?;
        let tree = node.site.units.now();
        let members: Vec<Uuid> = tree.members(&holder.unit, &holder.department).map(|m| m.id).take(3).collect();
        Some(Sitting { number: format!("{}", 10 + no), date: day, members })
    };
    if kind == StepKind::AssessFee
        && let Some(answers) = office_answers(service, state, day)
    {
        return Some((no, Command::FillIn { step: no, answers }, OFFICERS));
    }
    let what = match kind {
        StepKind::AssessFee => Command::AssessFees {
            step: no,
            assessed: assessed(service),
            sitting: if committee { sitting() } else { None },
            note: String::new(),
        },
        _ if committee => {
            let resolution =
                Resolution::Accept { decision: format!("{}/{}", 20 + no, day.year()), opinion: Opinion::Favourable };
            Command::HoldSitting { step: no, sitting: sitting()?, resolution, note: String::new() }
        }
        StepKind::Check | StepKind::Review | StepKind::Approve => Command::Accept {
            step: no,
            opinion: Opinion::Favourable,
            note: note(),
            checklist: Vec::new(),
            decision: None,
            papers_later: true,
        },
        StepKind::Inspect => match course.visits.iter().rfind(|v| v.step == no && v.report.is_none()) {
            None => {
                let date = node.site.units.now().calendar(&state.file.unit)?.working_day_from(day.tomorrow().ok()?);
                Command::ScheduleVisit {
                    step: no,
                    date,
                    hour: "من 10 صباحًا إلى 12 ظهرًا".into(),
                    inspector: Uuid::nil(),
                }
            }
            // Not before its day.
            Some(visit) if visit.date > day => Command::Redate,
            Some(_) => report(service, state, no, day)?,
        },
        StepKind::Pay => {
            let amount = Piastres(course.owed(no).map(|line| line.amount.0).sum());
            Command::Collect { step: no, amount, slip: format!("{}", 4_000 + i64::from(no)) }
        }
        StepKind::Issue => Command::Issue { step: no },
        StepKind::Handover => Command::HandOver { to: Receiver::Applicant, checked: "NID".into() },
    };
    let by: &'static [&'static str] = match kind {
        StepKind::Inspect => &["inspector", "officer", "decider", "civdef", "bodies"],
        StepKind::Pay => &["cashier"],
        StepKind::Handover => &["clerk"],
        StepKind::Issue => &["decider", "officer", "civdef", "bodies", "clerk"],
        _ => OFFICERS,
    };
    Some((no, what, by))
}

/// Takes the personal answers of a report out of the command, to be encrypted.
fn parted(service: &Service, what: Command) -> (Command, Option<Answers>) {
    match what {
        Command::ReportVisit { step, date, answers, personal, recommendation, note, files } => {
            let (public, private) = split(&service.inspection_report, answers);
            (Command::ReportVisit { step, date, answers: public, personal, recommendation, note, files }, Some(private))
        }
        other => (other, None),
    }
}

/// What the department fills in before it can assess; none if nothing is left to fill in.
fn office_answers(service: &Service, state: &State, day: Date) -> Option<Answers> {
    let known = answers::Answers::from_json(&service.fields, &serde_json::Value::Object(state.file.answers.clone()));
    let asks = answers::Applicant { kind: state.file.applicant.kind, ..answers::Applicant::default() };
    let filled = object(&fill(service, Sheet::Office, &asks, &known, day, "", 1).ok()?.to_json());
    let left: Answers = filled.into_iter().filter(|(id, _)| !state.file.answers.contains_key(id)).collect();
    (!left.is_empty()).then_some(left)
}

fn report(service: &Service, state: &State, no: StepNo, day: Date) -> Option<Command> {
    let asks = answers::Applicant { kind: state.file.applicant.kind, ..answers::Applicant::default() };
    let known = answers::Answers::from_json(&service.fields, &serde_json::Value::Object(state.file.answers.clone()));
    // Photos come from the place itself; here the last scan of the papers, which shows nobody, stands for them.
    let scan = state.file.papers.iter().flat_map(|p| &p.files).next_back()?;
    let filled = fill(service, Sheet::Inspection, &asks, &known, day, &scan.hash, usize::from(no)).ok()?;
    Some(Command::ReportVisit {
        step: no,
        date: day,
        answers: object(&filled.to_json()),
        personal: serde_json::Value::Null,
        recommendation: Recommendation::Accept,
        note: "المكان مطابق لما ورد بالطلب.".into(),
        files: vec![scan.clone()],
    })
}

/// A round sum for each part that an officer sets.
fn assessed(service: &Service) -> BTreeMap<String, Piastres> {
    let parts = service.fee.parts.iter().filter(|part| matches!(part.rule, FeeRule::Assessed { .. }));
    parts.map(|part| (part.code.clone(), Piastres(50_000))).collect()
}

pub(super) fn person(kind: ApplicantKind, at: usize, tenant: &str) -> Applicant {
    let company = kind != ApplicantKind::Person;
    Applicant {
        kind: if company { PersonKind::Company } else { PersonKind::Person },
        name: if company {
            "شركة الأفق للتجارة".to_owned()
        } else {
            NAMES.get(at % NAMES.len()).copied().unwrap_or_default().to_owned()
        },
        identity: Some(if company {
            Identity { kind: IdentityKind::CommercialRegister, number: "100001".into() }
        } else {
            // Serial 0000 is given to nobody: these numbers belong to no one.
            Identity {
                kind: IdentityKind::NationalId,
                number: format!("2{:02}0101{tenant}0000{}", 70 + at % NAMES.len(), at % 10),
            }
        }),
        mobile: Some(format!("0100000{:04}", at % NAMES.len())),
        email: None,
        address: None,
    }
}

fn object(json: &serde_json::Value) -> Answers {
    json.as_object().cloned().unwrap_or_default()
}
