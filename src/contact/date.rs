//! Calendar dates as the service takes them: `YYYY-MM-DD`.

use jiff::civil::Date;

/// Whether `text` is a day of the Gregorian calendar, written `YYYY-MM-DD` (`events[].date`), from year 1 on.
///
/// The document has no other rule for lunar dates, so this one applies to them too.
pub fn is_calendar_date(text: &str) -> bool {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return false;
    };
    let numbers = [&[y1, y2, y3, y4][..], &[m1, m2], &[d1, d2]].map(number);
    matches!(numbers, [Some(year), Some(month), Some(day)] if is_day(year, month, day))
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        let is_digit = digit.is_ascii_digit();
        is_digit.then(|| number * 10 + u32::from(digit - b'0'))
    })
}

/// Whether the day exists in the Gregorian calendar.
pub fn is_day(year: u32, month: u32, day: u32) -> bool {
    let day_of = || {
        Date::new(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
        .ok()
    };
    year > 0 && day_of().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in [
            "2021-01-09",
            "2024-02-29",
            "2000-02-29",
            "0001-01-01",
            "9999-12-31",
        ] {
            assert!(is_calendar_date(good), "{good}");
        }
        for bad in [
            "",
            "2021-1-9",
            "2021-02-29",
            "1900-02-29",
            "2021-13-01",
            "2021-00-10",
            "2021-04-31",
            "0000-01-01",
            "2021/01/09",
            "2021-01-09 ",
            "+021-01-09",
            "２021-01-0",
        ] {
            assert!(!is_calendar_date(bad), "{bad}");
        }
    }
}
