//! cardlift lifts an address book into LINE WORKS / NAVER WORKS: it reads CSV and vCard exports, maps every record to a
//! contact, checks it against the service's own rules, and creates it through `POST /contacts`, each exactly once.
//!
//! This page is the map of the code. What the program does for people is in the README; how to work on it, in CONTRIBUTING.
//!
//! # The flow of a record
//!
//! ```text
//! files ─ input ─▶ source ─▶ mapping ─▶ ContactDraft ─ contact ─▶ Contact        pure, synchronous, streaming
//!                     └ line, raw bytes      └─▶ Problem, Note
//!          └──────────── examine: on all cores, results in input order ────────┘
//! Contact ─ plan ─▶ ledger (planned | duplicate | exists | invalid)              one transaction a batch
//! ledger (planned) ─ send ─▶ api::Client (token · pace · decision) ─▶ ledger      one task, bounded concurrency
//! ledger ─ report ─▶ results.csv · results.jsonl · rejects.* · summary.json · report.html · terminal
//! ```
//!
//! `check` is the first line and the report, without ledger or network, in memory that does not grow with the file. `import`
//! goes all the way, and creates nothing before all input has been read, checked and planned. From then on the ledger is all
//! that counts: a report can be written from it alone, and the same command goes on where a run was cut off.
//!
//! # What lives where
//!
//! | module | holds | must not know |
//! |---|---|---|
//! | [`cli`], [`config`] | options; `cardlift.toml`, resolved once and handed down | what is done with them |
//! | [`document`], [`names`] | TOML read into types, with places in errors; names in messages | what the keys mean |
//! | [`input`] | which kind of file each is, and which mapping goes with it | records |
//! | [`source`] | encodings, CSV, vCard: records with their places and bytes | contacts |
//! | [`mapping`] | presets, mapping files, names, dates, telephones: records → drafts | async, HTTP, SQL |
//! | [`contact`] | the service's rules: a [`Contact`](contact::Contact) can't be invalid | files, HTTP |
//! | [`note`] | what was changed or carried over | |
//! | [`examine`] | the three above over whole files, on many threads | what becomes of the records |
//! | [`plan`] | who is a duplicate, and by what a record is known again | files, the network |
//! | [`ledger`] | runs, records, attempts, in one SQLite file | HTTP; it alone knows SQL |
//! | [`api`] | the service: token, pace, one request, and what its answer means | files, records, the ledger; it alone knows HTTP |
//! | [`send`] | the course of a run: attempts, unknown outcomes, stopping | files, reports, the terminal |
//! | [`report`] | everything that a run leaves behind, and what is said of a problem | async, HTTP, SQL |
//! | [`sandbox`] | the service inside the program, for rehearsals and tests | all the rest: it shares no code, so that it can disagree |
//! | [`commands`] | one module for each command, which puts the parts together | |
//! | [`terminal`], [`log`], [`lang`] | what people see, in three languages; they alone print | |
//! | [`exit`], [`failpoint`], [`folders`] | the exit codes; places where tests let the process die; where the system keeps state and configuration | |
//!
//! # The laws
//!
//! 1. **Exactly once.** An attempt is in the ledger, on the disk, before its request leaves. What may have been created is
//!    looked up, never sent again blindly ([`api::decide`] says what may be, [`send`] how it is found out). One process holds
//!    a ledger at a time.
//! 2. **Nothing is lost silently.** Every non-empty value of a source is in the payload, or a [`note`] names it. Every record
//!    has one outcome, and the outcomes add up to the records.
//! 3. **The check is the service's check.** [`contact`] keeps the rules of the vendor's document, and [`sandbox`] keeps them
//!    once more by itself; tests hold the two against each other.
//! 4. **Nothing is guessed.** What can't be read for certain becomes a [`Problem`](contact::Problem) with its place and the
//!    way to mend it. A record that fails is a value; `Err` is what stops a run.
//! 5. **The pace can't be gone round.** A request takes a [`Permit`](api::Permit), and a repetition takes another.
//! 6. **What others wrote is only shown.** Text from files and from the service goes through
//!    [`plain`](report::message::plain) on its way to a terminal. Secrets are in no `Debug`, error or [`log`]; people's data
//!    is in none either, unless somebody asked for it. Ledger and reports are readable by their owner only.
//!
//! To follow one record by eye, begin at [`commands::import::run`], or run `cardlift explain FILE:LINE`.

pub mod api;
pub mod cli;
pub mod commands;
pub mod config;
pub mod contact;
pub mod document;
pub mod examine;
pub mod exit;
pub mod failpoint;
pub mod folders;
pub mod input;
pub mod lang;
pub mod ledger;
pub mod log;
pub mod mapping;
pub mod names;
pub mod note;
pub mod plan;
pub mod printable;
pub mod report;
pub mod sandbox;
pub mod send;
pub mod source;
pub mod terminal;
