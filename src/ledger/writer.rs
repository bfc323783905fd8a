//! The thread that writes while records are sent.
//!
//! A commit waits for the disk (a few milliseconds), and two are needed for each attempt. So steps are queued, and the
//! thread takes all that wait into one transaction: the faster they come, the more share a commit. Nobody is told that his
//! step is done before the commit that holds it is on the disk.

use std::path::PathBuf;
use std::thread::JoinHandle;

use tokio::sync::{mpsc, oneshot};

use super::error::{ErrorKind, LedgerError, failed};
use super::step::{Applied, Step};
use super::store::{self, Store};
use crate::failpoint;

/// Steps that may wait for the writer before their senders wait for room.
const QUEUE: usize = 1024;

/// Steps that share a commit at most.
const GROUP: usize = 256;

/// The writer's end for those who send.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    queue: mpsc::Sender<Job>,
    thread: JoinHandle<()>,
}

struct Job {
    step: Step,
    done: oneshot::Sender<Result<Applied, LedgerError>>,
}

pub(super) fn start(path: PathBuf, store: Store) -> Result<Writer, LedgerError> {
    let (queue, jobs) = mpsc::channel(QUEUE);
    let thread = std::thread::Builder::new()
        .name("ledger".to_owned())
        .spawn({
            let path = path.clone();
            move || write(&path, &store, jobs)
        })
        .map_err(failed(&path, "starting the writer"))?;
    Ok(Writer {
        path,
        queue,
        thread,
    })
}

impl Writer {
    /// Applies a step; it is on the disk when this returns. Steps of different callers may share a transaction, but each
    /// succeeds or fails for itself. A caller that stops waiting does not take its step back.
    ///
    /// # Errors
    /// When the step does not fit the state of its record, or the ledger can't be written.
    pub async fn apply(&self, step: Step) -> Result<Applied, LedgerError> {
        let (done, answer) = oneshot::channel();
        // Without its receiver, the answer ends as well.
        let _ = self.queue.send(Job { step, done }).await;
        answer.await.unwrap_or_else(|_| {
            let ended = ErrorKind::Other("the writer has ended".to_owned());
            Err(failed(&self.path, "writing")(ended))
        })
    }

    /// Waits until everything in the queue is written.
    pub fn close(self) {
        drop(self.queue);
        if let Err(panic) = self.thread.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

fn write(path: &std::path::Path, store: &Store, mut jobs: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(GROUP);
    while jobs.blocking_recv_many(&mut group, GROUP) > 0 {
        match commit(store, group.iter().map(|job| &job.step)) {
            Ok(applied) => {
                for (job, applied) in group.drain(..).zip(applied) {
                    let _ = job.done.send(Ok(applied));
                }
            }
            // One that can't be written must not take the others with it.
            Err(_) => {
                for job in group.drain(..) {
                    let alone = commit(store, std::iter::once(&job.step));
                    let applied = alone.map(|mut applied| applied.remove(0));
                    let applied = applied.map_err(failed(path, job.step.doing));
                    let _ = job.done.send(applied);
                }
            }
        }
    }
}

fn commit<'a>(
    store: &Store,
    steps: impl Iterator<Item = &'a Step> + Clone,
) -> store::Result<Vec<Applied>> {
    let applied = store.transact(|store| {
        let applied = steps.clone().map(|step| (step.apply)(store));
        let applied = applied.collect::<store::Result<_>>()?;
        for step in steps.clone() {
            failpoint::pass(&format!("{}.before_commit", step.point));
        }
        Ok(applied)
    })?;
    for step in steps {
        failpoint::pass(&format!("{}.after_commit", step.point));
    }
    Ok(applied)
}
