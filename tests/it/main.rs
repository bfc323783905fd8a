//! Integration tests: the real binary, a real HTTP service on loopback, real files.

mod agreement;
mod auth;
mod bad_input;
mod chaos;
mod crashes;
mod dependencies;
mod import;
mod languages;
mod log;
mod makers;
mod pace;
mod places;
mod preflight;
mod presets;
mod readme;
mod rejects;
mod report_page;
mod scheduled;
mod schema;
mod suggest;
mod trust;
mod undo;
mod vcards_mapped;
mod vcards_reference;
mod workers;
mod world;
