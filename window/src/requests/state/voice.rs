//! What the applicant said: wishes for a visit, objections; and how they add up.

use super::*;

/// رغبة في موعد: days that suit the applicant for a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The inspection.
    pub step: StepNo,
    /// The days, the earliest first.
    pub days: Vec<WishedDay>,
    /// A note, encrypted; null = none.
    pub personal: Value,
    /// When it was said.
    pub at: Micros,
    /// Whether another day was asked for after an appointment: that is done once a visit.
    pub moved: bool,
}

/// تظلم: an objection to a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Number in the request, from 1.
    pub no: u16,
    /// The refusal.
    pub against: Ending,
    /// When it was filed.
    pub at: Micros,
    /// Day.
    pub on: Date,
    /// Who took it in at a window; nobody for one from an account.
    pub taken_by: Option<Uuid>,
    /// The words, encrypted.
    pub personal: Value,
    /// Papers that came with it.
    pub files: Vec<FileRef>,
    /// What became of it.
    pub ruling: Option<ObjectionRuling>,
}

/// قرار في تظلم
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionRuling {
    /// Whether the refusal fell.
    pub upheld: bool,
    /// Why.
    pub reasons: String,
    /// The decision.
    pub decision: Decision,
    /// When.
    pub at: Micros,
    /// Day.
    pub on: Date,
    /// By whom.
    pub by: Option<Uuid>,
}

impl Objection {
    /// Whether it waits for its decision.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ruling.is_none()
    }
}

impl Course {
    /// The objection that waits for its decision.
    #[must_use]
    pub fn open_objection(&self) -> Option<&Objection> {
        self.objections.iter().find(|objection| objection.is_open())
    }

    /// What the applicant wishes for a visit.
    #[must_use]
    pub fn wish(&self, step: StepNo) -> Option<&Wish> {
        self.wishes.iter().find(|wish| wish.step == step)
    }

    pub(super) fn wish_visit(&mut self, meta: Meta, data: &VisitWished) {
        let before = self.wish(data.step).is_some_and(|wish| wish.moved);
        self.wishes.retain(|wish| wish.step != data.step);
        self.wishes.push(Wish {
            step: data.step,
            days: data.days.clone(),
            personal: data.personal.clone(),
            at: meta.at,
            moved: before || data.instead_of.is_some(),
        });
    }

    pub(super) fn object(&mut self, meta: Meta, on: Date, data: &Objected) {
        // Only a refusal is objected to, and a refusal has an ending.
        let Some(against) = self.ending.clone() else { return };
        self.objections.push(Objection {
            no: data.objection,
            against,
            at: meta.at,
            on,
            taken_by: meta.actor,
            personal: data.personal.clone(),
            files: data.files.clone(),
            ruling: None,
        });
    }

    /// Takes the ruling down. Where the refusal falls, the request is again what it was before it: the days
    /// in between do not count, nothing is disclosed any more, and who waited for another step waits again.
    pub(super) fn rule_objection(&mut self, meta: Meta, on: Date, data: &ObjectionDecided) {
        let Some(objection) = self.objections.iter_mut().find(|objection| objection.no == data.objection) else {
            return;
        };
        objection.ruling = Some(ObjectionRuling {
            upheld: data.upheld,
            reasons: data.reasons.clone(),
            decision: data.decision.clone(),
            at: meta.at,
            on,
            by: meta.actor,
        });
        if !data.upheld {
            return;
        }
        let Some(ending) = self.ending.take() else { return };
        self.total.pauses.push(Pause { from: ending.on, to: Some(on), reason: PauseReason::Objection });
        self.decided = false;
        for rework in &ending.reworks {
            if let Some(step) = self.steps.get_mut(&rework.from) {
                step.phase = Phase::Waiting;
            }
        }
        self.reworks = ending.reworks;
    }
}
