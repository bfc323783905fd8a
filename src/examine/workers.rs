//! Chunks in, batches out, in order.

use super::record::Scratch;
use super::{Batch, Stopped};
use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Condvar, Mutex};

/// Text under way at once, in bytes: so much, and as much again for each worker. It is several times as much by the time its
/// records are rendered.
const ROOM: usize = 192 * 1024;

/// Chunks of ordinary records are smaller, in bytes. A larger one holds a record that is larger itself, and goes its way alone.
const ORDINARY: usize = 160 * 1024;

/// Runs `cut` (one at a time; it gives the size of the chunk's text) and `work` (on each worker at once) until there is no
/// more to cut, and `take` on the caller's thread, in the order of the cuts.
pub fn run<C: Default + Send, E>(
    workers: usize,
    cut: impl FnMut(&mut C) -> io::Result<Option<usize>> + Send,
    work: impl Fn(&C, &mut Batch, &mut Scratch) + Sync,
    mut take: impl FnMut(&mut Batch) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    let workers = workers.max(1);
    let cutting = Mutex::new(Cutting {
        cut,
        next: 0,
        ended: false,
    });
    let (spare, room) = (Mutex::new(Vec::new()), Room::new((1 + workers) * ROOM));
    std::thread::scope(|scope| {
        let _closing = Closing(&room);
        // Two for each: one that waits here for its turn does not keep its worker from the next chunk.
        let (sender, batches) = sync_channel(2 * workers);
        for _ in 0..workers {
            let sender = sender.clone();
            let (cutting, spare, room, work) = (&cutting, &spare, &room, &work);
            scope.spawn(move || worker(cutting, spare, room, work, &sender));
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (place, batch) in batches {
            waiting.insert(place, batch);
            while let Some(batch) = waiting.remove(&next) {
                let (size, mut batch) = batch.map_err(reading)?;
                take(&mut batch).map_err(Stopped::Caller)?;
                batch.clear();
                lock(&spare).push(batch);
                room.leave(size);
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

type Sent = (u64, io::Result<(usize, Batch)>);

fn worker<C: Default>(
    cutting: &Mutex<Cutting<impl FnMut(&mut C) -> io::Result<Option<usize>>>>,
    spare: &Mutex<Vec<Batch>>,
    room: &Room,
    work: &impl Fn(&C, &mut Batch, &mut Scratch),
    sender: &SyncSender<Sent>,
) {
    // A worker ends where there is no more to cut, or in a panic, after which nobody should wait for its chunk.
    let _closing = Closing(room);
    let mut chunk = C::default();
    let mut scratch = Scratch::default();
    loop {
        let (place, cut) = {
            let mut cutting = lock(cutting);
            if cutting.ended || !room.is_left() {
                return;
            }
            let cut = (cutting.cut)(&mut chunk);
            cutting.ended = !matches!(cut, Ok(Some(_)));
            cutting.next += 1;
            if let Ok(Some(size)) = cut
                && !room.enter(size)
            {
                return;
            }
            (cutting.next - 1, cut)
        };
        let batch = match cut {
            Ok(None) => return,
            Ok(Some(size)) => {
                let mut batch = spare_batch(&mut lock(spare), size);
                work(&chunk, &mut batch, &mut scratch);
                Ok((size, batch))
            }
            Err(error) => Err(error),
        };
        // The receiver is gone when the caller wants no more.
        if sender.send((place, batch)).is_err() {
            return;
        }
    }
}

/// The batch with the most room for a large chunk, and that with the least for any other. So one alone becomes large, and no
/// memory is given back and taken again, which would leave holes in it.
fn spare_batch(spare: &mut Vec<Batch>, size: usize) -> Batch {
    let spares = spare.iter().map(Batch::room).enumerate();
    let chosen = match size > ORDINARY {
        true => spares.max_by_key(|(_, room)| *room),
        false => spares.min_by_key(|(_, room)| *room),
    };
    chosen.map_or_else(Batch::default, |(index, _)| spare.swap_remove(index))
}

/// The room for text between the cut and the end of its batch.
struct Room {
    size: usize,
    used: Mutex<Option<usize>>,
    changed: Condvar,
}

impl Room {
    fn new(size: usize) -> Self {
        Room {
            size,
            used: Mutex::new(Some(0)),
            changed: Condvar::new(),
        }
    }

    /// Waits until there is room; `false` if nobody will need any more.
    fn is_left(&self) -> bool {
        self.wait_while(|used| used >= self.size)
    }

    /// Takes the room for a chunk, if it is a large one once all others have left; `false` if nobody will need it any more.
    fn enter(&self, size: usize) -> bool {
        if size > ORDINARY && !self.wait_while(|used| used > 0) {
            return false;
        }
        if let Some(used) = lock(&self.used).as_mut() {
            *used += self.taken(size);
        }
        true
    }

    fn wait_while(&self, is_full: impl Fn(usize) -> bool) -> bool {
        let is_full = |used: &mut Option<usize>| used.is_some_and(&is_full);
        let used = self.changed.wait_while(lock(&self.used), is_full);
        used.is_ok_and(|used| used.is_some())
    }

    /// How much room a chunk takes.
    fn taken(&self, size: usize) -> usize {
        match size > ORDINARY {
            true => size.max(self.size),
            false => size,
        }
    }

    fn leave(&self, size: usize) {
        if let Some(used) = lock(&self.used).as_mut() {
            *used -= self.taken(size);
        }
        self.changed.notify_all();
    }
}

/// Lets nobody wait for room any more when it goes.
struct Closing<'r>(&'r Room);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        *lock(&self.0.used) = None;
        self.0.changed.notify_all();
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
