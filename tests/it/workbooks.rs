//! Workbooks go in like CSV files.

mod makers;

use crate::world::World;
use makers::{archive, compound_file, ods, xls};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::fs;
use std::path::Path;

/// Columns that are recognised.
const COLUMNS: [&str; 7] = [
    "First Name",
    "Last Name",
    "E-mail 1 - Value",
    "Phone 1 - Value",
    "Birthday",
    "Notes",
    "Labels",
];

/// Writes the column names and people below them, from this row on.
fn write_people(sheet: &mut Worksheet, row: u32, people: &[[&str; 4]]) {
    for (column, name) in COLUMNS.iter().enumerate() {
        sheet.write(row, column as u16, *name).unwrap();
    }
    for (index, person) in people.iter().enumerate() {
        for (column, value) in person.iter().enumerate() {
            let row = row + 1 + index as u32;
            sheet.write(row, column as u16, *value).unwrap();
        }
    }
}

const PEOPLE: [[&str; 4]; 2] = [
    ["철수", "김", "kim@example.com", "010-0000-0001"],
    ["Zoë", "Müller", "zoe@example.com", "030 CALL"],
];

fn save(world: &World, name: &str, mut book: Workbook) {
    world.write(name, book.save_to_buffer().unwrap());
}

/// A workbook with a cover and a sheet of people below a title.
fn people() -> Workbook {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("Cover").unwrap();
    cover.write(0, 0, "Address book of Example Ltd").unwrap();
    let sheet = book.add_worksheet().set_name("연락처").unwrap();
    sheet.write(0, 0, "Exported 2025-01-02").unwrap();
    write_people(sheet, 2, &PEOPLE);
    book
}

