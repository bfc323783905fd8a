//! Holds the recognition of exports to the headers that makers write (cargo feature `shared`).

#![cfg(feature = "shared")]

use crate::shared::header;
use cardlift::mapping::columns::Columns;
use cardlift::mapping::guess;
use cardlift::mapping::preset::{self, SURE};

/// The header files, each with the preset that fits it.
const HEADERS: [(&str, &str); 20] = [
    ("header_google_2024plus.csv", "google-2024"),
    ("header_google_legacy.csv", "google-legacy"),
    ("header_google_outlook_csv_export.csv", "google-outlook"),
    ("header_outlook_classic_en.csv", "outlook-en"),
    ("header_outlook_classic_ja.csv", "outlook-ja"),
    ("header_outlook_classic_ja.cp932.csv", "outlook-ja"),
    ("header_outlook_classic_ko.csv", "outlook-ko"),
    ("header_outlook_classic_ko.cp949.csv", "outlook-ko"),
    ("header_outlook_com_web.csv", "outlook-com"),
    ("header_naver_contacts_ko.csv", "naver"),
    ("header_remember_kr_csv.csv", "remember"),
    ("header_remember_kr_xlsx.csv", "remember"),
    ("header_eight_jp.csv", "eight"),
    ("header_eight_jp_split_name.csv", "eight"),
    ("header_thunderbird_en_us.csv", "thunderbird"),
    ("header_thunderbird_en_gb.csv", "thunderbird"),
    ("header_hubspot_view_export_a.csv", "hubspot"),
    ("header_hubspot_view_export_b.csv", "hubspot"),
    ("header_salesforce_report_columns.csv", "salesforce-report"),
    (
        "header_salesforce_data_export_contact_standard.csv",
        "salesforce-export",
    ),
];

#[test]
fn every_header_of_a_maker_is_recognised_in_any_order_and_with_a_third_missing() {
    let mut wrong = Vec::new();
    for (file, expected) in HEADERS {
        let names = header(file);
        assert_recognised(&names, expected, &mut wrong, file);
        let mut chance = Chance(0x5eed);
        for _ in 0..200 {
            let mut shuffled = names.clone();
            chance.shuffle(&mut shuffled);
            assert_recognised(&shuffled, expected, &mut wrong, file);
            shuffled.truncate(names.len() - names.len() / 3);
            // Eight has few columns of its own. Without them the file is anybody's, and read by its plain names.
            let proposal = guess::propose(&Columns::new(shuffled.clone()), &[]);
            if expected != "eight" || !proposal.certain().is_usable() {
                assert_recognised(&shuffled, expected, &mut wrong, file);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_column_of_a_maker_is_mapped_or_meant_to_be_left_out() {
    for (file, expected) in HEADERS {
        let preset = preset::get(expected).expect("the table names presets");
        let known = Columns::new(
            preset
                .file
                .mapping
                .columns()
                .into_iter()
                .flatten()
                .flat_map(|name| (1..=4).map(move |n| name.replace("{n}", &n.to_string())))
                .collect(),
        );
        let unknown: Vec<_> = header(file)
            .into_iter()
            .filter(|name| !name.is_empty() && known.find(name).is_none())
            .collect();
        assert!(unknown.is_empty(), "{file}: {unknown:?}");
    }
}

fn assert_recognised(names: &[String], expected: &str, wrong: &mut Vec<String>, file: &str) {
    let best = preset::recognise(&Columns::new(names.to_vec()));
    let (found, confidence) =
        best.map_or(("nothing", 0.0), |best| (best.preset.name, best.confidence));
    if found != expected || confidence < SURE {
        wrong.push(format!("{file}: {found} ({confidence}) for {names:?}"));
    }
}

/// A small generator, so that a failure comes again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn shuffle(&mut self, names: &mut [String]) {
        for end in (1..names.len()).rev() {
            let other = self.below(end + 1);
            names.swap(end, other);
        }
    }
}
