//! What tests do to the sandbox: what goes wrong, when, by a plan of faults, seeded, so that a chaos test can be repeated; what is
//! always otherwise than documented; and how long everything takes.
//!
//! The tests of the library and the integration tests both have this module, and the sandbox beside it.

mod wire;

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use ring::signature::{KeyPair as _, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde_json::Value;
use tokio::net::TcpListener;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::sandbox::{
    Answer, Call, Filter, ListOrder, Operation, Options, Place, Property, PropertyKind, Rig,
    Sandbox, Way, World,
};

/// One way for a call to go wrong.
///
/// *Before* is: nothing was done. *After* is: it was done as if all were well (which may be a refusal), and only the
/// answer is spoilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The connection is reset.
    DropBefore,
    /// Done, then the connection is reset.
    DropAfter,
    /// Answered with 500, 502 or 504 (or whatever status).
    ErrorBefore(u16),
    /// Done, then answered with 500, 502 or 504.
    ErrorAfter(u16),
    /// No answer for [`FaultPlan::hang`], then a reset.
    HangBefore,
    /// Done, no answer for [`FaultPlan::hang`], then a reset.
    HangAfter,
    /// Done and answered with its status, but the body is not JSON.
    NotJson,
    /// Done and answered with its status, but without `contactId`.
    NoId,
    /// The connection is reset; the contact becomes visible [`FaultPlan::late`] afterwards. For other operations the
    /// same as [`Fault::DropAfter`].
    LateDrop,
    /// An error is answered; the contact becomes visible [`FaultPlan::late`] afterwards. For other operations the
    /// same as [`Fault::ErrorAfter`].
    LateError(u16),
    /// All tokens that the token endpoint has issued so far are revoked, and this call is answered with 401. The
    /// token of [`Options::token`] is good again afterwards, as nobody could renew it.
    Revoke,
    /// This call and the next ones of its operation, `answers` in all, are answered with 429.
    TooMany {
        /// How many answers, this one included.
        answers: u32,
        /// What each says of how long to wait.
        wait: Wait,
    },
    /// The answer to an earlier create is repeated, nothing done; 500 where there is none.
    Replay,
}

impl Fault {
    /// Every kind that leaves a client without certainty, once each.
    pub const UNCERTAIN: [Self; 16] = [
        Self::DropBefore,
        Self::DropAfter,
        Self::ErrorBefore(500),
        Self::ErrorAfter(500),
        Self::ErrorBefore(502),
        Self::ErrorAfter(502),
        Self::ErrorBefore(504),
        Self::ErrorAfter(504),
        Self::HangBefore,
        Self::HangAfter,
        Self::NotJson,
        Self::NoId,
        Self::LateDrop,
        Self::LateError(500),
        Self::LateError(504),
        Self::Replay,
    ];
}

/// What a 429 says of how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wait {
    Unsaid,
    /// `Retry-After` in seconds.
    Seconds(u64),
    /// `Retry-After` as the HTTP date so many seconds from now.
    Date(u64),
    /// Not `Retry-After`, but the vendor's `rateLimit-reset`, with nothing remaining.
    Reset(u64),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// Chance of each call, 0.0 to 1.0.
    pub probability: f64,
    /// What is drawn from, each as likely as the other; put one in twice to have it twice as often.
    pub kinds: Vec<Fault>,
    /// What happens to the n-th call (from 1), whatever the chance says.
    pub nth: BTreeMap<u64, Fault>,
}

impl Faults {
    pub fn always(fault: Fault) -> Self {
        Self::by_chance(1.0, [fault])
    }

