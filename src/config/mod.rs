//! The configuration: `cardlift.toml` over the commented example, which holds the defaults.
//!
//! It is read once, when the program starts, and passed down. To add a key, add a field here, and a line with the default and a
//! comment to `config.example.toml`: the comment is the description in the schema.

pub mod example;
pub mod schema;
mod values;

use crate::contact::{Member, Text, limits};
use crate::document::{ConfigError, Document, Word, unless_empty, words};
use crate::folders;
use crate::lang::{Lang, tr};
use crate::mapping::Excess;
use crate::mapping::date::DateOrder;
use crate::mapping::spec::{MemberTypes, Spec};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::collections::{BTreeMap, HashMap};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;
use values::{DateOrders, Languages, date_order, duration, duration_schema, language, unless_zero};

pub use values::parse_duration;

/// What `cardlift init` writes.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");

/// The file that is read if none is named.
pub const FILE: &str = "cardlift.toml";

/// Every key that a file lacks has the default of `cardlift init`'s file
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "The configuration of cardlift, cardlift.toml")]
pub struct Config {
    /// The file; none if the defaults are all there is.
    #[serde(skip)]
    pub path: Option<PathBuf>,
    pub api: Api,
    pub auth: Auth,
    #[serde(deserialize_with = "send")]
    pub send: Send,
    #[serde(deserialize_with = "permission")]
    pub permission: Permission,
    pub mapping: Spec,
    pub normalize: Normalize,
    pub tags: Tags,
    /// Custom properties, by their names, as added to the domain beforehand
    #[serde(default)]
    pub custom_properties: BTreeMap<String, CustomProperty>,
    pub ledger: Ledger,
    pub report: Report,
    pub notify: Notify,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Api {
    pub service: Service,
    /// Never empty once the configuration is loaded.
    pub base_url: String,
}

/// The clouds of the vendor; each has addresses of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    Public,
    Gov,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    pub token_env: String,
    #[serde(deserialize_with = "unless_empty")]
    pub client_id: Option<String>,
    #[serde(deserialize_with = "unless_empty")]
    pub client_secret_env: Option<String>,
    #[serde(deserialize_with = "unless_empty")]
    pub client_secret_file: Option<PathBuf>,
    #[serde(deserialize_with = "unless_empty")]
    pub service_account: Option<String>,
    #[serde(deserialize_with = "unless_empty")]
    pub private_key_file: Option<PathBuf>,
    pub login: bool,
    pub redirect_port: u16,
    /// Never empty once the configuration is loaded.
    pub authorize_url: String,
    /// Never empty once the configuration is loaded.
    pub token_url: String,
    pub scope: String,
    /// The name of the account in the ledger; the service account's if there is none.
    #[serde(deserialize_with = "unless_empty")]
    pub account: Option<String>,
}

impl Auth {
    /// What the rows of the ledger belong to, beside the service.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref().or(self.service_account.as_deref())
    }
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Send {
    pub rate: NonZeroU32,
    #[serde(deserialize_with = "unless_zero")]
    pub sustained_rate: Option<u32>,
    pub concurrency: NonZeroUsize,
    #[serde(deserialize_with = "duration")]
    #[schemars(schema_with = "duration_schema")]
    pub timeout: Duration,
    pub max_attempts: NonZeroU32,
    pub stop_after: NonZeroU32,
    #[serde(deserialize_with = "duration")]
    #[schemars(schema_with = "duration_schema")]
    pub settle: Duration,
    pub match_remote: bool,
    pub on_remote: OnRemote,
    pub guard: bool,
}

/// A contact that somebody else made and that is a record's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnRemote {
    Report,
    Adopt,
    Update,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    pub accessible_range: Word<Ranges>,
    #[serde(deserialize_with = "unless_empty")]
    pub master_user_id: Option<String>,
    pub co_editing: bool,
    #[serde(deserialize_with = "members")]
    #[schemars(with = "Vec<PermissionMember>", length(max = limits::MEMBERS))]
    pub members: Vec<Member<'static>>,
}

words! { pub Ranges = limits::RANGES }

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PermissionMember {
    /// The id of the member, as the service has it
    id: String,
    #[serde(rename = "type")]
    #[schemars(extend("default" = "USER"))]
    kind: Option<Word<MemberTypes>>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Normalize {
    pub too_long: Excess,
    pub carry_over: CarryOver,
    #[serde(deserialize_with = "date_order")]
    #[schemars(with = "Word<DateOrders>")]
    pub date_order: Option<DateOrder>,
    pub duplicates: Duplicates,
}

/// What becomes of values that only a duplicate has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    Report,
    Merge,
}

/// Where values are listed that a contact has no field for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CarryOver {
    Report,
    Memo,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tags {
    pub mode: TagMode,
    /// The tag of each label; an empty one if the label becomes none.
    pub names: HashMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TagMode {
    Off,
    Existing,
    Create,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomProperty {
    #[serde(rename = "type", default)]
    pub kind: PropertyType,
    /// Whether it holds several values
    #[serde(default)]
    pub multi: bool,
}

/// `propertyType`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum PropertyType {
    #[default]
    String,
    Link,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// None is the file in the state folder.
    #[serde(deserialize_with = "unless_empty")]
    pub path: Option<PathBuf>,
    #[serde(deserialize_with = "unless_empty")]
    pub url_env: Option<String>,
    #[serde(deserialize_with = "unless_empty")]
    pub url_file: Option<PathBuf>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub dir: PathBuf,
    /// None is the language of the locale.
    #[serde(deserialize_with = "language")]
    #[schemars(with = "Word<Languages>")]
    pub lang: Option<Lang>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notify {
    #[serde(deserialize_with = "unless_empty")]
    pub webhook_url_env: Option<String>,
    #[serde(deserialize_with = "unless_empty")]
    pub webhook_url_file: Option<PathBuf>,
    pub on: NotifyOn,
    pub format: NotifyFormat,
}

/// The runs that send a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotifyOn {
    // Exit codes other than 0; 3 only if there is something new to fix.
    Failure,
    // Also runs that created or updated something.
    Change,
    Always,
}

/// The JSON that the webhook takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotifyFormat {
    Works,
    Slack,
}

