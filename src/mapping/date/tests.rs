//! Dates in the forms of the exports, and laws over any text.

use super::*;
use proptest::prelude::*;

/// A date in few characters, so that tables stay readable.
fn shown(date: &Date) -> String {
    match date {
        Date::Iso(date) => date.to_string(),
        Date::NoYear { month, day } => format!("--{month:02}-{day:02}"),
        Date::Placeholder => "none".to_owned(),
        Date::Ambiguous {
            day_first,
            month_first,
        } => format!("{day_first} or {month_first}"),
        Date::Serial => "serial".to_owned(),
        Date::NotADate => "?".to_owned(),
    }
}

fn read_shown(raw: &str) -> String {
    shown(&read(raw, None))
}

#[test]
fn whole_dates_are_read_in_all_forms() {
    for raw in [
        "2021-01-09",
        " 2021-01-09 ",
        "2021/01/09",
        "2021/1/9",
        "2021.01.09",
        "2021.1.9",
        "2021. 1. 9.",
        "2021. 01. 09",
        "20210109",
        "2021-1-9",
        "2021 01 09",
        "２０２１／０１／０９",
        "2021‐01‐09",
        "2021-01-09T00:00:00Z",
        "2021-01-09T10:20:30+09:00",
        "2021-01-09 00:00:00.000",
        "2021-01-09 10:20",
        "2021/01/09 0:00",
        "2021/1/9 10:20:30 PM",
        "2021. 1. 9. 오전 12:00:00",
        "2021/01/09 午前 0:00:00",
        "20210109T102030Z",
        "20210109T1020",
        "2021-01-09T10:20:30.123456Z",
        "2021-01-09 10:20:30 UTC",
        "2021년 1월 9일",
        "2021년 01월 09일",
        "2021년1월9일",
        "2021년 1월 9일 토요일",
        "2021년 1월 9일 (토)",
        "2021年1月9日",
        "2021年01月09日",
        "2021 年 1 月 9 日",
        "２０２１年１月９日",
        "2021年1月9日(土)",
        "2021年1月9日 土曜日",
        "2021年1月9日（土）10:20",
        "2021年1月9日 星期六",
        "西暦2021年1月9日",
        "令和3年1月9日",
        "令和３年１月９日",
        "民國110年1月9日",
        "9 January 2021",
        "9 Jan 2021",
        "9. Jan. 2021",
        "9-Jan-2021",
        "09-JAN-2021",
        "Jan 9, 2021",
        "Jan. 9, 2021",
        "January 9, 2021",
        "January 9th, 2021",
        "9th of January 2021",
        "2021-Jan-09",
        "2021 January 9",
        "Saturday, January 9, 2021",
        "Sat, 9 Jan 2021 10:20:30 GMT",
        "Sat 9 Jan 2021",
        "Jan 9, 2021, 10:20 AM",
    ] {
        assert_eq!(read_shown(raw), "2021-01-09", "{raw}");
    }
}

#[test]
fn months_and_what_stands_around_them_are_known_in_many_languages() {
    for raw in [
        "3. März 2021",
        "Mittwoch, 3. März 2021",
        "3 mars 2021",
        "3 MARS 2021",
        "mercredi 03 mars 2021",
        "3 de marzo de 2021",
        "3-mar.-2021",
        "3-mars-2021",
        "3 marzo 2021",
        "3 de março de 2021",
        "03/mar/2021",
        "3 mrt 2021",
        "3 марта 2021 г.",
        "03.03.2021 г.",
        "3 березня 2021 року",
        "3 marca 2021 r.",
        "3. března 2021",
        "3 Mart 2021",
        "2021. március 3.",
        "3 maaliskuuta 2021",
        "3 มีนาคม 2564",
        "the 3rd of March 2021",
        "2021년 3월 3일생",
        "2021年3月3日生まれ",
        "令3.3.3",
        "2021·03·03",
    ] {
        assert_eq!(read_shown(raw), "2021-03-03", "{raw}");
    }
    assert_eq!(read_shown("1er août 2021"), "2021-08-01");
    assert_eq!(read_shown("1° maggio 2021"), "2021-05-01");
    for raw in ["3 Brumaire 2021", "mars 2021", "3 mars avril 2021"] {
        assert_eq!(read_shown(raw), "?", "{raw}");
    }
}

#[test]
fn a_year_of_thailand_is_counted_as_ours() {
    for raw in ["2564-01-09", "9/1/2564", "9 Jan 2564"] {
        let date = read(raw, Some(DateOrder::DayFirst));
        assert_eq!(shown(&date), "2021-01-09", "{raw}");
    }
    assert_eq!(read_shown("29/02/2563"), "2020-02-29");
}

