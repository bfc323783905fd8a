//! What has changed, was deleted again or was there already.

use jiff::SignedDuration;

use super::*;

#[test]
fn a_person_that_was_created_without_a_key_is_not_created_again_with_other_content() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[of_person("kim", "a", None)]);
    create(&mut ledger, nth(run, 1), "c1");
    for key in [None, Some("k")] {
        let (again, counts) = planned(&mut ledger, &[of_person("kim", "b", key)]);
        assert_eq!(
            (counts.of(State::Exists), counts.changed),
            (1, 1),
            "{key:?}"
        );
        assert_eq!(rows(&ledger, again)[0].contact_id.as_deref(), Some("c1"));
    }
    let (_, counts) = planned(&mut ledger, &[of_person("lee", "b", None)]);
    assert_eq!(
        counts.of(State::Exists),
        1,
        "of one more name or address it is the same"
    );
}

#[test]
fn two_keys_are_two_contacts_even_of_one_person() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[of_person("kim", "a", Some("1"))]);
    create(&mut ledger, nth(run, 1), "c1");
    let (_, counts) = planned(&mut ledger, &[of_person("kim", "b", Some("2"))]);
    assert_eq!(counts.of(State::Planned), 1);
}

#[test]
fn a_person_that_an_earlier_run_left_unknown_holds_the_changed_record_back() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[of_person("kim", "a", None)]);
    answer(&mut ledger, nth(run, 1), Outcome::Unknown);
    let (again, counts) = planned(&mut ledger, &[of_person("kim", "b", None)]);
    assert_eq!(counts.of(State::Held), 1);
    let found = Step::found(nth(run, 1), "c1".to_owned());
    ledger.apply(&found).expect("it is written");
    let row = &rows(&ledger, again)[0];
    assert_eq!((row.state, row.changed), (State::Exists, true));
}

fn change(ledger: &mut Ledger, record: RecordId, operation: &'static str, outcome: ChangeOutcome) {
    let change = begin_change(ledger, record, operation, None);
    end_change(ledger, record, change, outcome);
}

fn begin_change(
    ledger: &mut Ledger,
    record: RecordId,
    operation: &'static str,
    service_at: Option<Timestamp>,
) -> ChangeId {
    let begin = Step::change(
        record,
        "c1",
        RequestStart {
            service_at,
            ..begun(operation)
        },
    );
    match ledger.apply(&begin).expect("it is written") {
        Applied::Change(change) => change,
        other => panic!("it may leave: {other:?}"),
    }
}

fn end_change(ledger: &mut Ledger, record: RecordId, change: ChangeId, outcome: ChangeOutcome) {
    let end = Step::changed(
        record,
        change,
        RequestEnd {
            code: Some("UPDATED".to_owned()),
            ..ended()
        },
        outcome,
        None,
    );
    ledger.apply(&end).expect("it is written");
}

const DELETE: &str = "DELETE /contacts/{contactId}";
const PATCH: &str = "PATCH /contacts/{contactId}";

#[test]
fn what_was_deleted_again_is_not_there_any_more_and_is_not_deleted_twice() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[of_person("kim", "a", Some("k"))]);
    create(&mut ledger, nth(run, 1), "c1");
    assert_eq!(ledger.to_undo(run).expect("it is read").len(), 1);
    change(&mut ledger, nth(run, 1), DELETE, ChangeOutcome::Deleted);
    assert_eq!(ledger.to_undo(run).expect("it is read"), []);
    assert_eq!(ledger.undone(run).expect("it is read"), 1);
    assert!(rows(&ledger, run)[0].undone.is_some());
    let owner = ledger
        .owner(run, "c1", Within::BaseUrl)
        .expect("it is read");
    assert_eq!(owner, None);
    for again in [
        of_person("kim", "a", Some("k")),
        of_person("kim", "b", None),
    ] {
        let (_, counts) = planned(&mut ledger, &[again]);
        assert_eq!(counts.of(State::Planned), 1);
    }
}

#[test]
fn what_happens_to_a_record_after_its_run_is_told() {
    let folder = folder();
    let mut ledger = open(&folder);
    let mut lee = keyed("b", None);
    lee.raw = b"lee,b\r\n".to_vec();
    let people = [keyed("a", Some("k")), lee];
    let (run, _) = planned(&mut ledger, &people);
    create(&mut ledger, nth(run, 1), "c1");
    assert_eq!(ledger.later(run).expect("it is read").len(), 0);
    let first = ledger.first(run, State::Planned, 3).expect("it is read");
    assert_eq!(first.len(), 1, "{first:?}");
    let (second, _) = planned(&mut ledger, &people);
    create(&mut ledger, nth(second, 2), "c2");
    change(&mut ledger, nth(run, 1), DELETE, ChangeOutcome::Deleted);
    let later = ledger.later(run).expect("it is read");
    let is_deleted =
        |later: Option<&Later>| matches!(later, Some(Later::Deleted { gone_in: None, .. }));
    assert!(is_deleted(later.get(&nth(run, 1))), "{later:?}");
    let name = ledger.run(second).expect("it is read").name;
    let created = Later::Created {
        run: name,
        record: 2,
    };
    assert_eq!(later.get(&nth(run, 2)), Some(&created));
    // The second run has found the first contact there.
    let later = ledger.later(second).expect("it is read");
    assert!(is_deleted(later.get(&nth(second, 1))), "{later:?}");
    assert_eq!(later.len(), 1, "{later:?}");
}

