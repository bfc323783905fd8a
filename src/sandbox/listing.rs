//! `GET /contacts`: filters, order and pages.
//!
//! Stricter than anybody knows the service to be where the vendor's pages are silent: filters compare in the same case,
//! a window needs both its ends, a list without `orderBy` has no order worth relying on, and a cursor is good only for
//! the search that it came from.

use std::hash::{DefaultHasher, Hash, Hasher};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::answers::Answer;
use super::forms;
use super::quirks::{Filters, ListOrder, Quirks};
use super::store::{Order, Record, Store};

#[derive(Debug)]
pub(super) struct Page<'s> {
    pub records: Vec<&'s Record>,
    pub next_cursor: Option<String>,
}

/// Reads the query and finds its page.
pub(super) fn page<'s>(store: &'s Store, query: &str, quirks: &Quirks) -> Result<Page<'s>, Answer> {
    let pairs = forms::pairs(query);
    let count = count(&pairs)?;
    let filter = Filter::read(&pairs)?.taken_by(quirks)?;
    let place = Cursor::read(&pairs, filter.fingerprint())?;
    let room = count.min(SEARCH_LIMIT - place.returned.min(SEARCH_LIMIT));
    let mut found = store
        .list(filter.order, place.after, quirks.unlisted)
        .filter(|(_, record)| filter.takes(record));
    let taken: Vec<(usize, &Record)> = found.by_ref().take(room).collect();
    let returned = place.returned + taken.len();
    let has_more = returned < SEARCH_LIMIT && found.next().is_some();
    let after = taken
        .last()
        .map(|(position, _)| *position)
        .filter(|_| has_more);
    let next = after.map(|after| {
        Cursor {
            after: Some(after),
            returned,
        }
        .cursor(filter.fingerprint())
    });
    Ok(Page {
        records: taken.into_iter().map(|(_, record)| record).collect(),
        next_cursor: next,
    })
}

/// `count`: 1 to 500, 100 if absent.
pub(super) fn count(pairs: &[(String, String)]) -> Result<usize, Answer> {
    match forms::value(pairs, "count").map(str::parse) {
        None => Ok(100),
        Some(Ok(count @ 1..=500)) => Ok(count),
        Some(_) => Err(Answer::invalid_parameter(
            "count must be between 1 and 500.",
        )),
    }
}

/// The vendor: at most 50,000 for one search.
const SEARCH_LIMIT: usize = 50_000;

#[derive(Debug, Hash)]
struct Filter {
    order: Order,
    window: Option<TimeWindow>,
    email: Option<String>,
    telephone: Option<String>,
    tag: Option<String>,
}

/// Both ends are in it (not stated).
#[derive(Debug, Hash)]
struct TimeWindow {
    of_modified: bool,
    start: Timestamp,
    end: Timestamp,
}

impl Filter {
    fn read(pairs: &[(String, String)]) -> Result<Self, Answer> {
        let text = |name| forms::value(pairs, name).map(str::to_owned);
        Ok(Self {
            order: order(forms::value(pairs, "orderBy"))?,
            window: TimeWindow::read(pairs)?,
            email: text("email"),
            telephone: telephone(forms::value(pairs, "telephone"))?,
            tag: text("contactTagId"),
        })
    }

    fn taken_by(self, quirks: &Quirks) -> Result<Self, Answer> {
        let order = match quirks.order {
            ListOrder::AsAsked => self.order,
            ListOrder::Ignored => Order::Unspecified,
            ListOrder::ByModification => Order::LastModified,
        };
        let only_order = Filter {
            order,
            window: None,
            email: None,
            telephone: None,
            tag: None,
        };
        let filters = self.window.is_some()
            || self.email.is_some()
            || self.telephone.is_some()
            || self.tag.is_some();
        match quirks.filters {
            Filters::AsAsked => Ok(Filter { order, ..self }),
            Filters::Refused if filters => {
                Err(Answer::invalid_parameter("filters are not supported."))
            }
            Filters::Refused | Filters::Ignored => Ok(only_order),
        }
    }

    fn takes(&self, record: &Record) -> bool {
        let has = |wanted: &Option<String>, test: fn(&Value, &str) -> bool| {
            wanted
                .as_ref()
                .is_none_or(|wanted| test(&record.request, wanted))
        };
        self.window
            .as_ref()
            .is_none_or(|window| window.holds(record))
            && has(&self.email, has_email)
            && has(&self.telephone, has_telephone)
            && has(&self.tag, has_tag)
    }

    fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

fn order(text: Option<&str>) -> Result<Order, Answer> {
    match text {
        None => Ok(Order::Unspecified),
        Some("createdTime asc") => Ok(Order::Oldest),
        Some("createdTime desc") => Ok(Order::Newest),
        Some(_) => Err(Answer::invalid_parameter("orderBy is invalid.")),
    }
}

fn telephone(text: Option<&str>) -> Result<Option<String>, Answer> {
    match text {
        Some(text) if text.len() < 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) => Err(
            Answer::invalid_parameter("telephone must be 4 digits or more."),
        ),
        text => Ok(text.map(str::to_owned)),
    }
}

impl TimeWindow {
    fn read(pairs: &[(String, String)]) -> Result<Option<Self>, Answer> {
        let of_modified = match forms::value(pairs, "searchDateType") {
            // Ends of a window that nobody asked for: ignoring them would hide a client's mistake.
            None if has_ends(pairs) => {
                return Err(Answer::invalid_parameter("searchDateType is required."));
            }
            None => return Ok(None),
            Some("CREATED_TIME") => false,
            Some("MODIFIED_TIME") => true,
            Some(_) => return Err(Answer::invalid_parameter("searchDateType is invalid.")),
        };
        let time = |name: &str| {
            let text = forms::value(pairs, name);
            let text =
                text.ok_or_else(|| Answer::invalid_parameter(&format!("{name} is required.")))?;
            text.parse::<Timestamp>().map_err(|_| {
                Answer::invalid_parameter(&format!("{name} must be YYYY-MM-DDThh:mm:ssTZD."))
            })
        };
        let (start, end) = (time("startDateTime")?, time("endDateTime")?);
        let length = end.duration_since(start);
        if length.is_negative() || length > SignedDuration::from_hours(7 * 24) {
            return Err(Answer::invalid_parameter(
                "startDateTime and endDateTime must be within 7 days.",
            ));
        }
        Ok(Some(Self {
            of_modified,
            start,
            end,
        }))
    }

    fn holds(&self, record: &Record) -> bool {
        let time = if self.of_modified {
            record.modified
        } else {
            record.created
        };
        (self.start..=self.end).contains(&time)
    }
}

fn has_ends(pairs: &[(String, String)]) -> bool {
    ["startDateTime", "endDateTime"]
        .iter()
        .any(|name| forms::value(pairs, name).is_some())
}

fn has_email(request: &Value, wanted: &str) -> bool {
    strings(&request["emails"], "email").any(|email| email.contains(wanted))
}

fn has_telephone(request: &Value, wanted: &str) -> bool {
    strings(&request["telephones"], "telephone").any(|telephone| {
        let digits: String = telephone.chars().filter(char::is_ascii_digit).collect();
        digits.contains(wanted)
    })
}

fn has_tag(request: &Value, wanted: &str) -> bool {
    let tags = request["contactTagIds"].as_array();
    tags.is_some_and(|tags| tags.iter().any(|tag| tag == wanted))
}

fn strings<'v>(list: &'v Value, name: &'v str) -> impl Iterator<Item = &'v str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(move |item| item[name].as_str())
}

#[derive(Debug)]
struct Cursor {
    after: Option<usize>,
    returned: usize,
}

impl Cursor {
    fn read(pairs: &[(String, String)], fingerprint: u64) -> Result<Self, Answer> {
        let Some(cursor) = forms::value(pairs, "cursor") else {
            return Ok(Self {
                after: None,
                returned: 0,
            });
        };
        Self::from_cursor(cursor, fingerprint)
            .ok_or_else(|| Answer::invalid_parameter("cursor is invalid."))
    }

    fn from_cursor(cursor: &str, fingerprint: u64) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let mut parts = text.split('.');
        let after = parts.next()?.parse().ok()?;
        let returned = parts.next()?.parse().ok()?;
        (parts.next()?.parse() == Ok(fingerprint)).then_some(Self {
            after: Some(after),
            returned,
        })
    }

    fn cursor(&self, fingerprint: u64) -> String {
        let after = self.after.unwrap_or_default();
        BASE64_URL_SAFE_NO_PAD.encode(format!("{after}.{}.{fingerprint}", self.returned))
    }
}
