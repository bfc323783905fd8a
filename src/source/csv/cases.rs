//! Files as people have them, opened.

use super::*;
use crate::input::said::{because, not_csv};
use crate::source::encoding::TextEncoding;
use std::io::Cursor;

/// A file in memory that was opened.
struct File {
    bytes: Vec<u8>,
    opened: Opened,
}

impl std::ops::Deref for File {
    type Target = Opened;

    fn deref(&self) -> &Opened {
        &self.opened
    }
}

fn opened(file: impl Into<Vec<u8>>) -> File {
    opened_with(file, &Options::default())
}

fn opened_with(file: impl Into<Vec<u8>>, options: &Options<'_>) -> File {
    let bytes = file.into();
    let opened = open(Cursor::new(&bytes), options)
        .unwrap_or_else(|error| panic!("{}", not_csv(&error, "a.csv")));
    File { bytes, opened }
}

fn refused(file: impl Into<Vec<u8>>) -> String {
    match open(Cursor::new(file.into()), &Options::default()) {
        Ok(opened) => panic!("{:?}", opened.header),
        Err(error) => not_csv(&error, "a.csv"),
    }
}

fn in_encoding(label: &str, text: &str) -> Vec<u8> {
    let (bytes, complete) = encoding(label).encode(text);
    assert!(complete, "{label} lacks a character of {text}");
    bytes
}

fn encoding(label: &str) -> TextEncoding {
    TextEncoding::from_label(label).expect("a known label")
}

/// Line, cells and flaws of every record.
fn records(file: &File) -> Vec<(u64, Vec<String>, Vec<Flaw>)> {
    let (mut chunk, mut records) = (Chunk::default(), Vec::new());
    let cutter = Cutter::new(Cursor::new(&file.bytes), file.layout.clone());
    let mut cutter = cutter.expect("a cursor can be read");
    while cutter.next_chunk(&mut chunk).expect("a cursor can be read") {
        for row in rows(&chunk) {
            assert_eq!(row.number, records.len() as u64 + 1);
            records.push((
                row.line,
                row.iter().map(str::to_owned).collect(),
                row.flaws.to_vec(),
            ));
        }
    }
    records
}

fn cells(file: &File) -> Vec<Vec<String>> {
    records(file)
        .into_iter()
        .map(|(_, cells, _)| cells)
        .collect()
}

#[test]
fn a_plain_file_is_opened() {
    let file = opened("Name,Email\r\nAda,ada@example.com\r\n\r\n\"Bob\r\nB.\",bob@example.com\r\n");
    assert_eq!(file.header.cells, ["Name", "Email"]);
    assert_eq!(file.layout.dialect, b','.into());
    assert_eq!(file.header.raw, b"Name,Email");
    let records = records(&file);
    assert_eq!(records[0].0, 2);
    assert_eq!(
        records[1],
        (
            4,
            vec!["Bob\r\nB.".into(), "bob@example.com".into()],
            vec![]
        )
    );
    assert_eq!(records.len(), 2);
}

#[test]
fn delimiters_are_found_by_evidence() {
    let table = [
        (
            "이름;전화;메모\n김철수;010-0000-0001;a, b, c\n이영희;010-0000-0002;d, e\n",
            b';',
            3,
        ),
        (
            "Name\tEmail\tNotes\nAda\tada@example.com\tone, two; three\n",
            b'\t',
            3,
        ),
        ("Name|Email\nAda|ada@example.com\n", b'|', 2),
        ("Name,Tags\nAda,a;b;c\nBob,d;e;f\n", b',', 2),
        (
            "\"Name, full\";\"Email\"\n\"B, A\";\"a@example.com\"\n",
            b';',
            2,
        ),
        (
            "Name,Amount;net,Email\nAda,\"1;2\",a@example.com\n",
            b',',
            3,
        ),
        ("Email\nada@example.com\nbob@example.com\n", b',', 1),
        ("sep=;\r\nName;Email\r\nAda;a@example.com\r\n", b';', 2),
        ("sep=^\nName^Email\nAda^a@example.com\n", b'^', 2),
    ];
    for (text, delimiter, columns) in table {
        let file = opened(text);
        assert_eq!(
            (file.layout.dialect.delimiter, file.header.cells.len()),
            (delimiter, columns),
            "{text}"
        );
    }
    let options = Options {
        delimiter: Some(b'|'),
        ..Options::default()
    };
    assert_eq!(
        opened_with("Name,Email|Phone\na,b|c\n", &options)
            .header
            .cells,
        ["Name,Email", "Phone"]
    );
}

