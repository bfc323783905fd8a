//! `report.html` in a real browser: what a person sees and does there.

#![cfg(feature = "browser")]

mod browser;

use crate::world::{World, google, people};
use browser::Browser;
use cardlift::lang::Lang;
use cardlift::report::{Html, Outcome, Row, Summary};
use serde_json::json;

/// Names of all rows in the document, in the order in which they are shown.
const NAMES: &str = "return [...document.querySelectorAll('#body .line:not([hidden])')]
    .sort((a, b) => a.getAttribute('aria-rowindex') - b.getAttribute('aria-rowindex'))
    .map((line) => line.querySelector('.name').textContent)";

/// How many lines are in the document.
const LINES: &str = "return document.querySelectorAll('#body .line').length";

/// A page of a check with a good record, two bad ones, one twice, and one whose name is a script.
fn checked() -> World {
    let world = World::new();
    let person = |given: &'static str, telephone: &'static str| {
        [("First Name", given), ("Phone 1 - Value", telephone)]
    };
    world.write(
        "contacts.csv",
        google(&[
            &person("Nari", "010-0000-0001"),
            &person("<script>alert(1)</script>", "010-0000-0002"),
            &person("Badnumber", "010-0000-xyz"),
            &[("First Name", "Nothing")],
            &person("Nari", "010-0000-0001"),
            &[
                ("First Name", "<img src=x onerror=alert(2)>"),
                ("Phone 1 - Value", "</script><script>alert(3)</script>"),
            ],
        ]),
    );
    let ran = world.report(&["check", "contacts.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    world
}

#[test]
fn a_person_finds_every_record_in_the_page() {
    let world = checked();
    let browser = Browser::start();
    browser.open(&world.path("report/report.html"));
    browser.until("document.querySelector('#verdict').textContent");
    assert_eq!(
        browser.text("return document.querySelector('#verdict').textContent"),
        "2 of 6 records can be imported"
    );
    let totals = "return Object.fromEntries([...document.querySelectorAll('#outcomes a')]
        .map((tile) => [tile.dataset.outcome, tile.querySelector('b').textContent]))";
    assert_eq!(
        browser.eval(totals),
        json!({"valid": "2", "duplicate": "1", "invalid": "3"})
    );
    assert_eq!(
        browser.eval("return document.querySelectorAll('#bar i').length"),
        3
    );
    filters_and_searches(&browser);
    sorts(&browser);
    follows_a_problem(&browser);
    shows_a_record(&browser);
    browser.expect_silence();
}

fn filters_and_searches(browser: &Browser) {
    browser.choose("#by-outcome", "invalid");
    assert_eq!(
        browser.eval(NAMES),
        json!(["Badnumber", "Nothing", "<img src=x onerror=alert(2)>"])
    );
    browser.keys("#search", "BADnum");
    browser.until("document.querySelector('#count').textContent === '1 of 6 records'");
    browser.click("#clear");
    assert_eq!(
        browser.text("return document.querySelector('#count').textContent"),
        "6 records"
    );
    assert_eq!(
        browser.eval("return document.querySelector('#search').value"),
        ""
    );
    browser.keys("#search", "nobody");
    browser.until("!document.querySelector('#empty').hidden");
    browser.click("#clear");
    browser.expect_silence();
}

fn sorts(browser: &Browser) {
    browser.click("#sort-name");
    let ascending = browser.eval(NAMES);
    assert_eq!(
        ascending,
        json!([
            "<img src=x onerror=alert(2)>",
            "<script>alert(1)</script>",
            "Badnumber",
            "Nari",
            "Nari",
            "Nothing"
        ])
    );
    let sorted = "return document.querySelector('#head .name').getAttribute('aria-sort')";
    assert_eq!(browser.text(sorted), "ascending");
    browser.click("#sort-name");
    assert_eq!(browser.text(sorted), "descending");
    assert_eq!(browser.eval(NAMES)[0], "Nothing");
    browser.click("#sort-place");
    assert_eq!(browser.eval(NAMES)[0], "Nari");
}

fn follows_a_problem(browser: &Browser) {
    browser.click("#problems a[href*='PHONE_PATTERN']");
    browser.until("document.querySelector('#count').textContent === '2 of 6 records'");
    assert_eq!(
        browser.eval(NAMES),
        json!(["Badnumber", "<img src=x onerror=alert(2)>"])
    );
    browser.click("#outcomes a[data-outcome='duplicate']");
    assert_eq!(browser.eval(NAMES), json!(["Nari"]));
    browser.eval("history.back()");
    browser.until("document.querySelector('#count').textContent === '2 of 6 records'");
    browser.click("#clear");
}

/// With the keyboard alone: down to the second record, Enter, and Escape.
fn shows_a_record(browser: &Browser) {
    let (down, enter, escape) = ("\u{e015}", "\u{e007}", "\u{e00c}");
    browser.keys("#grid", &format!("{down}{enter}"));
    browser.until("document.querySelector('#details').open");
    let title = "return document.querySelector('#details-title').textContent";
    assert_eq!(browser.text(title), "<script>alert(1)</script>");
    browser.click("#following");
    assert_eq!(browser.text(title), "Badnumber");
    let said = browser.text("return document.querySelector('#details-body').textContent");
    assert!(
        said.contains("PHONE_PATTERN") && said.contains("contacts.csv, line 4"),
        "{said}"
    );
    browser.keys("#details-title", escape);
    browser.until("!document.querySelector('#details').open");
    assert_eq!(
        browser.eval(
            "return document.querySelectorAll('#body script, #body img, #details img').length"
        ),
        0
    );
}

#[test]
fn the_page_of_an_import_starts_in_the_language_asked_for_and_switches() {
    let world = World::new();
    world.write(
        "contacts.csv",
        google(&[
            &[
                ("First Name", "길동"),
                ("Last Name", "홍"),
                ("Phone 1 - Value", "010-0000-0001"),
            ],
            &[
                ("First Name", "Nari"),
                ("Photo", "https://example.com/n.jpg"),
                ("Phone 1 - Value", "010-0000-0002"),
            ],
        ]),
    );
    let ran = world.report(&["import", "contacts.csv", "--lang", "ko"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("report.html"), "{}", ran.said);
    let browser = Browser::start();
    browser.open(&world.path("report/report.html"));
    let shown = "return document.documentElement.lang + ' ' + document.querySelector('#verdict').textContent";
    browser.until("document.querySelector('#verdict').textContent");
    assert_eq!(
        browser.text(shown),
        "ko 레코드 2건이 모두 주소록에 있습니다"
    );
    browser.click("#language-ja");
    assert_eq!(browser.text(shown), "ja 2 件すべて登録済みです");
    assert_eq!(
        browser.text("return document.querySelector('#body .outcome').textContent"),
        "新規登録"
    );
    browser.click("#language-en");
    assert_eq!(
        browser.text(shown),
        "en All 2 records are in the address book"
    );
    let hidden = "return document.querySelector('#throughput-card').hidden";
    assert_eq!(browser.eval(hidden), true, "a run of seconds has no course");
    browser.click("#carried a");
    browser.until("document.querySelector('#count').textContent === '1 of 2 records'");
    assert_eq!(browser.eval(NAMES), json!(["Nari"]));
    browser.expect_silence();
}

#[test]
fn a_hundred_thousand_records_are_in_the_page_and_few_of_them_in_the_document() {
    const COUNT: u64 = 100_000;
    let folder = tempfile::tempdir().unwrap();
    let mut html = Html::create(folder.path(), Lang::En).unwrap();
    let mut summary = Summary {
        run: "2026-01-05-a".into(),
        seconds: 120.0,
        ..Summary::default()
    };
    for n in 1..=COUNT {
        let refused = n % 100 == 0;
        let (name, id) = (format!("Person {:06}", COUNT - n), format!("c-{n}"));
        let row = Row {
            source: "contacts.csv",
            line: n + 1,
            record: n,
            outcome: if refused {
                Outcome::Rejected
            } else {
                Outcome::Created
            },
            contact_id: if refused { "" } else { &id },
            name: &name,
            code: if refused { "INVALID_PARAMETER" } else { "" },
            field: "",
            message: "",
            phrase: None,
            reach: "",
            created_later: false,
            attempts: 1,
            problems: &[],
            notes: &[],
            notes_json: "",
            fingerprint: None,
        };
        summary.count(&row, 0);
        html.add(&row).unwrap();
    }
    let start = "2026-01-05T09:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let minutes = [(0, 60_000), (1, 39_000)];
    let minutes = minutes.map(|(n, count)| (start + jiff::SignedDuration::from_mins(n), count));
    html.finish(&summary, &[], &[], &minutes).unwrap();
    let browser = Browser::start();
    browser.open(&folder.path().join("report.html"));
    browser.until("document.querySelector('#count').textContent === '100,000 records'");
    let bars = "return document.querySelectorAll('#throughput rect').length";
    assert_eq!(browser.eval(bars), 2);
    assert!(browser.eval(LINES).as_u64().unwrap() < 100);
    assert_eq!(browser.eval(NAMES)[0], "Person 099999");
    browser.eval("document.querySelector('#grid').scrollTop = 1e9");
    browser.until("document.querySelector('#body [aria-rowindex=\"100001\"] .name')?.textContent === 'Person 000000'");
    assert!(browser.eval(LINES).as_u64().unwrap() < 100);
    browser.click("#sort-name");
    assert_eq!(browser.eval(NAMES)[0], "Person 000000");
    browser.choose("#by-outcome", "rejected");
    browser.until("document.querySelector('#count').textContent === '1,000 of 100,000 records'");
    browser.keys("#search", "person 000100");
    browser.until("document.querySelector('#count').textContent === '1 of 100,000 records'");
    browser.expect_silence();
}

/// The widths of a phone and of a desk.
const WIDTHS: [u32; 2] = [390, 1400];

#[test]
fn nothing_is_wider_than_the_page_on_a_phone_or_a_desk_and_places_keep_their_lines() {
    let world = World::new();
    let name = "contacts-of-everybody-exported-from-the-old-address-book.csv";
    let rows: String = (1..=120)
        .map(|n| format!("Person {n},Family,010-0000-{n:04},p{n}@example.com\r\n"))
        .collect();
    let bad = "Wrong,Family,010-0000-abc,wrong@example.com\r\n";
    let header = "First Name,Last Name,Mobile Phone,Email\r\n";
    world.write(name, format!("{header}{rows}{bad}"));
    let ran = world.report(&["check", name]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let browser = Browser::start();
    for width in WIDTHS {
        browser.resize(width, 900);
        browser.open(&world.path("report/report.html"));
        browser.until("document.querySelector('#verdict').textContent");
        let wider =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.eval(wider), 0, "at {width} pixels");
        browser.keys("#search", "wrong@example");
        browser.until("document.querySelector('#count').textContent === '1 of 121 records'");
        let cut = "const line = document.querySelector('#body .line:not([hidden])');
            const place = line.querySelector('.place');
            const number = place.lastChild;
            const inside = number.getBoundingClientRect().right <= place.getBoundingClientRect().right + 1;
            return [number.textContent, inside, number.getClientRects().length]";
        assert_eq!(
            browser.eval(cut),
            json!([":122", true, 1]),
            "at {width} pixels"
        );
    }
    browser.expect_silence();
}

#[test]
fn messages_change_their_language_with_the_page() {
    let world = checked();
    let browser = Browser::start();
    browser.open(&world.path("report/report.html"));
    browser.until("document.querySelector('#verdict').textContent");
    browser.keys("#search", "Badnumber");
    browser.until("document.querySelector('#count').textContent === '1 of 6 records'");
    let message = "return document.querySelector('#body .line:not([hidden]) .message').textContent";
    let advice = "return document.querySelector('#next').textContent";
    for lang in [Lang::Ko, Lang::Ja] {
        let said = world.run(&[
            "check",
            "contacts.csv",
            "--lang",
            lang.as_str(),
            "--report",
            lang.as_str(),
        ]);
        let rows = world.read(&format!("{}/results.csv", lang.as_str()));
        browser.click(&format!("#language-{}", lang.as_str()));
        let shown = browser.text(message);
        assert!(rows.contains(&shown), "{shown} in {rows}");
        let advised = browser.text(advice);
        let advised = advised.split(" (rejects.csv").next().unwrap();
        assert!(
            said.said.replace('\n', " ").contains(advised),
            "{advised} in {}",
            said.said
        );
    }
}

#[test]
fn a_search_without_a_hit_tells_where_the_valid_records_are() {
    let world = World::new();
    let rows: String = (1..=1_100)
        .map(|n| format!("Person {n},010-0000-{n:04}\r\n"))
        .collect();
    world.write("people.csv", format!("First Name,Mobile Phone\r\n{rows}"));
    let ran = world.report(&["check", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let browser = Browser::start();
    browser.open(&world.path("report/report.html"));
    browser.until("document.querySelector('#verdict').textContent");
    browser.keys("#search", "Person 1099");
    browser.until("!document.querySelector('#empty').hidden");
    let empty = browser.text("return document.querySelector('#empty').textContent");
    assert!(empty.contains("results.csv"), "{empty}");
}

#[test]
fn the_verdict_of_a_report_that_is_written_again_is_true_now() {
    let world = World::new();
    world.write("people.csv", people(3));
    world.report(&["import", "people.csv"]);
    let summary = world.summary();
    let run = summary["run"].as_str().expect("it has an id");
    assert_eq!(world.run(&["undo", run, "--yes"]).code, 0);
    world.report(&["report", run]);
    let browser = Browser::start();
    browser.open(&world.path("report/report.html"));
    browser.until("document.querySelector('#verdict').textContent");
    for (lang, verdict, next, fact) in [
        (
            "en",
            "0 of 3 records are in the address book now",
            "created again",
            "Deleted since",
        ),
        (
            "ko",
            "레코드 3건 중 0건이 현재 주소록에 있습니다",
            "다시 생성됩니다",
            "이후 삭제",
        ),
        (
            "ja",
            "現在 3 件中 0 件が登録されています",
            "再び登録されます",
            "その後の削除",
        ),
    ] {
        browser.click(&format!("#language-{lang}"));
        let text = |selector: &str| {
            browser.text(&format!(
                "return document.querySelector('{selector}').textContent"
            ))
        };
        assert_eq!(text("#verdict"), verdict);
        assert!(text("#next").contains(next), "{}", text("#next"));
        assert!(text("#facts").contains(fact), "{}", text("#facts"));
    }
    browser.expect_silence();
}

#[test]
fn the_texts_of_the_page_are_those_of_its_language() {
    let world = checked();
    let browser = Browser::start();
    browser.open(&world.path("report/report.html"));
    browser.until("document.querySelector('#verdict').textContent");
    // Times and places of this machine are left out.
    let texts = "return [...document.querySelectorAll(
        'h1, #next, #outcomes a, [data-word], #facts dt, #listed, #count, #head button, #problems .what')]
        .map((one) => one.textContent).filter(Boolean).join('\\n')";
    for lang in Lang::ALL.map(Lang::as_str) {
        browser.click(&format!("#language-{lang}"));
        insta::assert_snapshot!(format!("page_{lang}"), browser.text(texts));
    }
}
