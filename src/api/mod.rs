//! The contacts service: the only module that knows HTTP and the service's JSON.
//!
//! [`Client`] sends one request for each [`Permit`] that it grants, at the pace that the service allows, and reads the answer
//! into what can be done about it ([`RemoteContact`], [`Failure`]). Whether a request may be sent again is decided by
//! [`decide`], a pure function; sending again is the caller's business, and takes another permit, so that no retry can go
//! round the pace.
//!
//! It refuses to know files, records, the ledger and progress. What it knows of the service is what the vendor's document
//! of `POST /contacts` and the public pages around it say; what they leave open is said where it matters.

mod answer;
mod client;
pub mod compare;
mod contacts;
mod deadline;
mod decision;
mod failure;
mod limits;
pub mod login;
mod oauth;
mod operation;
mod pace;
mod permit;
mod rate;
mod reading;
mod service_account;
#[cfg(test)]
mod tests;
mod token;
mod transport;
pub mod webhook;

pub use client::{Client, InvalidUrl, Settings};
pub use contacts::{CustomProperty, ListQuery, Page, RemoteContact, Tag};
pub use deadline::Deadline;
pub use decision::{AT_ONCE, Next, Tried, decide, ends_run, jitter};
pub use failure::{CredentialProblem, Failure, FailureKind};
pub use oauth::{App, Token};
pub use operation::Operation;
pub use pace::PaceSettings;
pub use permit::Permit;
pub use rate::{Planned, plan_rate};
pub use reading::Reading;
pub use reqwest::Url;
pub use service_account::ServiceAccount;
pub use token::Credentials;
