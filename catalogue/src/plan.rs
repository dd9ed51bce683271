//! Plan (مسار الطلب): which steps a case goes through, in what order, and how long they may take.

use crate::answers::Case;
use crate::expr::{Program, Scope};
use crate::model::{Service, Step};

/// The path of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// One after the other; the steps of a stage run side by side.
    pub stages: Vec<PlanStage>,
    /// Working days of the longest way through the steps.
    pub critical_days: u32,
    /// Working days promised for the whole path.
    pub limit_days: u32,
}

/// Steps that open together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanStage {
    /// One step, or several with the same `parallel` letter.
    pub steps: Vec<PlanStep>,
}

/// A step, taken or skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    /// As the service declares it.
    pub step: Step,
    /// Whether its condition holds.
    pub taken: bool,
}

impl PlanStage {
    /// The slowest of its steps.
    pub fn days(&self) -> u32 {
        self.taken().map(|step| step.working_days).max().unwrap_or(0)
    }

    /// Steps whose condition holds.
    pub fn taken(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|planned| planned.taken).map(|planned| &planned.step)
    }
}

impl Plan {
    /// Stages with at least one step to take.
    pub fn open_stages(&self) -> impl Iterator<Item = &PlanStage> {
        self.stages.iter().filter(|stage| stage.taken().next().is_some())
    }

    /// The stage that holds a step.
    pub fn stage_of(&self, step: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.steps.iter().any(|planned| planned.step.id == step))
    }
}

/// Why a plan cannot be made: the service file is at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A condition does not compile.
    #[error("شرط غير سليم «{text}»: {error}")]
    BadCondition {
        /// The condition.
        text: String,
        /// What is wrong with it.
        error: String,
    },
}

/// Lays out the steps of a service for one case.
pub fn plan(service: &Service, case: &Case) -> Result<Plan, PlanError> {
    let mut stages: Vec<PlanStage> = Vec::new();
    let mut open: Option<&str> = None;
    for step in &service.steps {
        let taken = match &step.when {
            Some(when) => service_holds(service, when, case)?,
            None => true,
        };
        let planned = PlanStep { step: step.clone(), taken };
        let beside = step.parallel.is_some() && step.parallel.as_deref() == open;
        match stages.last_mut().filter(|_| beside) {
            Some(stage) => stage.steps.push(planned),
            None => stages.push(PlanStage { steps: vec![planned] }),
        }
        open = step.parallel.as_deref();
    }
    let critical_days = stages.iter().map(PlanStage::days).sum();
    let limit_days = limit(service, case)?;
    Ok(Plan { stages, critical_days, limit_days })
}

fn limit(service: &Service, case: &Case) -> Result<u32, PlanError> {
    for variant in &service.time_limit.variants {
        if service_holds(service, &variant.when, case)? {
            return Ok(variant.working_days);
        }
    }
    Ok(service.time_limit.working_days)
}

/// Whether a condition holds for a case, compiled anew in the given scope.
pub fn holds(text: &str, scope: &Scope, case: &Case) -> Result<bool, PlanError> {
    let program = Program::compile(text, scope).map_err(|error| bad(text, &error))?;
    program.holds(case).map_err(|error| bad(text, &error))
}

/// Whether a condition of a service holds for a case.
pub fn service_holds(service: &Service, text: &str, case: &Case) -> Result<bool, PlanError> {
    let program = service.program(text).map_err(|error| bad(text, &error))?;
    program.holds(case).map_err(|error| bad(text, &error))
}

fn bad(text: &str, error: &dyn std::error::Error) -> PlanError {
    PlanError::BadCondition { text: text.to_owned(), error: error.to_string() }
}
