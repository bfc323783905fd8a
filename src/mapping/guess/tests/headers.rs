//! Header rows from several countries, held to what people mean by them.

use super::super::*;
use crate::mapping::spec::AddressPart;
use std::fmt::Write as _;

const HEADERS: &str = include_str!("headers.txt");

/// A field as `headers.txt` writes it.
fn short(field: Field) -> String {
    let of = |place: &str, part: &str| match place {
        "OTHER" => part.to_owned(),
        place => format!("{part}.{place}"),
    };
    match field {
        Field::Nothing => "-".into(),
        Field::Name(NameKey::FullName) => "fullName".into(),
        Field::Name(NameKey::PhoneticFullName) => "reading".into(),
        Field::Name(NameKey::PhoneticFirstName) => "readingFirst".into(),
        Field::Name(NameKey::PhoneticLastName) => "readingLast".into(),
        Field::Name(part) => part.as_str().trim_end_matches("Name").into(),
        Field::Telephone(kind) => format!("tel.{kind}"),
        Field::Organization(part) => format!("org.{part}"),
        Field::Event(kind) => kind.into(),
        Field::BirthdayPart(part) => format!("birth.{}", ["year", "month", "day"][part]),
        Field::Address(place, AddressPart::Formatted) => of(place, "addr"),
        Field::Address(place, part) => of(place, &format!("addr.{}", part.as_str())),
        Field::Zip(place) => of(place, "zip"),
        Field::Messenger(kind) => format!("msg.{kind}"),
        Field::Website => "web".into(),
        field => field.path().rsplit('.').next().unwrap_or_default().into(),
    }
}

/// Counts columns by how sure they are: 90 % and more, and less.
#[derive(Default)]
struct Score {
    right: [u32; 2],
    wrong: [u32; 2],
    missed: [u32; 2],
}

#[test]
fn header_rows_of_many_countries_are_understood_and_none_is_certain_and_wrong() {
    let (mut score, mut faults, mut rows) = (Score::default(), String::new(), 0);
    for line in HEADERS.lines().filter(|line| !line.starts_with('#')) {
        rows += 1;
        let (country, cells) = line
            .split_once(": ")
            .expect("a line begins with a language");
        let cells = cells.split(" | ").filter_map(|cell| cell.rsplit_once('='));
        let (names, expected): (Vec<String>, Vec<&str>) =
            cells.map(|(name, field)| (name.to_owned(), field)).unzip();
        let proposal = propose(&Columns::new(names.clone()), &[]);
        for ((name, expected), guess) in names.iter().zip(expected).zip(&proposal.columns) {
            let sure = usize::from(!guess.is_certain());
            let found = short(guess.field);
            let count = match () {
                () if found == expected => &mut score.right,
                () if found == "-" => &mut score.missed,
                () => &mut score.wrong,
            };
            count[sure] += 1;
            if found != expected {
                let percent = guess.confidence * 100.0;
                let _ = writeln!(
                    faults,
                    "{country} {name}: {found} ({percent:.0} %), not {expected}"
                );
            }
        }
    }
    let Score {
        right,
        wrong,
        missed,
    } = score;
    println!(
        "header rows: {rows}; columns by confidence (>= 90 %, < 90 %): right {right:?}, wrong {wrong:?}, missed {missed:?}\n{faults}"
    );
    assert!(rows >= 30, "{rows}");
    assert_eq!(wrong[0], 0, "{faults}");
    let all: u32 = [right, wrong, missed].iter().flatten().sum();
    assert!(right.iter().sum::<u32>() * 100 >= all * 95, "{faults}");
}
