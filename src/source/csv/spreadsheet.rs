//! What a spreadsheet program does to cells when it opens and saves a CSV, recognised by the cell alone.
//!
//! None of this is ever mended: the digits that `8.21E+11` has lost are in no file. [`damage`] is certain. The others only
//! say that a cell *looks* damaged; whether it is depends on its column, which the caller knows.

use std::fmt;

/// Damage that a cell shows by itself: no name, number or address is written like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// A long number in scientific notation, `8.21E+11`: its last digits are lost.
    Scientific,
    /// The result of a formula that could not be worked out, `#NAME?`: a cell that began with `=`, `+` or `-` was taken for
    /// a formula.
    ErrorValue,
    /// `########`: the cell was saved as it was shown, in a column too narrow for it.
    Hashes,
}

impl fmt::Display for Damage {
    /// What happened, and the way out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scientific => {
                "a spreadsheet program has shortened a number and its last digits are lost; \
                 take it from the original export, importing the column as text"
            }
            Self::ErrorValue => {
                "a spreadsheet program took the cell for a formula and its content is lost; \
                 take it from the original export, importing the column as text"
            }
            Self::Hashes => {
                "a spreadsheet program saved a column too narrow to show its content, which is lost; \
                 take it from the original export, or widen the column and save again"
            }
        })
    }
}

/// What Excel, LibreOffice and Google Sheets show for a formula's errors, in English and in the localised programs that
/// differ from it (German, French, Spanish).
const ERROR_VALUES: &[&str] = &[
    "#NAME?",
    "#REF!",
    "#VALUE!",
    "#N/A",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#ERROR!",
    "#SPILL!",
    "#BEZUG!",
    "#WERT!",
    "#NV",
    "#ZAHL!",
    "#NOM?",
    "#VALEUR!",
    "#NOMBRE!",
    "#¿NOMBRE?",
    "#¡REF!",
    "#¡VALOR!",
    "Err:502",
    "Err:508",
    "Err:509",
    "Err:522",
];

/// The damage that a cell shows. Spaces around it don't matter, nor does an apostrophe before it.
pub fn damage(cell: &str) -> Option<Damage> {
    let cell = cell.trim().trim_start_matches('\'');
    match cell.as_bytes() {
        [b'#', ..] if cell.len() >= 4 && cell.bytes().all(|byte| byte == b'#') => {
            Some(Damage::Hashes)
        }
        [b'#' | b'E', ..] if ERROR_VALUES.contains(&cell) => Some(Damage::ErrorValue),
        [b'0'..=b'9' | b'+' | b'-', ..] if is_scientific(cell) => Some(Damage::Scientific),
        _ => None,
    }
}

/// `8.21E+11`, with a decimal comma too: one digit, fraction, `E`, sign, two or three digits.
fn is_scientific(cell: &str) -> bool {
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else {
        return false;
    };
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.strip_prefix(['+', '-']).unwrap_or_default();
    whole.len() == 1
        && digits(whole)
        && digits(fraction)
        && digits(power)
        && (2..=3).contains(&power.len())
}

/// Whether a cell looks like a mobile number that has lost its leading zero because it was read as a number: `1012345678`
/// from Korea's `010…` (and the older `011`, `016` to `019`), `9012345678` from Japan's `070`, `080`, `090`.
///
/// To be asked of telephone columns only, and still no proof: ten digits that begin with 7, 8 or 9 are a telephone number of
/// North America as well. Lost zeros of landlines are not recognised, because too many other numbers look the same.
pub fn looks_like_lost_zero(cell: &str) -> bool {
    let number = cell.trim();
    number.bytes().all(|byte| byte.is_ascii_digit())
        && match number.as_bytes() {
            [b'1', b'0', ..] => number.len() == 10,
            [b'1', b'1' | b'6'..=b'9', ..] => matches!(number.len(), 9 | 10),
            [b'7'..=b'9', b'0', ..] => number.len() == 10,
            _ => false,
        }
}