    /// Each call goes wrong with that probability, in one of those ways.
    pub fn by_chance(probability: f64, kinds: impl IntoIterator<Item = Fault>) -> Self {
        Self {
            probability,
            kinds: kinds.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The n-th calls (from 1) go wrong.
    pub fn at(nth: impl IntoIterator<Item = (u64, Fault)>) -> Self {
        Self {
            nth: nth.into_iter().collect(),
            ..Self::default()
        }
    }
}

/// Which calls go wrong. Calls are counted when they have passed the limit and the token, so a call that is refused
/// there has no fault.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultPlan {
    /// The same seed gives the same faults to the same sequence of calls.
    pub seed: u64,
    /// `POST /contacts`.
    pub creates: Faults,
    /// Everything that reads.
    pub looks: Faults,
    /// Everything else that changes something: replace, patch, delete, new tags and properties.
    pub changes: Faults,
    pub tokens: Faults,
    pub hang: Duration,
    pub late: Duration,
}

impl Default for FaultPlan {
    fn default() -> Self {
        Self {
            seed: 0,
            creates: Faults::default(),
            looks: Faults::default(),
            changes: Faults::default(),
            tokens: Faults::default(),
            hang: Duration::from_secs(30),
            late: Duration::from_secs(2),
        }
    }
}

/// In what a whole service differs from what its documents say, for as long as it does: behaviour of lists and of storing that no
/// single call goes wrong for.
#[derive(Clone, Default)]
pub struct Quirks {
    /// The order of every list, whatever `orderBy` asks for.
    pub order: Option<ListOrder>,
    pub filters: Filters,
    /// How long after its creation a contact is missing from lists. It can be read by its id at once.
    pub unlisted: Duration,
    /// The top-level properties that lists leave out.
    pub leaves_out: Vec<&'static str>,
    pub form: Option<Form>,
    /// The answer to a create shows what was sent, and not the form in which it is stored.
    pub echoes: bool,
}

/// What becomes of filters by e-mail, telephone, tag and time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filters {
    #[default]
    AsAsked,
    /// A list with a filter is answered with 400.
    Refused,
    Ignored,
}

/// The form in which contacts are stored and shown: changes the JSON of one.
pub type Form = Arc<dyn Fn(&mut Value) + Send + Sync>;

/// How far a plan has come.
#[derive(Debug, Default)]
pub struct Draws {
    /// Calls whose faults are planned together.
    calls: [u64; 4],
    /// The answers with 429 that are left, by operation.
    storms: HashMap<Operation, (u32, Wait)>,
}

impl Draws {
    pub fn draw(&mut self, plan: &FaultPlan, operation: Operation) -> Option<Fault> {
        if let Some((left, wait)) = self.storms.get_mut(&operation)
            && let Some(still) = left.checked_sub(1)
        {
            let answers = std::mem::replace(left, still);
            return Some(Fault::TooMany {
                answers,
                wait: *wait,
            });
        }
        let (kind, faults) = plan.of(operation)?;
        self.calls[kind] += 1;
        let fault = faults.draw(plan.seed, kind as u64, self.calls[kind])?;
        if let Fault::TooMany { answers, wait } = fault {
            let left = answers.saturating_sub(1);
            self.storms.insert(operation, (left, wait));
        }
        Some(fault)
    }
}

impl FaultPlan {
    /// The faults of an operation, with the number of its kind.
    fn of(&self, operation: Operation) -> Option<(usize, &Faults)> {
        match operation {
            Operation::CreateContact => Some((0, &self.creates)),
            Operation::Token => Some((3, &self.tokens)),
            Operation::Elsewhere => None,
            Operation::ListContacts
            | Operation::GetContact
            | Operation::ListTags
            | Operation::ListProperties => Some((1, &self.looks)),
            _ => Some((2, &self.changes)),
        }
    }
}

impl Faults {
    /// What happens to a call of this kind, counted from 1.
    fn draw(&self, seed: u64, kind: u64, call: u64) -> Option<Fault> {
        if let Some(fault) = self.nth.get(&call) {
            return Some(*fault);
        }
        if unit(seed, 2 * kind, call) >= self.probability {
            return None;
        }
        let which = below(self.kinds.len(), seed, 2 * kind + 1, call);
        self.kinds.get(which).copied()
    }
}

/// A number in `0.0..1.0` that depends on nothing but its arguments.
pub fn unit(seed: u64, stream: u64, n: u64) -> f64 {
    // 53 bits are what a double can hold without rounding up to one.
    const SCALE: f64 = (1_u64 << 53) as f64;
    let drawn = [stream, n].map(u64::to_le_bytes).concat();
    (xxh3_64_with_seed(&drawn, seed) >> 11) as f64 / SCALE
}

/// A whole number below `bound` that depends on nothing but its arguments; 0 where `bound` is 0.
pub fn below(bound: usize, seed: u64, stream: u64, n: u64) -> usize {
    (unit(seed, stream, n) * bound as f64) as usize
}

/// A time on the way, drawn evenly from a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delay {
    pub min: Duration,
    pub max: Duration,
}

