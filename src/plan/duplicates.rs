//! The search for records that repeat an earlier one of the same input.

use super::identity::{Hash, Likeness, Point};
use hashbrown::HashTable;
use std::ops::Range;

/// What a record has in common with an earlier one. Records are counted in input order, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resemblance {
    None,
    /// The same key: a duplicate, whatever else differs.
    SameKey(u32),
    /// The same name and an e-mail or telephone: a duplicate.
    Duplicate(u32),
    /// The same e-mail or telephone under another name, as in an office or a family: a note.
    Shares(u32),
}

/// The records that were read so far: 17 bytes for each e-mail and telephone (up to twice as much after the
/// table has grown) and 24 bytes for each record.
#[derive(Debug, Default)]
pub struct Earlier {
    seen: HashTable<Seen>,
    records: Vec<Kept>,
    /// The first record of each source.
    firsts: Vec<usize>,
}

/// The most records or hashes that room is made for: where small records come first, the length of a file promises too many.
const MOST_EXPECTED: usize = 4_000_000;

#[derive(Clone, Copy, Debug)]
struct Kept {
    start: u64,
    /// Half of its identity.
    identity: u64,
    length: u32,
    line: u32,
}

/// A record that another one repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// The index of the input.
    pub input: usize,
    /// The 1-based line where it starts.
    pub line: u64,
    /// The bytes in the file.
    pub span: Range<u64>,
    identity: u64,
}

impl First {
    /// Whether both contacts are equal.
    pub fn is_same(&self, likeness: &Likeness) -> bool {
        self.identity == half(&likeness.identity)
    }
}

/// An e-mail, telephone or key and the first record that has it.
#[derive(Clone, Copy, Debug)]
struct Seen {
    at: u64,
    name: u32,
    record: u32,
}

impl Earlier {
    /// Adds the next record of the input and compares it with the earlier ones; an invalid one resembles none.
    ///
    /// Nothing repeats a duplicate: what would repeats the first one, too.
    pub fn add(
        &mut self,
        input: usize,
        line: u64,
        span: &Range<u64>,
        valid: Option<&Likeness>,
    ) -> Resemblance {
        while self.firsts.len() <= input {
            self.firsts.push(self.records.len());
        }
        let record = self.records.len() as u32;
        self.records.push(Kept {
            start: span.start,
            identity: valid.map_or(0, |likeness| half(&likeness.identity)),
            length: u32::try_from(span.end - span.start).unwrap_or(u32::MAX),
            line: u32::try_from(line).unwrap_or(u32::MAX),
        });
        valid.map_or(Resemblance::None, |likeness| self.compare(record, likeness))
    }

    /// Makes room for `times` as many records as there are, so that growing tables need not be copied.
    pub fn expect(&mut self, times: u64) {
        let room = |length: usize| (times as usize).saturating_mul(length).min(MOST_EXPECTED);
        self.records.reserve(room(self.records.len()));
        self.seen.reserve(room(self.seen.len()), |seen| seen.at);
    }

    /// Looks up what these records have, for the sake of the processor's cache.
    pub fn prepare<'l>(&self, records: impl Iterator<Item = &'l Likeness>) {
        let points = records.flat_map(|likeness| &likeness.points);
        let known = points.filter(|point| self.at(point.point, |_| true).is_some());
        std::hint::black_box(known.count());
    }

    /// How many records there are.
    pub fn records(&self) -> u32 {
        self.records.len() as u32
    }

    pub fn record(&self, record: u32) -> First {
        let record = record as usize;
        let behind = self.firsts.partition_point(|first| *first <= record);
        let kept = self.records[record];
        First {
            input: behind.saturating_sub(1),
            line: kept.line.into(),
            span: kept.start..kept.start + u64::from(kept.length),
            identity: kept.identity,
        }
    }

    fn compare(&mut self, record: u32, likeness: &Likeness) -> Resemblance {
        let key = likeness.key.as_ref().map(Point::of_key);
        if let Some(Resemblance::Duplicate(first)) = key.map(|key| self.find(key)) {
            return Resemblance::SameKey(first);
        }
        let mut found = Resemblance::None;
        for point in &likeness.points {
            match self.find(*point) {
                duplicate @ Resemblance::Duplicate(_) => return duplicate,
                other if found == Resemblance::None => found = other,
                _ => {}
            }
        }
        for point in likeness.points.iter().copied().chain(key) {
            self.insert(point, record);
        }
        found
    }

    fn find(&self, point: Point) -> Resemblance {
        let same = |seen: &Seen| seen.name == point.name;
        match self.at(point.point, |_| true) {
            None => Resemblance::None,
            Some(seen) if same(seen) => Resemblance::Duplicate(seen.record),
            Some(first) => match self.at(point.with_name(), same) {
                Some(seen) => Resemblance::Duplicate(seen.record),
                None => Resemblance::Shares(first.record),
            },
        }
    }

    fn at(&self, at: u64, is_it: impl Fn(&Seen) -> bool) -> Option<&Seen> {
        self.seen.find(at, |seen| seen.at == at && is_it(seen))
    }

    fn insert(&mut self, point: Point, record: u32) {
        let at = match self.at(point.point, |_| true) {
            None => point.point,
            Some(_) => point.with_name(),
        };
        let seen = Seen {
            at,
            name: point.name,
            record,
        };
        self.seen.insert_unique(at, seen, |seen| seen.at);
    }
}

