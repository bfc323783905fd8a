//! Integration tests: the real binary, a real HTTP service on loopback, real files.

mod agreement;
mod bad_input;
mod import;
mod readme;
mod report_page;
mod vcards_mapped;
mod vcards_reference;
mod world;
