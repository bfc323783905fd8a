//! The way of a call: arrival, limit, token, fault, operation, answer.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use parking_lot::Mutex;
use reqwest::Url;
use serde_json::Value;

use super::answers::{Answer, Headers};
use super::rate::Limits;
use super::rig::Way;
use super::routes::{Operation, route};
use super::store::{Store, identifier};
use super::token::Tokens;
use super::{Options, catalogue, contacts};

pub(super) fn app(service: Arc<Service>) -> Router {
    Router::new()
        .fallback(receive)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(service)
}

#[derive(Clone, Copy, Debug)]
pub struct Logged {
    pub operation: Operation,
    /// When the service counted it.
    pub arrived: Instant,
    /// What it was answered with. `None` while there is no answer, which may be for ever.
    pub status: Option<u16>,
}

#[derive(Debug)]
pub struct Call {
    pub operation: Operation,
    /// The contact that the path names, or nothing.
    pub(super) id: String,
    pub(super) query: Fields,
    body: Bytes,
    headers: HeaderMap,
    /// The answer to a request that means no operation.
    refusal: Option<Answer>,
}

impl Call {
    fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn json(&self) -> Result<Value, Answer> {
        let kind = self.header(header::CONTENT_TYPE).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default();
        if !essence.trim().eq_ignore_ascii_case("application/json") {
            let description = "Content-Type must be application/json.";
            return Err(Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", description));
        }
        serde_json::from_slice(&self.body)
            .map_err(|_| Answer::error(400, "BAD_REQUEST", "The request body is not JSON."))
    }

    fn form(&self) -> Fields {
        fields(&String::from_utf8_lossy(&self.body))
    }
}

/// Names and values in a query string or a form, decoded; an empty value counts as absent.
pub(super) type Fields = HashMap<String, String>;

pub(super) fn fields(text: &str) -> Fields {
    let url = Url::parse(&format!("http://localhost/?{text}"));
    let pairs = url.iter().flat_map(Url::query_pairs);
    let pairs = pairs.filter(|(_, value)| !value.is_empty());
    pairs
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

/// Everything that changes. Never locked across an await.
pub struct World {
    pub options: Options,
    pub contacts: Store,
    /// Ids and names.
    pub tags: Vec<(String, String)>,
    pub limits: Limits,
    pub tokens: Tokens,
    pub log: Vec<Logged>,
    /// What the service says of the budget of the call that it works on.
    budget: Headers,
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        let tag = |name: &String| (identifier(), name.clone());
        World {
            contacts: Store::default(),
            tags: options.tags.iter().map(tag).collect(),
            limits: Limits::new(Instant::now()),
            tokens: Tokens::default(),
            log: Vec::new(),
            budget: Headers::new(),
            options,
        }
    }

    /// The time by the clock of the service.
    pub fn now(&self) -> Timestamp {
        Timestamp::now() + self.options.clock_offset
    }
}

pub(super) type Service = Mutex<World>;

async fn pass(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

/// The longest body that is read. A contact with all its lists full is well below.
const LONGEST_BODY: usize = 16 << 20;

async fn receive(
    State(service): State<Arc<Service>>,
    (method, uri, headers): (Method, Uri, HeaderMap),
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let worked = async {
        let (operation, id, refusal) = match route(method.as_str(), uri.path()) {
            Ok((operation, id)) => (operation, id.to_owned(), None),
            Err(refusal) => (Operation::Elsewhere, String::new(), Some(refusal)),
        };
        let call = Call {
            operation,
            id,
            query: fields(uri.query().unwrap_or_default()),
            // It may not have arrived as a whole.
            body: body.ok()?,
            headers,
            refusal,
        };
        // The client may go away at any moment; what it has sent is worked on all the same.
        let work = tokio::spawn(async move { answer(&service, &call).await });
        work.await.ok()?
    };
    let answer = worked.await.map(Answer::into_response);
    answer.unwrap_or_else(|| {
        let mut response = StatusCode::BAD_REQUEST.into_response();
        response.extensions_mut().insert(NoAnswer);
        response
    })
}

/// Marks a response that is none: a test wanted none, or the request has not arrived as a whole.
#[derive(Clone, Copy, Debug)]
pub struct NoAnswer;

/// `None` is no answer at all.
async fn answer(service: &Service, call: &Call) -> Option<Answer> {
    let rig = Arc::clone(&service.lock().options.rig);
    pass(rig.delay(Way::In)).await;
    let (entry, answer, time) = service.lock().work(call);
    pass(time).await;
    let now = {
        let mut world = service.lock();
        world.log[entry].status = answer.as_ref().map(|answer| answer.status);
        world.now()
    };
    pass(rig.delay(Way::Out)).await;
    // By the service's clock and not, as the server would add it, by that of the machine.
    Some(answer?.with("Date", http_date(now)))
}

impl World {
    /// Counts a call and works on it. Returns its place in the log, the answer, and how long that takes.
    fn work(&mut self, call: &Call) -> (usize, Option<Answer>, Duration) {
        let arrived = Instant::now();
        let rate = self.options.rate;
        let budget = self.limits.count(rate, call.operation, arrived);
        self.budget = budget.map_or_else(Headers::new, |budget| budget.headers());
        self.log.push(Logged {
            operation: call.operation,
            arrived,
            status: None,
        });
        let entry = self.log.len() - 1;
        let admitted = match budget {
            Some(budget) if !budget.allowed => Err(Answer::too_many_requests()),
            _ => self.admit(call),
        };
        let (answer, time) = match admitted {
            Ok(()) => Arc::clone(&self.options.rig).work(self, call),
            Err(refusal) => (Some(self.with_budget(refusal)), Duration::ZERO),
        };
        (entry, answer, time)
    }

    fn with_budget(&self, mut answer: Answer) -> Answer {
        answer.headers.splice(..0, self.budget.iter().cloned());
        answer
    }

    fn admit(&self, call: &Call) -> Result<(), Answer> {
        if let Some(refusal) = &call.refusal {
            return Err(refusal.clone());
        }
        if call.operation.needs_no_token() {
            return Ok(());
        }
        let authorization = call.header(header::AUTHORIZATION);
        let only_reads = call.operation.only_reads();
        (self.tokens).check(&self.options, authorization, only_reads)
    }

    /// Does what a call asks for. A new contact can be seen `late` from now.
    pub fn handle(&mut self, call: &Call, late: Duration) -> Answer {
        let account = self.options.account.as_ref();
        let answered = match call.operation {
            Operation::CreateContact => contacts::create(self, call, late),
            Operation::ListContacts => contacts::list(self, call),
            Operation::GetContact => contacts::get(self, call),
            Operation::ReplaceContact => contacts::replace(self, call),
            Operation::PatchContact => contacts::patch(self, call),
            Operation::DeleteContact => contacts::delete(self, call),
            Operation::ForceDeleteContact => contacts::force_delete(self, call),
            Operation::ListTags => catalogue::list_tags(self, call),
            Operation::CreateTag => catalogue::create_tag(self, call),
            Operation::ListProperties => Ok(catalogue::list_properties(self)),
            Operation::CreateProperty => catalogue::create_property(self, call),
            Operation::Token => {
                let granted = self.tokens.grant(account, &call.form(), self.now());
                let answer = granted.unwrap_or_else(|refusal| refusal);
                Ok(answer.with("Cache-Control", "no-store"))
            }
            Operation::Authorize => self.tokens.authorize(account, &call.query),
            Operation::Revoke => self.tokens.revoke(account, &call.form()),
            Operation::Elsewhere => Err(Answer::not_found()),
        };
        self.with_budget(answered.unwrap_or_else(|refusal| refusal))
    }

    /// The answer to the latest create once more.
    pub fn latest(&self) -> Option<Answer> {
        contacts::latest(self)
    }
}

/// The form of dates in headers (RFC 9110, IMF-fixdate).
fn http_date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
