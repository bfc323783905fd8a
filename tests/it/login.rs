//! `cardlift login` and `cardlift logout`: the test is the browser, the sandbox is the service.

use crate::rig::{RiggedService as _, rig};
use crate::world::{Ended, Ran, Running, TOKEN, World, people, ran};
use cardlift::sandbox::{Account, Operation, Options, Sandbox};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

const SECRET: &str = "a-secret-of-the-tests";

fn account() -> Account {
    Account {
        client_secret: SECRET.into(),
        ..Account::default()
    }
}

/// A world whose service has users that log in, and a configuration with `[auth] login = true`.
fn with_users(account: Account) -> World {
    let world = World::with(Options {
        account: Some(account),
        ..Options::default()
    });
    world.configure(&auth_of(&world.service, "sandbox-client"));
    world.write("secret", SECRET);
    world.write("people.csv", people(3));
    world
}

fn auth_of(service: &Sandbox, client: &str) -> String {
    format!(
        "[auth]\nlogin = true\nclient_id = \"{client}\"\nclient_secret_file = \"secret\"\nredirect_port = 0\n\
         authorize_url = \"{}\"\ntoken_url = \"{}\"\n",
        service.authorize_url(),
        service.token_url()
    )
}

/// `cardlift login` that has shown the address of its login page.
struct Login {
    running: Running,
    address: String,
}

impl Login {
    fn start(world: &World, more: &[&str]) -> Login {
        let mut command = std::process::Command::new(crate::world::binary());
        command.args(["login", "--no-browser"]).args(more);
        let mut running = world.start_command(command, &[("CARDLIFT_TOKEN", "")]);
        assert!(
            running.wait_until_it_says("&state="),
            "{}",
            running.end().said
        );
        let said = running.said();
        let address = said.lines().find(|line| line.starts_with("http://"));
        let address = address.expect("it shows an address").to_owned();
        Login { running, address }
    }

    /// The address that the login page sends the browser to.
    fn redirect(&self) -> String {
        let (head, _) = get(&self.address);
        let location = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("location").then(|| value.trim())
        });
        location
            .unwrap_or_else(|| panic!("no redirect: {head}"))
            .to_owned()
    }

    /// Goes where the login page sends the browser; gives the page that is shown there.
    fn agree(self) -> (Ended, String) {
        let (head, page) = get(&self.redirect());
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        (self.running.end(), page)
    }
}

/// One request; gives head and body of the answer.
fn get(url: &str) -> (String, String) {
    let rest = url.strip_prefix("http://").expect("nothing is encrypted");
    let (host, path) = rest.split_once('/').expect("it has a path");
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the answer is UTF-8");
    let (head, body) = answer.split_once("\r\n\r\n").expect("it has a head");
    (head.to_owned(), body.to_owned())
}

fn file_of(world: &World, client: &str) -> PathBuf {
    world.path(&format!("state/cardlift/login-{client}.json"))
}

fn stored(world: &World, client: &str) -> Value {
    let text = std::fs::read_to_string(file_of(world, client)).expect("somebody has logged in");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Runs the binary without a token in the environment.
fn run(world: &World, args: &[&str]) -> Ran {
    let mut command = world.command(args);
    command.env_remove("CARDLIFT_TOKEN");
    ran(command)
}

fn log_in(world: &World, more: &[&str]) {
    let (ended, page) = Login::start(world, more).agree();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(page.contains("You are logged in"), "{page}");
}

/// From now on no token is good, and users have to log in again.
fn end_logins(world: &World) {
    world.service.with(|service| {
        service.tokens.issued.clear();
        service.tokens.refreshes.clear();
    });
}

#[test]
fn a_login_by_the_browser_is_enough_to_import() {
    let world = with_users(account());
    let login = Login::start(&world, &[]);
    let redirect = login.redirect();
    assert!(redirect.starts_with("http://localhost:"), "{redirect}");
    let (ended, _) = login.agree();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("Logged in"), "{}", ended.said);
    let ran = run(&world, &["import", "people.csv", "--report", "report"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.contacts().len(), 3);
    let ran = run(&world, &["auth", "--json"]);
    assert!(ran.data.contains("\"ok\":true"), "{}", ran.data);
}

#[cfg(unix)]
#[test]
fn a_login_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let world = with_users(account());
    log_in(&world, &[]);
    let mode = |path: PathBuf| path.metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(file_of(&world, "sandbox-client")), 0o600);
    assert_eq!(mode(world.path("state/cardlift")), 0o700);
    world.service.revoke_tokens();
    assert_eq!(run(&world, &["auth"]).code, 0);
    assert_eq!(mode(file_of(&world, "sandbox-client")), 0o600);
}

