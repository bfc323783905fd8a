//! Finding the records of one input that repeat an earlier one.

use super::identity::Hash;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What the records read so far have in common with the next.
#[derive(Debug, Default)]
pub struct Duplicates {
    keys: Map,
    persons: Map,
    points: Map,
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

impl Duplicates {
    /// Looks a valid record up among the earlier ones and remembers it for the later ones.
    ///
    /// A duplicate is not remembered: what repeats it repeats the first one, too.
    pub fn seen(
        &mut self,
        record: u32,
        key: Option<&Hash>,
        persons: &[Hash],
        points: &[Hash],
    ) -> Resemblance {
        if let Some(first) = key.and_then(|key| self.keys.get(&Key(*key))) {
            return Resemblance::SameKey(*first);
        }
        if let Some(first) = persons
            .iter()
            .find_map(|hash| self.persons.get(&Key(*hash)))
        {
            return Resemblance::Duplicate(*first);
        }
        let mut shares = None;
        for hash in points {
            let first = *self.points.entry(Key(*hash)).or_insert(record);
            if first != record && shares.is_none() {
                shares = Some(first);
            }
        }
        for hash in persons {
            self.persons.insert(Key(*hash), record);
        }
        if let Some(key) = key {
            self.keys.insert(Key(*key), record);
        }
        shares.map_or(Resemblance::None, Resemblance::Shares)
    }
}

type Map = HashMap<Key, u32, BuildHasherDefault<Already>>;

#[derive(Debug, PartialEq, Eq)]
struct Key(Hash);

impl std::hash::Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        state.write_u64(u64::from_le_bytes([a, b, c, d, e, f, g, h]));
    }
}

/// The keys are hashes already, so that a table can take them as they are.
#[derive(Debug, Default)]
struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_with_a_shared_point_is_a_duplicate_and_a_shared_point_alone_a_note() {
        let mut duplicates = Duplicates::default();
        let (kim, lee, office, mobile) = ([1; 16], [2; 16], [3; 16], [4; 16]);
        assert_eq!(
            duplicates.seen(0, None, &[kim], &[office]),
            Resemblance::None
        );
        assert_eq!(
            duplicates.seen(1, None, &[lee], &[office, mobile]),
            Resemblance::Shares(0)
        );
        assert_eq!(
            duplicates.seen(2, None, &[kim], &[office]),
            Resemblance::Duplicate(0)
        );
        assert_eq!(
            duplicates.seen(3, None, &[[5; 16]], &[mobile]),
            Resemblance::Shares(1)
        );
    }

    #[test]
    fn the_same_key_is_a_duplicate_whatever_else_the_records_say() {
        let mut duplicates = Duplicates::default();
        let key = [9; 16];
        assert_eq!(
            duplicates.seen(0, Some(&key), &[[1; 16]], &[[2; 16]]),
            Resemblance::None
        );
        assert_eq!(
            duplicates.seen(1, Some(&key), &[[3; 16]], &[[4; 16]]),
            Resemblance::SameKey(0)
        );
        assert_eq!(
            duplicates.seen(2, Some(&[8; 16]), &[], &[[4; 16]]),
            Resemblance::None
        );
    }
}
