//! By example.