impl Delay {
    /// Always the same.
    pub fn of(delay: Duration) -> Self {
        Self {
            min: delay,
            max: delay,
        }
    }
}

/// All that a test changes.
#[derive(Clone, Default)]
pub struct Rigged {
    pub faults: FaultPlan,
    /// In what the service differs from its documents.
    pub quirks: Quirks,
    /// The way of a request to the service, before it is counted and worked on.
    pub delay_in: Delay,
    /// The way of an answer back.
    pub delay_out: Delay,
    /// Whether a contact's custom properties must be defined, and have the shape of their definition.
    pub check_properties: bool,
    /// Whether `expires_in` is a string, as clients have seen it.
    pub expires_in_as_text: bool,
    /// Whether users who are asked to log in deny the access.
    pub denies_logins: bool,
}

impl From<Rigged> for Arc<dyn Rig> {
    fn from(rigged: Rigged) -> Self {
        Arc::new(Rigging(Mutex::new(Course {
            rigged,
            draws: Draws::default(),
            drawn: Vec::new(),
            ways: 0,
        })))
    }
}

impl From<FaultPlan> for Arc<dyn Rig> {
    fn from(faults: FaultPlan) -> Self {
        Rigged {
            faults,
            ..Rigged::default()
        }
        .into()
    }
}

/// What a service is started with that differs by this.
pub fn rigged(change: impl FnOnce(&mut Rigged)) -> Arc<dyn Rig> {
    let mut rigged = Rigged::default();
    change(&mut rigged);
    rigged.into()
}

/// What a service is started with to which faults may be set later: its connections can be cut from the beginning.
pub fn riggable(mut options: Options) -> Options {
    if read(&options, |_| ()).is_none() {
        options.rig = Rigged::default().into();
    }
    options
}

/// Changes what a service was started with; what was drawn so far does not count any more.
pub fn rig(options: &mut Options, change: impl FnOnce(&mut Rigged)) {
    let mut rigged = read(options, |rigging| rigging.rigged.clone()).unwrap_or_default();
    change(&mut rigged);
    options.rig = rigged.into();
}

/// The public key (PKCS#1 in DER) of a private key in PKCS#8 PEM, as the developer console gives it. `None` if the text
/// is no such key.
pub fn public_key_of(private_key_pem: &str) -> Option<Vec<u8>> {
    let der = PrivatePkcs8KeyDer::from_pem_slice(private_key_pem.as_bytes()).ok()?;
    let key = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).ok()?;
    Some(key.public_key().as_ref().to_vec())
}

/// What tests do to a service.
pub trait RiggedService {
    /// Changes what it was started with; port and tags are as they were. What was counted against a limit stays counted.
    fn change(&self, change: impl FnOnce(&mut Options));

    /// Adds a contact that is in the service already, whatever the contract says of it, and gives its id. `created` is
    /// now if absent; `linked_external_user` is null for all contacts but those that came from outside.
    fn add(
        &self,
        request: Value,
        created: Option<Timestamp>,
        linked_external_user: Value,
    ) -> String;

    /// Edits a contact as another user would: the properties of `changes` take the place of its own, and it is modified
    /// at least a second later than before. Says whether there is such a contact.
    fn edit(&self, id: &str, changes: Value) -> bool;

    /// From now on no token is good that the token endpoint has issued so far.
    fn revoke_tokens(&self);

    /// Uses up so many requests of an operation's budget, as another program of the same company would.
    fn spend(&self, operation: Operation, requests: u32);

    /// Another plan from now on; calls are counted from 1 again.
    fn set_faults(&self, plan: FaultPlan);

    /// What went wrong since the plan was set.
    fn drawn(&self) -> Vec<Fault>;
}

impl RiggedService for Sandbox {
    fn change(&self, change: impl FnOnce(&mut Options)) {
        self.with(|world| change(&mut world.options));
    }

    fn add(
        &self,
        request: Value,
        created: Option<Timestamp>,
        linked_external_user: Value,
    ) -> String {
        self.with(|world| {
            let created = created.unwrap_or_else(|| world.now());
            let at_once = Duration::ZERO;
            let contact = (world.contacts).add(request, linked_external_user, created, at_once);
            contact.id.clone()
        })
    }

