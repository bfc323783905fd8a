//! The way of a call: arrival, limit, token, fault, operation, answer.

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

use super::answers::{Answer, Headers};
use super::call::{Call, fields};
use super::routes::{Operation, route};
use super::world::{Logged, World};
use super::{catalogue, contacts};

pub(super) fn app(service: Arc<Service>) -> Router {
    Router::new()
        .fallback(receive)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(service)
}

pub(super) type Service = Mutex<World>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the service, before a request is counted and worked on.
    In,
    Out,
}

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
