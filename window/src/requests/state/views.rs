//! Questions that rules, pages and store ask of a state.

use catalogue::model::Expiry;
use foundation::money::Piastres;
use jiff::civil::Date;
use uuid::Uuid;

use super::*;

impl StepState {
    /// Whether it lies on a desk, its clock running or not.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Open | Phase::Halted)
    }

    /// Whether nothing more is expected of it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Done | Phase::Skipped)
    }

    /// The run that ended last.
    #[must_use]
    pub fn last(&self) -> Option<&Run> {
        self.runs.last()
    }
}

impl Phase {
    /// The word used in the state and in message keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Halted => "halted",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Ended => "ended",
        }
    }
}

impl Standing {
    /// The word used in the state and in message keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
        }
    }
}

impl Standing {
    /// Whether nothing more can become of the paper.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Revoked | Self::Superseded)
    }
}

impl IssuedPaper {
    /// The reminder that is to come next, with its day.
    #[must_use]
    pub fn next_reminder(&self) -> Option<(u16, Date)> {
        let expires = self.expires.filter(|_| self.standing == Standing::Valid && self.status_index.is_some())?;
        let days = *self.reminders.first()?;
        Some((days, expires.checked_sub(jiff::Span::new().days(i64::from(days))).ok()?))
    }

    /// The day on which the machine has to look at it: a reminder, or the end of a suspension.
    #[must_use]
    pub fn look_on(&self) -> Option<Date> {
        match self.standing {
            Standing::Valid => self.next_reminder().map(|(_, day)| day),
            Standing::Suspended => self.suspended_until.and_then(|last| last.tomorrow().ok()),
            Standing::Revoked | Standing::Superseded => None,
        }
    }

    /// Which issue of its chain it is.
    #[must_use]
    pub fn issue(&self) -> u16 {
        self.replaces.as_ref().map_or(1, |replaced| replaced.issue)
    }
}

impl LegalClock {
    pub(super) const fn begun(limit: LegalLimit) -> Self {
        Self { limit, end: None }
    }

    /// Whether it still runs.
    #[must_use]
    pub const fn runs(&self) -> bool {
        self.end.is_none()
    }

    /// Whether its day passed in silence.
    #[must_use]
    pub const fn passed(&self) -> bool {
        matches!(self.end, Some(LimitEnd::Passed { .. }))
    }
}

impl LegalLimit {
    /// Whether its passing gives or takes something: then it speaks of the office's silence, and as long
    /// as the applicant has to bring or to pay something, the office is not silent.
    #[must_use]
    pub const fn speaks_of_silence(&self) -> bool {
        matches!(self.on_expiry, Expiry::DeemedApproved | Expiry::DeemedRefused | Expiry::PreliminaryAcceptance)
    }
}

impl Consult {
    /// Whether an answer is awaited.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.outcome.is_none()
    }
}

impl Completion {
    /// Whether the applicant still has to bring something.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// What has not come.
    pub fn missing(&self) -> impl Iterator<Item = &Missing> {
        self.items.iter().filter(|item| item.supplied.is_none()).map(|item| &item.asked)
    }
}

impl Course {
    /// Limits of the law that run.
    pub fn running_limits(&self) -> impl Iterator<Item = &LegalLimit> {
        self.limits.iter().filter(|clock| clock.runs()).map(|clock| &clock.limit)
    }

    /// The limit of the law that ends first.
    #[must_use]
    pub fn next_limit(&self) -> Option<&LegalLimit> {
        self.running_limits().min_by_key(|limit| limit.due_at)
    }

    /// The limit of the law that ends first of those that a step stands under.
    #[must_use]
    pub fn limit_of(&self, step: StepNo) -> Option<&LegalLimit> {
        let over = |limit: &&LegalLimit| limit.step.is_none_or(|no| no == step);
        self.running_limits().filter(over).min_by_key(|limit| limit.due_at)
    }

    /// The running limit with this code.
    #[must_use]
    pub fn limit(&self, code: &str) -> Option<&LegalLimit> {
        self.running_limits().find(|limit| limit.code == code)
    }

    /// Why a limit cannot pass now though its day may: the applicant is to bring or to pay something.
    #[must_use]
    pub fn holds_limit(&self, limit: &LegalLimit) -> Option<PauseReason> {
        self.status.pause().filter(|_| limit.speaks_of_silence())
    }

    /// When a limit passes next if nobody acts before; none while the applicant is waited for.
    #[must_use]
    pub fn watched(&self) -> Option<Micros> {
        self.running_limits().filter(|limit| self.holds_limit(limit).is_none()).map(|limit| limit.due_at).min()
    }