    fn edit(&self, id: &str, changes: Value) -> bool {
        self.with(|world| {
            let now = world.now();
            let Some(record) = world.contacts.find_live(id) else {
                return false;
            };
            let mut request = record.request.clone();
            for (name, value) in changes.as_object().into_iter().flatten() {
                request[name] = value.clone();
            }
            let later = now.max(record.modified + SignedDuration::from_secs(1));
            record.replace(request, later);
            true
        })
    }

    fn revoke_tokens(&self) {
        self.with(|world| world.tokens.issued.clear());
    }

    fn spend(&self, operation: Operation, requests: u32) {
        self.with(|world| {
            let rate = world.options.rate;
            for _ in 0..requests {
                world.limits.count(rate, operation, Instant::now());
            }
        });
    }

    fn set_faults(&self, plan: FaultPlan) {
        self.change(|options| rig(options, |rigged| rigged.faults = plan));
    }

    fn drawn(&self) -> Vec<Fault> {
        let mut drawn = None;
        self.change(|options| drawn = read(options, |rigging| rigging.drawn.clone()));
        drawn.unwrap_or_default()
    }
}

fn read<T>(options: &Options, read: impl FnOnce(&Course) -> T) -> Option<T> {
    let any: &dyn Any = &*options.rig;
    let rigging = any.downcast_ref::<Rigging>()?;
    Some(read(&rigging.0.lock()))
}

struct Rigging(Mutex<Course>);

/// How far it has come.
struct Course {
    rigged: Rigged,
    draws: Draws,
    drawn: Vec<Fault>,
    /// How often something was on its way.
    ways: u64,
}

impl Rig for Rigging {
    fn serve(
        &self,
        listener: TcpListener,
        app: Router,
        stopped: BoxFuture<'static, ()>,
    ) -> BoxFuture<'static, ()> {
        wire::serve(listener, app, stopped).boxed()
    }

    fn delay(&self, way: Way) -> Duration {
        let mut rigging = self.0.lock();
        rigging.ways += 1;
        let Delay { min, max } = match way {
            Way::In => rigging.rigged.delay_in,
            Way::Out => rigging.rigged.delay_out,
        };
        let part = unit(rigging.rigged.faults.seed, u64::MAX, rigging.ways);
        min + max.saturating_sub(min).mul_f64(part)
    }

    fn work(&self, world: &mut World, call: &Call) -> (Option<Answer>, Duration) {
        let (fault, rigged) = {
            let rigging = &mut *self.0.lock();
            let plan = &rigging.rigged.faults;
            let fault = rigging.draws.draw(plan, call.operation);
            rigging.drawn.extend(fault);
            (fault, rigging.rigged.clone())
        };
        let Rigged {
            faults: FaultPlan { hang, late, .. },
            check_properties,
            expires_in_as_text,
            denies_logins,
            ..
        } = rigged;
        let mut answer = match fault {
            None => misfit(world, call)
                .filter(|_| check_properties)
                .or_else(|| Some(world.handle(call, Duration::ZERO))),
            Some(fault) => spoilt(world, call, fault, late),
        };
        if let Some(Answer { body, .. }) = &mut answer
            && expires_in_as_text
            && let Some(seconds) = body["expires_in"].as_u64()
        {
            body["expires_in"] = seconds.to_string().into();
        }
        if let Some(Answer { headers, .. }) = &mut answer
            && denies_logins
            && let Some((_, address)) = headers.iter_mut().find(|(name, _)| *name == "Location")
            && let Some((before, rest)) = address.split_once("code=")
            && let Some((_, state)) = rest.split_once('&')
        {
            *address = format!("{before}error=access_denied&{state}");
        }
        match fault {
            Some(Fault::HangBefore | Fault::HangAfter) => (answer, hang),
            _ => (answer, Duration::ZERO),
        }
    }

    fn list(&self, mut asked: Filter) -> Result<(Filter, Duration), Answer> {
        let quirks = &self.0.lock().rigged.quirks;
        asked.order = quirks.order.unwrap_or(asked.order);
        let mut unfiltered = Filter::default();
        unfiltered.order = asked.order;
        let filter = match quirks.filters {
            Filters::AsAsked => asked,
            Filters::Refused if asked != unfiltered => {
                return Err(Answer::invalid("filters are not supported."));
            }
            Filters::Refused | Filters::Ignored => unfiltered,
        };
        Ok((filter, quirks.unlisted))
    }

    fn show(&self, mut contact: Value, place: Place) -> Value {
        let quirks = &self.0.lock().rigged.quirks;
        if place == Place::Created && quirks.echoes {
            return contact;
        }
        if let Some(form) = &quirks.form {
            form(&mut contact);
        }
        if let Some(properties) = contact.as_object_mut().filter(|_| place == Place::Listed) {
            properties.retain(|name, _| !quirks.leaves_out.contains(&&**name));
        }
        contact
    }
}

