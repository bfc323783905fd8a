//! Finding the records of one input that repeat an earlier one, in as little memory as will do.

use super::identity::Hash;

/// What the duplicate search knows of a record's e-mail or telephone together with its name.
///
/// Records are duplicates if 96 bits agree: among ten million e-mails and telephones the chance of taking two different
/// people for one is below one in a thousand million million. What only shares a point is a note, for which 64 bits will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// A hash of the e-mail or telephone.
    pub point: u64,
    /// A hash of the name.
    pub name: u32,
}

impl Point {
    /// A key among the e-mails and telephones: it is a hash like theirs, and never equal to one of them.
    fn of_key(key: &Hash) -> Point {
        let [a, b, c, d, e, f, g, h, i, j, k, l, ..] = *key;
        Point {
            point: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
            name: u32::from_le_bytes([i, j, k, l]),
        }
    }
}

/// What a record has in common with an earlier one. Records are counted in input order, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resemblance {
    /// Nothing.
    None,
    /// The same key: it is a duplicate of this record, whatever else it says.
    SameKey(u32),
    /// The same name and an e-mail or telephone: it is a duplicate of this record.
    Duplicate(u32),
    /// An e-mail or telephone under another name, as in an office or a family: worth a note.
    Shares(u32),
}

/// The e-mails and telephones of the records read so far: 16 bytes each, in many small tables that grow one by one and by a
/// little, so that the memory is never far above what is needed.
#[derive(Debug)]
pub struct Duplicates {
    shards: Vec<Shard>,
}

/// A table whose slots are in the order of their points, with free ones between: a search ends at the first greater point,
/// so the table may be nearly full, and growing it goes through it once.
#[derive(Debug, Default)]
struct Shard {
    slots: Vec<Slot>,
    /// How many slots a chain may begin at; those behind are for the chains that begin at the last ones.
    homes: usize,
    used: usize,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    point: u64,
    name: u32,
    record: u32,
}

/// What stands under a point.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    /// The record with the same name.
    same: Option<u32>,
    /// The first record.
    first: Option<u32>,
    /// How many records.
    crowd: usize,
}

/// A power of two.
const SHARDS: usize = 1 << 10;

/// No record has this number: an input of so many records has other worries.
const FREE: u32 = u32::MAX;

/// Slots behind the last home, so that a chain has an end.
const BEHIND: usize = 8;

/// How many records may stand under one point. A switchboard's number may be that of everybody; from here on its records
/// are kept by point and name, so that none has to be compared with all others.
const CROWD: usize = 16;

/// E-mails and telephones of a record for which it is kept in mind whether their point has a crowd. Few records have more.
const MOST: usize = 8;

impl Default for Duplicates {
    fn default() -> Self {
        Duplicates {
            shards: (0..SHARDS).map(|_| Shard::default()).collect(),
        }
    }
}

impl Duplicates {
    /// Looks a valid record up among the earlier ones and remembers it for the later ones. `key` is its identity by
    /// `[mapping] key`.
    ///
    /// A duplicate is not remembered: what repeats it repeats the first one, too.
    pub fn seen(&mut self, record: u32, key: Option<&Hash>, points: &[Point]) -> Resemblance {
        let key = key.map(Point::of_key);
        if let Some(first) = key.and_then(|key| self.find(key).same) {
            return Resemblance::SameKey(first);
        }
        let mut shares = None;
        let mut are_crowded = [false; MOST];
        for (index, point) in points.iter().enumerate() {
            let found = self.find(*point);
            if let Some(first) = found.same {
                return Resemblance::Duplicate(first);
            }
            shares = shares.or(found.first);
            if let Some(is_crowded) = are_crowded.get_mut(index) {
                *is_crowded = found.crowd >= CROWD;
            }
        }
        for (index, point) in points.iter().enumerate() {
            let is_crowded = are_crowded.get(index).copied();
            self.insert(*point, is_crowded, record);
        }
        if let Some(key) = key {
            self.insert(key, None, record);
        }
        shares.map_or(Resemblance::None, Resemblance::Shares)
    }

    /// Brings what stands under these points near the processor: some hundred at most, or the first are gone again before
    /// they are needed. The tables are far larger than its caches; looked up one by one, each point would be waited for, and
    /// all at once they hardly are.
    pub fn approach(&self, points: &[Point]) {
        let touched = points.iter().fold(0, |touched, point| {
            let shard = self.shard(point.point);
            let slot = shard.slots.get(shard.home(point.point));
            touched ^ slot.map_or(0, |slot| slot.record)
        });
        std::hint::black_box(touched);
    }

    fn find(&self, point: Point) -> Found {
        let mut found = self.shard(point.point).find(point.point, point.name);
        if found.same.is_none() && found.crowd >= CROWD {
            let both = crowded(point);
            found.same = self.shard(both).find(both, point.name).same;
        }
        found
    }

    fn insert(&mut self, point: Point, is_crowded: Option<bool>, record: u32) {
        let has_crowd = || self.find(point).crowd >= CROWD;
        let key = match is_crowded.unwrap_or_else(has_crowd) {
            true => crowded(point),
            false => point.point,
        };
        let slot = Slot {
            point: key,
            name: point.name,
            record,
        };
        let shard = shard_of(key);
        self.shards[shard].insert(slot);
    }

    fn shard(&self, point: u64) -> &Shard {
        &self.shards[shard_of(point)]
    }
}

