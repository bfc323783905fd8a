//! cardlift imports an address book into LINE WORKS / NAVER WORKS: it reads CSV, workbooks and vCard exports, maps each record to a
//! contact, checks it against the rules of the service, and creates it with `POST /contacts`, each exactly once.
//!
//! This page is the map of the code. The README says what the program does, CONTRIBUTING how to work on it.
//!
//! # The flow of a record
//!
//! ```text
//! files ─ input ─▶ source ─▶ mapping ─▶ ContactDraft ─ contact ─▶ Contact        pure, synchronous, streaming
//!                     └ line, raw bytes      └─▶ Problem, Note
//!          └──────────── examine: on all cores, results in input order ────────┘
//! Contact ─ plan ─▶ ledger (planned | duplicate | exists | invalid)              one transaction for many records
//! ledger (planned) ─ send ─▶ api::Client (token · pace · decision) ─▶ ledger      one task, bounded concurrency
//! Record | ledger ─ report ─▶ results.csv · results.jsonl · rejects.* · summary.json · report.html · terminal
//! ```
//!
//! `check` is the first line and the report, without ledger or network. `import` is all of it; it creates nothing before all
//! input has been read, checked and planned. From then on only the ledger counts: a report can be written from it alone, and
//! the same command resumes an interrupted run.
//!
//! # Modules
//!
//! A module uses those below it in this table, never those above.
//!
//! | module | has | does not know |
//! |---|---|---|
//! | [`commands`] | one module for each command, which connects the parts | |
//! | [`terminal`] | output for people | |
//! | [`send`] | the course of a run: attempts, unknown outcomes, stopping | files, reports, the terminal |
//! | [`log`] | events; besides [`terminal`] nothing else prints | |
//! | [`cli`] | the options | |
//! | [`examine`] | source, mapping and contact over whole files, on many threads | the outcomes of records |
//! | [`input`] | the kind of each file, and the mapping for it | records |
//! | [`config`] | `cardlift.toml`, read once and passed down | how it is used |
//! | [`report`] | the files of a report, and the messages of problems | async, HTTP, SQL |
//! | [`folders`] | folders of the system | |
//! | [`exit`] | exit codes, and the errors that end a command | |
//! | [`ledger`] | runs, records and attempts, in a SQLite file or on a PostgreSQL server | HTTP; nothing else knows SQL |
//! | [`api`] | the service: token, pace, one request, the meaning of its answer | files, records, the ledger; nothing else knows HTTP |
//! | [`plan`] | duplicates, and the identity of a record in later runs | files, the network |
//! | [`mapping`] | presets, mapping files, names, dates, telephones: records → drafts | async, HTTP, SQL |
//! | [`source`] | encodings, CSV, workbooks, vCard: records with their places and bytes | contacts |
//! | [`note`] | values that were changed, or are not imported | |
//! | [`contact`] | the rules of the service: a [`Contact`](contact::Contact) can't be invalid | files, HTTP |
//! | [`document`] | TOML read into types; errors with file, line and key | the meaning of keys |
//! | [`workers`] | chunks of work on several threads, with results in order | what is in them |
//! | [`lang`] | messages in three languages | |
//! | [`html`] | text that was escaped for HTML | |
//! | [`names`], [`printable`] | names in messages; text that is safe to print | |
//! | [`private`] | files and folders that only their owner can read | |
//! | [`failpoint`] | points where tests abort the process | |
//! | [`sandbox`] | the service inside the program, for rehearsals and tests | everything else: it shares no code, so that it can disagree |
//!
//! # Invariants
//!
//! 1. **Exactly once.** An attempt is in the ledger, on disk, before its request is sent. A contact that may have been created is
//!    looked up, never sent again blindly ([`api::decide`] says which those are, [`send`] resolves them). Only one process at a
//!    time has a ledger open, or the place of its account on a server.
//! 2. **Nothing is lost silently.** Every non-empty value of a source is in the payload, or a [`note`] names it. Every record
//!    has one outcome, and the outcomes add up to the records.
//! 3. **The check has the rules of the service.** [`contact`] has the rules of the vendor's document, and [`sandbox`] has them a
//!    second time; tests compare the two.
//! 4. **Nothing is guessed.** An ambiguous value is a [`Problem`](contact::Problem) with its place and a fix. A failed record is a
//!    value; `Err` stops a run.
//! 5. **Every request waits for the pace.** A request needs a [`Permit`](api::Permit), and so does each retry.
//! 6. **Foreign text is safe to print.** Text from files and from the service goes through [`plain`](printable::plain) before a
//!    terminal shows it. No `Debug`, error or [`log`] has secrets; they have personal data only if the user asks for it. Only
//!    the owner can read ledger and reports.
//!
//! To follow one record, begin at [`commands::import::run`], or run `cardlift explain FILE:LINE`.

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
pub mod html;
pub mod input;
pub mod lang;
pub mod ledger;
pub mod log;
pub mod mapping;
pub mod names;
pub mod note;
pub mod plan;
pub mod printable;
pub mod private;
pub mod report;
#[cfg(test)]
#[path = "sandbox/tests/rig.rs"]
mod rig;
pub mod sandbox;
pub mod send;
pub mod source;
pub mod terminal;
pub mod workers;