#[test]
fn eras_end_where_they_ended() {
    for (raw, date) in [
        ("令和元年5月1日", "2019-05-01"),
        ("令和元年4月30日", "?"),
        ("元2021年1月9日", "?"),
        ("平成31年4月30日", "2019-04-30"),
        ("平成元年1月7日", "?"),
        ("昭和64年1月7日", "1989-01-07"),
        ("昭和60年4月12日", "1985-04-12"),
        ("大正15年12月24日", "1926-12-24"),
        ("明治5年1月1日", "?"),
        ("光和3年1月9日", "?"),
        ("H3.1.9", "1991-01-09"),
        ("S45/3/2", "1970-03-02"),
        ("Ｒ０６．０５．０１", "2024-05-01"),
        ("昭和45.3.2", "1970-03-02"),
        ("S65.1.1", "?"),
        ("S45.3-2", "?"),
        ("X3.1.9", "?"),
    ] {
        assert_eq!(read_shown(raw), date, "{raw}");
    }
}

#[test]
fn an_english_month_is_known_in_full_and_in_short() {
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    for (index, month) in months.iter().enumerate() {
        assert_eq!(
            read_shown(&format!("9 {month} 2021")),
            format!("2021-{:02}-09", index + 1)
        );
    }
    assert_eq!(read_shown("Sept 9, 2021"), "2021-09-09");
    assert_eq!(read_shown("9 Janu 2021"), "?");
    assert_eq!(read_shown("9 Ma 2021"), "?");
}

#[test]
fn dates_without_a_year_are_told_apart() {
    for raw in [
        "--0412",
        "--04-12",
        " --04-12",
        "--4-12",
        "4월 12일",
        "4月12日",
        "12 April",
        "Apr 12",
        "0000-04-12",
        "April 12th",
        "12. April",
        "04/12",
        "12.4.",
    ] {
        assert_eq!(read_shown(raw), "--04-12", "{raw}");
    }
    assert_eq!(read_shown("--0229"), "--02-29");
}

#[test]
fn what_stands_for_no_date_is_known() {
    for raw in [
        "",
        " ",
        "0/0/00",
        "00/0/0",
        "0000-00-00",
        "00/00/0000",
        "0000-00-00 00:00:00",
        "0000-00-00T00:00:00Z",
        "0",
        "-",
        "//",
        "  /  /  ",
        "0000年00月00日",
        "1/1/4501",
        "4501-01-01",
        "0001-01-01",
        "0001-01-01T00:00:00",
        "1900-01-00",
        "1/0/1900",
        "1899-12-30",
        "31.12.1899",
    ] {
        assert_eq!(read_shown(raw), "none", "{raw}");
    }
}

#[test]
fn what_is_no_day_for_sure_is_no_date() {
    for raw in [
        "2021-02-29",
        "2021-13-01",
        "2021-01-32",
        "2021-01",
        "2021",
        "---12",
        "--04",
        "1/9/85",
        "85/1/9",
        "850412",
        "9-Jan-21",
        "Jan 2021",
        "2021-00-00",
        "1985-04-00",
        "12042021",
        "31/02/2020",
        "13/13/2020",
        "2021-01/09",
        "2021-01-09-10",
        "2021.01.09.10",
        "unknown",
        "미상",
        "2021-01-09 25:00",
        "1-2-3",
        "2021W02",
        "9 Foo 2021",
        "9 9 Jan 2021",
        "99999999999999999999",
        "1/2/12345",
        "+2021-01-09",
        "2021-01-09x",
        "Sunday",
        "봄",
        "3월",
        "令和3年",
        "10:20",
    ] {
        assert_eq!(read_shown(raw), "?", "{raw}");
    }
}

#[test]
fn a_serial_number_is_named() {
    for raw in ["45231", "31149", "45231.5", "45231.0"] {
        assert_eq!(read_shown(raw), "serial", "{raw}");
    }
    assert_eq!(read_shown("4523"), "?");
}

#[test]
fn day_and_month_are_settled_by_the_value_then_by_the_order_and_else_ambiguous() {
    use DateOrder::{DayFirst, MonthFirst};
    for (raw, order, date) in [
        ("13/1/2020", None, "2020-01-13"),
        ("1/13/2020", None, "2020-01-13"),
        ("13/1/2020", Some(MonthFirst), "2020-01-13"),
        ("1/13/2020", Some(DayFirst), "2020-01-13"),
        ("5/5/2020", None, "2020-05-05"),
        ("1.2.2020", None, "2020-02-01 or 2020-01-02"),
        ("01/02/2020", None, "2020-02-01 or 2020-01-02"),
        ("01-02-2020 10:20", None, "2020-02-01 or 2020-01-02"),
        ("1.2.2020", Some(DayFirst), "2020-02-01"),
        ("1/2/2020", Some(MonthFirst), "2020-01-02"),
        ("29/2/2021", None, "?"),
    ] {
        assert_eq!(shown(&read(raw, order)), date, "{raw} {order:?}");
    }
}

