//! Old event data, read for ever. Stored bytes never change; their shape in the program may.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{Event, RecordError, Slice, canonical};

/// The key of the format's number in event data; data without it has format 1.
pub const FORMAT: &str = "v";

/// Lifts the data of one kind of event from one format to the next.
#[derive(Clone, Copy, Debug)]
pub struct Upcast {
    /// The kind of event.
    pub kind: &'static str,
    /// The format it reads; what it gives back has the next one.
    pub from: i64,
    /// The lifting itself.
    pub lift: Lift,
}

/// Turns event data of one format into the next; a text says what the data lacked.
pub type Lift = fn(Map<String, Value>) -> Result<Map<String, Value>, String>;

/// All upcasts of the program, by kind.
#[derive(Debug, Default)]
pub(crate) struct Upcasts(HashMap<&'static str, Vec<Upcast>>);

impl Upcasts {
    pub(crate) fn of<'a>(slices: impl Iterator<Item = &'a dyn Slice>) -> Self {
        let mut all: HashMap<_, Vec<Upcast>> = HashMap::new();
        for upcast in slices.flat_map(|s| s.upcasts()) {
            all.entry(upcast.kind).or_default().push(*upcast);
        }
        all.values_mut().for_each(|steps| steps.sort_by_key(|u| u.from));
        Upcasts(all)
    }

    /// Brings the event's data to the newest format. The digest still speaks of the stored bytes.
    pub(crate) fn lift(&self, event: &mut Event) -> Result<(), RecordError> {
        let Some(steps) = self.0.get(event.kind.as_str()) else { return Ok(()) };
        let mut data: Map<String, Value> = serde_json::from_slice(&event.data)?;
        let mut format = data.get(FORMAT).and_then(Value::as_i64).unwrap_or(1);
        let stored = format;
        for step in steps {
            if step.from == format {
                data = (step.lift)(data).map_err(|why| RecordError::Shape(format!("{}: {why}", event.kind)))?;
                format += 1;
                data.insert(FORMAT.into(), format.into());
            }
        }
        if format != stored {
            event.data = canonical::to_bytes(&Value::Object(data))?;
        }
        Ok(())
    }
}
