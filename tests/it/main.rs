//! Integration tests: the real binary, a real HTTP service on loopback, real files.

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
#[cfg(feature = "shared")]
mod plan;
#[cfg(unix)]
mod plan_screen;
mod preflight;
mod presets;
#[cfg(unix)]
mod progress;
#[cfg(unix)]
mod pty;
mod readme;
mod refusals;
mod rejects;
#[cfg(feature = "browser")]
mod report_page;
mod resolve;
mod scheduled;
mod schema;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod server_in_step;
mod shared;
mod suggest;
mod tables;
mod trust;
mod undo;
mod upgrades;
mod vcards_kinds;
#[cfg(feature = "shared")]
mod vcards_mapped;
#[cfg(feature = "shared")]
mod vcards_reference;
mod workbooks;
mod workers;
mod world;
