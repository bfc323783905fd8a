//! The way of a call: arrival, limit, token, fault, operation, answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use super::answers::{Answer, Content, Headers};
use super::catalogue::{self, Catalogue};
use super::faults::{Fate, Fault, Wait};
use super::quirks::Quirks;
use super::rate::Limits;
use super::routes::{Operation, route};
use super::store::Store;
use super::token::Tokens;
use super::wire::Cut;
use super::{Delay, Options, chance, contacts};

pub(super) fn app(service: Arc<Service>) -> IntoMakeServiceWithConnectInfo<Router, Cut> {
    Router::new()
        .fallback(receive)
        .with_state(service)
        .into_make_service_with_connect_info()
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
    pub query: String,
    pub body: Bytes,
    headers: HeaderMap,
    /// The answer to a request that means no operation.
    refusal: Option<Answer>,
}

impl Call {
    fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    fn is_json(&self) -> bool {
        let kind = self.header(header::CONTENT_TYPE).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("application/json")
    }
}

#[derive(Debug)]
pub(super) struct World {
    pub contacts: Store,
    pub catalogue: Catalogue,
    pub quota: Option<usize>,
    pub check_properties: bool,
    pub quirks: Quirks,
    pub clock_offset: SignedDuration,
}

impl World {
    /// The time by the clock of the service.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::now() + self.clock_offset
    }
}

/// Everything that changes. Never locked across an await.
pub(super) struct Shared {
    pub world: World,
    pub limits: Limits,
    pub fate: Fate,
    pub tokens: Tokens,
    pub log: Vec<Logged>,
}

pub(super) struct Service {
    shared: Mutex<Shared>,
    delay_in: Delay,
    delay_out: Delay,
    seed: u64,
    delays: AtomicU64,
}

impl Service {
    pub(super) fn new(options: Options) -> Self {
        let shared = Shared {
            world: World {
                contacts: Store::default(),
                catalogue: Catalogue::new(&options.tags, &options.properties),
                quota: options.quota,
                check_properties: options.check_properties,
                quirks: options.quirks,
                clock_offset: options.clock_offset,
            },
            limits: Limits::new(options.rate, Instant::now()),
            fate: Fate::new(options.faults),
            tokens: Tokens::new(options.token, options.scope, options.account),
            log: Vec::new(),
        };
        Self {
            shared: Mutex::new(shared),
            delay_in: options.delay_in,
            delay_out: options.delay_out,
            seed: options.seed,
            delays: AtomicU64::new(0),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn travel(&self, delay: Delay) {
        if delay.max > Duration::ZERO {
            let part = chance::unit(self.seed, 0, self.delays.fetch_add(1, Ordering::Relaxed));
            tokio::time::sleep(delay.min + delay.max.saturating_sub(delay.min).mul_f64(part)).await;
        }
    }
}

/// The longest body that is read. A contact with all its lists full is well below.
const LONGEST_BODY: usize = 16 << 20;

async fn receive(
    State(service): State<Arc<Service>>,
    ConnectInfo(wire): ConnectInfo<Cut>,
    request: Request,
) -> Response {
    let Some(call) = read(request).await else {
        wire.cut();
        return Response::default();
    };
    // The client may go away at any moment; what it has sent is worked on all the same.
    let work = tokio::spawn(async move { answer(&service, &call).await });
    if let Ok(Some(answer)) = work.await {
        answer.into_response()
    } else {
        wire.cut();
        Response::default()
    }
}

/// `None` if the request did not arrive as a whole.
async fn read(request: Request) -> Option<Call> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST_BODY).await.ok()?;
    let (operation, id, refusal) = match route(parts.method.as_str(), parts.uri.path()) {
        Ok((operation, id)) => (operation, id.to_owned(), None),
        Err(refusal) => (Operation::Elsewhere, String::new(), Some(refusal)),
    };
    let query = parts.uri.query().unwrap_or_default().to_owned();
    Some(Call {
        operation,
        id,
        query,
        body,
        headers: parts.headers,
        refusal,
    })
}

/// `None` is no answer at all: the connection is to be cut.
async fn answer(service: &Service, call: &Call) -> Option<Answer> {
    service.travel(service.delay_in).await;
    let arrival = service.lock().arrive(call);
    let answer = match arrival.decision {
        Ok(None) => Some(service.lock().handle(call, Duration::ZERO)),
        Ok(Some(fault)) => spoil(service, call, fault).await,
        Err(refusal) => Some(refusal),
    };
    let answer = answer.map(|answer| {
        arrival
            .budget
            .into_iter()
            .fold(answer, |answer, (name, value)| {
                if answer.headers.iter().any(|(taken, _)| *taken == name) {
                    answer
                } else {
                    answer.with(name, value)
                }
            })
    });
    let now = {
        let mut shared = service.lock();
        shared.log[arrival.entry].status = answer.as_ref().map(|answer| answer.status);
        shared.world.now()
    };
    service.travel(service.delay_out).await;
    // By the service's clock and not, as the server would add it, by that of the machine.
    answer.map(|answer| answer.with("Date", http_date(now)))
}

