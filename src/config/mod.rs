//! The configuration: `cardlift.toml` over the commented example, which is the defaults.
//!
//! It is resolved once, when the program starts, and handed down.

pub mod read;
pub mod schema;

use crate::contact::{Member, Text, limits};
use crate::lang::tr;
use crate::mapping::spec::Spec;
use read::{ConfigError, Document, Section};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The commented example: what `cardlift init` writes, and the defaults.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");

/// The file that is read where none is named.
pub const FILE: &str = "cardlift.toml";

/// `[normalize] too_long`
const TOO_LONG: [&str; 2] = ["problem", "carry_over"];

/// `[normalize] carry_over`
const CARRY_OVER: [&str; 2] = ["report", "memo"];

/// `[normalize] date_order`
const DATE_ORDERS: [&str; 3] = ["ask", "day_first", "month_first"];

/// `[tags] mode`
const TAG_MODES: [&str; 3] = ["off", "existing", "create"];

/// `[custom_properties.NAME] type`
const PROPERTY_TYPES: [&str; 2] = ["STRING", "LINK"];

/// The numbers that must be 1 or more.
const POSITIVE: [&str; 4] = [
    "send.rate",
    "send.concurrency",
    "send.max_attempts",
    "send.stop_after",
];

/// Everything that can be configured.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file that it was read from; none where the defaults are all there is.
    pub path: Option<PathBuf>,
    /// `[api] base_url`
    pub base_url: String,
    /// `[auth]`
    pub auth: Auth,
    /// `[send]`
    pub send: Send,
    /// `[permission]`
    pub permission: Permission,
    /// `[mapping]`
    pub mapping: Spec,
    /// `[normalize]`
    pub normalize: Normalize,
    /// `[tags]`
    pub tags: Tags,
    /// `[custom_properties.NAME]`
    pub custom_properties: BTreeMap<String, CustomProperty>,
    /// `[ledger] path`; none is the state folder's.
    pub ledger: Option<PathBuf>,
    /// `[report] dir`
    pub report_dir: PathBuf,
}

/// `[auth]`: where the credentials are; never the credentials themselves.
#[derive(Clone, Debug, Default)]
#[expect(
    missing_docs,
    reason = "the keys of the example file, which explains them"
)]
pub struct Auth {
    pub token_env: String,
    pub client_id: Option<String>,
    pub client_secret_env: Option<String>,
    pub client_secret_file: Option<PathBuf>,
    pub service_account: Option<String>,
    pub private_key_file: Option<PathBuf>,
    pub token_url: String,
    pub scope: String,
}

/// `[send]`
#[derive(Clone, Debug, Default)]
#[expect(
    missing_docs,
    reason = "the keys of the example file, which explains them"
)]
pub struct Send {
    pub rate: u32,
    pub sustained_rate: Option<u32>,
    pub concurrency: usize,
    pub timeout: Duration,
    pub max_attempts: u32,
    pub stop_after: u32,
    pub settle: Duration,
    pub match_remote: bool,
    pub guard: bool,
}

/// `[permission]`
#[derive(Clone, Debug, Default)]
#[expect(
    missing_docs,
    reason = "the keys of the example file, which explains them"
)]
pub struct Permission {
    pub accessible_range: String,
    pub master_user_id: Option<String>,
    pub co_editing: bool,
    pub members: Vec<Member<'static>>,
}

/// `[normalize]`
#[derive(Clone, Debug, Default)]
pub struct Normalize {
    /// Whether a value that is too long is carried over instead of being a problem.
    pub carry_over_too_long: bool,
    /// Whether carried-over values go into the memo.
    pub carry_to_memo: bool,
    /// The order of day and month, where the file does not settle it.
    pub date_order: Option<crate::mapping::date::DateOrder>,
}

/// `[tags]`
#[derive(Clone, Debug, Default)]
pub struct Tags {
    /// Whether labels become tags at all.
    pub mode: TagMode,
    /// Names that become another tag, or none where empty.
    pub names: HashMap<String, String>,
}

/// What becomes of labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagMode {
    /// They are carried over.
    #[default]
    Off,
    /// Those that the service has are used.
    Existing,
    /// Missing ones are created.
    Create,
}

