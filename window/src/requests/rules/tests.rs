//! Requests of real services driven through the rules: by example, and at random.

mod desk;
mod examples;
mod law;
mod lineage;
mod properties;
mod voice;
