//! How events add up. Nothing is judged here: what an event says, happened.

use catalogue::model::Expiry;

use super::*;

/// What the record knows about an event besides its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// Version that it made in its stream.
    pub version: i64,
    /// When it happened.
    pub at: Micros,
    /// Who did it; nobody for the citizen over the web and for the system.
    pub actor: Option<Uuid>,
}

/// A stream that no rule can have written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The first event is not the registration.
    #[error("the stream does not begin with a registration")]
    NoBeginning,
    /// A second registration.
    #[error("version {0} registers the request a second time")]
    Twice(i64),
    /// An event about a step that never opened.
    #[error("version {version} speaks of step {step}, which never opened")]
    Step {
        /// The event.
        version: i64,
        /// The step.
        step: StepNo,
    },
}

/// The state after all these events; none if there are none.
///
/// # Errors
/// [`Broken`] if no rule can have written such a stream.
pub fn fold<'a>(events: impl IntoIterator<Item = (Meta, &'a RequestEvent)>) -> Result<Option<State>, Broken> {
    let mut state = None;
    for (meta, event) in events {
        state = Some(State::after(state, meta, event)?);
    }
    Ok(state)
}

/// What the event tells about the run that it ends.
#[derive(Default)]
pub(super) struct Detail {
    pub opinion: Option<Opinion>,
    pub note: String,
    pub decision: Option<Decision>,
    pub checklist: Vec<String>,
    pub sitting: Option<Sitting>,
}

impl State {
    /// The state after one more event.
    ///
    /// # Errors
    /// [`Broken`] if no rule can have written it.
    pub fn after(before: Option<Self>, meta: Meta, event: &RequestEvent) -> Result<Self, Broken> {
        match (before, event) {
            (None, RequestEvent::Registered(data)) => Self::begin(meta, data),
            (None, _) => Err(Broken::NoBeginning),
            (Some(_), RequestEvent::Registered(_)) => Err(Broken::Twice(meta.version)),
            (Some(mut state), event) => {
                state.apply(meta, event)?;
                Ok(state)
            }
        }
    }

    fn begin(meta: Meta, data: &Registered) -> Result<Self, Broken> {
        let mut state = Self {
            version: meta.version,
            file: File {
                number: data.number.clone(),
                service: data.service.clone(),
                tenant: data.tenant.clone(),
                unit: data.unit.clone(),
                taken_in: data.taken_in.clone(),
                parent: data.parent.clone(),
                registered_by: meta.actor.filter(|_| data.taken_in.channel != Channel::Online),
                registered_at: meta.at,
                applicant: data.applicant.clone(),
                answers: data.answers.clone(),
                personal: data.personal.clone(),
                papers: data.papers.clone(),
                attachments: Vec::new(),
                slip: data.slip.clone(),
            },
            course: Course {
                status: Status::InProgress,
                steps: BTreeMap::new(),
                consults: Vec::new(),
                total: TotalClock {
                    received_on: data.received_on,
                    days: data.days,
                    due: data.total.due,
                    due_at: data.total.due_at,
                    pauses: Vec::new(),
                },
                limits: data.statutory.iter().map(|law| LegalClock::begun(law.limit(data.received_on))).collect(),
                decided: false,
                report: Answers::new(),
                report_personal: Value::Null,
                visits: Vec::new(),
                completions: Vec::new(),
                reworks: Vec::new(),
                assessed: BTreeMap::new(),
                charges: Vec::new(),
                payments: Vec::new(),
                issued: Vec::new(),
                ending: None,
                wishes: Vec::new(),
                objections: Vec::new(),
                handed_over: None,
                notes: Vec::new(),
                trail: Vec::new(),
            },
        };
        if let Some(opening) = &data.at_window {
            state.course.open(meta, opening);
        }
        state.course.follow(meta, &data.effect, Detail::default())?;
        state.mark(meta, "request.registered", None);
        Ok(state)
    }

    fn apply(&mut self, meta: Meta, event: &RequestEvent) -> Result<(), Broken> {
        let detail = self.tell(meta, event)?;
        self.course.follow(meta, event.effect(), detail)?;
        self.version = meta.version;
        self.mark(meta, event.kind(), event.step());
        Ok(())
    }

    fn mark(&mut self, meta: Meta, kind: &str, step: Option<StepNo>) {
        self.course.trail.push(Mark {
            version: meta.version,
            kind: kind.to_owned(),
            step,
            at: meta.at,
            by: meta.actor,
        });
    }

