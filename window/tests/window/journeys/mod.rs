//! Whole lives of twelve services on both engines, over HTTP, with the people of real desks: taken in,
//! carried from hand to hand, paid, approved, issued, handed over, followed by PIN, verified.
//!
//! [`house`] opens the desks and does what each step asks; [`steps`] is what an officer of good will
//! does there. What is particular to a service stands in its own test, reckoned by hand from its file
//! under `catalogue/services`: who held which step, what was skipped, what it cost, when it was due,
//! what the paper says. Sunday 22 November 2026, ten in the morning, is day 0 everywhere; Fridays and
//! Saturdays are free, and so is Thursday 7 January 2027.

mod building;
mod house;
mod land;
mod shops;
mod steps;
mod streets;