#[test]
fn no_token_is_printed() {
    let world = with_users(account());
    let (ended, page) = Login::start(&world, &["-vv", "--log-values"]).agree();
    let auth = run(&world, &["auth", "-vv", "--log-values"]);
    let login = stored(&world, "sandbox-client");
    for secret in ["access_token", "refresh_token"].map(|name| login[name].as_str().unwrap()) {
        let printed = format!("{}{page}{}{}", ended.said, auth.said, auth.data);
        assert!(!printed.contains(secret) && !printed.contains(SECRET));
    }
}

#[test]
fn a_pasted_redirect_url_is_as_good_as_a_browser() {
    let world = with_users(account());
    let mut command = std::process::Command::new(crate::world::binary());
    command.args(["login", "--no-browser"]);
    let mut typing = world.start_typing(command, &[("CARDLIFT_TOKEN", "")]);
    assert!(typing.running.wait_until_it_says("&state="));
    let said = typing.running.said();
    let address = said
        .lines()
        .find(|line| line.starts_with("http://"))
        .unwrap();
    let (head, _) = get(address);
    let location = head
        .lines()
        .find_map(|line| line.split_once("ocation: "))
        .unwrap()
        .1;
    writeln!(typing.input, "{location}").unwrap();
    let ended = typing.running.end();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert_eq!(run(&world, &["auth"]).code, 0);
}

#[test]
fn a_redirect_with_the_state_of_another_login_is_refused() {
    let world = with_users(account());
    let login = Login::start(&world, &[]);
    let redirect = login.redirect();
    let (before, _) = redirect.split_once("state=").unwrap();
    let (_, page) = get(&format!("{before}state=another"));
    assert!(page.contains("You are not logged in"), "{page}");
    let ended = login.running.end();
    assert_eq!(ended.code, Some(77), "{}", ended.said);
    assert!(ended.said.contains("another login"), "{}", ended.said);
    assert!(!file_of(&world, "sandbox-client").exists());
    assert_eq!(world.arrived(Operation::Token), 0);
}

#[test]
fn other_requests_to_the_port_change_nothing() {
    let world = with_users(account());
    let login = Login::start(&world, &[]);
    let host = login.redirect();
    let host = host.split("/callback").next().unwrap();
    let (head, _) = get(&format!("{host}/favicon.ico"));
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    assert_eq!(login.agree().0.code, Some(0));
}

#[test]
fn a_user_who_denies_is_not_logged_in() {
    let world = with_users(account());
    (world.service).change(|options| rig(options, |rig| rig.denies_logins = true));
    let (ended, page) = Login::start(&world, &[]).agree();
    assert_eq!(ended.code, Some(77), "{}", ended.said);
    assert!(ended.said.contains("access was denied"), "{}", ended.said);
    assert!(page.contains("You are not logged in"), "{page}");
}

#[test]
fn a_missing_scope_ends_in_a_time_out_that_names_it() {
    let world = with_users(Account {
        scopes: vec!["contact.read".into()],
        ..account()
    });
    let login = Login::start(&world, &["--timeout", "1s"]);
    let (head, _) = get(&login.address);
    assert!(
        head.starts_with("HTTP/1.1 200"),
        "the login page again: {head}"
    );
    let ended = login.running.end();
    assert_eq!(ended.code, Some(77), "{}", ended.said);
    assert!(
        ended.said.contains("lacks the scope `contact`"),
        "{}",
        ended.said
    );
}

#[test]
fn a_wrong_client_secret_is_named() {
    let world = with_users(account());
    world.write("secret", "another");
    let (ended, _) = Login::start(&world, &[]).agree();
    assert_eq!(ended.code, Some(77), "{}", ended.said);
    assert!(ended.said.contains("auth.client_secret"), "{}", ended.said);
}