    /// Takes in what is particular to the event; the consequences come after.
    fn tell(&mut self, meta: Meta, event: &RequestEvent) -> Result<Detail, Broken> {
        let course = &mut self.course;
        let on = event.effect().on;
        let mut detail = Detail::default();
        match event {
            // A second registration never reaches here.
            RequestEvent::Registered(_) | RequestEvent::Redated(_) => {}
            RequestEvent::StepAccepted(data) => {
                detail.opinion = Some(data.opinion);
                detail.note.clone_from(&data.note);
                detail.decision.clone_from(&data.decision);
                detail.checklist.clone_from(&data.checklist);
            }
            RequestEvent::CompletionAsked(data) => course.completions.push(Completion {
                step: data.step,
                asked_at: meta.at,
                asked_on: on,
                until: data.until,
                note: data.note.clone(),
                items: data.items.iter().map(|asked| CompletionItem { asked: asked.clone(), supplied: None }).collect(),
                closed_at: None,
            }),
            RequestEvent::CompletionAnswered(data) => self.complete(meta, data),
            RequestEvent::ConsultAsked(data) => course.ask(meta, data),
            RequestEvent::ConsultAnswered(data) => {
                if let Some(consult) = course.consult_mut(data.consult) {
                    consult.opinion = Some(data.opinion);
                    consult.answer.clone_from(&data.answer);
                    consult.files.clone_from(&data.files);
                    consult.answered_by = meta.actor;
                }
            }
            RequestEvent::ConsultRecalled(_) => {}
            RequestEvent::Extended(data) => {
                let step = course.reached(meta, data.step)?;
                if let Some(clock) = &mut step.clock {
                    clock.days = clock.days.saturating_add(data.days);
                }
                course.total.days = course.total.days.saturating_add(data.days);
            }
            RequestEvent::LimitPassed(data) => {
                course.end_limit(&data.limit.code, LimitEnd::Passed { on });
                if data.limit.on_expiry == Expiry::DeemedRefused {
                    course.end(meta, on, "");
                }
            }
            RequestEvent::VisitScheduled(data) => course.plan_visit(data),
            RequestEvent::VisitWished(data) => course.wish_visit(meta, data),
            RequestEvent::Objected(data) => course.object(meta, on, data),
            RequestEvent::ObjectionDecided(data) => course.rule_objection(meta, on, data),
            RequestEvent::VisitReported(data) => {
                detail.note.clone_from(&data.note);
                detail.opinion = match data.recommendation {
                    Recommendation::Accept => Some(Opinion::Favourable),
                    Recommendation::Refuse => Some(Opinion::Unfavourable),
                    Recommendation::Again => None,
                };
                course.report_visit(meta, data);
            }
            RequestEvent::SittingHeld(data) => {
                detail.note.clone_from(&data.note);
                detail.sitting = Some(data.sitting.clone());
                match &data.resolution {
                    Resolution::Accept { decision, opinion } => {
                        detail.opinion = Some(*opinion);
                        detail.decision = Some(Decision { number: decision.clone(), date: data.sitting.date });
                    }
                    Resolution::Refuse { decision, reasons, text } => {
                        let decision = Decision { number: decision.clone(), date: data.sitting.date };
                        detail.decision = Some(decision.clone());
                        course.ending = Some(Ending {
                            step: Some(data.step),
                            reasons: reasons.clone(),
                            text: text.clone(),
                            decision: Some(decision),
                            at: meta.at,
                            on,
                            by: meta.actor,
                            reworks: Vec::new(),
                        });
                    }
                    Resolution::Postpone { .. } => {}
                }
            }
            RequestEvent::FeesAssessed(data) => {
                course.assessed.extend(data.assessed.clone());
                // An assessment is of everything not yet paid: a second one takes the place of the first.
                let paid: Vec<StepNo> = course.payments.iter().map(|paid| paid.step).collect();
                course.charges.retain(|line| paid.contains(&line.pay));
                detail.note.clone_from(&data.note);
                detail.sitting.clone_from(&data.sitting);
            }
            RequestEvent::PaymentCollected(data) => course.payments.push(Payment {
                step: data.step,
                amount: data.amount,
                receipt: data.receipt.clone(),
                slip: data.slip.clone(),
                at: meta.at,
                on,
                by: meta.actor,
                lines: data.lines.clone(),
                paper: data.token.as_ref().map(|token| IssuedPaper {
                    number: data.receipt.clone(),
                    kind: RECEIPT.to_owned(),
                    step: data.step,
                    token: token.clone(),
                    status_index: None,
                    values: Answers::new(),
                    personal: data.personal.clone(),
                    issued_at: meta.at,
                    issued_on: on,
                    expires: None,
                    by: meta.actor,
                    standing: Standing::Valid,
                    rulings: Vec::new(),
                    replaces: None,
                    superseded: None,
                    suspended_until: None,
                    reminders: Vec::new(),
                    published: None,
                }),
            }),
            RequestEvent::ReworkAsked(data) => {
                detail.note.clone_from(&data.reason);
                course.reworks.push(Rework { from: data.step, to: data.to });
            }
            RequestEvent::Refused(data) => {
                detail.note.clone_from(&data.text);
                detail.decision.clone_from(&data.decision);
                course.ending = Some(Ending {
                    step: Some(data.step),
                    reasons: data.reasons.clone(),
                    text: data.text.clone(),
                    decision: data.decision.clone(),
                    at: meta.at,
                    on,
                    by: meta.actor,
                    reworks: Vec::new(),
                });
            }
            RequestEvent::Withdrawn(data) => course.end(meta, on, &data.reason),
            RequestEvent::Voided(data) => course.end(meta, on, &data.reason),
            RequestEvent::Issued(data) => course.issued.push(IssuedPaper {
                number: data.number.clone(),
                kind: data.kind.clone(),
                step: data.step,
                token: data.token.clone(),
                status_index: Some(data.status_index),
                values: data.values.clone(),
                personal: data.personal.clone(),
                issued_at: meta.at,
                issued_on: on,
                expires: data.expires,
                by: meta.actor,
                standing: Standing::Valid,
                rulings: Vec::new(),
                replaces: data.replaces.clone(),
                superseded: None,
                suspended_until: None,
                reminders: due_after(&data.reminders, on, data.expires),
                published: data.published.clone(),
            }),
            RequestEvent::HandedOver(data) => {
                course.handed_over =
                    Some(HandOver { to: data.to, checked: data.checked.clone(), at: meta.at, on, by: meta.actor });
            }
            RequestEvent::PaperRevoked(data) => course.rule(meta, data, Standing::Revoked),
            RequestEvent::PaperSuspended(data) => course.rule(meta, data, Standing::Suspended),
            RequestEvent::PaperRestored(data) => course.rule(meta, data, Standing::Valid),
            RequestEvent::PaperSuperseded(data) => {
                if let Some(paper) = course.paper_mut(&data.number) {
                    paper.standing = Standing::Superseded;
                    paper.superseded =
                        Some(Succession { number: data.by.clone(), request: data.request, act: data.act, at: meta.at });
                }
            }
            RequestEvent::ExpiryReminded(data) => {
                if let Some(paper) = course.paper_mut(&data.number) {
                    paper.reminders.retain(|days| *days < data.days);
                }
            }
            RequestEvent::FileAttached(data) => match &data.doc {
                Some(doc) => self.file.present(doc, &data.files),
                None => {
                    let added = data.files.iter();
                    self.file.attachments.extend(added.map(|file| Attachment {
                        step: data.step,
                        at: meta.at,
                        file: file.clone(),
                    }));
                }
            },
            RequestEvent::OfficeFilled(data) => {
                let filled = data.answers.iter().map(|(field, value)| (field.clone(), value.clone()));
                self.file.answers.extend(filled);
            }
            RequestEvent::NoteAdded(data) => {
                course.notes.push(Note { step: data.step, text: data.text.clone(), at: meta.at, by: meta.actor })
            }
            RequestEvent::Taken(data) => course.give(meta, data.step, data.consult, data.by)?,
            RequestEvent::Reassigned(data) => course.give(meta, data.step, data.consult, data.to)?,
        }
        Ok(detail)
    }

