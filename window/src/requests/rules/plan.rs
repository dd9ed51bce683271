//! The service's steps in order (خطة السير): stages whose steps run side by side.

use catalogue::model::{OutputKind, Service, Step, StepKind};

use crate::requests::events::StepNo;

/// Steps of a service by number.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a>(pub &'a Service);

impl<'a> Plan<'a> {
    /// The step with this number.
    pub fn step(self, no: StepNo) -> Option<&'a Step> {
        self.0.steps.get(usize::from(no).checked_sub(1)?)
    }

    /// All steps with their numbers.
    pub fn steps(self) -> impl Iterator<Item = (StepNo, &'a Step)> {
        (1..).zip(&self.0.steps)
    }

    /// Neighbours with the same letter form a stage; any other step is a stage of its own.
    pub fn stages(self) -> Vec<Vec<StepNo>> {
        let mut stages: Vec<Vec<StepNo>> = Vec::new();
        let mut letter = None;
        for (no, step) in self.steps() {
            match stages.last_mut() {
                Some(stage) if step.parallel.is_some() && step.parallel == letter => stage.push(no),
                _ => stages.push(vec![no]),
            }
            letter.clone_from(&step.parallel);
        }
        stages
    }

    /// The checks and reviews that come before the first payment or visit (البت المبدئي).
    pub fn opening(self) -> impl Iterator<Item = StepNo> {
        let opens = |step: &Step| matches!(step.kind, StepKind::Check | StepKind::Review);
        self.steps().take_while(move |(_, step)| opens(step)).map(|(no, _)| no)
    }

    /// Whether any step is of this kind.
    pub fn has(self, kind: StepKind) -> bool {
        self.0.steps.iter().any(|step| step.kind == kind)
    }

    /// Whether the service ends in a paper.
    pub fn has_paper(self) -> bool {
        self.0.output.kind != OutputKind::None
    }

    /// Whether an officer judges something at such a step.
    pub const fn is_judgment(kind: StepKind) -> bool {
        matches!(kind, StepKind::Check | StepKind::Review | StepKind::Inspect | StepKind::AssessFee | StepKind::Approve)
    }
}
