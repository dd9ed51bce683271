//! الطلبات: a request from the window to the paper (one stream each).
//!
//! An applicant asks for a service; the departments, committees and outside bodies that the service
//! declares work through their steps; a paper is issued, or the request is refused, withdrawn or voided.
//! [`events`] is what the record keeps, [`state`] what they add up to, [`rules`] what may happen next.
//! [`act`] carries commands out, [`store`] writes the rows, [`queries`] reads them; [`drafts`] are
//! forms that are no requests yet, [`copies`] make many cases after one, [`follow`] reacts to what happens elsewhere, [`jobs`] to what does not.

pub mod act;
pub mod copies;
pub mod drafts;
pub mod events;
pub mod follow;
pub mod jobs;
pub mod queries;
pub mod rules;
pub mod state;
pub mod store;