    fn complete(&mut self, meta: Meta, data: &CompletionAnswered) {
        let Some(asked) = self.course.completions.iter_mut().find(|asked| asked.step == data.step && asked.is_open())
        else {
            return;
        };
        for came in &data.items {
            let Some(item) = asked.items.get_mut(usize::from(came.item)) else { continue };
            if let Missing::Document { doc } = &item.asked {
                self.file.present(doc, &came.files);
            }
            item.supplied = Some(came.clone());
        }
        if data.complete {
            asked.closed_at = Some(meta.at);
        }
        for (field, value) in &data.answers {
            self.file.answers.insert(field.clone(), value.clone());
        }
        if !data.personal.is_null() {
            self.file.personal = data.personal.clone();
        }
    }
}

/// The reminders that a paper can have: those whose day comes after the issue, the earliest day first.
fn due_after(reminders: &[u16], issued: Date, expires: Option<Date>) -> Vec<u16> {
    let Some(expires) = expires else { return Vec::new() };
    let comes = |days: &u16| {
        let day = expires.checked_sub(jiff::Span::new().days(i64::from(*days)));
        day.is_ok_and(|day| day > issued)
    };
    let mut due: Vec<u16> = reminders.iter().copied().filter(comes).collect();
    due.sort_unstable_by(|one, other| other.cmp(one));
    due
}