/// `[custom_properties.NAME]`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CustomProperty {
    /// `propertyType` is LINK, else STRING.
    pub link: bool,
    /// `multiValued`
    pub multi: bool,
}

impl Config {
    /// The configuration of a file, or of `cardlift.toml` in the working folder where there is one, over the defaults.
    pub fn load(path: Option<&Path>) -> Result<Config, ConfigError> {
        let mut config = Config::defaults()?;
        let path = match path {
            Some(path) => path,
            None if Path::new(FILE).exists() => Path::new(FILE),
            None => return Ok(config),
        };
        Document::open(path)?.read(|top| config.apply(top))?;
        config.path = Some(path.to_owned());
        Ok(config)
    }

    /// What the commented example says.
    pub fn defaults() -> Result<Config, ConfigError> {
        let mut config = Config::default();
        Document::new("config.example.toml", EXAMPLE).read(|top| config.apply(top))?;
        Ok(config)
    }

    fn apply(&mut self, top: &Section<'_>) -> Result<(), ConfigError> {
        top.section("api", |api| {
            set(&mut self.base_url, api.string("base_url")?)
        })?;
        top.section("auth", |auth| self.auth.apply(auth))?;
        top.section("send", |send| self.send.apply(send))?;
        top.section("permission", |permission| self.permission.apply(permission))?;
        if let Some(mapping) = top.section("mapping", Spec::read)? {
            self.mapping = mapping;
        }
        top.section("normalize", |normalize| self.normalize.apply(normalize))?;
        top.section("tags", |tags| self.tags.apply(tags))?;
        top.section("custom_properties", |properties| {
            for name in properties.keys() {
                let property = properties.section(&name, CustomProperty::read)?;
                self.custom_properties
                    .insert(name, property.unwrap_or_default());
            }
            Ok(())
        })?;
        top.section("ledger", |ledger| {
            set_path(&mut self.ledger, ledger.string("path")?)
        })?;
        top.section("report", |report| {
            set(
                &mut self.report_dir,
                report.string("dir")?.map(PathBuf::from),
            )
        })?;
        Ok(())
    }
}

impl Auth {
    fn apply(&mut self, auth: &Section<'_>) -> Result<(), ConfigError> {
        set(&mut self.token_env, auth.string("token_env")?)?;
        set_text(&mut self.client_id, auth.string("client_id")?)?;
        set_text(
            &mut self.client_secret_env,
            auth.string("client_secret_env")?,
        )?;
        set_path(
            &mut self.client_secret_file,
            auth.string("client_secret_file")?,
        )?;
        set_text(&mut self.service_account, auth.string("service_account")?)?;
        set_path(&mut self.private_key_file, auth.string("private_key_file")?)?;
        set(&mut self.token_url, auth.string("token_url")?)?;
        set(&mut self.scope, auth.string("scope")?)
    }
}

impl Send {
    fn apply(&mut self, send: &Section<'_>) -> Result<(), ConfigError> {
        set(&mut self.rate, positive(send, "rate")?)?;
        if let Some(rate) = send.integer("sustained_rate")? {
            self.sustained_rate = u32::try_from(rate).ok().filter(|rate| *rate > 0);
        }
        set(
            &mut self.concurrency,
            positive(send, "concurrency")?.map(|n| n as usize),
        )?;
        set(&mut self.timeout, send.duration("timeout")?)?;
        set(&mut self.max_attempts, positive(send, "max_attempts")?)?;
        set(&mut self.stop_after, positive(send, "stop_after")?)?;
        set(&mut self.settle, send.duration("settle")?)?;
        set(&mut self.match_remote, send.boolean("match_remote")?)?;
        set(&mut self.guard, send.boolean("guard")?)
    }
}

