//! النماذج: what a form sends, what is wrong with it, and how its fields are shown.

mod data;
mod errors;
pub(super) mod parse;
mod view;

pub use data::{FILE_LIMIT, FilePart, FormData};
pub use errors::{FormErrors, SummaryItem};
pub use view::{Choice, FieldKind, FieldView, Width};

/// The id of the first control of the field `name`, where links of the summary lead.
#[must_use]
pub fn control_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len() + 2);
    id.push_str("f-");
    id.extend(name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }));
    id
}
