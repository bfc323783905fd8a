//! cardlift lifts an address book into LINE WORKS / NAVER WORKS: it reads CSV and vCard exports, maps every record to a
//! contact, checks it against the service's own rules, and creates it through `POST /contacts`, each exactly once.

pub mod api;
pub mod cli;
pub mod commands;
pub mod config;
pub mod contact;
pub mod examine;
pub mod exit;
pub mod failpoint;
pub mod input;
pub mod lang;
pub mod ledger;
pub mod log;
pub mod mapping;
pub mod note;
pub mod plan;
pub mod report;
pub mod sandbox;
pub mod send;
pub mod source;
pub mod terminal;
