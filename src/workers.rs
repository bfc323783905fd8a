//! Chunks of records on several threads, with results in input order.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

#[derive(Debug)]
pub enum Ended<E> {
    Reading(io::Error),
    Caller(E),
}

/// Cuts chunks with `next` until it gives `false`, maps each on one of the workers, and hands the results to `take` on the
/// caller's thread, in the order in which the chunks were cut.
///
/// At most five chunks a worker are under way: four whose results wait or are being made, and one being cut. With fewer, all
/// workers wait now and then for a caller to whom the system gave no time.
pub fn ordered<C: Default, R: Send, E>(
    workers: usize,
    next: impl FnMut(&mut C) -> io::Result<bool> + Send,
    map: impl Fn(&C) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), Ended<E>> {
    let workers = workers.max(1);
    let (places, results) = sync_channel(4 * workers);
    let input = Mutex::new(Some((next, places)));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| work(&input, &map));
        }
        for result in results {
            // A worker that panics sends nothing; its panic ends the scope.
            match result.recv() {
                Ok(Ok(result)) => take(result).map_err(Ended::Caller)?,
                Ok(Err(error)) => return Err(Ended::Reading(error)),
                Err(_) => break,
            }
        }
        Ok(())
    })
}

/// The place of a result in the order of the results.
type Slot<R> = Receiver<io::Result<R>>;

/// Where chunks come from and where the places of their results go; nothing once there are no more.
type Input<F, R> = Mutex<Option<(F, SyncSender<Slot<R>>)>>;

fn work<C: Default, R>(
    input: &Input<impl FnMut(&mut C) -> io::Result<bool>, R>,
    map: &impl Fn(&C) -> R,
) {
    let mut chunk = C::default();
    loop {
        let mut open = input.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((next, places)) = open.as_mut() else {
            return;
        };
        let cut = next(&mut chunk);
        let (result, place) = sync_channel(1);
        let is_last = !matches!(cut, Ok(true));
        // Nobody takes places any more if the caller wants no more results.
        if matches!(cut, Ok(false)) || places.send(place).is_err() || is_last {
            *open = None;
        }
        drop(open);
        match cut {
            Ok(true) => drop(result.send(Ok(map(&chunk)))),
            Ok(false) => return,
            Err(error) => drop(result.send(Err(error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts up to `count`, and fails then if it is to.
    fn numbers(count: u32, fails: bool) -> impl FnMut(&mut u32) -> io::Result<bool> {
        let mut next = 0;
        move |number| {
            *number = next;
            next += 1;
            match fails && next > count {
                true => Err(io::Error::other("no more")),
                false => Ok(next <= count),
            }
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_chunks_up_to_an_error_or_the_callers_end() {
        for workers in [1, 2, 7] {
            let mut taken = Vec::new();
            let ended = ordered(
                workers,
                numbers(500, true),
                |n| *n,
                |n| {
                    taken.push(n);
                    Ok::<_, ()>(())
                },
            );
            assert!(matches!(ended, Err(Ended::Reading(_))));
            assert!(taken.into_iter().eq(0..500));
            let ended = ordered(
                workers,
                numbers(500, false),
                |n| *n,
                |n| match n {
                    100 => Err("enough"),
                    _ => Ok(()),
                },
            );
            assert!(matches!(ended, Err(Ended::Caller("enough"))));
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_of_a_worker_ends_the_work() {
        let fails = |n: &u32| assert!(*n < 100, "it fails");
        let _ = ordered(2, numbers(500, false), fails, |_| Ok::<_, ()>(()));
    }
}
