//! Reading contacts that are in the service.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Deserialize;
use serde_json::Value;

use super::catalog::MetaData;

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

/// `GET /contacts`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WirePage {
    contacts: Vec<Value>,
    #[serde(default)]
    response_meta_data: Option<MetaData>,
}

impl RemoteContact {
    /// Reads a contact; `None` if it has no id, which the document says it always has.
    pub(super) fn read(body: Value) -> Option<Self> {
        let time = |name| body.get(name)?.as_str()?.parse().ok();
        Some(RemoteContact {
            contact_id: body
                .get("contactId")?
                .as_str()
                .filter(|id| !id.is_empty())?
                .to_owned(),
            created_time: time("createdTime"),
            modified_time: time("modifiedTime"),
            external: body
                .get("linkedExternalUser")
                .is_some_and(|user| !user.is_null()),
            body,
        })
    }
}

impl WirePage {
    /// The page; `None` if one of its contacts has no id.
    pub(super) fn read(self) -> Option<ContactPage> {
        Some(ContactPage {
            contacts: self
                .contacts
                .into_iter()
                .map(RemoteContact::read)
                .collect::<Option<_>>()?,
            next_cursor: MetaData::next(self.response_meta_data),
        })
    }
}

impl ListQuery {
    /// The query parameters, by the service's names.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let window = self.created_from.is_some() || self.created_to.is_some();
        let order = self
            .order
            .map(|Order::NewestFirst| "createdTime desc".to_owned());
        // The service's times are in whole seconds, so the window opens and closes on one.
        let end = self
            .created_to
            .map(|time| time.saturating_add(SignedDuration::from_millis(999)));
        [
            ("count", self.count.map(|count| count.to_string())),
            ("cursor", self.cursor.clone()),
            ("orderBy", order),
            ("searchDateType", window.then(|| "CREATED_TIME".to_owned())),
            ("startDateTime", self.created_from.map(date_time)),
            (
                "endDateTime",
                end.map(|end| date_time(end.unwrap_or(Timestamp::MAX))),
            ),
            ("email", self.email.clone()),
            ("telephone", self.telephone.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// `YYYY-MM-DDThh:mm:ssTZD`, with a numeric offset as in all the vendor's examples.
fn date_time(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC)
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}
