//! Numbers that look random and are the same for the same seed, so that a run with faults can be repeated; and
//! identifiers that are random indeed, so that two sandboxes never give out the same.

use ring::rand::{SecureRandom, SystemRandom};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A number in `0.0..1.0` that depends on nothing but its arguments.
pub(super) fn unit(seed: u64, stream: u64, n: u64) -> f64 {
    // 53 bits are what a double can hold without rounding up to one.
    const SCALE: f64 = (1_u64 << 53) as f64;
    let drawn = [stream, n].map(u64::to_le_bytes).concat();
    (xxh3_64_with_seed(&drawn, seed) >> 11) as f64 / SCALE
}

/// A whole number below `bound` that depends on nothing but its arguments; 0 where `bound` is 0.
pub(super) fn below(bound: usize, seed: u64, stream: u64, n: u64) -> usize {
    (unit(seed, stream, n) * bound as f64) as usize
}

/// A new identifier in the form of a UUID.
pub(super) fn identifier() -> String {
    let mut bytes = [0_u8; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the operating system gives random bytes");
    let mut text = format!("{:032x}", u128::from_be_bytes(bytes));
    for hyphen in [20, 16, 12, 8] {
        text.insert(hyphen, '-');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{below, unit};

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_seed_others() {
        let draw = |seed| (0..100).map(|n| unit(seed, 1, n)).collect::<Vec<_>>();
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn numbers_are_spread_over_their_range() {
        let mut seen = [0_u32; 4];
        for n in 0..4000 {
            seen[below(4, 1, 2, n)] += 1;
        }
        assert!(
            seen.iter().all(|count| (850..1150).contains(count)),
            "{seen:?}"
        );
    }
}