#[test]
fn an_expired_or_revoked_token_is_renewed_and_the_new_one_is_stored() {
    let world = with_users(Account {
        token_lifetime: Duration::from_secs(30),
        ..account()
    });
    log_in(&world, &[]);
    let first = stored(&world, "sandbox-client");
    assert_eq!(run(&world, &["auth"]).code, 0);
    let second = stored(&world, "sandbox-client");
    assert_ne!(
        first["access_token"], second["access_token"],
        "it had 30 s to live"
    );
    assert_eq!(first["refresh_token"], second["refresh_token"]);
    world.service.revoke_tokens();
    let ran = run(&world, &["import", "people.csv", "--report", "report"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
}

#[test]
fn a_login_that_has_ended_says_to_log_in_again() {
    let world = with_users(account());
    let ran = run(&world, &["import", "people.csv", "--report", "report"]);
    assert_eq!(ran.code, 77, "{}", ran.said);
    assert!(ran.said.contains("run `cardlift login`"), "{}", ran.said);
    log_in(&world, &[]);
    end_logins(&world);
    let ran = run(&world, &["auth", "--json"]);
    assert_eq!(ran.code, 77, "{}", ran.said);
    assert!(
        ran.data.contains("\"problem\":\"login_ended\""),
        "{}",
        ran.data
    );
    assert!(
        ran.said.contains("run `cardlift login` again"),
        "{}",
        ran.said
    );
}

#[test]
fn logging_out_revokes_both_tokens_and_removes_the_file() {
    let world = with_users(account());
    log_in(&world, &[]);
    let login = stored(&world, "sandbox-client");
    let ran = run(&world, &["logout"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(!file_of(&world, "sandbox-client").exists());
    assert_eq!(world.arrived(Operation::Revoke), 2);
    // Somebody who has kept a copy of the file gets nothing with it.
    world.write(
        "state/cardlift/login-sandbox-client.json",
        login.to_string(),
    );
    assert_eq!(run(&world, &["auth"]).code, 77);
    std::fs::remove_file(file_of(&world, "sandbox-client")).unwrap();
    let again = run(&world, &["logout"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert!(
        again.said.contains("No login for the app"),
        "{}",
        again.said
    );
}

#[test]
fn logging_out_without_a_service_keeps_the_login() {
    let mut world = with_users(account());
    log_in(&world, &[]);
    world.service.stop();
    let ran = run(&world, &["logout"]);
    assert_eq!(ran.code, 69, "{}", ran.said);
    assert!(file_of(&world, "sandbox-client").exists());
}

#[test]
fn two_apps_have_a_login_each() {
    let world = with_users(account());
    let other = Sandbox::start(Options {
        account: Some(Account {
            client_id: "other/client".into(),
            ..account()
        }),
        ..Options::default()
    });
    let other = other.expect("a port is free");
    let auth = auth_of(&other, "other/client");
    let base_url = other.base_url();
    world.write(
        "other.toml",
        format!("[api]\nbase_url = \"{base_url}\"\n{auth}"),
    );
    log_in(&world, &[]);
    assert_eq!(run(&world, &["auth", "--config", "other.toml"]).code, 77);
    log_in(&world, &["--config", "other.toml"]);
    assert_eq!(run(&world, &["auth"]).code, 0);
    assert_eq!(run(&world, &["auth", "--config", "other.toml"]).code, 0);
    assert_eq!(run(&world, &["logout", "--config", "other.toml"]).code, 0);
    assert_eq!(run(&world, &["auth"]).code, 0);
}

#[test]
fn a_login_is_not_sent_to_another_token_service() {
    let world = with_users(account());
    log_in(&world, &[]);
    let other = Sandbox::start(Options::default()).expect("a port is free");
    let text = world.read("cardlift.toml");
    world.write(
        "cardlift.toml",
        text.replace(&world.service.token_url(), &other.token_url()),
    );
    assert_eq!(run(&world, &["auth"]).code, 77);
    assert_eq!(other.requests().len(), 0);
}

#[test]
fn a_token_in_the_environment_goes_before_a_login_that_is_not_asked_for() {
    let world = with_users(account());
    log_in(&world, &[]);
    let text = world.read("cardlift.toml");
    world.write(
        "cardlift.toml",
        text.replace("login = true", "login = false"),
    );
    assert_eq!(run(&world, &["auth"]).code, 0, "the login is there");
    end_logins(&world);
    assert_eq!(world.run(&["auth"]).code, 0, "the token {TOKEN} is good");
    assert_eq!(run(&world, &["auth"]).code, 77);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let world = with_users(account());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let text = world.read("cardlift.toml");
    let text = text.replace("redirect_port = 0", &format!("redirect_port = {port}"));
    world.write("cardlift.toml", text);
    let ran = run(&world, &["login", "--no-browser"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(ran.said.contains(&format!("port {port}")), "{}", ran.said);
}

#[test]
fn without_an_app_a_login_says_what_it_needs() {
    let world = World::new();
    let ran = run(&world, &["login"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(ran.said.contains("auth.client_id"), "{}", ran.said);
}

/// On Linux the browser is what `xdg-open` starts.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_of_the_system_is_opened() {
    use std::os::unix::fs::PermissionsExt;
    let world = with_users(account());
    std::fs::create_dir(world.path("bin")).unwrap();
    world.write(
        "bin/xdg-open",
        "#!/bin/sh\necho \"$1\" > \"$OPENED\".part && mv \"$OPENED\".part \"$OPENED\"\n",
    );
    std::fs::set_permissions(world.path("bin/xdg-open"), PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", world.path("bin").display());
    let opened = world.path("opened");
    let mut command = std::process::Command::new(crate::world::binary());
    command
        .arg("login")
        .env("PATH", path)
        .env("OPENED", &opened);
    let mut running = world.start_command(command, &[]);
    assert!(running.wait_until(|| opened.exists()));
    let address = world.read("opened");
    let login = Login {
        running,
        address: address.trim().to_owned(),
    };
    assert_eq!(login.agree().0.code, Some(0));
}