#[test]
fn a_preamble_is_passed_over() {
    let text = "Eightの名刺データ\r\n出力日,2025年1月2日\r\n件数：2件\r\n※このデータは\r\n取り扱いに注意してください。\r\n\r\n\r\n\
                会社名,部署名,役職,氏名,e-mail,TEL会社\r\n例示株式会社,営業部,部長,山田 太郎,taro@example.com,03-0000-0000\r\n\
                見本商事,,,佐藤 花子,hanako@example.com,\r\n";
    for label in ["UTF-8", "Shift_JIS", "UTF-16LE", "EUC-JP", "ISO-2022-JP"] {
        let file = opened(in_encoding(label, text));
        assert_eq!(file.layout.encoding, encoding(label));
        assert_eq!(file.header.line, 8, "{label}");
        assert_eq!(file.header.cells[3], "氏名");
        assert_eq!(
            file.header.raw,
            in_encoding(label, "会社名,部署名,役職,氏名,e-mail,TEL会社")
        );
        let records = records(&file);
        assert_eq!(
            (records[1].0, records[1].1[3].as_str()),
            (10, "佐藤 花子"),
            "{label}"
        );
    }
}

#[test]
fn a_preamble_of_one_cell_a_line_is_no_header_even_if_it_has_its_words() {
    let file =
        opened("Contacts\nAll contacts\n\nName,Company,Title,Email\nAda,A,B,a@example.com\n");
    assert_eq!(file.header.line, 4);
    let file = opened("Name\n\"Muster, Ada\"\nSample, Bo\n");
    assert_eq!(file.header.cells, ["Name"]);
}

#[test]
fn a_header_in_two_lines_is_read_as_one() {
    let known = |cells: &[&str]| {
        let filled = || cells.iter().filter(|cell| !cell.is_empty());
        let words = [
            "성명",
            "연락처",
            "휴대폰",
            "자택",
            "주소",
            "우편번호",
            "상세",
        ];
        let is_known = |cell: &&&str| cell.split(' ').all(|word| words.contains(&word));
        filled().filter(is_known).count() as f32 / filled().count().max(1) as f32
    };
    let options = Options {
        known_header: Some(&known),
        ..Options::default()
    };
    let text = "명단,,,,\n성명,연락처,,주소,\n,휴대폰,자택,우편번호,상세\n홍길동,010-0000-0001,,04524,서울\n";
    let file = opened_with(text, &options);
    assert_eq!(
        file.header.cells,
        [
            "성명",
            "연락처 휴대폰",
            "연락처 자택",
            "주소 우편번호",
            "주소 상세"
        ]
    );
    assert_eq!(file.header.line, 2);
    assert_eq!(
        file.header.raw,
        "성명,연락처,,주소,\n,휴대폰,자택,우편번호,상세".as_bytes()
    );
    assert_eq!(records(&file)[0].0, 4);
    // What stands below a name that is missing is no name.
    let file = opened_with("성명,,연락처\n홍길동,주소,\n", &options);
    assert_eq!(file.header.cells, ["성명", "", "연락처"]);
}

#[test]
fn byte_order_marks_are_no_part_of_the_header() {
    let text = "이름,메일\n김철수,a@example.com\n";
    let marked = format!("\u{FEFF}{text}");
    for (label, bom) in [
        ("UTF-8", true),
        ("UTF-16LE", true),
        ("UTF-16BE", true),
        ("UTF-16LE", false),
        ("UTF-16BE", false),
    ] {
        let file = opened(in_encoding(label, if bom { &marked } else { text }));
        assert_eq!(file.layout.encoding, encoding(label));
        assert_eq!(file.header.cells, ["이름", "메일"]);
        assert_eq!(file.header.raw, in_encoding(label, "이름,메일"));
        assert_eq!(cells(&file), [["김철수", "a@example.com"]]);
    }
}

