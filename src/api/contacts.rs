//! Reading contacts that are in the service.

use jiff::Timestamp;
use serde_json::Value;

/// A contact as the service shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteContact {
    /// Its id.
    pub contact_id: String,
    /// `createdTime`, if it is there and can be read.
    pub created_time: Option<Timestamp>,
    /// `modifiedTime`, if it is there and can be read.
    pub modified_time: Option<Timestamp>,
    /// An external message contact (`linkedExternalUser` is not null): not one that `POST /contacts` can create.
    pub external: bool,
    /// The whole object, to compare it with what was sent ([`compare`](super::compare)).
    pub body: Value,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactPage {
    /// The contacts of this page, in the service's order.
    pub contacts: Vec<RemoteContact>,
    /// Where the next page starts; `None` on the last.
    pub next_cursor: Option<String>,
}

/// Which contacts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Contacts a page, 1 to 500 (the service's default is 100).
    pub count: Option<u32>,
    /// Where to go on, from [`ContactPage::next_cursor`].
    pub cursor: Option<String>,
    /// The order of the list.
    pub order: Option<Order>,
    /// Created from this time on. Sent with [`created_to`](Self::created_to); the window may be at most 7 days.
    pub created_from: Option<Timestamp>,
    /// Created up to this time.
    pub created_to: Option<Timestamp>,
    /// Part of an e-mail address.
    pub email: Option<String>,
    /// Part of a telephone number: digits, at least 4.
    pub telephone: Option<String>,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `createdTime desc`.
    NewestFirst,
}

/// What a delete did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeleteAnswer {
    /// 204: it is in the trash now.
    Deleted,
    /// 404 in the service's own words: it was not there any more.
    Gone,
}

/// How far a read over several pages came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Every page was read.
    Complete,
    /// The visitor had seen enough.
    Stopped,
    /// The limit of pages was reached before the end.
    CutOff,
}
