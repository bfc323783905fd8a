//! What is in the service before a run sends anything.

use jiff::SignedDuration;

use super::Context;
use crate::api::{FailureKind, ListQuery};
use crate::ledger::{LedgerError, Step};

/// How far `createdTime` and the clock that an attempt was timed by may be apart where what was there before is known.
pub(super) const CLOCK_MARGIN: SignedDuration = SignedDuration::from_mins(10);

/// The same where the service could not be read before the first attempt: an equal contact that was made by others shortly
/// before the attempt would be taken for ours, so it has to be a short time.
pub(super) const CLOCK_MARGIN_UNSEEN: SignedDuration = SignedDuration::from_mins(1);

/// Contacts that are noted: the latest, as many as fit a page.
const NOTED: u32 = 500;

impl Context<'_> {
    /// Notes the latest contacts of the service, of which none can be this run's work. Without them the run goes on: they only
    /// matter for what may become unknown.
    pub(super) async fn note_what_is_there(&self) -> Result<(), LedgerError> {
        let query = ListQuery {
            count: Some(NOTED),
            newest_first: true,
            ..ListQuery::default()
        };
        // A try more for what passes by itself; the creates will tell about the rest.
        for _ in 0..2 {
            let read = tokio::select! {
                () = self.halt.called() => return Ok(()),
                read = self.client.list(&query, None) => read,
            };
            let failure = match read {
                Ok(page) => return self.note_contacts(page.items).await,
                Err(failure) => failure,
            };
            tracing::debug!(kind = ?failure.kind, status = failure.status, "the latest contacts can't be read before sending");
            if !matches!(
                failure.kind,
                FailureKind::TokenExpired | FailureKind::Throttled { .. }
            ) {
                break;
            }
        }
        Ok(())
    }

    async fn note_contacts(
        &self,
        contacts: Vec<crate::api::RemoteContact>,
    ) -> Result<(), LedgerError> {
        // Twice the margin: whatever an attempt of this run could take for its own by its time alone is among them.
        let from = self.client.service_time().map(|now| now - 2 * CLOCK_MARGIN);
        let recent = contacts.into_iter().filter(|contact| {
            from.is_none_or(|from| contact.created_time.is_none_or(|at| at >= from))
        });
        let contact_ids = recent.map(|contact| contact.contact_id).collect();
        let step = Step::seen_before(self.run, contact_ids);
        self.writer.apply(step).await.map(drop)
    }
}
