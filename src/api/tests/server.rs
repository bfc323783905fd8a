//! A server on loopback for the tests of this module: it does what a closure tells it, and remembers what it saw.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::api::{Client, Credentials, PaceSettings, Settings, Url};

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(in crate::api) struct Request {
    pub(in crate::api) line: String,
    pub(in crate::api) headers: Vec<(String, String)>,
    pub(in crate::api) body: String,
    pub(in crate::api) at: Instant,
}

/// What the server does with it.
#[derive(Debug, Clone)]
pub(in crate::api) enum Act {
    /// Answers, with these header lines and this body.
    Answer(u16, &'static str, String),
    /// Answers, and closes the connection without having said so.
    AnswerAndClose(u16, String),
    /// Promises a longer body than comes.
    Cut(u16, String),
    /// Closes the connection without an answer.
    Close,
    /// Never answers.
    Hang,
}

#[derive(Debug)]
pub(in crate::api) struct Server {
    pub(in crate::api) url: Url,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Request {
    pub(in crate::api) fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

pub(in crate::api) fn answer(status: u16, body: &str) -> Act {
    Act::Answer(status, "", body.to_owned())
}

impl Server {
    /// Starts a server that answers at once.
    pub(in crate::api) async fn start(act: impl FnMut(&Request) -> Act + Send + 'static) -> Self {
        Self::start_with_latency(|| Duration::ZERO, act).await
    }

    /// Starts a server that is so far away, asked anew for each way.
    pub(in crate::api) async fn start_with_latency(
        latency: impl FnMut() -> Duration + Send + 'static,
        act: impl FnMut(&Request) -> Act + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/v1.0", listener.local_addr().unwrap())).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::new(Mutex::new((latency, act)));
        let remembered = Arc::clone(&seen);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&remembered), Arc::clone(&shared)));
            }
        });
        Server { url, seen }
    }

    pub(in crate::api) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// A client with a token, without limit of its own.
    pub(in crate::api) fn client(&self) -> Client {
        self.client_at(PaceSettings::per_minute(None))
    }

    pub(in crate::api) fn client_at(&self, pace: PaceSettings) -> Client {
        Client::new(self.settings(pace)).unwrap()
    }

    pub(in crate::api) fn settings(&self, pace: PaceSettings) -> Settings {
        Settings {
            base_url: self.url.clone(),
            credentials: Credentials::Token("a-token".into()),
            timeout: Duration::from_secs(20),
            pace,
        }
    }
}

type Shared<L, A> = Arc<Mutex<(L, A)>>;

async fn serve<L, A>(stream: TcpStream, seen: Arc<Mutex<Vec<Request>>>, shared: Shared<L, A>)
where
    L: FnMut() -> Duration,
    A: FnMut(&Request) -> Act,
{
    let mut stream = BufReader::new(stream);
    while let Some(mut request) = read(&mut stream).await {
        let (there, back) = {
            let latency = &mut shared.lock().unwrap().0;
            (latency(), latency())
        };
        tokio::time::sleep(there).await;
        let act = {
            let act = &mut shared.lock().unwrap().1;
            request.at = Instant::now();
            seen.lock().unwrap().push(request.clone());
            act(&request)
        };
        tokio::time::sleep(back).await;
        let (text, close) = match act {
            Act::Answer(status, headers, body) => {
                (response(status, headers, body.len(), &body), false)
            }
            Act::AnswerAndClose(status, body) => (response(status, "", body.len(), &body), true),
            Act::Cut(status, body) => (response(status, "", body.len() + 100, &body), true),
            Act::Close => return,
            Act::Hang => std::future::pending().await,
        };
        stream.write_all(text.as_bytes()).await.unwrap();
        if close {
            return;
        }
    }
}

fn response(status: u16, headers: &str, length: usize, body: &str) -> String {
    format!("HTTP/1.1 {status} x\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    let mut lines = head.lines();
    let line = lines.next()?.to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let mut request = Request {
        line,
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: String::new(),
        at: Instant::now(),
    };
    let length = request.header("content-length");
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    request.body = String::from_utf8(body).unwrap();
    Some(request)
}
