//! What the headers of an answer say of the rate limit.
//!
//! The vendor spells them `rateLimit-limit` today and `RateLimit-Limit` in older documents, and says to compare names
//! case-insensitively: a [`HeaderMap`] does. `Retry-After` is not documented, and honoured if it comes.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// No single answer keeps us waiting longer than this.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// The rate limit headers of one answer; what is missing or can't be read is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RateHeaders {
    /// Requests a window.
    pub(super) limit: Option<u32>,
    /// Requests left in this window.
    pub(super) remaining: Option<u32>,
    /// Until the window resets, capped.
    pub(super) reset: Option<Duration>,
    /// `Retry-After`, capped.
    pub(super) retry_after: Option<Duration>,
}

impl RateHeaders {
    /// Reads them; `now` is our clock, used where the answer has no `Date`.
    pub(super) fn read(headers: &HeaderMap, now: Timestamp) -> Self {
        RateHeaders {
            limit: number(headers, "ratelimit-limit"),
            remaining: number(headers, "ratelimit-remaining"),
            reset: number(headers, "ratelimit-reset").map(seconds),
            retry_after: retry_after(headers, now),
        }
    }
}

/// The service's clock, as the `Date` header of an answer shows it.
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    http_date(headers.get(DATE)?.to_str().ok()?)
}

fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(count) = value.parse::<u32>() {
        return Some(seconds(count));
    }
    // The date is the service's, so it is compared with the service's clock where that is known.
    let wait = http_date(value)?.duration_since(date(headers).unwrap_or(now));
    let wait = Duration::try_from(wait).unwrap_or_default();
    Some(wait.min(LONGEST_WAIT))
}

fn http_date(value: &str) -> Option<Timestamp> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    parser.parse_timestamp(value).ok()
}

/// The leading digits of a header, so that `240, 240;w=60` reads as 240.
fn number(headers: &HeaderMap, name: &'static str) -> Option<u32> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    let digits = value.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn seconds(count: u32) -> Duration {
    Duration::from_secs(count.into()).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderName;

    use super::*;

    fn read(lines: &[(&str, &str)]) -> RateHeaders {
        let headers = lines.iter().map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            (name, value.parse().unwrap())
        });
        RateHeaders::read(&headers.collect(), "2026-03-01T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn both_spellings_of_the_limit_headers_are_read() {
        let expected = RateHeaders {
            limit: Some(240),
            remaining: Some(3),
            reset: Some(Duration::from_secs(17)),
            retry_after: None,
        };
        for prefix in ["rateLimit-", "RateLimit-", "ratelimit-", "RATELIMIT-"] {
            let name = |name| format!("{prefix}{name}");
            let (limit, remaining, reset) = (name("limit"), name("Remaining"), name("RESET"));
            let lines = [
                (limit.as_str(), "240, 240;w=60"),
                (&remaining, " 3 "),
                (&reset, "17"),
            ];
            assert_eq!(read(&lines), expected, "{prefix}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_and_is_capped() {
        let date = ("Date", "Sun, 01 Mar 2026 11:00:00 GMT");
        for (lines, seconds) in [
            (vec![("Retry-After", "7")], Some(7)),
            (vec![("retry-after", "0")], Some(0)),
            (vec![("Retry-After", "86400")], Some(600)),
            (
                vec![("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT")],
                Some(30),
            ),
            // The service's own clock counts, where it shows it.
            (
                vec![("Retry-After", "Sun, 01 Mar 2026 11:00:30 GMT"), date],
                Some(30),
            ),
            (
                vec![("Retry-After", "Sun, 01 Mar 2026 11:59:30 GMT")],
                Some(0),
            ),
            (
                vec![("Retry-After", "Sun, 01 Mar 2037 11:59:30 GMT")],
                Some(600),
            ),
            (vec![("Retry-After", "soon")], None),
            (vec![("Retry-After", "-5")], None),
            (vec![], None),
        ] {
            assert_eq!(
                read(&lines).retry_after,
                seconds.map(Duration::from_secs),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn headers_that_make_no_sense_are_none() {
        let lines = [
            ("rateLimit-limit", "many"),
            ("rateLimit-remaining", "-1"),
            ("rateLimit-reset", "99999999999999"),
        ];
        assert_eq!(read(&lines), RateHeaders::default());
    }
}