impl Shard {
    /// What stands under a point.
    fn find(&self, point: u64, name: u32) -> Found {
        let mut found = Found::default();
        let behind = &self.slots[self.home(point)..];
        let mut chain = behind
            .iter()
            .take_while(|slot| slot.record != FREE && slot.point <= point);
        for slot in chain.by_ref().filter(|slot| slot.point == point) {
            found.crowd += 1;
            found.first = found.first.or(Some(slot.record));
            if slot.name == name {
                found.same = Some(slot.record);
                break;
            }
        }
        found
    }

    /// Puts a slot behind those of the same and of lesser points.
    fn insert(&mut self, slot: Slot) {
        // Four of five slots used: chains are still short, and little is wasted.
        if (self.used + 1) * 5 > self.homes * 4 {
            self.grow();
        }
        let home = self.home(slot.point);
        let is_before = |one: &&Slot| one.record != FREE && one.point <= slot.point;
        let at = home + self.slots[home..].iter().take_while(is_before).count();
        let is_used = |one: &&Slot| one.record != FREE;
        let free = at + self.slots[at..].iter().take_while(is_used).count();
        if free == self.slots.len() {
            self.slots.reserve_exact(BEHIND);
            self.slots.resize(free + BEHIND, Slot::FREE);
        }
        self.slots.copy_within(at..free, at + 1);
        self.slots[at] = slot;
        self.used += 1;
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.homes += self.homes / 4 + 8;
        self.slots.reserve_exact(self.homes + 2 * BEHIND);
        for slot in old.into_iter().filter(|slot| slot.record != FREE) {
            let home = self.home(slot.point);
            if self.slots.len() < home {
                self.slots.resize(home, Slot::FREE);
            }
            self.slots.push(slot);
        }
        let all = self.slots.len().max(self.homes) + BEHIND;
        self.slots.reserve_exact(all - self.slots.len());
        self.slots.resize(all, Slot::FREE);
    }

    /// The slot at which a point's chain begins, for any number of slots (Lemire's multiplication in place of a remainder).
    /// A greater point's home is never before a lesser one's.
    fn home(&self, point: u64) -> usize {
        ((u128::from(point) * self.homes as u128) >> 64) as usize
    }
}

impl Slot {
    const FREE: Slot = Slot {
        point: 0,
        name: 0,
        record: FREE,
    };
}

/// The low bits tell the shard; the high ones the slot in it.
fn shard_of(point: u64) -> usize {
    point as usize % SHARDS
}

/// Where a record is kept whose point has a crowd already.
fn crowded(point: Point) -> u64 {
    (point.point ^ u64::from(point.name))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn point(point: u64, name: u32) -> Point {
        Point {
            point: point.wrapping_mul(0x2545_f491_4f6c_dd1d),
            name,
        }
    }

    #[test]
    fn the_same_name_with_a_shared_point_is_a_duplicate_and_a_shared_point_alone_a_note() {
        let mut duplicates = Duplicates::default();
        let (kim, lee, office, mobile) = (1, 2, 3, 4);
        assert_eq!(
            duplicates.seen(0, None, &[point(office, kim)]),
            Resemblance::None
        );
        let both = [point(office, lee), point(mobile, lee)];
        assert_eq!(duplicates.seen(1, None, &both), Resemblance::Shares(0));
        assert_eq!(
            duplicates.seen(2, None, &[point(office, kim)]),
            Resemblance::Duplicate(0)
        );
        assert_eq!(
            duplicates.seen(3, None, &[point(mobile, 5)]),
            Resemblance::Shares(1)
        );
    }

    #[test]
    fn everybody_behind_one_number_is_told_apart_and_recognised() {
        let mut duplicates = Duplicates::default();
        for name in 0..5000 {
            let expected = if name == 0 {
                Resemblance::None
            } else {
                Resemblance::Shares(0)
            };
            assert_eq!(duplicates.seen(name, None, &[point(7, name)]), expected);
        }
        for name in 0..5000 {
            assert_eq!(
                duplicates.seen(9999, None, &[point(7, name)]),
                Resemblance::Duplicate(name)
            );
        }
    }

    #[test]
    fn it_finds_what_a_map_of_all_records_finds() {
        let (mut duplicates, mut map) = (Duplicates::default(), HashMap::new());
        let mut random = 1u64;
        for record in 0..20_000u32 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let one = point(random >> 52, (random >> 20) as u32 % 97);
            let earlier = map.get(&(one.point, one.name)).copied();
            match duplicates.seen(record, None, &[one]) {
                Resemblance::Duplicate(first) => assert_eq!(earlier, Some(first)),
                _ => {
                    assert_eq!(earlier, None);
                    map.insert((one.point, one.name), record);
                }
            }
        }
    }

    #[test]
    fn the_same_key_is_a_duplicate_whatever_else_the_records_say() {
        let mut duplicates = Duplicates::default();
        let key = [9; 16];
        let seen = |duplicates: &mut Duplicates, record, key, at| {
            duplicates.seen(record, Some(key), &[point(at, 1)])
        };
        assert_eq!(seen(&mut duplicates, 0, &key, 2), Resemblance::None);
        assert_eq!(seen(&mut duplicates, 1, &key, 4), Resemblance::SameKey(0));
        assert_eq!(seen(&mut duplicates, 2, &[8; 16], 4), Resemblance::None);
    }
}
