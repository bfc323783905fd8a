//! Chunks in, batches out, in order.

use super::record::Scratch;
use super::{Batch, Stopped};
use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{SyncSender, sync_channel};

/// Runs `cut` (one at a time) and `work` (on each worker at once) until there is no more to cut, and `take` on the caller's
/// thread, in the order of the cuts.
pub fn run<C: Default + Send, E>(
    workers: usize,
    cut: impl FnMut(&mut C) -> io::Result<bool> + Send,
    work: impl Fn(&C, &mut Batch, &mut Scratch) + Sync,
    mut take: impl FnMut(&mut Batch) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    let workers = workers.max(1);
    let cutting = Mutex::new(Cutting {
        cut,
        next: 0,
        ended: false,
    });
    let spare = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        // Two for each: one that waits here for its turn does not keep its worker from the next chunk.
        let (sender, batches) = sync_channel(2 * workers);
        for _ in 0..workers {
            let sender = sender.clone();
            let (cutting, spare, work) = (&cutting, &spare, &work);
            scope.spawn(move || worker(cutting, spare, work, &sender));
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (place, batch) in batches {
            waiting.insert(place, batch);
            while let Some(batch) = waiting.remove(&next) {
                let mut batch = batch.map_err(reading)?;
                take(&mut batch).map_err(Stopped::Caller)?;
                batch.clear();
                lock(&spare).push(batch);
                next += 1;
            }
        }
        Ok(())
    })
}

struct Cutting<F> {
    cut: F,
    next: u64,
    ended: bool,
}

type Sent = (u64, io::Result<Batch>);

fn worker<C: Default>(
    cutting: &Mutex<Cutting<impl FnMut(&mut C) -> io::Result<bool>>>,
    spare: &Mutex<Vec<Batch>>,
    work: &impl Fn(&C, &mut Batch, &mut Scratch),
    sender: &SyncSender<Sent>,
) {
    let mut chunk = C::default();
    let mut scratch = Scratch::default();
    loop {
        let (place, cut) = {
            let mut cutting = lock(cutting);
            if cutting.ended {
                return;
            }
            let cut = (cutting.cut)(&mut chunk);
            cutting.ended = !matches!(cut, Ok(true));
            cutting.next += 1;
            (cutting.next - 1, cut)
        };
        let batch = match cut {
            Ok(false) => return,
            Ok(true) => {
                let mut batch = lock(spare).pop().unwrap_or_default();
                work(&chunk, &mut batch, &mut scratch);
                Ok(batch)
            }
            Err(error) => Err(error),
        };
        // The receiver is gone when the caller wants no more.
        if sender.send((place, batch)).is_err() {
            return;
        }
    }
}

fn reading<E>(error: io::Error) -> Stopped<E> {
    Stopped::Reading { source: 0, error }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .expect("a worker that panics ends the scope, and the panic goes on from there")
}