/// Refuses a contact whose custom properties are not defined, or don't have the shape of their definition.
fn misfit(world: &World, call: &Call) -> Option<Answer> {
    let writes = [
        Operation::CreateContact,
        Operation::ReplaceContact,
        Operation::PatchContact,
    ];
    if !writes.contains(&call.operation) {
        return None;
    }
    let body = call.json().ok()?;
    body["customProperties"]
        .as_object()?
        .iter()
        .find_map(|(name, value)| {
            let mut properties = world.options.properties.iter();
            let wrong = match properties.find(|property| property.name == *name) {
                None => "is not defined",
                Some(property) if !fits(property, value) => "has the wrong type",
                Some(_) => return None,
            };
            let description = format!("customProperties.{name} {wrong}.");
            Some(Answer::invalid(&description))
        })
}

fn fits(property: &Property, value: &Value) -> bool {
    let key = match property.kind {
        PropertyKind::String => "content",
        PropertyKind::Link => "link",
    };
    let has_key = |item: &Value| item.get(key).is_some();
    match value.as_array() {
        Some(items) => property.multi && items.iter().all(has_key),
        None => !property.multi && has_key(value),
    }
}

/// What is answered to a call that goes wrong.
fn spoilt(world: &mut World, call: &Call, fault: Fault, late: Duration) -> Option<Answer> {
    let late = match fault {
        Fault::LateDrop | Fault::LateError(_) => late,
        _ => Duration::ZERO,
    };
    let mut done = || world.handle(call, late);
    match fault {
        Fault::DropBefore | Fault::HangBefore => None,
        Fault::DropAfter | Fault::HangAfter | Fault::LateDrop => {
            done();
            None
        }
        Fault::ErrorBefore(status) => Some(failure(status)),
        Fault::ErrorAfter(status) | Fault::LateError(status) => {
            done();
            Some(failure(status))
        }
        Fault::NotJson => {
            let page = "<html><title>OK</title></html>";
            Some(Answer::page(done().status, page))
        }
        Fault::NoId => {
            let mut answer = done();
            if let Some(body) = answer.body.as_object_mut() {
                body.remove("contactId");
            }
            Some(answer)
        }
        Fault::Revoke => {
            world.tokens.issued.clear();
            Some(Answer::unauthorized("The access token was revoked"))
        }
        Fault::TooMany { wait, .. } => Some(storm(world, wait)),
        Fault::Replay => Some(world.latest().unwrap_or_else(|| failure(500))),
    }
}

fn storm(world: &World, wait: Wait) -> Answer {
    let answer = Answer::too_many_requests();
    match wait {
        Wait::Unsaid => answer,
        Wait::Seconds(seconds) => answer.with("Retry-After", seconds.to_string()),
        Wait::Date(seconds) => {
            let wait = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
            let then = (world.now() + wait).strftime("%a, %d %b %Y %H:%M:%S GMT");
            answer.with("Retry-After", then.to_string())
        }
        Wait::Reset(seconds) => answer
            .with("rateLimit-remaining", "0")
            .with("rateLimit-reset", seconds.to_string()),
    }
}

/// A failure of the service or of what stands before it, by its status.
fn failure(status: u16) -> Answer {
    match status {
        502 => Answer::page(502, "<html><title>502 Bad Gateway</title></html>"),
        504 => Answer::page(504, "<html><title>504 Gateway Time-out</title></html>"),
        503 => Answer::error(503, "SERVICE_UNAVAILABLE", "Service unavailable."),
        400 => Answer::error(400, "BAD_REQUEST", "Bad request."),
        403 => Answer::error(403, "ACCESS_DENIED", "Access denied."),
        other => Answer::error(other, "INTERNAL_SERVER_ERROR", "Internal server error."),
    }
}
