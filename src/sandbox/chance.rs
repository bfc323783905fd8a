//! Identifiers that are random, so that two sandboxes never give out the same.

use ring::rand::{SecureRandom, SystemRandom};

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
