//! Records from plan to outcome, over several runs.

use super::*;

#[test]
fn every_record_comes_back_in_input_order_with_what_was_said_of_it() {
    let folder = folder();
    let mut ledger = open(&folder);
    let invalid = with(CheckVerdict::Invalid(InvalidRecord {
        problems_json: "[1]".to_owned(),
        code: "NO_NAME".to_owned(),
        field: "contactName".to_owned(),
        message: "no name".to_owned(),
    }));
    let duplicate = with(CheckVerdict::Duplicate(
        "the same person as line 2".to_owned(),
    ));
    let (run, counts) = planned(&mut ledger, &[valid("a"), invalid, duplicate]);
    assert_eq!(counts.total(), 3);
    let rows = rows(&ledger, run);
    let states: Vec<_> = rows.iter().map(|row| (row.id.seq(), row.state)).collect();
    assert_eq!(
        states,
        [
            (1, State::Planned),
            (2, State::Invalid),
            (3, State::Duplicate)
        ]
    );
    assert_eq!(rows[1].code.as_deref(), Some("NO_NAME"));
    assert_eq!(rows[1].problems_json.as_deref(), Some("[1]"));
    let how = rows[2].message.as_deref();
    assert_eq!(how, Some("the same person as line 2"));
    assert_eq!(rows[1].raw.as_deref(), Some(&b"a,b\r\n"[..]));
    assert_eq!(rows[0].span, (10, 20));
}

#[test]
fn what_was_created_exists_in_later_runs_against_the_same_service_only() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    create(&mut ledger, nth(run, 1), "c1");
    let (again, counts) = planned(&mut ledger, &[valid("a"), valid("b")]);
    assert_eq!(
        (counts.of(State::Exists), counts.of(State::Planned)),
        (1, 1)
    );
    let rows = rows(&ledger, again);
    assert_eq!(rows[0].contact_id.as_deref(), Some("c1"));
    let first = ledger.run(run).expect("it is there").name;
    assert_eq!(rows[0].origin, Some((first, 1)));
    let elsewhere = begin(&mut ledger, "another account");
    ledger.plan(elsewhere, &[valid("a")]).expect("it plans");
    let counts = ledger.counts(elsewhere).expect("they are counted");
    assert_eq!(counts.of(State::Planned), 1);
}

#[test]
fn the_same_key_with_other_content_exists_and_has_changed() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[keyed("a", Some("k"))]);
    create(&mut ledger, nth(run, 1), "c1");
    let (run, counts) = planned(
        &mut ledger,
        &[keyed("a2", Some("k")), keyed("a", Some("k2"))],
    );
    assert_eq!((counts.of(State::Exists), counts.changed), (1, 1));
    let rows = rows(&ledger, run);
    assert!(rows[0].changed && rows[0].payload.is_some());
    assert_eq!(
        rows[1].state,
        State::Planned,
        "another key, another contact"
    );
}

#[test]
fn a_crash_while_sending_leaves_it_unknown_and_holds_the_next_run_back() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a"), valid("b")]);
    start(&mut ledger, nth(run, 1));
    drop(ledger);
    let before = Timestamp::now();
    let mut ledger = open(&folder);
    assert_eq!(state(&ledger, nth(run, 1)), State::Unknown);
    assert_eq!(
        ledger.run(run).expect("it is there").state,
        RunState::Interrupted
    );
    let (again, counts) = planned(&mut ledger, &[valid("a"), valid("b")]);
    assert_eq!((counts.of(State::Held), counts.of(State::Planned)), (1, 1));
    let unknowns = ledger.unknowns(again).expect("they are read");
    assert_eq!(unknowns.len(), 1);
    assert_eq!(unknowns[0].id, nth(run, 1));
    assert!(
        unknowns[0].ended >= before,
        "it can have been sent up to the moment in which the crash was found"
    );
    assert!(unknowns[0].since <= before);
}

#[test]
fn the_record_that_was_held_exists_when_the_earlier_one_is_found() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    answer(&mut ledger, nth(run, 1), Outcome::Unknown);
    let (again, _) = planned(&mut ledger, &[valid("a")]);
    let found = Step::found(nth(run, 1), "c1".to_owned());
    assert_eq!(ledger.apply(&found).expect("it is written"), Applied::Done);
    assert_eq!(state(&ledger, nth(run, 1)), State::Created);
    let rows = rows(&ledger, again);
    assert_eq!(rows[0].state, State::Exists);
    assert_eq!(rows[0].contact_id.as_deref(), Some("c1"));
    assert!(!rows[0].changed);
}

