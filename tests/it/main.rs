//! Integration tests: the real binary, a real HTTP service on loopback, real files.
//!
//! Modules that need a cargo feature or a system say so themselves, in their first line of code.

mod adopting;
mod agreement;
mod auth;
mod bad_input;
mod chaos;
mod configuration;
mod consent;
mod crashes;
mod dependencies;
mod duplicates;
mod folders;
mod gone;
mod import;
mod in_step;
mod json;
mod languages;
mod later;
mod log;
mod login;
mod makers;
mod map;
mod notice;
mod pace;
mod places;
mod plan;
mod plan_screen;
mod preflight;
mod presets;
mod progress;
mod pty;
mod readme;
mod refusals;
mod rejects;
mod report_page;
mod resolve;
#[path = "../../src/sandbox/tests/rig.rs"]
mod rig;
mod scheduled;
mod schema;
mod server;
mod server_in_step;
mod shared;
mod suggest;
mod tables;
mod trust;
mod undo;
mod upgrades;
mod vcards_kinds;
mod vcards_mapped;
mod vcards_reference;
mod workbooks;
mod workers;
mod world;

use cardlift::sandbox;
