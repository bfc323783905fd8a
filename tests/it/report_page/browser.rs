//! A real headless Chromium, driven over chromedriver's WebDriver protocol (plain HTTP on loopback).

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a page may take for anything on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often chromedriver is started, until it listens.
const STARTS: usize = 5;

/// A browser with one window, closed when it is dropped.
pub struct Browser {
    driver: Child,
    _said: BufReader<ChildStdout>,
    port: u16,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Starts it; without one the test can't be run, and fails.
    pub fn start() -> Browser {
        // The port that the system gives it for IPv4 may be another one's for IPv6; then it ends.
        let mut started = (0..STARTS).filter_map(|_| start_driver());
        let (driver, said, port) = started
            .next()
            .expect("chromedriver ended before it listened");
        let profile = tempfile::tempdir().expect("a folder can be made");
        let mut browser = Browser {
            driver,
            _said: said,
            port,
            session: String::new(),
            _profile: profile,
        };
        let capabilities = capabilities(browser._profile.path());
        let session = browser
            .send("POST", "/session", &capabilities)
            .unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        browser.session = format!("/session/{}", session["sessionId"].as_str().expect("an id"));
        browser
    }

    /// Opens a file.
    pub fn open(&self, path: &Path) {
        let url = format!("file://{}", path.display());
        self.command("POST", "/url", &json!({ "url": url }));
    }

    /// Makes its window as large as a device's, smaller than Chromium's own smallest one if need be.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500
        });
        let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size });
        self.command("POST", "/goog/cdp/execute", &command);
    }

    /// What a script in the page returns.
    pub fn eval(&self, script: &str) -> Value {
        let body = json!({ "script": script, "args": [] });
        self.command("POST", "/execute/sync", &body)
    }

    /// The same as text.
    pub fn text(&self, script: &str) -> String {
        let value = self.eval(script);
        value.as_str().map_or(value.to_string(), str::to_owned)
    }

    /// Waits until a script in the page returns something true.
    pub fn until(&self, condition: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if self.eval(&format!("return Boolean({condition})")) == json!(true) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "the page never came to {condition}; it shows {}",
                self.text("return document.body.innerText.slice(0, 4000)")
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks on what a selector finds, as a mouse does: it has to be in sight, and nothing may cover it.
    pub fn click(&self, selector: &str) {
        let element = self.find(selector);
        self.command("POST", &format!("{element}/click"), &json!({}));
    }

    /// Types into what a selector finds; `\u{e015}` and its like are the keys of WebDriver.
    pub fn keys(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.command(
            "POST",
            &format!("{element}/value"),
            &json!({ "text": text }),
        );
    }

    /// Chooses an option of a list as its user does.
    pub fn choose(&self, select: &str, value: &str) {
        self.click(&format!("{select} option[value='{value}']"));
    }

    /// Fails if a dialog of a script is open, or the console has anything: an error, or what the policy kept from running.
    pub fn expect_silence(&self) {
        let alert = self.send("GET", &format!("{}/alert/text", self.session), &Value::Null);
        assert!(alert.is_err(), "a dialog is open: {alert:?}");
        let log = self.command("POST", "/se/log", &json!({ "type": "browser" }));
        assert_eq!(log, json!([]), "the console is not empty");
    }

    fn find(&self, selector: &str) -> String {
        let body = json!({ "using": "css selector", "value": selector });
        let found = self.command("POST", "/element", &body);
        let id = found.as_object().and_then(|found| found.values().next());
        format!("/element/{}", id.and_then(Value::as_str).expect("an id"))
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        self.send(method, &format!("{}{path}", self.session), body)
            .unwrap_or_else(|error| panic!("{method} {path} {body}: {error}"))
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let answer = request(self.port, method, path, body).map_err(|error| error.to_string())?;
        match answer["value"].get("error") {
            Some(error) => Err(format!("{error}: {}", answer["value"]["message"])),
            None => Ok(answer["value"].clone()),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.send("DELETE", &self.session, &Value::Null);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn capabilities(profile: &Path) -> Value {
    let profile = format!("--user-data-dir={}", profile.display());
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "unhandledPromptBehavior": "ignore",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            "--force-prefers-reduced-motion", "--window-size=1280,900", profile,
        ] },
    } } })
}

/// Starts chromedriver; what it says, and the port that it listens on. `None` if it ends before it listens.
fn start_driver() -> Option<(Child, BufReader<ChildStdout>, u16)> {
    let driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut driver = driver.unwrap_or_else(|error| {
        panic!(
            "the tests of report.html need chromedriver and Chromium ({error}); on Debian `apt-get install chromium chromium-driver`, or run .ci/run as root"
        )
    });
    let mut said = BufReader::new(driver.stdout.take().expect("its output is piped"));
    for line in said.by_ref().lines() {
        let line = line.expect("chromedriver speaks");
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            let port = port.trim_end_matches('.').parse().expect("a port");
            return Some((driver, said, port));
        }
    }
    driver.wait().expect("it has ended");
    None
}

/// One request of HTTP/1.1, and the JSON that answers it.
fn request(port: u16, method: &str, path: &str, body: &Value) -> std::io::Result<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        answer.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(std::io::Error::other)?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut content = vec![0; length];
    answer.read_exact(&mut content)?;
    Ok(serde_json::from_slice(&content)?)
}
