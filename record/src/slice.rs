//! What a slice tells the record about itself.

use foundation::db::Tx;

use crate::{BoxFuture, Event, RecordError, Upcast};

/// شريحة: one vertical part of the product, with the streams and tables that are its own.
pub trait Slice: Send + Sync {
    /// Its name in messages and reports.
    fn name(&self) -> &'static str;

    /// The kinds of stream whose events it applies. No two slices share one.
    fn stream_kinds(&self) -> &'static [&'static str];

    /// Its tables.
    fn tables(&self) -> &'static [Table];

    /// Writes one event into this slice's rows of this stream. The same code serves the live
    /// path, rebuilding and exchange: it reads no clock, makes no ids and sees no other rows
    /// than the slice's own, [`Self::needs`] and the subject keys.
    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>>;

    /// Working tables that `apply` reads; they are copied before a trial rebuild.
    fn needs(&self) -> &'static [&'static str] {
        &[]
    }

    /// Readers of event kinds whose data once had another shape.
    fn upcasts(&self) -> &'static [Upcast] {
        &[]
    }

    /// Compares the slice's working counters with its projections or the record; one line for
    /// each that is wrong, beginning with table and key.
    fn counters_check<'a>(&'a self, tx: &'a mut Tx) -> BoxFuture<'a, Result<Vec<String>, RecordError>> {
        let _none = tx;
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// What a table is, and so how it is treated by backups, rebuilding and checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The record itself: only ever appended to.
    Record,
    /// Written by `apply` alone: rebuilt from the record and compared with it.
    Projection,
    /// Written by a follower: rebuilt by following from the beginning, not compared.
    Rollup,
    /// Sessions, drafts, jobs, counters, uploads, positions, keys, views: backed up, not compared.
    Working,
}

/// A table and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub class: Class,
    /// The columns of its primary key, in order. None may be NULL.
    pub key: &'static [&'static str],
}

impl Table {
    /// A table that `apply` writes.
    pub const fn projection(name: &'static str, key: &'static [&'static str]) -> Self {
        Table { name, class: Class::Projection, key }
    }

    /// A table that a follower writes.
    pub const fn rollup(name: &'static str, key: &'static [&'static str]) -> Self {
        Table { name, class: Class::Rollup, key }
    }

    /// A table outside the record.
    pub const fn working(name: &'static str, key: &'static [&'static str]) -> Self {
        Table { name, class: Class::Working, key }
    }
}
