//! Shapes of what programs send and get: one declaration makes the type, its schema and its example.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Schemas that have a name, for `components/schemas`.
pub(crate) type Parts = BTreeMap<&'static str, Value>;

/// Something that JSON carries and the document describes.
pub(crate) trait Shape {
    /// Whether it may be left out or null.
    const OPTIONAL: bool = false;
    /// Its schema (JSON Schema 2020-12); what has a name is put into the parts.
    fn schema(parts: &mut Parts) -> Value;
    /// An example.
    fn example() -> Value;
}

macro_rules! plain {
    ($($type:ty: $schema:tt, $example:tt;)+) => { $(
        impl Shape for $type {
            fn schema(_: &mut Parts) -> Value {
                json!($schema)
            }
            fn example() -> Value {
                json!($example)
            }
        }
    )+ };
}

plain! {
    String: { "type": "string" }, "…";
    bool: { "type": "boolean" }, true;
    i64: { "type": "integer", "format": "int64" }, 1;
    u32: { "type": "integer", "format": "int32", "minimum": 0 }, 1;
    u16: { "type": "integer", "format": "int32", "minimum": 0 }, 1;
    Date: { "type": "string", "format": "date" }, "2026-11-22";
    Uuid: { "type": "string", "format": "uuid" }, "00000000-0000-4000-8000-000000000001";
    Map<String, Value>: { "type": "object", "additionalProperties": true }, {};
}

impl<T: Shape> Shape for Option<T> {
    const OPTIONAL: bool = true;
    fn schema(parts: &mut Parts) -> Value {
        json!({ "anyOf": [T::schema(parts), { "type": "null" }] })
    }
    fn example() -> Value {
        Value::Null
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn schema(parts: &mut Parts) -> Value {
        json!({ "type": "array", "items": T::schema(parts) })
    }
    fn example() -> Value {
        json!([T::example()])
    }
}

/// A schema with words to it.
pub(crate) fn described(mut schema: Value, about: &str) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), about.trim().into());
    }
    schema
}

/// The example of a field: what is written beside it, else that of its type.
macro_rules! example_of {
    ($type:ty) => {
        <$type as $crate::api::shape::Shape>::example()
    };
    ($type:ty, $example:expr) => {
        serde_json::json!($example)
    };
}

/// Declares shapes: `/// about  Name { /// about  field: Type = example, … }`. Nothing but what is
/// declared is taken.
macro_rules! shape {
    ($($(#[doc = $about:literal])+ $name:ident {
        $($(#[doc = $doc:literal])+ $field:ident: $type:ty $(= $example:expr)?),+ $(,)?
    })+) => { $(
        $(#[doc = $about])+
        #[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl $crate::api::shape::Shape for $name {
            fn schema(parts: &mut $crate::api::shape::Parts) -> serde_json::Value {
                let name = stringify!($name);
                if !parts.contains_key(name) {
                    // It may hold itself.
                    parts.insert(name, serde_json::Value::Null);
                    let mut properties = serde_json::Map::new();
                    let mut required: Vec<&str> = Vec::new();
                    $(
                        let field = <$type as $crate::api::shape::Shape>::schema(parts);
                        let field = $crate::api::shape::described(field, concat!($($doc),+));
                        properties.insert(stringify!($field).to_owned(), field);
                        if !<$type as $crate::api::shape::Shape>::OPTIONAL {
                            required.push(stringify!($field));
                        }
                    )+
                    let whole = serde_json::json!({
                        "type": "object",
                        "description": concat!($($about),+).trim(),
                        "properties": properties,
                        "required": required,
                        "additionalProperties": false,
                    });
                    parts.insert(name, whole);
                }
                serde_json::json!({ "$ref": format!("#/components/schemas/{name}") })
            }

            fn example() -> serde_json::Value {
                let mut example = serde_json::Map::new();
                $(example.insert(
                    stringify!($field).to_owned(),
                    $crate::api::shape::example_of!($type $(, $example)?),
                );)+
                serde_json::Value::Object(example)
            }
        }
    )+ };
}

pub(crate) use {example_of, shape};