impl File {
    /// A document that was missing is there.
    fn present(&mut self, doc: &str, files: &[FileRef]) {
        if let Some(paper) = self.papers.iter_mut().find(|paper| paper.doc == doc) {
            paper.state = PaperState::Presented;
            paper.until = None;
            paper.files.extend_from_slice(files);
        } else {
            self.papers.push(Paper {
                doc: doc.to_owned(),
                state: PaperState::Presented,
                until: None,
                files: files.to_vec(),
            });
        }
    }
}

impl Course {
    pub(super) fn reached(&mut self, meta: Meta, step: StepNo) -> Result<&mut StepState, Broken> {
        self.steps.get_mut(&step).ok_or(Broken::Step { version: meta.version, step })
    }

    pub(super) fn consult_mut(&mut self, no: u16) -> Option<&mut Consult> {
        self.consults.iter_mut().find(|consult| consult.no == no)
    }

    fn ask(&mut self, meta: Meta, data: &ConsultAsked) {
        let mut opened = data.effect.opened.iter();
        let Some(opening) = opened.find(|opening| opening.consult == data.consult) else { return };
        self.consults.push(Consult {
            no: data.consult,
            step: data.step,
            asked_by: meta.actor,
            question: data.question.clone(),
            halts: data.halts,
            holder: opening.holder.clone(),
            clock: StepClock::started(meta, opening),
            taken_by: None,
            outcome: None,
            opinion: None,
            answer: String::new(),
            files: Vec::new(),
            closed_at: None,
            answered_by: None,
        });
    }

    fn plan_visit(&mut self, data: &VisitScheduled) {
        let planned = Visit {
            step: data.step,
            date: data.date,
            hour: data.hour.clone(),
            inspector: Some(data.inspector),
            report: None,
            note: String::new(),
            files: Vec::new(),
        };
        match self.visit_mut(data.step) {
            Some(visit) => *visit = planned,
            None => self.visits.push(planned),
        }
    }

    fn report_visit(&mut self, meta: Meta, data: &VisitReported) {
        for (field, value) in &data.answers {
            self.report.insert(field.clone(), value.clone());
        }
        if !data.personal.is_null() {
            self.report_personal = data.personal.clone();
        }
        // A wish is for one visit: the next may be on other days.
        self.wishes.retain(|wish| wish.step != data.step);
        let planned = self.visit_mut(data.step);
        let made = Visit {
            step: data.step,
            date: data.date,
            hour: planned.as_ref().map(|visit| visit.hour.clone()).unwrap_or_default(),
            inspector: meta.actor,
            report: Some(data.recommendation),
            note: data.note.clone(),
            files: data.files.clone(),
        };
        match planned {
            Some(visit) => *visit = made,
            None => self.visits.push(made),
        }
    }

    fn visit_mut(&mut self, step: StepNo) -> Option<&mut Visit> {
        self.visits.iter_mut().find(|visit| visit.step == step && visit.report.is_none())
    }

    fn end(&mut self, meta: Meta, on: Date, text: &str) {
        self.ending = Some(Ending {
            step: None,
            reasons: Vec::new(),
            text: text.to_owned(),
            decision: None,
            at: meta.at,
            on,
            by: meta.actor,
            reworks: Vec::new(),
        });
    }

    fn rule(&mut self, meta: Meta, data: &PaperRuling, standing: Standing) {
        let Some(paper) = self.paper_mut(&data.number) else { return };
        paper.standing = standing;
        paper.suspended_until = data.until.filter(|_| standing == Standing::Suspended);
        paper.rulings.push(Ruling {
            standing,
            reason: data.reason.clone(),
            decision: data.decision.clone(),
            until: data.until,
            at: meta.at,
            paper: data.by.clone(),
            by: meta.actor,
        });
    }

    fn paper_mut(&mut self, number: &str) -> Option<&mut IssuedPaper> {
        let receipts = self.payments.iter_mut().filter_map(|payment| payment.paper.as_mut());
        self.issued.iter_mut().chain(receipts).find(|paper| paper.number == number)
    }

    fn give(&mut self, meta: Meta, step: StepNo, consult: u16, to: Option<Uuid>) -> Result<(), Broken> {
        if consult == 0 {
            self.reached(meta, step)?.taken_by = to;
        } else if let Some(consult) = self.consult_mut(consult) {
            consult.taken_by = to;
        }
        Ok(())
    }
}