#[test]
fn the_record_that_was_held_is_planned_when_the_earlier_one_is_not_found() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[keyed("a", Some("k"))]);
    answer(&mut ledger, nth(run, 1), Outcome::Unknown);
    let (again, counts) = planned(&mut ledger, &[keyed("a2", Some("k"))]);
    assert_eq!(counts.of(State::Held), 1, "by its key");
    let step = Step::not_found(nth(run, 1), false);
    ledger.apply(&step).expect("it is written");
    assert_eq!(state(&ledger, nth(again, 1)), State::Planned);
    // The earlier one must not be sent as well, once the later one is under way.
    start(&mut ledger, nth(again, 1));
    assert_eq!(start(&mut ledger, nth(run, 1)), Applied::Held);
    assert_eq!(state(&ledger, nth(run, 1)), State::Held);
}

#[test]
fn an_attempt_does_not_start_for_what_was_created_in_the_meantime() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (first, _) = planned(&mut ledger, &[valid("a")]);
    let (second, _) = planned(&mut ledger, &[valid("a")]);
    create(&mut ledger, nth(second, 1), "c1");
    let exists = Applied::Exists {
        contact_id: "c1".to_owned(),
    };
    assert_eq!(start(&mut ledger, nth(first, 1)), exists);
    assert_eq!(state(&ledger, nth(first, 1)), State::Exists);
}

#[test]
fn a_contact_that_belongs_to_another_record_is_not_given_away() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a"), valid("b")]);
    create(&mut ledger, nth(run, 1), "c1");
    answer(&mut ledger, nth(run, 2), Outcome::Unknown);
    let step = Step::found(nth(run, 2), "c1".to_owned());
    assert_eq!(ledger.apply(&step).expect("it is read"), Applied::Owned);
    assert_eq!(state(&ledger, nth(run, 2)), State::Unknown);
    assert!(
        ledger
            .owner(run, "c1", Within::BaseUrl)
            .expect("it is read")
            .is_some()
    );
}

#[test]
fn a_contact_that_was_created_for_another_account_is_not_given_away() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (first, _) = planned(&mut ledger, &[valid("a")]);
    create(&mut ledger, nth(first, 1), "c1");
    let second = begin(&mut ledger, "b");
    ledger.plan(second, &[valid("a")]).expect("it plans");
    answer(&mut ledger, nth(second, 1), Outcome::Unknown);
    let step = Step::found(nth(second, 1), "c1".to_owned());
    assert_eq!(ledger.apply(&step).expect("it is read"), Applied::Owned);
}

#[test]
fn a_step_that_does_not_fit_the_state_is_refused_and_changes_nothing() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let steps = [
        Step::found(nth(run, 1), "c1".to_owned()),
        Step::not_found(nth(run, 1), false),
    ];
    for step in steps {
        let refused = ledger.apply(&step).expect_err("it was never sent");
        assert!(matches!(refused.kind, ErrorKind::Inconsistent), "{refused}");
    }
    start(&mut ledger, nth(run, 1));
    let refused = ledger
        .apply(&Step::attempt(nth(run, 1), begun("POST /contacts")))
        .expect_err("it is under way");
    assert!(matches!(refused.kind, ErrorKind::Inconsistent), "{refused}");
    assert_eq!(rows(&ledger, run)[0].attempts, 1);
}

#[test]
fn what_is_certainly_not_created_is_planned_again_with_its_attempts_counted() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    answer(&mut ledger, nth(run, 1), Outcome::NotCreated);
    answer(&mut ledger, nth(run, 1), Outcome::Unknown);
    answer_cut_off(&mut ledger, run);
    let unknowns = ledger.unknowns(run).expect("they are read");
    assert_eq!(unknowns[0].unknown_attempts, 1);
    assert_eq!(rows(&ledger, run)[0].attempts, 2);
    let window = ledger
        .last_answers(run, "POST /contacts", None)
        .expect("they are read");
    assert_eq!(window.len(), 2);
}

fn answer_cut_off(ledger: &mut Ledger, run: RunId) {
    let at = Timestamp::now();
    ledger
        .apply(&Step::cut_off(run, at))
        .expect("nothing is under way, and that is fine");
}

#[test]
fn what_a_record_mends_is_found_by_the_readable_id_of_its_run() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let name = ledger.run(run).expect("it is there").name;
    let mut mended = valid("b");
    mended.mended_from = Some((name.clone(), 1));
    let (run, _) = planned(&mut ledger, &[mended]);
    assert_eq!(rows(&ledger, run)[0].mended_from, Some((name, 1)));
}