struct Arrival {
    entry: usize,
    budget: Headers,
    /// What goes wrong with it, or how it is refused before it reaches its operation.
    decision: Result<Option<Fault>, Answer>,
}

impl Shared {
    fn arrive(&mut self, call: &Call) -> Arrival {
        let arrived = Instant::now();
        let budget = self.limits.count(call.operation, arrived);
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
        let is_unsaid = matches!(
            fault,
            Some(Fault::TooMany {
                wait: Wait::Unsaid,
                ..
            })
        );
        let budget = budget
            .filter(|_| !is_unsaid)
            .map_or_else(Headers::new, |budget| budget.headers());
        Arrival {
            entry: self.log.len() - 1,
            budget,
            decision,
        }
    }

    fn admit(&mut self, call: &Call) -> Result<Option<Fault>, Answer> {
        if let Some(refusal) = &call.refusal {
            return Err(refusal.clone());
        }
        if !call.operation.needs_no_token() {
            self.tokens.check(
                call.header(header::AUTHORIZATION),
                call.operation.only_reads(),
            )?;
        }
        Ok(self.fate.draw(call.operation))
    }

    fn handle(&mut self, call: &Call, late: Duration) -> Answer {
        if call.operation.has_json_body() && !call.is_json() {
            let description = "Content-Type must be application/json.";
            return Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", description);
        }
        let world = &mut self.world;
        let answered = match call.operation {
            Operation::CreateContact => contacts::create(world, call, late),
            Operation::ListContacts => contacts::list(world, call),
            Operation::GetContact => contacts::get(world, call),
            Operation::ReplaceContact => contacts::replace(world, call),
            Operation::PatchContact => contacts::patch(world, call),
            Operation::DeleteContact => contacts::delete(world, call),
            Operation::ForceDeleteContact => contacts::force_delete(world, call),
            Operation::ListTags => catalogue::list_tags(world, call),
            Operation::CreateTag => catalogue::create_tag(world, call),
            Operation::ListProperties => Ok(catalogue::list_properties(world)),
            Operation::CreateProperty => catalogue::create_property(world, call),
            Operation::Token => {
                let now = world.now();
                Ok(self.tokens.grant(&String::from_utf8_lossy(&call.body), now))
            }
            Operation::Authorize => self.tokens.authorize(&call.query),
            Operation::Revoke => self.tokens.revoke(&String::from_utf8_lossy(&call.body)),
            Operation::Elsewhere => Err(Answer::not_found()),
        };
        answered.unwrap_or_else(|refusal| refusal)
    }
}

async fn spoil(service: &Service, call: &Call, fault: Fault) -> Option<Answer> {
    let (hang, late) = {
        let shared = service.lock();
        (shared.fate.plan.hang, shared.fate.plan.late)
    };
    let done = |late| service.lock().handle(call, late);
    let answer = match fault {
        Fault::DropBefore | Fault::HangBefore => None,
        Fault::DropAfter | Fault::HangAfter => {
            done(Duration::ZERO);
            None
        }
        Fault::LateDrop => {
            done(late);
            None
        }
        Fault::ErrorBefore(status) | Fault::Refuse(status) => Some(Answer::failure(status)),
        Fault::ErrorAfter(status) => {
            done(Duration::ZERO);
            Some(Answer::failure(status))
        }
        Fault::LateError(status) => {
            done(late);
            Some(Answer::failure(status))
        }
        Fault::NotJson => {
            let status = done(Duration::ZERO).status;
            Some(Answer::page(status, "<html><title>OK</title></html>"))
        }
        Fault::NoId => Some(without_id(done(Duration::ZERO))),
        Fault::Revoke => {
            service.lock().tokens.revoke_all();
            Some(Answer::unauthorized("The access token was revoked"))
        }
        Fault::TooMany { wait, .. } => Some(storm(wait, service.lock().world.now())),
        Fault::Unavailable => Some(Answer::failure(503)),
        Fault::Replay => Some(contacts::replay(&service.lock().world)),
    };
    if matches!(fault, Fault::HangBefore | Fault::HangAfter) {
        tokio::time::sleep(hang).await;
    }
    answer
}

fn without_id(mut answer: Answer) -> Answer {
    if let Some(Content::Json(body)) = &mut answer.body
        && let Some(body) = body.as_object_mut()
    {
        body.remove("contactId");
    }
    answer
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
