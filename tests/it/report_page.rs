//! `report.html` in a real browser: what a person sees and does there.

mod browser;

use crate::world::{World, google};
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
    assert_eq!(browser.text(shown), "ja 2件すべてアドレス帳にあります");
    assert_eq!(
        browser.text("return document.querySelector('#body .outcome').textContent"),
        "作成"
    );
    browser.click("#language-en");
    assert_eq!(
        browser.text(shown),
        "en All 2 records are in the address book"
    );
    let created = "return [...document.querySelectorAll('#throughput rect title')]
        .reduce((sum, title) => sum + Number(title.textContent.split(': ')[1].split(' ')[0]), 0)";
    assert_eq!(browser.eval(created), 2);
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
            attempts: 1,
            problems: &[],
            notes: &[],
            fingerprint: None,
        };
        summary.count(&row, 0);
        html.add(&row).unwrap();
    }
    html.finish(&summary, &[], &[]).unwrap();
    let browser = Browser::start();
    browser.open(&folder.path().join("report.html"));
    browser.until("document.querySelector('#count').textContent === '100,000 records'");
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
