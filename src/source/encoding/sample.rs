//! A bounded sample of the lines that are not plain ASCII, from all over a file.

/// Lines with bytes above 0x7F: all of them as long as they fit, then the first ones and every n-th of the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    /// The beginning of the file, which is where headers are.
    pub head: Vec<Line>,
    /// Lines from the rest.
    rest: Vec<Line>,
    head_bytes: usize,
    rest_bytes: usize,
    /// Every how many lines one is kept.
    stride: usize,
    offered: usize,
}

/// A line of a file, without its line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub number: u64,
    /// Its bytes, at most [`LONGEST`].
    pub bytes: Vec<u8>,
}

/// How much of the beginning, and of the rest, is kept.
const ROOM: usize = 128 * 1024;

/// How much of a line is kept.
pub(super) const LONGEST: usize = 8 * 1024;

/// What is kept of a line: all of it, or what does not end inside a character. A byte below 0x30 is no part of a longer
/// character in any of the encodings that are told apart by lines.
fn beginning(line: &[u8]) -> &[u8] {
    if line.len() < LONGEST {
        return line;
    }
    let line = &line[..LONGEST];
    let end = line.iter().rposition(|byte| *byte < 0x30);
    end.map_or(line, |end| &line[..=end])
}

impl Sample {
    pub fn offer(&mut self, number: u64, bytes: &[u8]) {
        let bytes = beginning(bytes);
        if self.head_bytes + bytes.len() <= ROOM && self.rest.is_empty() {
            self.head_bytes += bytes.len();
            self.head.push(Line {
                number,
                bytes: bytes.to_vec(),
            });
            return;
        }
        self.stride = self.stride.max(1);
        if self.offered.is_multiple_of(self.stride) {
            self.rest_bytes += bytes.len();
            self.rest.push(Line {
                number,
                bytes: bytes.to_vec(),
            });
        }
        self.offered += 1;
        if self.rest_bytes > ROOM {
            self.thin_out();
        }
    }

    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.head.iter().chain(&self.rest)
    }

    fn thin_out(&mut self) {
        let mut index = 0;
        self.rest.retain(|_| {
            index += 1;
            index % 2 == 1
        });
        self.rest_bytes = self.rest.iter().map(|line| line.bytes.len()).sum();
        self.stride *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_of_many_lines_stays_small_and_reaches_the_end() {
        let mut sample = Sample::default();
        for number in 1..=1_000_000 {
            sample.offer(number, b"0123456789\xFF");
        }
        assert!(sample.lines().map(|line| line.bytes.len()).sum::<usize>() <= 2 * ROOM);
        assert_eq!(sample.lines().next().map(|line| line.number), Some(1));
        assert!(
            sample
                .lines()
                .last()
                .is_some_and(|line| line.number > 900_000)
        );
        assert!(sample.lines().is_sorted_by_key(|line| line.number));
    }
}
