//! The window from outside: commands and pages on real databases. One program, so that it is linked once.

mod api;
mod common;
mod counter;
mod desk;
mod follow;
mod guide;
mod guide_data;
mod histories;
mod journeys;
mod late;
mod licences;
mod limits;
mod mandates;
mod matrix;
mod notices;
mod numbers;
mod objections;
mod online;
mod persons;
mod pieces;
mod public;
mod queue;
mod races;
mod requests;
mod services;
