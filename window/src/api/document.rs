//! The OpenAPI 3.1 document, made of the table of operations and the shapes of what they carry.

use axum::response::Response;
use foundation::web::{Ctx, PageError};
use http::HeaderMap;
use registry::{Door, Need};
use serde_json::{Map, Value, json};

use super::parts::kept;
use super::shape::Parts;
use super::{Described, Operation, operations};
use crate::public::Desk;

/// Parts of the interface, in the order of the document.
pub(super) const TAGS: [&str; 4] = ["guide", "track", "verify", "work"];

/// The operations, without their handlers.
pub(super) fn all() -> Vec<Operation> {
    operations(&Desk::default()).into_iter().map(|(operation, _)| operation).collect()
}

pub(super) async fn show(c: Ctx, headers: HeaderMap) -> Result<Response, PageError> {
    kept(&c, &headers, &document(&c))
}

/// The document in the language of the call.
pub(super) fn document(c: &Ctx) -> Value {
    let mut parts = Parts::new();
    let mut paths: Map<String, Value> = Map::new();
    for operation in all() {
        let method = operation.route.method.as_str().to_ascii_lowercase();
        let described = describe(c, &operation, &mut parts);
        let path = paths.entry(operation.route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(method, described);
        }
    }
    parts.insert("Problem", problem_schema());
    let tags = TAGS.map(|tag| json!({ "name": tag, "description": c.t(&format!("api-tag-{tag}")) }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": c.t("api-title"),
            "version": "1",
            "description": c.t("api-about"),
            "license": { "name": "AGPL-3.0-only", "identifier": "AGPL-3.0-only" },
        },
        "servers": [{ "url": c.absolute(""), "description": c.site_name() }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": parts,
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer", "description": c.t("api-about-keys") },
            },
        },
    })
}

fn describe(c: &Ctx, operation: &Operation, parts: &mut Parts) -> Value {
    let words = operation.words;
    let params: Vec<Value> = operation
        .params
        .iter()
        .map(|param| {
            let name = param.name.to_ascii_lowercase();
            let mut one = json!({
                "name": param.name,
                "in": param.place,
                "required": param.place != "query",
                "description": c.t(&format!("api-param-{name}")),
                "schema": { "type": "string" },
            });
            if let Some(one) = one.as_object_mut()
                && !param.example.is_empty()
            {
                one.insert("example".to_owned(), param.example.into());
            }
            one
        })
        .collect();
    let (status, answer) = operation.answer;
    let mut responses = Map::new();
    let success = json!({ "description": c.t(&format!("api-op-{words}-answer")), "content": { "application/json": media(answer, parts) } });
    responses.insert(status.to_string(), success);
    for status in operation.problems {
        responses.insert(status.to_string(), problem(c, *status));
    }
    let mut described = json!({
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": c.t(&format!("api-op-{words}")),
        "description": c.t(&format!("api-op-{words}-text")),
        "parameters": params,
        "responses": responses,
        "security": security(operation),
    });
    if let Some(body) = operation.body
        && let Some(described) = described.as_object_mut()
    {
        let content = json!({ "required": true, "content": { "application/json": media(body, parts) } });
        described.insert("requestBody".to_owned(), content);
    }
    described
}

/// A key with its scope, or nothing at all.
fn security(operation: &Operation) -> Value {
    match (operation.route.need, operation.route.door) {
        (Need::Public, _) => json!([]),
        (_, Door::Program(Some(scope))) => json!([{ "key": [scope.code()] }]),
        _ => json!([{ "key": [] }]),
    }
}

fn media(described: Described, parts: &mut Parts) -> Value {
    json!({ "schema": (described.schema)(parts), "example": (described.example)() })
}

fn problem(c: &Ctx, status: u16) -> Value {
    let name = http::StatusCode::from_u16(status).map_or("internal", PageError::name);
    let title = c.t(&format!("error-{name}-title"));
    let example = json!({
        "type": c.absolute(&format!("/api#problem-{name}")),
        "title": title,
        "status": status,
        "detail": title,
        "instance": "/api/v1",
        "reference": "0123456789",
    });
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    json!({ "description": title, "content": { "application/problem+json": { "schema": schema, "example": example } } })
}

/// What [`foundation::web::problem`] writes.
fn problem_schema() -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": { "type": "string", "format": "uri", "description": "Address of the explanation." },
            "title": text("What it is."),
            "status": { "type": "integer", "description": "Status of the answer." },
            "detail": text("What happened here."),
            "instance": text("Path of the call."),
            "reference": text("Reference of the call in the log of the office."),
            "errors": {
                "type": "array",
                "description": "What is wrong at the fields of the body.",
                "items": {
                    "type": "object",
                    "properties": {
                        "field": text("Name of the field; empty for the body as a whole."),
                        "detail": text("What to do about it."),
                    },
                    "required": ["field", "detail"],
                    "additionalProperties": false,
                },
            },
        },
        "required": ["type", "title", "status", "detail", "instance", "reference"],
        "additionalProperties": false,
    })
}