#[test]
fn the_values_of_a_file_settle_their_order_unless_they_contradict_each_other() {
    let order =
        |values: &[&str]| super::order(values.iter().filter_map(|value| evidence(value)).collect());
    assert_eq!(
        order(&["1/2/2020", "13/1/2020", "5/5/2020", "2021-01-30", ""]),
        Some(DateOrder::DayFirst)
    );
    assert_eq!(
        order(&["1/2/2020", "1/31/2020 10:20"]),
        Some(DateOrder::MonthFirst)
    );
    assert_eq!(order(&["13/1/2020", "1/13/2020"]), None);
    assert_eq!(
        order(&["1/2/2020", "31/2/2020", "13/13/2020", "25/12/20"]),
        None
    );
}

#[test]
fn three_fields_are_one_date() {
    for (year, month, day, date) in [
        ("1985", "4", "12", "1985-04-12"),
        (" 1985", "04", "12 ", "1985-04-12"),
        ("", "4", "12", "--04-12"),
        ("0", "4", "12", "--04-12"),
        ("", "", "", "none"),
        ("85", "4", "12", "?"),
        ("1985", "", "", "?"),
        ("1985", "2", "30", "?"),
        ("1985", "April", "12", "?"),
    ] {
        assert_eq!(
            shown(&from_parts(year, month, day)),
            date,
            "{year} {month} {day}"
        );
    }
}

#[test]
fn the_calendar_is_named_in_all_languages() {
    for lunar in [
        "음력",
        "음",
        "생일(음력)",
        "陰暦",
        "旧暦",
        "农历",
        "農曆",
        "Lunar",
        "lunar birthday",
    ] {
        assert_eq!(is_lunar(lunar), Some(true), "{lunar}");
    }
    for solar in ["양력", "양", "생일(양력)", "新暦", "公历", "SOLAR"] {
        assert_eq!(is_lunar(solar), Some(false), "{solar}");
    }
    for neither in ["", "생일", "생일(양력음력)", "Y", "음악"] {
        assert_eq!(is_lunar(neither), None, "{neither}");
    }
}

fn written_somehow() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[-/.: ,TZ()+]{1,2}",
        proptest::sample::select(vec![
            "년", "월", "일", "年", "月", "日", "令和", "元年", "Jan", "May", "th", "of", "Sat",
            "土", "오전", "１"
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

fn assert_lawful(raw: &str) {
    for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
        match read(raw, order) {
            Date::Iso(date) => assert!(is_calendar_date(&date), "{raw} gave {date}"),
            Date::NoYear { month, day } => assert!(is_day(2000, month, day), "{raw}"),
            Date::Ambiguous {
                day_first,
                month_first,
            } => {
                assert!(
                    order.is_none()
                        && is_calendar_date(&day_first)
                        && is_calendar_date(&month_first),
                    "{raw}"
                );
                assert_ne!(day_first, month_first, "{raw}");
            }
            Date::Placeholder => assert!(
                !raw.contains(|c: char| ('2'..='9').contains(&c)) || raw.contains("4501"),
                "{raw}"
            ),
            Date::Serial | Date::NotADate => {}
        }
    }
    if let Some(order) = evidence(raw) {
        assert!(matches!(read(raw, None), Date::Iso(_)), "{raw}");
        assert!(read(raw, None) == read(raw, Some(order)), "{raw}");
    }
}

proptest! {
    #[test]
    fn what_is_read_is_a_day(raw in written_somehow(), any in any::<String>()) {
        assert_lawful(&raw);
        assert_lawful(&any);
        let _ = (is_lunar(&any), from_parts(&raw, &any, &raw));
    }

    #[test]
    fn every_day_is_read_in_every_form(year in 1800u32..2200, month in 1u32..=12, day in 1u32..=28) {
        let iso = written(year, month, day);
        let forms = [
            iso.clone(),
            format!("{year}/{month}/{day}"),
            format!("{year}{month:02}{day:02}"),
            format!("{year}년 {month}월 {day}일"),
            format!("{year}年{month}月{day}日"),
            format!("{iso}T00:00:00+09:00"),
        ];
        for form in forms {
            prop_assert!(read(&form, None) == Date::Iso(iso.as_str().into()), "{}", form);
        }
        let both = |order| read(&format!("{day}/{month}/{year}"), order) == Date::Iso(iso.as_str().into());
        prop_assert!(both(Some(DateOrder::DayFirst)));
    }
}
