//! Compiled expressions of a service, kept (تعبيرات محفوظة): a form reads the same conditions every time.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::expr::{ExprError, Program, Scope};
use crate::model::{FeePart, Service};

/// Fee part (empty outside fees) and text.
type Key = (String, String);

/// The cache of one service. It is no part of what the service says: copies start empty and
/// all are equal.
#[derive(Default)]
pub struct Programs(RwLock<HashMap<Key, Result<Arc<Program>, ExprError>>>);

impl Clone for Programs {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Programs {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Programs {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Programs")
    }
}

impl Service {
    /// A condition of this service, compiled once.
    pub fn program(&self, text: &str) -> Result<Arc<Program>, ExprError> {
        self.compiled("", text, || Scope::of(self))
    }

    /// An expression of a fee part, compiled once.
    pub fn part_program(&self, part: &FeePart, text: &str) -> Result<Arc<Program>, ExprError> {
        self.compiled(&part.code, text, || Scope::of_part(self, part))
    }

    fn compiled(&self, part: &str, text: &str, scope: impl FnOnce() -> Scope) -> Result<Arc<Program>, ExprError> {
        let key = (part.to_owned(), text.to_owned());
        if let Some(known) = self.programs.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let program = Program::compile(text, &scope()).map(Arc::new);
        self.programs.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, program.clone());
        program
    }
}
