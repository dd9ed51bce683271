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

#[cfg(test)]
mod tests {
    use foundation::clock::Micros;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::Stream;

    const STEPS: [Upcast; 2] = [
        Upcast {
            kind: "NamePut",
            from: 2,
            lift: |mut data| {
                let name = data.remove("name").ok_or("name")?;
                data.insert("names".into(), json!([name]));
                Ok(data)
            },
        },
        Upcast {
            kind: "NamePut",
            from: 1,
            lift: |data| Ok(data.into_iter().map(|(key, v)| (key.to_lowercase(), v)).collect()),
        },
    ];

    fn lifted(kind: &str, data: &Value) -> Result<Value, RecordError> {
        let mut event = Event {
            id: Uuid::nil(),
            tenant: "01".into(),
            stream: Stream::new("s", Uuid::nil()),
            version: 1,
            kind: kind.into(),
            command: Uuid::nil(),
            ordinal: 0,
            occurred_at: Micros(0),
            recorded_at: Micros(0),
            actor: None,
            assignment: None,
            on_behalf: None,
            node: "n".into(),
            epoch: 1,
            data: canonical::to_bytes(data)?,
        };
        let mut steps = STEPS.to_vec();
        steps.sort_by_key(|s| s.from);
        Upcasts(HashMap::from([("NamePut", steps)])).lift(&mut event)?;
        event.data()
    }

    #[test]
    fn every_old_format_reaches_the_newest() {
        let newest = json!({"names": ["a"], "v": 3});
        assert_eq!(lifted("NamePut", &json!({"NAME": "a"})).expect("lifts"), newest);
        assert_eq!(lifted("NamePut", &json!({"name": "a", "v": 2})).expect("lifts"), newest);
        assert_eq!(lifted("NamePut", &newest).expect("stays"), newest);
        assert_eq!(lifted("Other", &json!({"NAME": "a"})).expect("stays"), json!({"NAME": "a"}));
        assert!(matches!(lifted("NamePut", &json!({"v": 2})), Err(RecordError::Shape(_))));
    }
}
