//! Records that are known by their bytes, whatever is made of them.

use super::*;

/// The same bytes as those of `valid(bytes)`, of which something else is made.
fn made_of(bytes: &str, identity: &str) -> PlannedRecord {
    PlannedRecord {
        raw: valid(bytes).raw,
        ..valid(identity)
    }
}

fn begin_with(ledger: &mut Ledger, settings: &str) -> RunId {
    let info = RunInfo {
        base_url: "https://example.com/v1.0".to_owned(),
        account: "a".to_owned(),
        started: Timestamp::now(),
        command: "import".to_owned(),
        settings_json: settings.to_owned(),
    };
    ledger.begin_run(&info).expect("it begins").id
}

#[test]
fn a_record_of_the_same_bytes_exists_and_has_changed_only_if_cardlift_has_not() {
    for (settings, changed) in [
        (r#"{"version":"2","reading":{"a":"1"}}"#, 1),
        (r#"{"version":"3","reading":{"a":"1"}}"#, 0),
        (r#"{"version":"3","reading":{"a":"2"}}"#, 1),
    ] {
        let folder = folder();
        let mut ledger = open(&folder);
        let run = begin_with(&mut ledger, r#"{"version":"2","reading":{"a":"1"}}"#);
        ledger.plan(run, &[valid("a")]).expect("it plans");
        create(&mut ledger, nth(run, 1), "c1");
        let again = begin_with(&mut ledger, settings);
        let records = [made_of("a", "a2"), made_of("b", "b")];
        ledger.plan(again, &records).expect("it plans");
        let counts = ledger.counts(again).expect("they are counted");
        let found = (counts.of(State::Exists), counts.of(State::Planned));
        assert_eq!((found, counts.changed), ((1, 1), changed), "{settings}");
        let rows = rows(&ledger, again);
        assert_eq!(rows[0].contact_id.as_deref(), Some("c1"));
    }
}

#[test]
fn a_record_is_known_by_all_the_bytes_that_it_was_found_with() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    create(&mut ledger, nth(run, 1), "c1");
    // An export with one more column: other bytes, the same contact.
    let (_, counts) = planned(&mut ledger, &[made_of("a with a column", "a")]);
    assert_eq!((counts.of(State::Exists), counts.changed), (1, 0));
    let (_, counts) = planned(&mut ledger, &[made_of("a with a column", "a2")]);
    assert_eq!(counts.of(State::Exists), 1);
}

#[test]
fn a_record_of_the_bytes_of_an_unknown_one_is_held() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    answer(&mut ledger, nth(run, 1), Outcome::Unknown);
    let (again, counts) = planned(&mut ledger, &[made_of("a", "a2")]);
    assert_eq!(counts.of(State::Held), 1);
    let found = Step::found(nth(run, 1), "c1".to_owned());
    ledger.apply(&found).expect("it is written");
    let row = rows(&ledger, again).remove(0);
    assert_eq!((row.state, row.changed), (State::Exists, false));
}

#[test]
fn a_contact_that_was_deleted_again_is_not_known_by_its_bytes() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    create(&mut ledger, nth(run, 1), "c1");
    let begun = Step::change(nth(run, 1), "c1", begun("DELETE"));
    let Ok(Applied::Change(change)) = ledger.apply(&begun) else {
        panic!("it may not leave");
    };
    let ended = Step::changed(nth(run, 1), change, ended(), ChangeOutcome::Deleted, None);
    ledger.apply(&ended).expect("it is written");
    let (again, counts) = planned(&mut ledger, &[made_of("a", "a2")]);
    assert_eq!(counts.of(State::Planned), 1);
    create(&mut ledger, nth(again, 1), "c2");
    let (last, _) = planned(&mut ledger, &[made_of("a", "a3")]);
    let row = rows(&ledger, last).remove(0);
    assert_eq!(row.contact_id.as_deref(), Some("c2"));
}
