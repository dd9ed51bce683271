//! هيكل الصفحات: the shell that every page of the product stands in.
//!
//! A handler takes [`Ctx`] (and [`FormData`] for a POST) and answers `Result<Html<Page>, PageError>`
//! or [`see_other`]. [`serve_pages`] goes around the whole router once: request id, client address,
//! origin and token check, security headers, access log, error pages, compression, time-out.
//!
//! ```ignore
//! async fn new(c: Ctx) -> Result<Response, PageError> {
//!     Ok(Html(NewPage { c, form: form(&FormData::default(), &FormErrors::new()) }).into_response())
//! }
//! async fn create(c: Ctx, data: FormData) -> Result<Response, PageError> {
//!     let mut errors = FormErrors::new();
//!     let name = data.required("name", &mut errors, || c.t("intake-name-missing"));
//!     if errors.any() {
//!         return Ok(Html(NewPage { c: c.failed(true), form: form(&data, &errors) }).unprocessable());
//!     }
//!     Ok(see_other("/requests/…").with_flash(&Flash::ok(c.t("intake-done"))))
//! }
//! ```

pub mod access_log;
#[cfg(test)]
mod arabic_check;
pub mod assets;
pub mod client;
pub mod csrf;
mod ctx;
mod error;
pub mod forms;
pub mod headers;
mod html;
pub mod language;
pub mod limit;
pub mod messages;
pub mod messages_check;
mod random;
mod refill;
mod request;
#[cfg(test)]
mod sample;
mod shell;
#[cfg(test)]
mod shell_tests;
mod views;

pub use client::{Cidr, ClientIp};
pub use ctx::{Ctx, Density, Flash, FlashKind, NavItem, SignedIn, SiteInfo};
pub use error::PageError;
pub use forms::{Choice, FieldView, FilePart, FormData, FormErrors};
pub use headers::Opens;
pub use html::{Html, Redirect, see_other};
pub use limit::{Rate, RateLimits};
pub use messages::{Digits, Lang, ToArg};
pub use refill::{Refilled, refill};
pub use request::RequestInfo;
pub use shell::{ShellSettings, problem, serve_pages};
pub use views::{Answer, Crumb, DeadlineView, PagerView, TrackState, TrackStep, TrackView, VerifierView};
