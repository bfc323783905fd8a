//! Quoted-printable.

use memchr::memchr;

/// Decodes quoted-printable; the lines are already joined. The second part tells whether an equals sign stood alone.
pub(super) fn quoted_printable(text: &[u8]) -> (Vec<u8>, bool) {
    let mut decoded = Vec::with_capacity(text.len());
    let (mut rest, mut stray) = (text, false);
    while let Some(at) = memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..at]);
        let pair = rest.get(at + 1..at + 3);
        let digit = |byte: u8| char::from(byte).to_digit(16);
        match pair.and_then(|pair| Some(16 * digit(pair[0])? + digit(pair[1])?)) {
            Some(byte) => {
                decoded.push(byte as u8);
                rest = &rest[at + 3..];
            }
            // A value that was cut off inside of a character.
            None if rest.len() < at + 3 && decoded.last().is_some_and(|last| *last >= 0x80) => {
                return (decoded, true);
            }
            None => {
                stray = true;
                decoded.push(b'=');
                rest = &rest[at + 1..];
            }
        }
    }
    decoded.extend_from_slice(rest);
    (decoded, stray)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_takes_lower_case_and_keeps_what_it_does_not_understand() {
        for (text, wanted, stray) in [
            ("=EA=b9=80", "김", false),
            ("a=3Db=20", "a=b ", false),
            ("1=2x=", "1=2x=", true),
            ("==41", "=A", true),
            ("", "", false),
        ] {
            assert_eq!(
                quoted_printable(text.as_bytes()),
                (wanted.as_bytes().to_vec(), stray),
                "{text}"
            );
        }
    }
}
