//! A mistake is named by file, line and character, as editors take it, and `explain` takes it back.

use crate::world::{World, google};

#[test]
fn a_mistake_is_named_to_the_character_by_a_check_and_by_an_import() {
    let world = World::new();
    let rows: [&[_]; 2] = [
        &[
            ("First Name", "Good"),
            ("E-mail 1 - Value", "good@example.com"),
        ],
        &[
            ("First Name", "예시"),
            ("Notes", "two\nlines, and a \"quote\""),
            ("Phone 1 - Value", "030 \"x\" CALL"),
        ],
    ];
    let text = google(&rows);
    world.write("people.csv", &text);
    // As an editor counts: the fourth line, and the character of the line.
    let line = text.lines().nth(3).expect("there are four lines");
    let column = line
        .split("\"x")
        .next()
        .expect("it is there")
        .chars()
        .count();
    let place = format!("people.csv:4:{column}");
    for args in [["check", "people.csv"], ["import", "people.csv"]] {
        let ran = world.report(&args);
        assert!(ran.said.contains(&place), "{place} in {}", ran.said);
    }
    for place in [place.as_str(), "people.csv:4", "people.csv:3:1"] {
        let ran = world.run(&["explain", place]);
        assert_eq!(ran.code, 3, "{}", ran.said);
        assert!(ran.data.contains("030 \"x\" CALL"), "{}", ran.data);
    }
}

#[test]
fn a_mistake_of_a_card_is_named_to_the_character() {
    let world = World::new();
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:예시\r\nTEL;TYPE=cell:전화 030\r\nEND:VCARD\r\n";
    world.write("cards.vcf", card);
    for command in ["check", "import"] {
        let ran = world.report(&[command, "cards.vcf"]);
        assert!(ran.said.contains("cards.vcf:4:15, TEL"), "{}", ran.said);
    }
}

#[test]
fn a_file_whose_name_ends_in_a_number_is_explained_all_the_same() {
    let world = World::new();
    world.write("people.csv:1", google(&[&[("First Name", "예시")]]));
    let ran = world.run(&["explain", "people.csv:1:2"]);
    assert!(ran.data.contains("예시"), "{}", ran.said);
}