#[test]
fn an_updated_contact_is_known_by_its_new_content_alone() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[keyed("a", Some("k"))]);
    create(&mut ledger, nth(run, 1), "c1");
    let (second, _) = planned(&mut ledger, &[keyed("b", Some("k"))]);
    let updates = ledger.updates(second).expect("it is read");
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0].sent.as_deref(), Some("{\"memo\":\"a\"}"));
    change(&mut ledger, nth(second, 1), PATCH, ChangeOutcome::Updated);
    assert_eq!(ledger.updates(second).expect("it is read"), []);
    for (content, changed) in [("b", 0), ("a", 1)] {
        let (_, counts) = planned(&mut ledger, &[keyed(content, Some("k"))]);
        assert_eq!(
            (counts.of(State::Exists), counts.changed),
            (1, changed),
            "{content}"
        );
    }
    change(&mut ledger, nth(run, 1), DELETE, ChangeOutcome::Gone);
    let (_, counts) = planned(&mut ledger, &[keyed("b", Some("k"))]);
    assert_eq!(
        counts.of(State::Planned),
        1,
        "the update does not outlive the contact"
    );
}

#[test]
fn a_contact_that_was_found_in_the_service_is_known_from_then_on_and_not_ours_to_delete() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let step = Step::matched(nth(run, 1), Some("c9".to_owned()), None, "there".to_owned());
    assert_eq!(ledger.apply(&step).expect("it is written"), Applied::Done);
    let (_, counts) = planned(&mut ledger, &[valid("a")]);
    assert_eq!(counts.of(State::Exists), 1);
    assert_eq!(ledger.to_undo(run).expect("it is read"), []);
}

#[test]
fn what_an_earlier_finished_run_found_at_the_same_place_is_told() {
    let folder = folder();
    let mut ledger = open(&folder);
    let source = SourceInfo {
        path: "a.csv".into(),
        read_as: "CSV".to_owned(),
        encoding: "UTF-8".to_owned(),
        delimiter: Some(b','),
        header: b"Name".to_vec(),
        size: 4,
        warnings: Vec::new(),
    };
    let run = begin(&mut ledger, "a");
    ledger.add_source(run, &source).expect("it is noted");
    ledger
        .plan(run, &[valid("a"), valid("b")])
        .expect("it plans");
    let next = begin(&mut ledger, "a");
    let path = std::path::Path::new("a.csv");
    assert_eq!(ledger.earlier(next, path).expect("it is read"), None);
    let finish = |ledger: &mut Ledger, run| {
        ledger
            .finish_run(run, Timestamp::now(), RunState::Finished)
            .expect("it ends");
    };
    finish(&mut ledger, run);
    let earlier = ledger
        .earlier(next, path)
        .expect("it is read")
        .expect("there is one");
    assert_eq!((earlier.records, earlier.source), (2, source));
    let elsewhere = begin(&mut ledger, "b");
    assert_eq!(ledger.earlier(elsewhere, path).expect("it is read"), None);
}

#[test]
fn how_long_ago_requests_were_is_told_by_the_clock_of_the_service() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let record = nth(run, 1);
    create(&mut ledger, record, "c1");
    let noon: Timestamp = "2026-03-01T12:00:00Z".parse().expect("it is a time");
    let after = |seconds| Some(noon + SignedDuration::from_secs(seconds));
    let ages = |ledger: &Ledger, now| -> Vec<u128> {
        let ages = ledger
            .last_answers(run, DELETE, now)
            .expect("they are read");
        ages.iter()
            .map(|age| (age.as_millis() + 500) / 1000)
            .collect()
    };
    let unknown = begin_change(&mut ledger, record, DELETE, None);
    end_change(&mut ledger, record, unknown, ChangeOutcome::Failed);
    assert_eq!(ages(&ledger, after(90)), [0], "its age is not known");
    let known = begin_change(&mut ledger, record, DELETE, Some(noon));
    end_change(&mut ledger, record, known, ChangeOutcome::Failed);
    assert_eq!(ages(&ledger, after(90)), [90, 0]);
    assert_eq!(ages(&ledger, after(-90)), [0, 0], "in the future");
    assert_eq!(ages(&ledger, None), [0, 0], "no clock");
    let nothing = [0_u128; 0];
    assert_eq!(ages(&ledger, after(9000)), nothing, "the first was earlier");
    begin_change(&mut ledger, record, DELETE, Some(noon));
    assert_eq!(ages(&ledger, after(90)), [0, 90, 0], "it was cut off");
    assert_eq!(ages(&ledger, after(3690))[0], 90);
}
