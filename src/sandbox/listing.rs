//! `GET /contacts`: filters, order and pages.
//!
//! Stricter than anybody knows the service to be where the vendor's pages are silent: filters compare in the same case,
//! a window needs both its ends, a list without `orderBy` has no order worth relying on, and a cursor is good only for
//! the search that it came from.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::answers::Answer;
use super::quirks::{Filters, ListOrder, Quirks};
use super::service::Fields;
use super::store::{Order, Store, Stored};

/// Reads the query and finds its page, and the cursor of the next.
pub(super) fn page<'s>(
    store: &'s Store,
    query: &Fields,
    quirks: &Quirks,
) -> Result<(Vec<&'s Stored>, Option<String>), Answer> {
    let count = count(query)?;
    let filter = Filter::read(query)?.taken_by(quirks)?;
    let (after, returned) = filter.begin(query.get("cursor"))?;
    let room = count.min(SEARCH_LIMIT.saturating_sub(returned));
    let mut found = store
        .list(filter.order, after, quirks.unlisted)
        .filter(|contact| filter.takes(contact));
    let taken: Vec<&Stored> = found.by_ref().take(room).collect();
    let returned = returned + taken.len();
    let has_more = returned < SEARCH_LIMIT && found.next().is_some();
    let last = taken.last().filter(|_| has_more);
    let next = last.map(|last| format!("{}.{returned}.{}", last.order, filter.fingerprint()));
    Ok((taken, next))
}

/// `count`: 1 to 500, 100 if absent.
pub(super) fn count(query: &Fields) -> Result<usize, Answer> {
    match query.get("count").map(|count| count.parse()) {
        None => Ok(100),
        Some(Ok(count @ 1..=500)) => Ok(count),
        Some(_) => Err(Answer::invalid_parameter(
            "count must be between 1 and 500.",
        )),
    }
}

/// The vendor: at most 50,000 for one search.
const SEARCH_LIMIT: usize = 50_000;

#[derive(Debug, Default, PartialEq, Hash)]
struct Filter {
    order: Order,
    window: Option<TimeWindow>,
    email: Option<String>,
    telephone: Option<String>,
    tag: Option<String>,
}

/// Both ends are in it (not stated).
#[derive(Debug, PartialEq, Hash)]
struct TimeWindow {
    of_modified: bool,
    start: Timestamp,
    end: Timestamp,
}

impl Filter {
    fn read(query: &Fields) -> Result<Self, Answer> {
        Ok(Self {
            order: order(query.get("orderBy"))?,
            window: TimeWindow::read(query)?,
            email: query.get("email").cloned(),
            telephone: telephone(query.get("telephone"))?,
            tag: query.get("contactTagId").cloned(),
        })
    }

    fn taken_by(self, quirks: &Quirks) -> Result<Self, Answer> {
        let order = match quirks.order {
            ListOrder::AsAsked => self.order,
            ListOrder::Ignored => Order::Unspecified,
            ListOrder::ByModification => Order::LastModified,
        };
        let asked = Filter { order, ..self };
        let unfiltered = Filter {
            order,
            ..Filter::default()
        };
        match quirks.filters {
            Filters::AsAsked => Ok(asked),
            Filters::Refused if asked != unfiltered => {
                Err(Answer::invalid_parameter("filters are not supported."))
            }
            Filters::Refused | Filters::Ignored => Ok(unfiltered),
        }
    }

    /// Where a page begins: behind which contact, and after how many of this search.
    fn begin(&self, cursor: Option<&String>) -> Result<(Option<usize>, usize), Answer> {
        let Some(cursor) = cursor else {
            return Ok((None, 0));
        };
        let parts: Result<Vec<u64>, _> = cursor.split('.').map(str::parse).collect();
        match parts.as_deref() {
            Ok(&[after, returned, search]) if search == self.fingerprint() => {
                Ok((Some(after as usize), returned as usize))
            }
            _ => Err(Answer::invalid_parameter("cursor is invalid.")),
        }
    }

    fn takes(&self, contact: &Stored) -> bool {
        let has = |wanted: &Option<String>, test: fn(&Value, &str) -> bool| {
            wanted
                .as_ref()
                .is_none_or(|wanted| test(&contact.request, wanted))
        };
        self.window
            .as_ref()
            .is_none_or(|window| window.holds(contact))
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

fn order(text: Option<&String>) -> Result<Order, Answer> {
    match text.map(String::as_str) {
        None => Ok(Order::Unspecified),
        Some("createdTime asc") => Ok(Order::Oldest),
        Some("createdTime desc") => Ok(Order::Newest),
        Some(_) => Err(Answer::invalid_parameter("orderBy is invalid.")),
    }
}

fn telephone(text: Option<&String>) -> Result<Option<String>, Answer> {
    match text {
        Some(text) if text.len() < 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) => Err(
            Answer::invalid_parameter("telephone must be 4 digits or more."),
        ),
        text => Ok(text.cloned()),
    }
}

impl TimeWindow {
    fn read(query: &Fields) -> Result<Option<Self>, Answer> {
        let has_ends = query.contains_key("startDateTime") || query.contains_key("endDateTime");
        let of_modified = match query.get("searchDateType").map(String::as_str) {
            // Ends of a window that nobody asked for: ignoring them would hide a client's mistake.
            None if has_ends => {
                return Err(Answer::invalid_parameter("searchDateType is required."));
            }
            None => return Ok(None),
            Some("CREATED_TIME") => false,
            Some("MODIFIED_TIME") => true,
            Some(_) => return Err(Answer::invalid_parameter("searchDateType is invalid.")),
        };
        let time = |name: &str| {
            let text = query.get(name);
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

    fn holds(&self, contact: &Stored) -> bool {
        let time = match self.of_modified {
            true => contact.modified,
            false => contact.created,
        };
        (self.start..=self.end).contains(&time)
    }
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
