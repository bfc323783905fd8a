//! Adoptions, updates, plans and what has left the source, with a ledger on a PostgreSQL server.

#![cfg(feature = "server")]

use crate::in_step::{KIM, LEE, contact, import, list, outcomes, run_of, set, typed_in, world};
use crate::rig::RiggedService as _;
use crate::server::Server;
use crate::world::World;
use serde_json::{Value, json};

/// The configuration of [`set`] with the ledger on the server.
fn configure(world: &World, server: &Server, on_remote: &str, mapping: &str) {
    set(world, on_remote, mapping, "");
    world.write("ledger-url", &server.address);
    let text = world.read("cardlift.toml").replace(
        "[ledger]\npath = \"ledger.sqlite3\"",
        "[auth]\naccount = \"a company\"\n[ledger]\nurl_file = \"ledger-url\"",
    );
    world.write("cardlift.toml", text);
}

#[test]
fn a_ledger_on_a_server_knows_what_was_adopted_written_and_has_left() {
    let server = Server::start();
    let world = world("report");
    let more =
        "on_change = \"update\"\nsource = \"crm\"\non_gone = \"delete\"\nmax_gone = \"50%\"\n";
    configure(&world, &server, "report", more);
    let id = world
        .service
        .add(typed_in("1", "Kim", "old@example.com"), None, Value::Null);
    let choi = "3,Choi,choi@example.com,,";
    list(&world, &[KIM, LEE, choi]);
    for _ in 0..2 {
        import(&world, 0);
        assert_eq!(outcomes(&world)[0], "exists DIFFERS");
    }
    configure(&world, &server, "update", more);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists UPDATED", "exists", "exists"]);
    let adopted = run_of(&world);
    assert_eq!(
        contact(&world, &id).request["emails"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    // A plan is rolled back.
    list(&world, &[KIM, "2,Lee,lee@example.com,02-000-0009,"]);
    let ran = world.unasked_plainly(&["import", "list.csv", "--plan", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let shown: Value = serde_json::from_str(&ran.data).expect("it is JSON");
    let plan = &shown["plan"];
    assert_eq!((&plan["update"], &plan["delete"]), (&json!(1), &json!(1)));
    world
        .service
        .change(|options| options.clock_offset = jiff::SignedDuration::from_mins(5));
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists", "exists UPDATED"]);
    assert_eq!(world.summary()["gone_deleted"], json!(1));
    assert_eq!(world.contacts().len(), 2);
    // What was written by cardlift itself is not edited.
    let runs = world.run(&["runs"]);
    let first = runs.data.lines().rfind(|line| line.contains("created"));
    let first = first.and_then(|line| line.split_whitespace().next());
    let ran = world.run(&["undo", first.expect("it is listed"), "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let ran = world.run(&["undo", &adopted, "--yes"]);
    assert!(ran.said.contains("1 adoption forgotten"), "{}", ran.said);
    let left: Vec<String> = world.contacts().into_iter().map(|one| one.id).collect();
    assert_eq!(left, std::slice::from_ref(&id));
}
