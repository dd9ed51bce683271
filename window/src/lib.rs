//! window: the one-stop window (الشباك الواحد), from a request at the counter to a paper that anyone can verify.

pub mod requests;
