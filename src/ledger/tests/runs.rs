//! Runs, their sources, and the thread that writes.

use super::*;

#[test]
fn runs_are_listed_with_the_latest_first_and_found_by_name() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (first, _) = planned(&mut ledger, &[]);
    let (second, _) = planned(&mut ledger, &[]);
    ledger
        .finish_run(first, Timestamp::now(), RunState::Finished)
        .expect("it ends");
    let runs = ledger.runs().expect("they are read");
    assert_eq!(
        runs.iter().map(|run| run.id).collect::<Vec<_>>(),
        [second, first]
    );
    assert_eq!(runs[1].state, RunState::Finished);
    let found = ledger.run_named(&runs[0].name).expect("it is read");
    assert_eq!(found.map(|run| run.id), Some(second));
    assert_eq!(runs[0].name.len(), "20261122-151030-a1b2".len());
}

#[test]
fn sources_are_kept_with_the_run() {
    let folder = folder();
    let mut ledger = open(&folder);
    let run = begin(&mut ledger, "a");
    let source = SourceInfo {
        path: "연락처.csv".into(),
        read_as: "CSV".to_owned(),
        encoding: "CP949".to_owned(),
        delimiter: Some(b';'),
        header: b"\xb9\xfc;\xc8".to_vec(),
        size: 1 << 40,
        warnings: vec!["연락처.csv:1: a".to_owned(), "b".to_owned()],
    };
    assert_eq!(ledger.add_source(run, &source).expect("it is written"), 0);
    assert_eq!(ledger.add_source(run, &source).expect("it is written"), 1);
    let sources = ledger.sources(run).expect("they are read");
    assert_eq!(sources[1], source);
}

#[tokio::test]
async fn steps_of_many_share_commits_and_fail_for_themselves() {
    let folder = folder();
    let mut ledger = open(&folder);
    let records: Vec<_> = (0..100).map(|n| valid(&n.to_string())).collect();
    let (run, _) = planned(&mut ledger, &records);
    let writer = ledger.writer().expect("it starts");
    let steps =
        (1..=101).map(|seq| writer.apply(Step::attempt(nth(run, seq), begun("POST /contacts"))));
    let applied = futures_util::future::join_all(steps).await;
    assert!(applied[..100].iter().all(Result::is_ok));
    applied[100].as_ref().expect_err("there is no such record");
    writer.close();
    let counts = ledger.counts(run).expect("they are counted");
    assert_eq!(counts.of(State::Sending), 100);
}
