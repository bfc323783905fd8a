//! What a spreadsheet does to values that only look like numbers. It is recognised and named, never guessed back.

use super::trimmed;
use crate::contact::Damage;
use std::ops::RangeInclusive;

/// The damage that a cell shows, or nothing for a cell that looks sound.
///
/// Dates that became serial numbers look like any number; only `date::read` can tell them, where a date is expected.
pub fn damage(cell: &str) -> Option<Damage> {
    let cell = cell.trim();
    if cell.starts_with('#') {
        if ERRORS.split(' ').any(|error| error == cell) {
            return Some(Damage::Error);
        }
        return is_hashes(cell).then_some(Damage::Hashes);
    }
    if cell.len() <= 32 && is_exponent(cell.as_bytes()) {
        return Some(Damage::Exponent);
    }
    is_numbered_error(cell).then_some(Damage::Error)
}

/// A cell without what guards it from a spreadsheet: `="010…"`, and an apostrophe, also a typographic one, before `+ = - @`
/// or before a number.
/// Nothing if it has no guard.
pub fn unguarded(cell: &str) -> Option<&str> {
    if let Some(quoted) = cell.strip_prefix("=\"") {
        let inner = quoted.strip_suffix('"')?;
        return (!inner.contains('"')).then_some(inner);
    }
    let rest = cell.strip_prefix(['\'', '‘', '’'])?;
    let is_number = || {
        let number = rest
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b" -.()".contains(&byte));
        number && rest.starts_with(|c: char| c.is_ascii_digit())
    };
    let guards = rest.len() > 1 && rest.starts_with(['+', '=', '-', '@']) || is_number();
    (guards && !rest.ends_with(['\'', '’'])).then_some(rest)
}

/// A number of so many digits that was read as an amount and written with decimals, such as `1000000001.0`, without them.
pub fn without_decimals(cell: &str, digits: RangeInclusive<usize>) -> Option<&str> {
    let count = digits;
    let cell = trimmed(cell);
    let digits = cell
        .strip_suffix(".0")
        .or_else(|| cell.strip_suffix(".00"))?;
    let is_number = count.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(digits)
}

/// Whether a text may hold characters that can't be seen, or letters that were lost, encoded twice or escaped. Most don't, and
/// have no line breaks either.
pub fn may_be_odd(text: &str) -> bool {
    // Without a branch for each byte, so that many are looked at at once; and with few operations, as every byte is.
    let is_odd = |byte: u8| {
        let is_question_mark_or_del = byte & 0xbf == 0x3f;
        let is_c2_or_c3 = byte & 0xfe == 0xc2;
        let is_e2_or_ef = (byte == 0xe2) | (byte == 0xef);
        (byte < b' ') | (byte == b'&') | is_question_mark_or_del | is_c2_or_c3 | is_e2_or_ef
    };
    text.bytes().fold(false, |odd, byte| odd | is_odd(byte))
}

/// Whether [`damage`] needs to be asked at all. Most cells don't, and there are many.
#[inline]
pub fn may_be_damaged(cell: &str) -> bool {
    let is_exponent = |e: u8, sign: u8| matches!((e, sign), (b'E' | b'e', b'+' | b'-'));
    match cell.as_bytes() {
        [b'#', ..] => true,
        [b'E', ..] if cell.starts_with("Err:") => true,
        [.., last] if !last.is_ascii_digit() => false,
        [.., a, b, c, _, _] => is_exponent(*a, *b) || is_exponent(*b, *c),
        _ => false,
    }
}

/// Whether a postal code looks like one that lost its leading zero: the digits of a Korean one (five) or a Japanese one
/// (seven), less one or two, beside an address that is surely from there.
pub fn lost_zip_zero(zip: &str, address: &str) -> bool {
    if zip.len() > 6 || !zip.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    // Most addresses of five digits are of other countries.
    let has = |of: fn(char) -> bool| !address.is_ascii() && address.chars().any(of);
    // The bytes with which what is looked for begins in UTF-8; Hangul begins with others.
    let may_be_japanese = || memchr::memchr3(0xe3, 0xe6, 0xe7, address.as_bytes()).is_some();
    match zip.len() {
        4 => has(|c| matches!(c, '가'..='힣')),
        5 | 6 if may_be_japanese() => {
            has(|c| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '県'))
                || address.contains("東京都")
        }
        _ => false,
    }
}

/// Whether a telephone looks like one that lost its leading `0` or `+` when a spreadsheet took it for a number.
///
/// Only bare digits can have been taken for a number; what has a separator is sound. Taken for damaged are:
/// - ten digits that begin like a Korean mobile (`10`, `11`, `16` … `19`) or a Japanese one (`70`, `80`, `90`, and `50`);
/// - nine digits, which are a Korean or Japanese number without its zero (`212345678`, `312345678`);
/// - eight digits from Seoul (`2` and a seven-digit number);
/// - the calling codes 82, 81 and 86 and a number of the right length, without the plus.
///
/// What it can't know: some countries have numbers of nine digits without a zero (Spain, Portugal), North America has area
/// codes in 70x, 80x and 90x, and Hong Kong numbers that begin with 2 have eight digits. So it is only worth a note.
/// Korean numbers of other areas with ten digits left (`3180000000`) are not recognised, as North America has them all.
pub fn lost_zero(telephone: &str) -> bool {
    let digits = telephone.as_bytes();
    if !(8..=13).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    match (digits.len(), digits[0], digits[1]) {
        (8, b'2', second) => second != b'0' && second != b'1',
        (9, first, _) => first != b'0',
        (10, b'1', second) => matches!(second, b'0' | b'1' | b'6'..=b'9'),
        (10, b'5' | b'7' | b'8' | b'9', b'0') => true,
        (10..=12, b'8', b'1' | b'2') => digits[2] != b'0',
        (13, b'8', b'6') => digits[2] == b'1',
        _ => false,
    }
}

