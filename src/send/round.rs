//! A round: every record that is planned is sent, several at a time.

use futures_util::stream::{self, StreamExt};

use super::halt::{FIRST_SLOTS, Watch};
use super::{Context, Event, Fate, SendSettings, Why};
use crate::ledger::{LedgerError, Pending, RecordId};
use crate::log;

/// Records that are read from the ledger at a time.
const PAGE: u32 = 256;

/// One in so many may have its attempt open without being under way.
const SPARE: usize = 8;

impl Context<'_> {
    /// Sends what is planned, at most so many records, until none is under way. `created` says that the run has contacts already.
    ///
    /// More records are in hand than requests may be under way (twice as many): while one's request is out, another's answer
    /// is written, and a third waits for a slot.
    pub(super) async fn round(&self, allowed: u64, created: bool) -> Result<(), LedgerError> {
        let mut watch = Watch::new(self.settings.stop_after, created);
        let mut broken = None;
        let most = usize::try_from(allowed).unwrap_or(usize::MAX);
        let mut fates = stream::iter(self.planned().take(most))
            .take_while(|_| std::future::ready(!self.halt.is_called()))
            .map(async |record| {
                let record = record?;
                let fate = self.send_record(&record).await?;
                Ok::<_, LedgerError>((record.id, fate))
            })
            .buffer_unordered(self.settings.concurrency.get() * 2);
        while let Some(fate) = fates.next().await {
            match fate {
                Ok((record, fate)) => self.finish(&mut watch, record, fate),
                Err(error) => {
                    self.stop(Why::Ledger);
                    broken.get_or_insert(error);
                }
            }
        }
        broken.map_or(Ok(()), Err)
    }

    fn finish(&self, watch: &mut Watch, record: RecordId, fate: Fate) {
        if let Fate::Created { contact_id } = &fate {
            log::created(record.seq(), contact_id);
            self.open_all_slots();
        }
        let why = watch.note(&fate);
        self.tell(Event::Finished { record, fate });
        if let Some(why) = why {
            self.stop(why);
        }
    }

    /// What is planned, in input order, page by page.
    fn planned(&self) -> impl Iterator<Item = Result<Pending, LedgerError>> {
        let mut last = None;
        let mut page = Vec::new().into_iter();
        std::iter::from_fn(move || {
            if page.len() == 0 {
                match self.ledger.pending(self.run, last, PAGE) {
                    Ok(next) => page = next.into_iter(),
                    Err(error) => return Some(Err(error)),
                }
            }
            let next: Pending = page.next()?;
            last = Some(next.id);
            Some(Ok(next))
        })
    }

    /// Something was created, so the rest may go. A few more than may be under way: while the attempts of these are brought
    /// to the disk, the others keep the service busy.
    fn open_all_slots(&self) {
        if !self.all_slots_open.replace(true) {
            let concurrency = self.settings.concurrency.get();
            let spare = concurrency / SPARE;
            let more = concurrency + spare - first_slots(self.settings);
            self.slots.add_permits(more);
        }
    }
}

/// A service that refuses everything should have to refuse only a few.
pub(super) fn first_slots(settings: &SendSettings) -> usize {
    let first = usize::try_from(FIRST_SLOTS).expect("it is a small number");
    first.min(settings.concurrency.get())
}
