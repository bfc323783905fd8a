//! The way of a call: arrival, limit, token, fault, operation, answer.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use reqwest::Url;
use serde_json::Value;

use super::answers::{Answer, Headers};
use super::faults::{Draws, Fault, Wait};
use super::rate::Limits;
use super::routes::{Operation, route};
use super::store::Store;
use super::token::Tokens;
use super::wire::Cut;
use super::{Delay, Options, catalogue, chance, contacts};

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
    /// What went wrong with it on purpose.
    pub fault: Option<Fault>,
}

#[derive(Debug)]
pub(super) struct Call {
    pub operation: Operation,
    /// The contact that the path names, or nothing.
    pub id: String,
    pub query: Fields,
    body: Bytes,
    headers: HeaderMap,
    /// The answer to a request that means no operation.
    refusal: Option<Answer>,
}

impl Call {
    fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(super) fn json(&self) -> Result<Value, Answer> {
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
pub(super) struct World {
    pub options: Options,
    pub contacts: Store,
    /// Ids and names.
    pub tags: Vec<(String, String)>,
    pub limits: Limits,
    pub draws: Draws,
    pub tokens: Tokens,
    pub log: Vec<Logged>,
    /// How often something was on its way.
    ways: u64,
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        let tag = |name: &String| (chance::identifier(), name.clone());
        World {
            contacts: Store::default(),
            tags: options.tags.iter().map(tag).collect(),
            limits: Limits::new(Instant::now()),
            draws: Draws::default(),
            tokens: Tokens::default(),
            log: Vec::new(),
            ways: 0,
            options,
        }
    }

    /// The time by the clock of the service.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::now() + self.options.clock_offset
    }

    fn delay(&mut self, delay: fn(&Options) -> Delay) -> Duration {
        let Delay { min, max } = delay(&self.options);
        self.ways += 1;
        let part = chance::unit(self.options.faults.seed, u64::MAX, self.ways);
        min + max.saturating_sub(min).mul_f64(part)
    }
}

pub(super) type Service = Mutex<World>;

async fn travel(service: &Service, delay: fn(&Options) -> Delay) {
    let time = service.lock().delay(delay);
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

/// The longest body that is read. A contact with all its lists full is well below.
const LONGEST_BODY: usize = 16 << 20;

async fn receive(
    State(service): State<Arc<Service>>,
    ConnectInfo(wire): ConnectInfo<Cut>,
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
        wire.cut();
        Response::default()
    })
}

/// `None` is no answer at all: the connection is to be cut.
async fn answer(service: &Service, call: &Call) -> Option<Answer> {
    travel(service, |options| options.delay_in).await;
    let (entry, budget, decision) = service.lock().arrive(call);
    let answer = match decision {
        Ok(None) => Some(service.lock().handle(call, Duration::ZERO)),
        Ok(Some(fault)) => spoil(service, call, fault).await,
        Err(refusal) => Some(refusal),
    };
    let now = {
        let mut world = service.lock();
        world.log[entry].status = answer.as_ref().map(|answer| answer.status);
        world.now()
    };
    travel(service, |options| options.delay_out).await;
    let mut answer = answer?;
    answer.headers.splice(..0, budget);
    // By the service's clock and not, as the server would add it, by that of the machine.
    Some(answer.with("Date", http_date(now)))
}

impl World {
    /// Counts a call. Returns its place in the log, the headers of its budget, and what goes wrong with it or how it is refused
    /// before it reaches its operation.
    fn arrive(&mut self, call: &Call) -> (usize, Headers, Result<Option<Fault>, Answer>) {
        let arrived = Instant::now();
        let rate = self.options.rate;
        let budget = self.limits.count(rate, call.operation, arrived);
        let decision = match budget {
            Some(budget) if !budget.allowed => Err(Answer::too_many_requests()),
            _ => self.admit(call),
        };
        let fault = decision.as_ref().ok().copied().flatten();
        self.log.push(Logged {
            operation: call.operation,
            arrived,
            status: None,
            fault,
        });
        let is_said = |fault| !matches!(fault, Fault::TooMany { wait, .. } if wait == Wait::Unsaid);
        let budget = budget.filter(|_| fault.is_none_or(is_said));
        let headers = budget.map_or_else(Headers::new, |budget| budget.headers());
        (self.log.len() - 1, headers, decision)
    }

    fn admit(&mut self, call: &Call) -> Result<Option<Fault>, Answer> {
        if let Some(refusal) = &call.refusal {
            return Err(refusal.clone());
        }
        if !call.operation.needs_no_token() {
            let authorization = call.header(header::AUTHORIZATION);
            let only_reads = call.operation.only_reads();
            self.tokens
                .check(&self.options, authorization, only_reads)?;
        }
        Ok(self.draws.draw(&self.options.faults, call.operation))
    }

    fn handle(&mut self, call: &Call, late: Duration) -> Answer {
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
        answered.unwrap_or_else(|refusal| refusal)
    }
}

async fn spoil(service: &Service, call: &Call, fault: Fault) -> Option<Answer> {
    let answer = service.lock().spoilt(call, fault);
    if matches!(fault, Fault::HangBefore | Fault::HangAfter) {
        let hang = service.lock().options.faults.hang;
        tokio::time::sleep(hang).await;
    }
    answer
}

impl World {
    fn spoilt(&mut self, call: &Call, fault: Fault) -> Option<Answer> {
        let late = match fault {
            Fault::LateDrop | Fault::LateError(_) => self.options.faults.late,
            _ => Duration::ZERO,
        };
        let mut done = || self.handle(call, late);
        match fault {
            Fault::DropBefore | Fault::HangBefore => None,
            Fault::DropAfter | Fault::HangAfter | Fault::LateDrop => {
                done();
                None
            }
            Fault::ErrorBefore(status) => Some(Answer::failure(status)),
            Fault::ErrorAfter(status) | Fault::LateError(status) => {
                done();
                Some(Answer::failure(status))
            }
            Fault::NotJson => Some(Answer::page(
                done().status,
                "<html><title>OK</title></html>",
            )),
            Fault::NoId => {
                let mut answer = done();
                if let Some(body) = answer.body.as_object_mut() {
                    body.remove("contactId");
                }
                Some(answer)
            }
            Fault::Revoke => {
                self.tokens.revoke_all();
                Some(Answer::unauthorized("The access token was revoked"))
            }
            Fault::TooMany { wait, .. } => Some(storm(wait, self.now())),
            Fault::Replay => Some(contacts::replay(self)),
        }
    }
}

/// The form of dates in headers (RFC 9110, IMF-fixdate).
fn http_date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn storm(wait: Wait, now: Timestamp) -> Answer {
    let answer = Answer::too_many_requests();
    match wait {
        Wait::Unsaid => answer,
        Wait::Seconds(seconds) => answer.with("Retry-After", seconds.to_string()),
        Wait::Date(seconds) => {
            let then = now + SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
            answer.with("Retry-After", http_date(then))
        }
        Wait::Reset(seconds) => answer
            .with("rateLimit-remaining", "0")
            .with("rateLimit-reset", seconds.to_string()),
    }
}
