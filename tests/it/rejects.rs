//! `rejects.csv` and `rejects.vcf` come back mended: as they are, and after a spreadsheet saved them.

use crate::world::{World, google};
use encoding_rs::EUC_KR;

/// One record that is good, and one that breaks a rule, with text that a spreadsheet has to quote.
fn rejected() -> World {
    let world = World::new();
    let rows: [&[_]; 2] = [
        &[
            ("First Name", "민"),
            ("Last Name", "남궁"),
            ("E-mail 1 - Value", "min@example.com"),
        ],
        &[
            ("First Name", "예시"),
            ("Last Name", "김"),
            ("Organization Name", "예시상사, 서울"),
            ("Notes", "첫째 줄\n둘째 \"줄\""),
            ("Phone 1 - Label", "Mobile"),
            ("Phone 1 - Value", "전화 주세요"),
        ],
    ];
    world.write("people.csv", google(&rows));
    assert_eq!(world.report(&["import", "people.csv"]).code, 3);
    world
}

/// What a spreadsheet writes of the mended rejects: every cell as it is, quoted where it has to be, with CRLF.
fn saved(world: &World, delimiter: u8, more_columns: usize) -> String {
    let rejects = world.read("report/rejects.csv");
    assert!(
        rejects.starts_with('\u{feff}'),
        "for Excel to see that it is UTF-8"
    );
    let mended = rejects[3..].replacen("전화 주세요", "010-0000-0002", 1);
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(mended.as_bytes());
    for row in reader.records() {
        let mut row = row.expect("rejects.csv is CSV");
        row.extend(std::iter::repeat_n("", more_columns));
        writer.write_record(&row).expect("memory can be written");
    }
    let bytes = writer.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("it is UTF-8")
}