impl Config {
    /// Reads a file, or the first that there is of [`Config::places`], over the defaults.
    pub fn load(path: Option<&Path>) -> Result<Config, ConfigError> {
        let found = || Config::places().into_iter().find(|path| path.exists());
        let Some(path) = path.map(Path::to_owned).or_else(found) else {
            return Config::defaults();
        };
        let mut config = Config::read(&Document::open(&path)?)?;
        config.path = Some(path);
        Ok(config)
    }

    pub fn defaults() -> Result<Config, ConfigError> {
        Config::read(&Document::new(FILE, ""))
    }

    fn read(document: &Document) -> Result<Config, ConfigError> {
        let mut config: Config = document.read_over(EXAMPLE)?;
        config.fill_addresses();
        Ok(config)
    }

    /// Where a configuration is looked for if none is named: the working folder, the user's configuration folder, `/etc`.
    pub fn places() -> Vec<PathBuf> {
        let mut places = vec![PathBuf::from(FILE)];
        places.extend(folders::config().map(|folder| folder.join(FILE)));
        #[cfg(unix)]
        places.push(Path::new("/etc/cardlift").join(FILE));
        places
    }

    /// Sets the addresses that are not given to those of the service. The vendor's page on the government cloud has the
    /// authorize and token addresses; the public ones are those that all public clients use.
    fn fill_addresses(&mut self) {
        let (api, auth) = match self.api.service {
            Service::Public => (
                "https://www.worksapis.com/v1.0",
                "https://auth.worksmobile.com/oauth2/v2.0",
            ),
            Service::Gov => (
                "https://gov.worksapis.com/v1.0",
                "https://auth.gov-naverworks.com/oauth2/v2.0",
            ),
        };
        let fill = |place: &mut String, address: String| {
            if place.is_empty() {
                *place = address;
            }
        };
        fill(&mut self.api.base_url, api.to_owned());
        fill(&mut self.auth.authorize_url, format!("{auth}/authorize"));
        fill(&mut self.auth.token_url, format!("{auth}/token"));
    }
}

/// Without `match_remote` nobody's contacts are read.
fn send<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Send, D::Error> {
    let send = Send::deserialize(deserializer)?;
    if send.on_remote != OnRemote::Report && !send.match_remote {
        return Err(D::Error::custom(tr!("config-on-remote")));
    }
    Ok(send)
}

/// Every contact would have the same error, so the whole section is checked once, before any record is read.
fn permission<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Permission, D::Error> {
    let permission = Permission::deserialize(deserializer)?;
    let is_incomplete = permission.members.is_empty() || permission.master_user_id.is_none();
    if permission.accessible_range.0 == "MEMBER" && is_incomplete {
        return Err(D::Error::custom(tr!("config-member-range")));
    }
    if permission.members.len() > limits::MEMBERS {
        let message = tr!("config-members", limit = limits::MEMBERS);
        return Err(D::Error::custom(message));
    }
    Ok(permission)
}

fn members<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Member<'static>>, D::Error> {
    let members = Vec::<PermissionMember>::deserialize(deserializer)?;
    let member = |member: PermissionMember| Member {
        id: Text::constant(member.id),
        kind: Text::constant(member.kind.map_or("USER", |kind| kind.0)),
    };
    Ok(members.into_iter().map(member).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commented_example_is_the_defaults() {
        let config = Config::defaults().unwrap();
        assert_eq!(config.api.base_url, "https://www.worksapis.com/v1.0");
        assert_eq!(config.auth.token_env, "CARDLIFT_TOKEN");
        assert_eq!(config.send.rate.get(), 240);
        assert_eq!(config.send.settle, Duration::from_secs(30));
        assert_eq!(config.permission.accessible_range.0, "ALL");
        assert_eq!(config.ledger.path, None);
        assert_eq!(config.report.lang, None);
        assert_eq!(config.notify.webhook_url_env, None);
    }

    #[test]
    fn a_service_sets_the_addresses_that_are_not_given() {
        let read = |text: &str| {
            let config = Config::read(&Document::new("cardlift.toml", text)).unwrap();
            [
                config.api.base_url,
                config.auth.authorize_url,
                config.auth.token_url,
            ]
        };
        assert_eq!(
            read("[api]\nservice = \"gov\""),
            [
                "https://gov.worksapis.com/v1.0",
                "https://auth.gov-naverworks.com/oauth2/v2.0/authorize",
                "https://auth.gov-naverworks.com/oauth2/v2.0/token",
            ]
        );
        let own = "[api]\nservice = \"gov\"\nbase_url = \"https://example.com/v1.0\"";
        let [base_url, _, token_url] = read(own);
        assert_eq!(base_url, "https://example.com/v1.0");
        assert!(token_url.contains("gov-naverworks"), "{token_url}");
        let [_, authorize_url, token_url] = read("");
        assert_eq!(
            (authorize_url.as_str(), token_url.as_str()),
            (
                "https://auth.worksmobile.com/oauth2/v2.0/authorize",
                "https://auth.worksmobile.com/oauth2/v2.0/token"
            )
        );
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(parse_duration("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(parse_duration("2m"), Some(Duration::from_secs(120)));
        assert_eq!(parse_duration("soon"), None);
    }
}
