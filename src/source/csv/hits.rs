//! The bytes that mean something in CSV, found 64 at a time.

use wide::u8x16;

/// Finds delimiters, quotes and line breaks in a text, from left to right. Who wants no delimiters gives a line break for one.
///
/// Each block of 64 bytes becomes a word with a bit per hit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hits {
    delimiter: u8,
    /// Where the current block starts; a multiple of [`BLOCK`].
    base: usize,
    /// The block's hits that have not been given out.
    mask: u64,
}

const BLOCK: usize = 64;

impl Hits {
    /// Starts at the offset `at`; every call must be given the same text.
    #[inline]
    pub fn new(delimiter: u8, text: &[u8], at: usize) -> Self {
        let base = at - at % BLOCK;
        let mut hits = Self {
            delimiter,
            base,
            mask: mask(text, base, delimiter),
        };
        hits.seek(text, at);
        hits
    }

    /// Goes on at `at`, which is not before the last hit given.
    #[inline]
    pub fn seek(&mut self, text: &[u8], at: usize) {
        let base = at - at % BLOCK;
        if base != self.base {
            self.base = base;
            self.mask = mask(text, base, self.delimiter);
        }
        self.mask &= u64::MAX << (at - base);
    }

    /// The offset of the next hit.
    #[inline]
    pub fn next(&mut self, text: &[u8]) -> Option<usize> {
        while self.mask == 0 {
            self.base += BLOCK;
            if self.base >= text.len() {
                return None;
            }
            self.mask = mask(text, self.base, self.delimiter);
        }
        let at = self.base + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(at)
    }
}

/// A bit for each hit in the block at `base`; the last block is filled up with zeros, which are none.
#[inline]
fn mask(text: &[u8], base: usize, delimiter: u8) -> u64 {
    match text.get(base..).unwrap_or_default().first_chunk::<BLOCK>() {
        Some(block) => block_mask(block, delimiter),
        None => {
            let mut block = [0; BLOCK];
            let rest = text.get(base..).unwrap_or_default();
            block[..rest.len()].copy_from_slice(rest);
            block_mask(&block, delimiter)
        }
    }
}

#[inline]
fn block_mask(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    let wanted = [delimiter, b'"', b'\n', b'\r'].map(u8x16::splat);
    let pieces = block.as_chunks::<16>().0;
    pieces.iter().rev().fold(0, |mask, piece| {
        let [a, b, c, d] = wanted.map(|byte| u8x16::new(*piece).simd_eq(byte));
        mask << 16 | u64::from((a | b | c | d).to_bitmask())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_found_wherever_they_are() {
        for length in [0, 1, 63, 64, 65, 130, 200] {
            for stride in 1..70 {
                let wanted: Vec<usize> = (0..length).step_by(stride).collect();
                let mut text = vec![b'x'; length];
                for (i, at) in wanted.iter().enumerate() {
                    text[*at] = b",\"\r\n"[i % 4];
                }
                let mut hits = Hits::new(b',', &text, 0);
                let found: Vec<usize> = std::iter::from_fn(|| hits.next(&text)).collect();
                assert_eq!(found, wanted, "{length} {stride}");
            }
        }
    }

    #[test]
    fn seeking_leaves_out_what_is_before() {
        let text = [b','; 200];
        let mut hits = Hits::new(b',', &text, 0);
        for at in [0, 1, 63, 64, 127, 190] {
            hits.seek(&text, at);
            assert_eq!(hits.next(&text), Some(at));
        }
    }
}