fn utf16(text: &str) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    marked.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A file's name, its delimiter, how many columns more it has, and its encoding.
type Way = (&'static str, u8, usize, fn(&str) -> Vec<u8>);

/// Imports a file, and sees to it that the record is created from it whole and with its history.
fn comes_back(world: &World, name: &str, bytes: &[u8]) {
    world.write(name, bytes);
    let ran = world.report(&["import", name]);
    assert_eq!(ran.code, 0, "{name}: {}", ran.said);
    let results = world.results();
    assert_eq!(results.len(), 1, "{name}: {}", ran.said);
    assert_eq!(results[0]["outcome"], "created", "{name}");
    let message = &results[0]["message"];
    assert!(
        message.starts_with("fixes record 2 of run "),
        "{name}: {message}"
    );
    let contacts = world.contacts();
    let contact = &contacts.last().expect("it was created").request;
    assert_eq!(contact["contactName"]["lastName"], "김", "{name}");
    assert_eq!(
        contact["organizations"][0]["name"], "예시상사, 서울",
        "{name}"
    );
    assert_eq!(contact["memo"], "첫째 줄\n둘째 \"줄\"", "{name}");
    assert_eq!(contact["telephones"][0]["telephone"], "010-0000-0002");
    let notes = world.read("report/results.jsonl");
    assert!(
        !notes.contains("[cardlift"),
        "the reason is left alone: {notes}"
    );
}

#[test]
fn a_report_that_is_written_again_advises_the_command_that_reads_the_rejects() {
    let world = World::new();
    world.write(
        "our mapping.toml",
        "[mapping]\nemails = [\"M\"]\n[mapping.contactName]\nlastName = \"N\"\n",
    );
    let list = |email: &str| {
        encoding_rs::EUC_KR
            .encode(&format!("N,M\n김,{email}\n"))
            .0
            .to_vec()
    };
    world.write("list.csv", list("kim"));
    let options = ["--mapping", "our mapping.toml", "--encoding", "cp949"];
    let ran = world.report(&[&["import", "list.csv"][..], &options].concat());
    assert_eq!(ran.code, 3, "{}", ran.said);
    let run = world.summary()["run"].as_str().unwrap().to_owned();
    let again = world.report(&["report", &run, "--config", "cardlift.toml"]);
    let command = "cardlift import report/rejects.csv --config cardlift.toml --mapping 'our mapping.toml' --encoding cp949";
    assert!(again.said.contains(command), "{}", again.said);
    let rejects = std::fs::read(world.path("report/rejects.csv")).unwrap();
    let at = rejects
        .windows(4)
        .position(|bytes| bytes == b",kim")
        .unwrap();
    let fixed = [&rejects[..at], b",kim@example.com", &rejects[at + 4..]].concat();
    world.write("report/rejects.csv", fixed);
    let args = ["import", "report/rejects.csv", "--report", "fixed"];
    let ran = world.run(&[&args[..], &options].concat());
    assert_eq!((ran.code, world.contacts().len()), (0, 1), "{}", ran.said);
}

#[test]
fn rejects_come_back_from_excel_with_their_history() {
    let marked: fn(&str) -> Vec<u8> = |text| format!("\u{feff}{text}").into_bytes();
    let ansi: fn(&str) -> Vec<u8> = |text| EUC_KR.encode(text).0.into_owned();
    let ways: [Way; 6] = [
        ("CSV UTF-8.csv", b',', 0, marked),
        ("CSV UTF-8 where a comma is decimal.csv", b';', 0, marked),
        (
            "CSV UTF-8 with columns that were cleared.csv",
            b',',
            2,
            marked,
        ),
        ("Unicode text.txt", b'\t', 0, utf16),
        ("CSV of a Korean Windows.csv", b',', 0, ansi),
        ("Text of a Korean Windows.txt", b'\t', 0, ansi),
    ];
    for (name, delimiter, more_columns, encode) in ways {
        let world = rejected();
        let text = saved(&world, delimiter, more_columns);
        comes_back(&world, name, &encode(&text));
    }
}

#[test]
fn numbers_that_excel_has_spoilt_are_named_before_anything_is_sent() {
    let world = rejected();
    let sound = saved(&world, b',', 0);
    let spoilt = |number: &str| {
        let text = sound.replacen("010-0000-0002", number, 1);
        world.write("mended.csv", format!("\u{feff}{text}"));
    };
    spoilt("1000000002");
    for command in ["check", "import"] {
        let said = world.report(&[command, "mended.csv"]).said;
        let warned = said.find("1 number may have lost its leading zero");
        let totals = said.find("1 record:");
        assert!(warned.is_some() && warned < totals, "{said}");
    }
    spoilt("8.21E+11");
    let ran = world.report(&["import", "mended.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    assert!(ran.said.contains("SPREADSHEET_DAMAGE"), "{}", ran.said);
}

#[test]
fn a_mended_card_comes_back_with_its_history_and_is_otherwise_as_it_was() {
    let world = World::new();
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:김 예시\r\nN:김;예시;;;\r\nTEL:전화 주세요\r\n\
                NOTE:a long line that is folded at some place or other and goes on, and on\r\n  and on\r\nEND:VCARD\r\n";
    world.write("cards.vcf", card);
    assert_eq!(world.report(&["import", "cards.vcf"]).code, 3);
    let rejects = world.read("report/rejects.vcf");
    let mut lines: Vec<&str> = rejects.split_inclusive('\n').collect();
    let history = lines.remove(lines.len() - 2);
    assert!(
        history.starts_with("X-CARDLIFT-MENDS:") && history.ends_with("#1\r\n"),
        "{rejects}"
    );
    assert_eq!(lines.concat(), card);

    // Still wrong: it is rejected again, and mends the second run's record in the end.
    let mended = rejects.replacen("전화 주세요", "전화 010", 1);
    world.write("mended.vcf", mended);
    assert_eq!(world.report(&["import", "mended.vcf"]).code, 3);
    let rejects = world.read("report/rejects.vcf");
    let second = world.summary()["run"]
        .as_str()
        .expect("it has a name")
        .to_owned();
    world.write(
        "mended.vcf",
        rejects.replacen("전화 010", "010-0000-0002", 1),
    );
    let ran = world.report(&["import", "mended.vcf"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let message = &world.results()[0]["message"];
    assert_eq!(message, &format!("fixes record 1 of run {second}"));
    let notes = world.read("report/results.jsonl");
    assert!(
        !notes.contains("CARDLIFT"),
        "it says nothing about a person: {notes}"
    );
}

#[test]
fn a_card_with_a_photo_or_without_an_end_is_rejected_byte_for_byte() {
    let world = World::new();
    let photo = "QUJD".repeat(200_000);
    let with_photo =
        format!("BEGIN:VCARD\nVERSION:3.0\nFN:Photo\nPHOTO;ENCODING=b:{photo}\nEND:VCARD\n");
    let cut_off = "BEGIN:VCARD\nVERSION:3.0\nFN:No end\n";
    world.write("cards.vcf", format!("{with_photo}{cut_off}"));
    assert_eq!(world.report(&["import", "cards.vcf"]).code, 3);
    let rejects = world.read("report/rejects.vcf");
    let (first, second) = rejects.split_once("END:VCARD\n").expect("it has an end");
    let (before, history) = first.split_at(with_photo.len() - "END:VCARD\n".len());
    assert!(with_photo.starts_with(before), "the photo is whole");
    assert!(history.starts_with("X-CARDLIFT-MENDS:"), "{history}");
    assert_eq!(second.trim_end(), cut_off.trim_end());
}
