//! Reading all contacts of the service once.

use crate::api::{Client, Failure, ListQuery, Reading, RemoteContact};
use crate::commands::preflight::unread;
use crate::exit::{Failed, failed};
use crate::lang::tr;
use jiff::{SignedDuration, Timestamp};
use std::ops::ControlFlow;

/// Contacts a page, the most that the service gives.
const PAGE: u32 = 500;
/// Pages of one search: the service ends each at 50,000 contacts.
const PAGES: u32 = 101;
/// The longest window of time that the service searches.
const WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How far back contacts are looked for where there are more than one search shows.
const FARTHEST: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);

/// Shows every contact to `visit`, some of them several times.
pub async fn read_all(
    client: &Client,
    mut visit: impl FnMut(RemoteContact) -> ControlFlow<()>,
) -> Result<(), Failed> {
    let unread = |failure: Failure| unread(&tr!("unread-contacts"), &failure);
    let cut_off = || failed!(Unavailable, "unread-part");
    let query = || ListQuery {
        count: Some(PAGE),
        newest_first: true,
        ..ListQuery::default()
    };
    let mut oldest = None::<Timestamp>;
    let reading = client
        .read_contacts(query(), PAGES, |contact| {
            oldest = contact.created_time.into_iter().chain(oldest).min();
            visit(contact)
        })
        .await
        .map_err(unread)?;
    if reading != Reading::CutOff {
        return Ok(());
    }
    // The rest is searched by windows of time, each halved until one search shows all of it.
    let oldest = oldest.ok_or_else(cut_off)?;
    let second = SignedDuration::from_secs(1);
    let mut windows = Vec::new();
    let (mut end, farthest) = (oldest + second, oldest - FARTHEST);
    while end > farthest {
        windows.push((end - WINDOW, end));
        end -= WINDOW;
    }
    windows.reverse();
    while let Some((start, end)) = windows.pop() {
        let window = ListQuery {
            created_between: Some((start, end)),
            ..query()
        };
        let reading = client
            .read_contacts(window, PAGES, &mut visit)
            .await
            .map_err(unread)?;
        match reading {
            Reading::Complete => {}
            Reading::Stopped => return Ok(()),
            Reading::CutOff if end.duration_since(start) <= second => return Err(cut_off()),
            Reading::CutOff => {
                let middle = start + end.duration_since(start) / 2;
                windows.push((start, middle));
                windows.push((middle, end));
            }
        }
    }
    Ok(())
}