/// Whether a cell looks like an international mobile number of Korea or Japan that has lost its plus: `821012345678`.
///
/// To be asked of telephone columns only. The number can still be dialled with the plus before it; that it was there is
/// likely, and not certain.
pub fn looks_like_lost_plus(cell: &str) -> bool {
    let number = cell.trim();
    let national = number
        .strip_prefix("82")
        .or_else(|| number.strip_prefix("81"));
    national.is_some_and(looks_like_lost_zero)
}

/// The date, as `1985-04-12`, for which a spreadsheet program would keep the number in a cell: days since the end of 1899.
/// `None` if the cell is no whole number, or if the date is before 1910 or after 2099.
///
/// To be asked of date columns only: a Korean postal code is a number of the same size. It is no proof of the date either,
/// because workbooks from old Macs count from 1904, which makes it four years and a day later.
pub fn looks_like_date_serial(cell: &str) -> Option<String> {
    let cell = cell.trim();
    if !(4..=5).contains(&cell.len())
        || !cell.bytes().all(|byte| byte.is_ascii_digit())
        || cell.starts_with('0')
    {
        return None;
    }
    let serial: i64 = cell.parse().ok()?;
    (FIRST_SERIAL..=LAST_SERIAL).contains(&serial).then(|| {
        let (year, month, day) = civil(serial - UNIX_EPOCH_SERIAL);
        format!("{year:04}-{month:02}-{day:02}")
    })
}

/// 1 January 1910.
const FIRST_SERIAL: i64 = 3654;

/// 31 December 2099.
const LAST_SERIAL: i64 = 73_050;

/// 1 January 1970.
const UNIX_EPOCH_SERIAL: i64 = 25_569;

/// Year, month and day of a day counted from 1 January 1970: years begin in March here, so that the leap day is their last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_that_shows_is_named() {
        let table = [
            ("1.01E+09", Some(Damage::Scientific)),
            ("8.21E+11", Some(Damage::Scientific)),
            (" '8,21E+11 ", Some(Damage::Scientific)),
            ("-3E+10", Some(Damage::Scientific)),
            ("#NAME?", Some(Damage::ErrorValue)),
            ("#REF!", Some(Damage::ErrorValue)),
            ("########", Some(Damage::Hashes)),
            ("", None),
            ("#1", None),
            ("###", None),
            ("#vip", None),
            ("12E+34", None),
            ("1E5", None),
            ("4E-Street", None),
            ("010-0000-0001", None),
            ("Err", None),
            ("é", None),
            ("+821000000001", None),
        ];
        for (cell, expected) in table {
            assert_eq!(damage(cell), expected, "{cell}");
        }
    }

    #[test]
    fn numbers_without_their_first_sign_are_noticed() {
        for cell in [
            "1012345678",
            "9012345678",
            "8012345678",
            "7012345678",
            "111234567",
            "1912345678",
        ] {
            assert!(looks_like_lost_zero(cell), "{cell}");
        }
        for cell in [
            "01012345678",
            "101234567",
            "6012345678",
            "10-1234-5678",
            "",
            "12345678",
            "1212345678",
        ] {
            assert!(!looks_like_lost_zero(cell), "{cell}");
        }
        assert!(looks_like_lost_plus("821012345678") && looks_like_lost_plus("819012345678"));
        assert!(!looks_like_lost_plus("+821012345678") && !looks_like_lost_plus("1012345678"));
    }

    #[test]
    fn serials_give_the_date_they_would_stand_for() {
        let table = [
            ("25569", Some("1970-01-01")),
            ("31149", Some("1985-04-12")),
            ("36585", Some("2000-02-29")),
            ("3654", Some("1910-01-01")),
            ("73050", Some("2099-12-31")),
            ("73051", None),
            ("06133", None),
            ("1985", None),
            ("31149.5", None),
            ("", None),
        ];
        for (cell, expected) in table {
            assert_eq!(looks_like_date_serial(cell).as_deref(), expected, "{cell}");
        }
    }
}