    /// What the law made of silence for the whole request: the weightiest limit that passed.
    #[must_use]
    pub fn by_law(&self) -> Option<&LegalLimit> {
        let weight = |limit: &&LegalLimit| match limit.on_expiry {
            Expiry::DeemedRefused => 5,
            Expiry::DeemedApproved => 4,
            Expiry::Lapses => 3,
            Expiry::AdministrativeClosure => 2,
            Expiry::PreliminaryAcceptance => 1,
            Expiry::None => 0,
        };
        let passed = self.limits.iter().filter(|clock| clock.passed()).map(|clock| &clock.limit);
        passed.filter(|limit| limit.step.is_none() && limit.on_expiry != Expiry::None).max_by_key(weight)
    }

    /// Whether the law approved what the office did not answer.
    #[must_use]
    pub fn deemed_approved(&self) -> Option<&LegalLimit> {
        self.by_law().filter(|limit| limit.on_expiry == Expiry::DeemedApproved)
    }

    /// Steps that lie on a desk, in order.
    pub fn open_steps(&self) -> impl Iterator<Item = (StepNo, &StepState)> {
        self.steps.iter().filter(|(_, step)| step.is_open()).map(|(no, step)| (*no, step))
    }

    /// The step, if it was reached.
    #[must_use]
    pub fn step(&self, no: StepNo) -> Option<&StepState> {
        self.steps.get(&no)
    }

    /// The question with this number.
    #[must_use]
    pub fn consult(&self, no: u16) -> Option<&Consult> {
        self.consults.iter().find(|consult| consult.no == no)
    }

    /// Questions of a step that are not answered.
    pub fn open_consults(&self, step: StepNo) -> impl Iterator<Item = &Consult> {
        self.consults.iter().filter(move |consult| consult.step == step && consult.is_open())
    }

    /// The completion that a step waits for.
    #[must_use]
    pub fn open_completion(&self, step: StepNo) -> Option<&Completion> {
        self.completions.iter().find(|asked| asked.step == step && asked.is_open())
    }

    /// The visit of a step that is planned and not yet made.
    #[must_use]
    pub fn next_visit(&self, step: StepNo) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.step == step && visit.report.is_none())
    }

    /// Lines that a payment step collects and that are not paid.
    pub fn owed(&self, pay: StepNo) -> impl Iterator<Item = &FeeLine> {
        self.charges.iter().filter(move |line| line.pay == pay && !self.is_paid(line))
    }

    /// Sum of all lines that are not paid.
    #[must_use]
    pub fn owed_in_all(&self) -> Piastres {
        self.charges.iter().filter(|line| !self.is_paid(line)).map(|line| line.amount).sum()
    }

    /// Everything signed that came out of the request: papers, then receipts.
    pub fn signed(&self) -> impl Iterator<Item = &IssuedPaper> {
        self.issued.iter().chain(self.payments.iter().filter_map(|payment| payment.paper.as_ref()))
    }

    /// Whether any money was taken.
    #[must_use]
    pub fn has_payment(&self) -> bool {
        !self.payments.is_empty()
    }

    fn is_paid(&self, line: &FeeLine) -> bool {
        self.payments.iter().any(|payment| payment.step == line.pay)
    }

    /// Who is to answer for the step, or for a question of it.
    #[must_use]
    pub fn taken_by(&self, step: StepNo, consult: u16) -> Option<Uuid> {
        if consult == 0 { self.step(step)?.taken_by } else { self.consult(consult)?.taken_by }
    }

    /// What happened after a version that somebody saw, and matters to a step (or to the whole request).
    #[must_use]
    pub fn since(&self, version: i64, step: Option<StepNo>) -> Vec<&Mark> {
        self.trail.iter().filter(|mark| mark.version > version && mark.matters_to(step)).collect()
    }

    /// The day on which the whole request is expected to be done; none while it waits for the applicant.
    #[must_use]
    pub fn expected(&self) -> Option<Date> {
        match self.status {
            Status::InProgress => Some(self.total.due),
            _ => None,
        }
    }
}

impl Mark {
    /// Whether it takes the ground from under a form about `step` (none = the whole request).
    #[must_use]
    pub fn matters_to(&self, step: Option<StepNo>) -> bool {
        let harmless = matches!(
            self.kind.as_str(),
            "request.note-added" | "request.file-attached" | "request.redated" | "request.extended"
        );
        // What the applicant brought may change the ground of every step.
        let brought = self.kind == "request.completion-answered";
        !harmless && (brought || step.is_none() || self.step.is_none() || self.step == step)
    }
}

impl File {
    /// Documents that are still to come.
    pub fn pending(&self) -> impl Iterator<Item = &Paper> {
        self.papers.iter().filter(|paper| paper.state == PaperState::Pending)
    }
}