/// Excel's, and Google's `#ERROR!`. They stay English in Korean, Japanese and Chinese versions.
const ERRORS: &str =
    "#NAME? #REF! #VALUE! #N/A #DIV/0! #NUM! #NULL! #ERROR! #SPILL! #CALC! #FIELD! #GETTING_DATA";

/// One or two `#` can be dialled; a column that is too narrow has more.
fn is_hashes(cell: &str) -> bool {
    cell.len() >= 3 && cell.bytes().all(|b| b == b'#')
}

/// `1.01E+09`: one digit, perhaps decimals after a point or a comma, and an exponent with sign and two or three digits,
/// which is how every spreadsheet writes it. A code such as `1E5` has no sign and is left alone.
fn is_exponent(cell: &[u8]) -> bool {
    let Some(at) = cell.iter().rposition(|b| matches!(b, b'E' | b'e')) else {
        return false;
    };
    let (mantissa, exponent) = (&cell[..at], &cell[at + 1..]);
    let exponent_is_right = matches!(exponent, [b'+' | b'-', digits @ ..]
        if matches!(digits.len(), 2 | 3) && digits.iter().all(u8::is_ascii_digit));
    let mantissa = mantissa.strip_prefix(b"-").unwrap_or(mantissa);
    exponent_is_right
        && match mantissa {
            [first] => first.is_ascii_digit(),
            [first, b'.' | b',', decimals @ ..] => {
                first.is_ascii_digit()
                    && !decimals.is_empty()
                    && decimals.iter().all(u8::is_ascii_digit)
            }
            _ => false,
        }
}

/// LibreOffice's `Err:502`.
fn is_numbered_error(cell: &str) -> bool {
    cell.strip_prefix("Err:")
        .is_some_and(|number| number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_wrote_in_place_of_a_value_is_named() {
        for cell in [
            "1.01E+09",
            "8.21E+11",
            "1E+10",
            "1,01E+09",
            "-1.5e-07",
            " 1.01E+09 ",
            "8.20000000001E+011",
        ] {
            assert_eq!(damage(cell), Some(Damage::Exponent), "{cell}");
        }
        for cell in ["#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "Err:502"] {
            assert_eq!(damage(cell), Some(Damage::Error), "{cell}");
        }
        for cell in ["###", "########"] {
            assert_eq!(damage(cell), Some(Damage::Hashes), "{cell}");
        }
    }

    #[test]
    fn a_postal_code_without_its_zero_is_suspected_where_the_address_says_whose_it_is() {
        for (zip, address) in [
            ("6236", "서울특별시 강남구 예시로 1"),
            ("600000", "北海道札幌市みほん1-2"),
            ("100000", "東京都千代田区見本町1"),
        ] {
            assert!(lost_zip_zero(zip, address), "{zip}");
        }
        for (zip, address) in [
            ("06236", "서울특별시 강남구 예시로 1"),
            ("135080", "서울특별시 강남구 예시로 1"),
            ("100000", "北京市朝阳区示例路1号"),
            ("1010", "Beispielgasse 1, Wien"),
            ("104-0000", "東京都中央区見本町1"),
            ("", "서울"),
        ] {
            assert!(!lost_zip_zero(zip, address), "{zip}");
        }
    }

    #[test]
    fn sound_values_are_left_alone() {
        for cell in [
            "",
            "#",
            "##",
            "#1",
            "1E5",
            "E+09",
            "1.E+09",
            "10.1E+09",
            "1.01E+0",
            "1.01E+0999",
            "010-0000-0001",
            "#NAME",
            "see #N/A",
            "Err:",
            "1.01E+09 (home)",
            "Ave+10",
        ] {
            assert_eq!(damage(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_number_without_its_zero_or_plus_is_suspected() {
        for telephone in [
            "1000000001",
            "9000000001",
            "8000000001",
            "7000000001",
            "5000000001",
            "212345678",
            "312345678",
            "22345678",
            "821000000001",
            "819000000001",
            "8613000000000",
            "82212345678",
        ] {
            assert!(lost_zero(telephone), "{telephone}");
        }
        for telephone in [
            "",
            "01000000001",
            "10-0000-0001",
            "+821000000001",
            "15880000",
            "119",
            "20000000",
            "2125550100",
            "82",
            "０１",
            "12125550100",
            "810000000000",
        ] {
            assert!(!lost_zero(telephone), "{telephone}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_a_panic(text in any::<String>(), digits in "[0-9E+#.]{0,15}") {
            let _ = (lost_zero(&text), lost_zero(&digits), lost_zip_zero(&digits, &text));
            prop_assert!(damage(&text).is_none() || may_be_damaged(text.trim()));
            prop_assert!(damage(&digits).is_none() || may_be_damaged(&digits));
        }
    }
}