#[test]
fn an_encoding_that_is_given_wins() {
    let korean = in_encoding("CP949", "이름,메일\n김철수,a@example.com\n");
    let options = Options {
        encoding: Some(encoding("gb18030")),
        ..Options::default()
    };
    let file = opened_with(korean.clone(), &options);
    assert!(file.detected.is_none());
    assert_ne!(file.header.cells[0], "이름");
    let file = opened(korean);
    assert_eq!(file.header.cells[0], "이름");
    let reason = file.opened.detected.expect("nothing was given").reason;
    assert_eq!(
        because(&reason),
        "its header says `이름`, `메일`, and 7 of the 7 non-ASCII characters examined are common in it"
    );
}

#[test]
fn a_tie_is_asked_about() {
    let name = TextEncoding::CP949.encode("제갈량").0;
    let file = [b"Name,Email\n", name.as_slice(), b",a@example.com\n"].concat();
    assert_eq!(
        refused(file),
        "line 2: could be `제갈량` (CP949) or `力哎樊` (GB18030), and nothing in the file decides; \
         choose with `--encoding CP949` or `--encoding GB18030`"
    );
}

#[test]
fn files_that_are_none_are_refused_with_a_way_out() {
    let table: [(&[u8], &str); 7] = [
        (b"", "the file is empty"),
        (b"\r\n\n  \n", "the file is empty"),
        (b"\xEF\xBB\xBF", "the file is empty"),
        (b"%PDF-1.4", "this is a PDF"),
        (b"a\0\0\0b\0\0\x01\x02\xFF\0\0c", "this is not text"),
        (
            b"Ada,ada@example.com,010-0000-0001\nBob,bob@example.com,010-0000-0002\n",
            "line 1: no header row",
        ),
        (b"\n\nAda,ada@example.com\n", "line 3: no header row"),
    ];
    for (file, message) in table {
        let error = refused(file);
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn a_header_alone_is_a_file_without_records() {
    for text in ["Name,Email", "Name,Email\n", "Name,Email\r\n\r\n"] {
        let file = opened(text);
        assert_eq!(file.header.cells, ["Name", "Email"]);
        assert!(records(&file).is_empty());
    }
}

#[test]
fn an_apostrophe_before_every_cell_is_left_to_the_mapping() {
    let file = opened(
        "\"성\",\"이름\",\"휴대폰번호\"\r\n\"'김\",\"'철수\",\"'010-0000-0001\"\r\n\"'\",\"'영희\",\"'\"\r\n",
    );
    assert_eq!(file.header.cells, ["성", "이름", "휴대폰번호"]);
    assert_eq!(
        cells(&file),
        [["'김", "'철수", "'010-0000-0001"], ["'", "'영희", "'"]]
    );
}

#[test]
fn a_known_header_is_found_where_nothing_else_tells() {
    let text = "alpha,beta,gamma\ndelta,epsilon,zeta\nx1,x2,x3\ny1,y2,y3\n";
    assert_eq!(opened(text).header.line, 1);
    let known = |cells: &[&str]| if cells[0] == "delta" { 1.0 } else { 0.0 };
    let options = Options {
        known_header: Some(&known),
        ..Options::default()
    };
    let file = opened_with(text, &options);
    assert_eq!(file.header.line, 2);
    assert_eq!(records(&file)[0].0, 3);
}

#[test]
fn a_file_cut_off_in_a_quote_gives_what_it_has() {
    let file = opened("Name,Notes\nAda,fine\nBob,\"first line\nsecond li");
    let records = records(&file);
    assert_eq!(
        records[1],
        (
            3,
            vec!["Bob".into(), "first line\nsecond li".into()],
            vec![Flaw::CutOff { line: 3 }]
        )
    );
    assert_eq!(records[0].2, []);
}

#[test]
fn a_quote_that_is_never_closed_costs_one_record() {
    let rows: String = (0..2000)
        .map(|i| format!("Person {i},p{i}@example.com,note {i}\n"))
        .collect();
    let text = format!("Name,Email,Notes\nAda,a@example.com,\"oops\n{rows}");
    for max_record in [1024, 1 << 20] {
        for chunk_size in [64, 1 << 16] {
            let file = opened_with(
                text.clone(),
                &Options {
                    max_record,
                    chunk_size,
                    ..Options::default()
                },
            );
            let records = records(&file);
            assert_eq!(records.len(), 2001, "{max_record}");
            assert_eq!(
                records[0],
                (
                    2,
                    vec!["Ada".into(), "a@example.com".into(), "oops".into()],
                    vec![Flaw::Unclosed { line: 2 }]
                )
            );
            assert_eq!(records[1].0, 3);
            assert!(
                records[1..]
                    .iter()
                    .all(|(_, cells, flaws)| cells.len() == 3 && flaws.is_empty())
            );
        }
    }
}

#[test]
fn a_record_that_is_too_big_is_left_out_and_the_next_one_is_read() {
    let photo = "QUJD\n".repeat(4000);
    let text = format!("Name,Photo,Email\nAda,\"{photo}\",a@example.com\r\nBob,,b@example.com\r\n");
    for label in ["UTF-8", "UTF-16LE", "CP949"] {
        let options = Options {
            max_record: 5000,
            chunk_size: 512,
            encoding: Some(encoding(label)),
            ..Options::default()
        };
        let file = opened_with(in_encoding(label, &text), &options);
        let records = records(&file);
        assert_eq!(records[0], (2, vec![], vec![Flaw::Oversize]));
        assert_eq!(
            records[1],
            (
                4003,
                vec!["Bob".into(), String::new(), "b@example.com".into()],
                vec![]
            )
        );
        assert_eq!(records.len(), 2);
    }
}

#[test]
fn a_bad_byte_spoils_its_record_only_and_is_said() {
    let file = opened(b"Name,Email\nAda,a@example.com\nB\xFFb,b@example.com\n\"x\ny\xC3\",c\nGr\xC3\xBC\xC3\x9F,d\n".to_vec());
    assert_eq!(file.layout.encoding, TextEncoding::UTF_8);
    let records = records(&file);
    let flaws: Vec<_> = records
        .iter()
        .map(|(line, _, flaws)| (*line, flaws.clone()))
        .collect();
    assert_eq!(
        flaws,
        [
            (2, vec![]),
            (3, vec![Flaw::Malformed { line: 3 }]),
            (4, vec![Flaw::Malformed { line: 5 }]),
            (6, vec![])
        ]
    );
    assert_eq!(records[1].1[0], "B\u{FFFD}b");
}

#[test]
fn lines_swallowed_by_a_stray_quote_are_said() {
    let file = opened("Name,Notes\nAda,\"open\nBob,\"closed by chance\"\nCid,fine\n");
    let records = records(&file);
    assert_eq!(records[0].2, [Flaw::StrayQuote { line: 2 }]);
    assert_eq!(records[1].0, 4);
}

#[test]
fn cells_swallowed_by_a_stray_quote_are_said() {
    let file = opened(
        "Name,Notes,Mail\n\"Ada\",\"call her,\"ada@example.com\"\nBob,\"a \"\"quoted\"\" word, or two\",x\nCid,\"5\" wide,y\n",
    );
    let records = records(&file);
    assert_eq!(records[0].2, [Flaw::StrayQuote { line: 2 }]);
    assert!(records[1].2.is_empty(), "well quoted");
    assert!(records[2].2.is_empty(), "an inch mark swallows nothing");
}

#[test]
fn text_that_was_encoded_twice_is_named() {
    let ruined: String = "José Núñez,김철수"
        .bytes()
        .map(|byte| TextEncoding::WINDOWS_1252.decode(&[byte]).0.into_owned())
        .collect();
    let file = opened(format!("Name,Other\n{ruined}\n"));
    let ruined = file
        .opened
        .detected
        .and_then(|found| found.double_encoded)
        .expect("double encoded");
    assert_eq!(
        (ruined.line, ruined.should_be.would_read.as_str()),
        (2, "José Núñez")
    );
}

/// The header rows of real exports, which are not part of the repository.
#[cfg(feature = "shared")]
#[test]
fn headers_of_known_makers_are_found_as_they_are() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/exports");
    let entries = std::fs::read_dir(folder).expect("the feature `shared` needs the folder");
    for path in entries.map(|entry| entry.expect("a folder can be listed").path()) {
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file can be read");
        let expected = match path.to_string_lossy() {
            name if name.contains("cp949") => "CP949",
            name if name.contains("cp932") => "Shift_JIS",
            _ => "UTF-8",
        };
        let file = opened(bytes.clone());
        assert_eq!(
            (file.layout.encoding, file.layout.dialect.delimiter),
            (encoding(expected), b','),
            "{path:?}"
        );
        assert_eq!(
            file.header.raw,
            bytes.strip_suffix(b"\r\n").expect("the rows end so"),
            "{path:?}"
        );
        assert!(file.header.cells.len() > 8 && records(&file).is_empty());
    }
}

#[test]
fn blank_rows_are_no_records() {
    let file =
        opened("Name,Email,Note\nAda,a@example.com,\n,,,,\n \t,\u{3000},\n\"\"\n\nBob,,x\n,,");
    let records = records(&file);
    let lines: Vec<_> = records.iter().map(|record| record.0).collect();
    assert_eq!(lines, [2, 7]);
}

#[test]
fn a_filled_cell_beyond_the_header_is_named() {
    let file =
        opened("Name,Street,City\nAda,1 Main St, Apt 4,Ulm\nBob,2 Main St,Ulm, ,\nCid,3 Main St\n");
    let flaws: Vec<_> = records(&file).into_iter().map(|record| record.2).collect();
    assert_eq!(flaws, [vec![Flaw::Surplus], vec![], vec![]]);
}

#[test]
fn quotes_behind_backslashes_are_read_where_the_cells_show_them() {
    let file = opened(
        "Name,Notes\n\"Ada\",\"the so-called \\\"notes\\\", in short\"\n\"Bob\",\"C:\\\\temp\\\\\"\n",
    );
    assert_eq!(file.layout.dialect.escape, Some(b'\\'));
    assert_eq!(
        cells(&file),
        [
            ["Ada", "the so-called \"notes\", in short"],
            ["Bob", "C:\\temp\\"]
        ]
    );
}

#[test]
fn a_backslash_alone_does_not_make_a_quote_of_what_follows() {
    let file = opened("Name,Folder\nAda,\"C:\\a\\\"\nBob,\"D:\\b\\\"\nCid,\"say \\\"hi\\\"\"\n");
    assert_eq!(file.layout.dialect.escape, None);
    let records = records(&file);
    assert_eq!(records[0].1[1], "C:\\a\\");
    assert!(records[0].2.is_empty() && records[1].2.is_empty());
    assert_eq!(records[2].2, [Flaw::StrayQuote { line: 4 }]);
}

#[test]
fn a_file_without_a_header_gets_its_columns_from_the_caller() {
    let columns = ["Name", "Phone"].map(str::to_owned);
    let options = Options {
        columns: Some(&columns),
        ..Options::default()
    };
    for (text, lines) in [
        ("Ada;010-0000-0001\nBob;010-0000-0002\n", [1, 2]),
        ("Name;Phone\nAda;1\nBob;2\n", [2, 3]),
        ("\r\nAda\t1\r\nBob\t2", [2, 3]),
    ] {
        let file = opened_with(text, &options);
        assert_eq!(file.header.cells, columns, "{text}");
        let delimiter = char::from(file.layout.dialect.delimiter);
        assert_eq!(file.header.raw, format!("Name{delimiter}Phone").as_bytes());
        let records = records(&file);
        assert_eq!([records[0].0, records[1].0], lines, "{text}");
        assert_eq!(records[1].1[0], "Bob");
    }
}