fn half(hash: &Hash) -> u64 {
    u128::from_be_bytes(*hash) as u64
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

    /// Adds a record with these e-mails and telephones.
    fn add(earlier: &mut Earlier, key: Option<Hash>, points: &[Point]) -> Resemblance {
        let likeness = Likeness {
            key,
            points: points.into(),
            ..Likeness::default()
        };
        earlier.add(0, 1, &(0..9), Some(&likeness))
    }

    #[test]
    fn the_same_name_with_a_shared_point_is_a_duplicate_and_a_shared_point_alone_a_note() {
        let mut earlier = Earlier::default();
        let (kim, lee, office, mobile) = (1, 2, 3, 4);
        let mut seen = |points: &[Point]| add(&mut earlier, None, points);
        assert_eq!(seen(&[point(office, kim)]), Resemblance::None);
        let both = [point(office, lee), point(mobile, lee)];
        assert_eq!(seen(&both), Resemblance::Shares(0));
        assert_eq!(seen(&[point(office, kim)]), Resemblance::Duplicate(0));
        assert_eq!(seen(&[point(office, lee)]), Resemblance::Duplicate(1));
        assert_eq!(seen(&[point(mobile, 5)]), Resemblance::Shares(1));
    }

    #[test]
    fn everybody_behind_one_number_is_told_apart_and_recognised() {
        let mut earlier = Earlier::default();
        for name in 0..5000 {
            let expected = match name {
                0 => Resemblance::None,
                _ => Resemblance::Shares(0),
            };
            assert_eq!(add(&mut earlier, None, &[point(7, name)]), expected);
        }
        for name in 0..5000 {
            let found = add(&mut earlier, None, &[point(7, name)]);
            assert_eq!(found, Resemblance::Duplicate(name));
        }
    }

    #[test]
    fn it_finds_what_a_map_of_all_records_finds() {
        let (mut earlier, mut map) = (Earlier::default(), HashMap::new());
        let mut random = 1u64;
        for record in 0..20_000u32 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let one = point(random >> 52, (random >> 20) as u32 % 97);
            let first = map.get(&(one.point, one.name)).copied();
            match add(&mut earlier, None, &[one]) {
                Resemblance::Duplicate(found) => assert_eq!(first, Some(found)),
                _ => {
                    assert_eq!(first, None);
                    map.insert((one.point, one.name), record);
                }
            }
        }
    }

    #[test]
    fn the_same_key_is_a_duplicate_whatever_else_the_records_say() {
        let mut earlier = Earlier::default();
        let mut seen = |key, at| add(&mut earlier, Some(key), &[point(at, 1)]);
        assert_eq!(seen([9; 16], 2), Resemblance::None);
        assert_eq!(seen([9; 16], 4), Resemblance::SameKey(0));
        assert_eq!(seen([8; 16], 4), Resemblance::None);
    }

    #[test]
    fn a_record_is_found_by_its_number() {
        let mut earlier = Earlier::default();
        for (input, line, span) in [(0, 2, 10..20), (0, 3, 20..30), (2, 2, 5..6)] {
            earlier.add(input, line, &span, None);
        }
        let found = [1, 2].map(|record| earlier.record(record));
        let found = found.map(|first| (first.input, first.line, first.span));
        assert_eq!(found, [(0, 3, 20..30), (2, 2, 5..6)]);
    }
}