#[test]
fn the_sheet_of_the_people_is_read_and_places_are_cells() {
    let world = World::new();
    save(&world, "people.xlsx", people());
    let ran = world.report(&["check", "people.xlsx"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    for said in [
        "read from the sheet `연락처`",
        "not `Cover`;",
        "people.xlsx:연락처!D5, Phone 1 - Value",
    ] {
        assert!(ran.said.contains(said), "{said} in {}", ran.said);
    }
    let results = world.results();
    let lines: Vec<_> = results.iter().map(|row| row["line"].as_str()).collect();
    assert_eq!(lines, ["4", "5"]);
    for place in ["people.xlsx:연락처!D5", "people.xlsx:5"] {
        let ran = world.run(&["explain", place]);
        assert!(ran.data.contains("030 CALL"), "{}{}", ran.data, ran.said);
    }
    let ran = world.run(&["suggest", "people.xlsx"]);
    assert!(ran.data.contains("E-mail 1 - Value"), "{}", ran.said);
}

#[test]
fn a_sheet_is_chosen_by_its_name() {
    let world = World::new();
    let mut book = people();
    let sheet = book.add_worksheet().set_name("Old").unwrap();
    write_people(sheet, 0, &PEOPLE[..1]);
    save(&world, "people.xlsx", book);
    let ran = world.report(&["check", "people.xlsx", "--sheet", "Old"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("not `Cover`, `연락처`;"), "{}", ran.said);
    assert_eq!(world.results().len(), 1);
    let ran = world.report(&["check", "people.xlsx", "--sheet", "New"]);
    assert_eq!(ran.code, 2, "{}", ran.said);
    let said = "no sheet `New`; use `Cover`, `연락처`, `Old`";
    assert!(ran.said.contains(said), "{}", ran.said);
}

#[test]
fn typed_cells_become_what_a_person_sees() {
    let world = World::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write_people(sheet, 0, &[["A", "B", "a@example.com", ""]; 6]);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let date = ExcelDateTime::from_ymd(1990, 5, 17).unwrap();
    sheet.write_with_format(1, 4, &date, &day).unwrap();
    let date = date.and_hms(13, 30, 0).unwrap();
    sheet.write_with_format(1, 5, &date, &time).unwrap();
    sheet.write(2, 3, 1_012_345_678).unwrap();
    sheet.write(2, 5, 42).unwrap();
    sheet.write(3, 5, 1.5).unwrap();
    sheet.write(4, 5, true).unwrap();
    let formula = Formula::new("=B2&\"x\"").set_result("by formula");
    sheet.write(5, 5, formula).unwrap();
    let formula = Formula::new("=NA()").set_result("#N/A");
    sheet.write(6, 5, formula).unwrap();
    sheet.set_row_hidden(3).unwrap();
    save(&world, "typed.xlsx", book);
    let fields = |row: u32| {
        let ran = world.run(&["explain", &format!("typed.xlsx:{row}")]);
        assert!(!ran.data.is_empty(), "{}", ran.said);
        ran.data
    };
    for (row, value) in [
        (2, "1990-05-17\n"),
        (2, "1990-05-17T13:30:00"),
        (3, "1012345678"),
        (3, "42\n"),
        (4, "1.5"),
        (5, "TRUE"),
        (6, "by formula"),
    ] {
        let data = fields(row);
        assert!(data.contains(value), "{value} in {data}");
    }
    let ran = world.report(&["check", "typed.xlsx"]);
    for said in [
        "typed.xlsx:Sheet1!F7: `#N/A` is a workbook error",
        "one hidden row of the sheet `Sheet1`",
        "typed.xlsx:Sheet1!D3, Phone 1 - Value: `1012345678`",
    ] {
        assert!(ran.said.contains(said), "{said} in {}", ran.said);
    }
    assert_eq!(world.results().len(), 6, "hidden rows are records");
    assert!(!fields(7).contains("#N/A"));
}

#[test]
fn merged_cells_and_line_breaks_and_gaps_keep_rows_in_their_places() {
    let world = World::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write_people(sheet, 0, &[["A", "B", "", "010-0000-0001"]]);
    sheet
        .merge_range(1, 5, 2, 6, "two\nlines", &Format::new())
        .unwrap();
    for (row, name, phone) in [(2, "C", "030 CALL"), (9, "D", "010-0000-0002")] {
        sheet.write(row, 0, name).unwrap();
        sheet.write(row, 3, phone).unwrap();
    }
    save(&world, "gaps.xlsx", book);
    let ran = world.report(&["check", "gaps.xlsx"]);
    let results = world.results();
    let lines: Vec<_> = results.iter().map(|row| row["line"].as_str()).collect();
    assert_eq!(lines, ["2", "3", "10"], "{}", ran.said);
    let said = "gaps.xlsx:Sheet1!D3";
    assert!(ran.said.contains(said), "{}", ran.said);
    let ran = world.run(&["explain", "gaps.xlsx:2"]);
    assert_eq!(
        ran.data.matches("two").count(),
        2,
        "source and payload: {}",
        ran.data
    );
}

#[test]
fn rejects_are_a_csv_that_is_imported_again() {
    let world = World::new();
    save(&world, "people.xlsx", people());
    let ran = world.report(&["import", "people.xlsx"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    assert_eq!(world.contacts().len(), 1);
    let rejects = world.read("report/rejects.csv");
    assert!(rejects.starts_with('\u{feff}'), "{rejects}");
    assert!(
        rejects.contains("Zoë,Müller,zoe@example.com,030 CALL"),
        "{rejects}"
    );
    world.write("mended.csv", rejects.replace("030 CALL", "030 1234567"));
    let ran = world.report(&["import", "mended.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let ran = world.report(&["import", "people.xlsx"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    assert_eq!(world.contacts().len(), 2, "nobody twice");
}

#[test]
fn old_and_open_workbooks_are_read_as_well() {
    let world = World::new();
    let rows: Vec<Vec<&str>> = std::iter::once(COLUMNS.to_vec())
        .chain(PEOPLE.iter().map(|person| person.to_vec()))
        .collect();
    world.write("people.xls", xls(&rows));
    world.write("people.ods", ods(&rows));
    for name in ["people.xls", "people.ods"] {
        let ran = world.report(&["check", name]);
        assert_eq!(ran.code, 3, "{}", ran.said);
        let said = format!("{name}:People!D3, Phone 1 - Value");
        assert!(ran.said.contains(&said), "{}", ran.said);
        assert_eq!(world.results().len(), 2);
        assert!(world.read("report/results.csv").contains("김철수"));
    }
    let hidden = "one hidden row of the sheet `People`";
    for name in ["people.xls", "people.ods"] {
        let ran = world.report(&["check", name]);
        assert!(ran.said.contains(hidden), "{name}: {}", ran.said);
    }
}

#[test]
fn what_is_no_workbook_or_a_broken_one_is_named() {
    let world = World::new();
    let whole = people().save_to_buffer().unwrap();
    world.write("cut.xlsx", &whole[..whole.len() / 2]);
    let mut damaged = whole.clone();
    damaged[200..900].fill(b'x');
    world.write("damaged.xlsx", damaged);
    world.write("text.xlsx", "First Name,E-mail\nAnn,ann@example.com\n");
    world.write(
        "word.xlsx",
        archive(&[("[Content_Types].xml", b"<Types/>")]),
    );
    world.write("locked.xlsx", compound_file("EncryptedPackage", &[0; 5000]));
    world.write(
        "mail.xls",
        compound_file("__properties_version1.0", &[0; 5000]),
    );
    world.write("empty.xlsx", Workbook::new().save_to_buffer().unwrap());
    let mut endless = compound_file("Workbook", &[0; 5000]);
    endless[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
    world.write("endless.xls", endless);
    let reversed = makers::xls_that_announces(&[[9, 2, 0, 4]], &[(0, 0, "Name")], 9);
    world.write("reversed.xls", reversed);
    for (name, said) in [
        ("endless.xls", "endless.xls: can't read the workbook"),
        ("reversed.xls", "reversed.xls: can't read the workbook"),
        ("cut.xlsx", "cut.xlsx: can't read the workbook"),
        ("damaged.xlsx", "damaged.xlsx: can't read the workbook"),
        ("text.xlsx", "text.xlsx: this is text"),
        ("word.xlsx", "word.xlsx: can't read the workbook"),
        (
            "locked.xlsx",
            "locked.xlsx: the workbook is password-protected",
        ),
        ("mail.xls", "mail.xls: can't read the workbook"),
        ("empty.xlsx", "empty.xlsx: no sheet has any rows"),
    ] {
        let ran = world.report(&["check", name]);
        assert_eq!(ran.code, 65, "{name}: {}", ran.said);
        assert!(ran.said.contains(said), "{said} in {}", ran.said);
        assert!(!ran.said.contains("panicked"), "{}", ran.said);
    }
}

#[test]
fn workbooks_that_unpack_to_too_much_are_refused_in_little_memory() {
    let world = World::new();
    let texts = |count: &str, inside: String| {
        format!("<sst uniqueCount=\"{count}\">{inside}</sst>").into_bytes()
    };
    let many = texts("9", "<si/>".repeat(21_000_000));
    let announced = texts("99999999999", String::new());
    let blank = texts("1", " ".repeat(5_000_000));
    for (name, texts) in [("many", many), ("announced", announced), ("blank", blank)] {
        let parts: [(&str, &[u8]); 2] = [
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/sharedStrings.xml", &texts),
        ];
        world.write(&format!("{name}.xlsx"), archive(&parts));
    }
    let row = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"float\" \
               office:value=\"1\" table:number-columns-repeated=\"16000\"/></table:table-row>";
    world.write("repeated.ods", makers::ods_of(row));
    world.write(
        "far.xls",
        makers::xls_of(&[(0, 0, "Name"), (65_535, 255, "x")], 9),
    );
    let announces = makers::xls_that_announces(&[[0, u32::MAX, 9, 3]], &[(0, 0, "Name")], 9);
    world.write("announces.xls", announces);
    for name in [
        "announces.xls",
        "many.xlsx",
        "announced.xlsx",
        "blank.xlsx",
        "repeated.ods",
        "far.xls",
    ] {
        // In KiB: data and the threads' stacks.
        let limited = format!("ulimit -d 524288 && exec \"$0\" check {name} --report report");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &limited, crate::world::binary()]);
        let crate::world::Ended { code, said } = world.start_command(command, &[]).end();
        assert_eq!(code, Some(65), "{name}: {said}");
        assert!(said.contains("too large when unpacked"), "{said}");
    }
}

/// LibreOffice 7.4 saved `people.fods` in each format: dates, times, a formula, an error, merged cells, a comment, bold text, a
/// hidden row, and styles to the end of the sheet.
#[test]
fn what_libreoffice_saves_is_read_alike_in_each_format() {
    let world = World::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/libreoffice");
    let mut reports = Vec::new();
    for kind in ["xlsx", "ods", "xls"] {
        let name = format!("people.{kind}");
        fs::copy(folder.join(&name), world.path(&name)).unwrap();
        let ran = world.report(&["check", &name, "--details"]);
        assert_eq!(ran.code, 3, "{}", ran.said);
        let sheet = format!("{name}:연락처 & Co");
        for said in [
            "not `Cover`;".to_owned(),
            "one hidden row of the sheet `연락처 & Co`".to_owned(),
            match kind {
                // An .ods has the text of an error.
                "ods" => format!("a spreadsheet error and is not imported: {sheet}!F7"),
                _ => format!("{sheet}!F7: `#N/A` is a workbook error"),
            },
            format!("{sheet}!D5, Phone 1 - Value: `1012345678`"),
            format!("{sheet}!D7, Phone 1 - Value"),
            format!("{sheet}!E11, Birthday\n      18:00:00"),
        ] {
            assert!(ran.said.contains(&said), "{said} in {}", ran.said);
        }
        let fields = |row: u32| world.run(&["explain", &format!("{name}:{row}")]).data;
        for (row, value) in [
            (4, "Birthday: 1990-05-17\n"),
            (4, "Notes: two⏎lines & <more> \"quoted\", so\n"),
            (4, "Organization Name: Example Bold Ltd\n"),
            (5, "Birthday: 1985-12-31T13:30:00\n"),
            (5, "Organization Name: 42\n"),
            (6, "Notes: hidden   row\n"),
            (6, "Organization Name: TRUE\n"),
            (7, "Organization Name: 0.5\n"),
            (11, "First Name: Max\n"),
            (11, "Notes: 1.5\n"),
            (11, "Organization Name: _x0041_ name\n"),
        ] {
            let data = fields(row);
            assert!(data.contains(value), "{kind}: {value} in {data}");
        }
        // LibreOffice writes 0 into an .xls where a formula gives a text.
        if kind != "xls" {
            assert!(fields(5).contains("Notes: Zoë by formula\n"));
        }
        reports.push(world.read("report/results.csv").replace(&name, "people"));
    }
    assert_eq!(reports[0], reports[1]);
    assert_eq!(reports[0], reports[2]);
}