impl Permission {
    fn apply(&mut self, permission: &Section<'_>) -> Result<(), ConfigError> {
        let range = permission.one_of("accessible_range", limits::RANGES)?;
        set(&mut self.accessible_range, range.map(str::to_owned))?;
        set_text(
            &mut self.master_user_id,
            permission.string("master_user_id")?,
        )?;
        set(&mut self.co_editing, permission.boolean("co_editing")?)?;
        if let Some(members) = permission.entry("members") {
            let members: Result<Vec<_>, _> = members
                .items()?
                .iter()
                .map(|member| {
                    member.section(|member| {
                        let id = member.string("id")?;
                        let id = id.ok_or_else(|| member.error(tr!("config-member-id")))?;
                        let kind = member
                            .one_of("type", limits::MEMBER_TYPES)?
                            .unwrap_or("USER");
                        Ok(Member {
                            id: Text::constant(id),
                            kind: Text::constant(kind),
                        })
                    })
                })
                .collect();
            self.members = members?;
        }
        // What is wrong here would be wrong with every record, so it is said once, before any is read.
        if self.accessible_range == "MEMBER"
            && (self.members.is_empty() || self.master_user_id.is_none())
        {
            return Err(permission.error(tr!("config-member-range")));
        }
        if self.members.len() > limits::MEMBERS {
            return Err(permission.error(tr!("config-members", limit = limits::MEMBERS)));
        }
        Ok(())
    }
}

impl Normalize {
    fn apply(&mut self, normalize: &Section<'_>) -> Result<(), ConfigError> {
        use crate::mapping::date::DateOrder;
        let too_long = normalize.one_of("too_long", &TOO_LONG)?;
        set(
            &mut self.carry_over_too_long,
            too_long.map(|text| text == "carry_over"),
        )?;
        let carry_over = normalize.one_of("carry_over", &CARRY_OVER)?;
        set(
            &mut self.carry_to_memo,
            carry_over.map(|text| text == "memo"),
        )?;
        let order = normalize.one_of("date_order", &DATE_ORDERS)?;
        let order = order.map(|text| match text {
            "day_first" => Some(DateOrder::DayFirst),
            "month_first" => Some(DateOrder::MonthFirst),
            _ => None,
        });
        set(&mut self.date_order, order)
    }
}

impl Tags {
    fn apply(&mut self, tags: &Section<'_>) -> Result<(), ConfigError> {
        let mode = tags.one_of("mode", &TAG_MODES)?.map(|mode| match mode {
            "existing" => TagMode::Existing,
            "create" => TagMode::Create,
            _ => TagMode::Off,
        });
        set(&mut self.mode, mode)?;
        tags.section("names", |names| {
            for name in names.keys() {
                let tag = names.string(&name)?.unwrap_or_default();
                self.names.insert(name, tag);
            }
            Ok(())
        })?;
        Ok(())
    }
}

impl CustomProperty {
    fn read(property: &Section<'_>) -> Result<Self, ConfigError> {
        Ok(CustomProperty {
            link: property.one_of("type", &PROPERTY_TYPES)? == Some("LINK"),
            multi: property.boolean("multi")?.unwrap_or(false),
        })
    }
}

fn set<T>(place: &mut T, value: Option<T>) -> Result<(), ConfigError> {
    if let Some(value) = value {
        *place = value;
    }
    Ok(())
}

/// An empty text stands for none.
fn set_text(place: &mut Option<String>, value: Option<String>) -> Result<(), ConfigError> {
    set(
        place,
        value.map(|text| Some(text).filter(|text| !text.is_empty())),
    )
}

fn set_path(place: &mut Option<PathBuf>, value: Option<String>) -> Result<(), ConfigError> {
    set(
        place,
        value.map(|text| {
            Some(text)
                .filter(|text| !text.is_empty())
                .map(PathBuf::from)
        }),
    )
}

fn positive(section: &Section<'_>, key: &str) -> Result<Option<u32>, ConfigError> {
    let Some(entry) = section.entry(key) else {
        return Ok(None);
    };
    match u32::try_from(entry.integer()?) {
        Ok(number @ 1..) => Ok(Some(number)),
        _ => Err(entry.error(tr!("config-positive", key = entry.name()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commented_example_is_the_defaults() {
        let config = Config::defaults().unwrap();
        assert_eq!(config.base_url, "https://www.worksapis.com/v1.0");
        assert_eq!(config.auth.token_env, "CARDLIFT_TOKEN");
        assert_eq!(config.send.rate, 240);
        assert_eq!(config.send.settle, Duration::from_secs(30));
        assert_eq!(config.permission.accessible_range, "ALL");
        assert_eq!(config.ledger, None);
    }
}
