//! Quoted-printable.

use memchr::memchr;

/// Decodes quoted-printable; the lines are already joined. The second part tells whether an equals sign stood alone.
pub(super) fn quoted_printable(text: &[u8]) -> (Vec<u8>, bool) {
    let mut decoded = Vec::with_capacity(text.len());
    let (mut rest, mut stray) = (text, false);
    while let Some(at) = memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..at]);
        match rest
            .get(at + 1..at + 3)
            .and_then(|pair| Some(16 * hex(pair[0])? + hex(pair[1])?))
        {
            Some(byte) => {
                decoded.push(byte);
                rest = &rest[at + 3..];
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

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
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
