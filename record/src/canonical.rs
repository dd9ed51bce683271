//! JSON in one spelling (RFC 8785), without floats.
//!
//! Money is piastres and time is microseconds, so that a fraction in event data is a slip. Whole
//! numbers stay within ±(2⁵³ − 1), which every reader of JSON keeps exactly.

use serde_json::Value;

/// The largest whole number that I-JSON (RFC 7493) keeps exactly.
const LIMIT: i64 = (1 << 53) - 1;

/// Data that has no canonical spelling; the text is the path to the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// A number with a fraction or an exponent.
    #[error("{0} is a floating-point number")]
    Float(String),
    /// A whole number beyond ±(2⁵³ − 1).
    #[error("{0} is beyond 2^53")]
    Large(String),
}

/// The canonical bytes of a value.
pub fn to_bytes(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    let mut out = Vec::with_capacity(128);
    write(value, &mut String::from("$"), &mut out)?;
    Ok(out)
}

fn write(value: &Value, path: &mut String, out: &mut Vec<u8>) -> Result<(), NotCanonical> {
    match value {
        Value::Null => out.extend(b"null"),
        Value::Bool(true) => out.extend(b"true"),
        Value::Bool(false) => out.extend(b"false"),
        Value::Number(number) => {
            let whole = number.as_i64().ok_or_else(|| {
                if number.is_f64() { NotCanonical::Float(path.clone()) } else { NotCanonical::Large(path.clone()) }
            })?;
            if !(-LIMIT..=LIMIT).contains(&whole) {
                return Err(NotCanonical::Large(path.clone()));
            }
            out.extend(whole.to_string().bytes());
        }
        Value::String(text) => string(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                below(path, &format!("[{at}]"), |path| write(item, path, out))?;
            }
            out.push(b']');
        }
        Value::Object(map) => {
            // RFC 8785 sorts by UTF-16 code units, which differs from UTF-8 beyond the BMP.
            let mut members: Vec<_> = map.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push(b'{');
            for (at, (key, item)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                string(key, out);
                out.push(b':');
                below(path, &format!(".{key}"), |path| write(item, path, out))?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn below<T>(path: &mut String, step: &str, work: impl FnOnce(&mut String) -> T) -> T {
    let length = path.len();
    path.push_str(step);
    let outcome = work(path);
    path.truncate(length);
    outcome
}

fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for letter in text.chars() {
        match letter {
            '"' => out.extend(b"\\\""),
            '\\' => out.extend(b"\\\\"),
            '\u{8}' => out.extend(b"\\b"),
            '\t' => out.extend(b"\\t"),
            '\n' => out.extend(b"\\n"),
            '\u{c}' => out.extend(b"\\f"),
            '\r' => out.extend(b"\\r"),
            control @ '\0'..'\u{20}' => out.extend(format!("\\u{:04x}", u32::from(control)).bytes()),
            other => out.extend(other.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn text(value: &Value) -> String {
        to_bytes(value).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_else(|e| e.to_string())
    }

    #[test]
    fn sorts_by_utf16_and_escapes_as_the_standard_does() {
        // RFC 8785, section 3.2.3: the emoji (surrogates D83D…) sorts before U+FB33.
        let value = json!({"\u{20ac}": "Euro", "\r": "CR", "\u{fb33}": "dalet", "1": "one", "\u{1f600}": "face", "\u{80}": "control", "\u{f6}": "o"});
        assert_eq!(
            text(&value),
            "{\"\\r\":\"CR\",\"1\":\"one\",\"\u{80}\":\"control\",\"\u{f6}\":\"o\",\"\u{20ac}\":\"Euro\",\"\u{1f600}\":\"face\",\"\u{fb33}\":\"dalet\"}"
        );
        assert_eq!(text(&json!("\u{20ac}$\u{f}\nA'B\"\\\"/")), "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\"/\"");
        assert_eq!(text(&json!({"b": [1, -2, null, true], "a": {}})), r#"{"a":{},"b":[1,-2,null,true]}"#);
    }

    #[test]
    fn refuses_floats_and_what_readers_round() {
        assert_eq!(to_bytes(&json!({"fee": [1, 1.5]})), Err(NotCanonical::Float("$.fee[1]".into())));
        assert_eq!(to_bytes(&json!(1.0)), Err(NotCanonical::Float("$".into())));
        assert_eq!(to_bytes(&json!(LIMIT + 1)), Err(NotCanonical::Large("$".into())));
        assert_eq!(to_bytes(&json!(u64::MAX)), Err(NotCanonical::Large("$".into())));
        assert!(to_bytes(&json!(-LIMIT)).is_ok());
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-LIMIT..=LIMIT).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::hash_map(any::<String>(), inner, 0..5)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_back_and_stays(value in any_json()) {
            let bytes = to_bytes(&value).expect("no floats in it");
            let back: Value = serde_json::from_slice(&bytes).expect("is JSON");
            prop_assert_eq!(&back, &value);
            prop_assert_eq!(to_bytes(&back).expect("still"), bytes);
        }
    }
}
