//! A database for each test, on the server that `CARDLIFT_POSTGRES` names.

use std::path::{Path, PathBuf};
use std::time::Duration;

use postgres::{Client, NoTls};

use crate::ledger::{Address, Server};

/// The ledger of an account in the database of a folder; the database is made if it is not there.
pub(super) fn of(folder: &Path, account: &str) -> Server {
    let main = std::env::var("CARDLIFT_POSTGRES")
        .expect("CARDLIFT_POSTGRES has the address of a server for tests, as `.ci/postgres start DIR` prints it");
    let name = folder.file_name().expect("it has a name").to_string_lossy();
    let name = name.to_lowercase().replace('.', "t");
    // A test may be async, and this client is not.
    std::thread::scope(|scope| scope.spawn(|| make(&main, &name)).join())
        .expect("the server makes it");
    let (server, _) = main.rsplit_once('/').expect("a database follows");
    Server {
        address: Address::parse(&format!("{server}/{name}")).expect("it is an address"),
        named: PathBuf::from("CARDLIFT_LEDGER_URL"),
        base_url: "https://example.com/v1.0".to_owned(),
        account: account.to_owned(),
        timeout: Duration::from_secs(30),
    }
}

fn make(server: &str, name: &str) {
    let mut client = Client::connect(server, NoTls).expect("the server is there");
    let there = "SELECT 1 FROM pg_database WHERE datname = $1";
    if client
        .query(there, &[&name])
        .expect("it answers")
        .is_empty()
    {
        let made = client.batch_execute(&format!("CREATE DATABASE \"{name}\""));
        made.expect("it is made");
    }
}
