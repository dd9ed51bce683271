//! The checked tree as JSON, for the browser: `{"op":"*","args":[…]}`, decimals as strings.

use serde_json::{Value, json};

use super::Node;

pub(super) fn to_json(node: &Node) -> Value {
    let list = |nodes: &[Node]| nodes.iter().map(to_json).collect::<Vec<_>>();
    match node {
        Node::Bool(truth) => json!({ "bool": truth }),
        Node::Number(number) => json!({ "number": number.normalize().to_string() }),
        Node::Text(text) => json!({ "text": text }),
        Node::List(items) => json!({ "list": list(items) }),
        Node::Name(name) => json!({ "name": name }),
        Node::Not(inner) => json!({ "op": "!", "args": [to_json(inner)] }),
        Node::Negate(inner) => json!({ "op": "neg", "args": [to_json(inner)] }),
        Node::Binary(op, a, b) => json!({ "op": op.sign(), "args": [to_json(a), to_json(b)] }),
        Node::If(a, b, c) => json!({ "op": "?", "args": [to_json(a), to_json(b), to_json(c)] }),
        Node::Call(function, args) => json!({ "op": function.name(), "args": list(args) }),
    }
}
