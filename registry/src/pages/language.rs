//! The switch at the head of every page (تبديل اللغة).

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use foundation::web::{Ctx, Lang, PageError, language};

/// Remembers the language and goes back to the page.
pub(super) async fn switch(
    c: Ctx,
    Path(lang): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = Lang::of_tag(&lang).ok_or(PageError::NotFound)?;
    let back = asked.get("back").map_or("/", String::as_str);
    Ok(language::switch(lang, back, c.site.secure()))
}
