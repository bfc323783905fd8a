//! Which service an import goes to, with which credentials, and where its ledger is.

use crate::api::login::{Login, LoginFile};
use crate::api::{App, Client, Credentials, PaceSettings, ServiceAccount, Settings, Url};
use crate::cli::Import;
use crate::config::{Auth, Config};
use crate::exit::{Exit, Failed, failed};
use crate::folders;
use crate::lang::tr;
use crate::ledger::{Address, Place, Server};
use crate::sandbox::{self, Sandbox};
use crate::terminal::Terminal;
use secrecy::{ExposeSecret, SecretString};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Where contacts go.
pub struct Target {
    pub ledger: Place,
    pub credentials: Credentials,
    sandbox: Option<Sandbox>,
    thrown_away: Option<TempDir>,
}

impl Target {
    /// The sandbox if it was asked for, else the configured service; credentials are found before anything is read.
    pub fn choose(import: &Import, config: &mut Config) -> Result<Target, Failed> {
        if import.sandbox {
            return Target::sandbox(import, config);
        }
        Ok(Target {
            ledger: ledger_place(import.ledger.as_ref(), config)?,
            credentials: credentials(&config.auth)?,
            sandbox: None,
            thrown_away: None,
        })
    }

    fn sandbox(import: &Import, config: &mut Config) -> Result<Target, Failed> {
        const TOKEN: &str = "sandbox-token";
        let options = sandbox::Options {
            token: Some(TOKEN.to_owned()),
            ..sandbox::Options::default()
        };
        let sandbox = Sandbox::start(options)?;
        // In the sandbox, nothing is created later than it is asked for.
        config.send.settle = Duration::from_secs(1);
        config.api.base_url = sandbox.base_url();
        let (ledger, thrown_away) = match &import.ledger {
            Some(named) => (named.clone(), None),
            None => {
                let folder = tempfile::tempdir()?;
                (folder.path().join("ledger.sqlite3"), Some(folder))
            }
        };
        Ok(Target {
            ledger: Place::File(ledger),
            credentials: Credentials::Token(TOKEN.to_owned().into()),
            sandbox: Some(sandbox),
            thrown_away,
        })
    }

    pub fn is_sandbox(&self) -> bool {
        self.sandbox.is_some()
    }

    /// Whether the ledger is there when the run has ended.
    pub fn keeps_ledger(&self) -> bool {
        self.thrown_away.is_none()
    }

    /// What it is called, for people.
    pub fn called<'c>(&self, config: &'c Config) -> &'c str {
        match self.is_sandbox() {
            true => "the built-in sandbox",
            false => &config.api.base_url,
        }
    }
}

/// A client for the service of the configuration.
pub fn client(
    config: &Config,
    credentials: Credentials,
    per_minute: Option<u32>,
    terminal: &Terminal,
) -> Result<Client, Failed> {
    let settings = settings(config, credentials, per_minute, terminal)?;
    Client::new(settings).map_err(|error| Failed::new(Exit::Configuration, error.to_string()))
}

/// What a client has to know. Warns of a token that would cross a network unencrypted.
pub fn settings(
    config: &Config,
    credentials: Credentials,
    per_minute: Option<u32>,
    terminal: &Terminal,
) -> Result<Settings, Failed> {
    let settings = Settings {
        base_url: url(&config.api.base_url, "api.base_url")?,
        credentials,
        timeout: config.send.timeout,
        pace: PaceSettings::per_minute(per_minute),
    };
    if settings.sends_token_in_clear() {
        terminal.warn(tr!("token-in-clear"));
    }
    Ok(settings)
}

/// The configured credentials: a service account; else a login, if `login = true`; else the token in the environment; else a
/// login that is stored.
pub fn credentials(auth: &Auth) -> Result<Credentials, Failed> {
    if auth.service_account.is_some() || auth.private_key_file.is_some() {
        return service_account(auth).map(|account| Credentials::ServiceAccount(Box::new(account)));
    }
    if auth.login {
        return login(app(auth)?);
    }
    secret_env(&auth.token_env, "token-missing")
        .map(Credentials::Token)
        .or_else(|missing| match app(auth) {
            Ok(app) if login_file(&app)?.path().exists() => login(app),
            _ => Err(missing),
        })
}

/// The file of an app's login.
pub fn login_file(app: &App) -> Result<LoginFile, Failed> {
    Ok(LoginFile::new(&folders::state()?, &app.client_id))
}

fn login(app: App) -> Result<Credentials, Failed> {
    let file = login_file(&app)?;
    Ok(Credentials::Login(Box::new(Login { app, file })))
}

/// The app that users log in to.
pub fn app(auth: &Auth) -> Result<App, Failed> {
    app_for(auth, "login-needs")
}

fn app_for(auth: &Auth, message: &str) -> Result<App, Failed> {
    Ok(App {
        client_id: needed(&auth.client_id, message, "client_id")?.clone(),
        client_secret: client_secret(auth)?,
        token_url: url(&auth.token_url, "auth.token_url")?,
        scope: auth.scope.clone(),
    })
}

fn service_account(auth: &Auth) -> Result<ServiceAccount, Failed> {
    let message = "account-needs";
    Ok(ServiceAccount {
        app: app_for(auth, message)?,
        id: needed(&auth.service_account, message, "service_account")?.clone(),
        private_key_pem: secret_file(needed(&auth.private_key_file, message, "private_key_file")?)?,
    })
}

/// A key of `[auth]`, or the message that it is missing.
fn needed<'v, T>(value: &'v Option<T>, message: &str, key: &str) -> Result<&'v T, Failed> {
    let missing = || failed!(Configuration, message, key);
    value.as_ref().ok_or_else(missing)
}

fn client_secret(auth: &Auth) -> Result<SecretString, Failed> {
    match (&auth.client_secret_file, &auth.client_secret_env) {
        (Some(path), _) => secret_file(path),
        (None, Some(name)) => secret_env(name, "secret-not-set"),
        (None, None) => Err(failed!(Configuration, "account-needs-secret")),
    }
}

/// A secret in an environment variable; `missing` is the key of what is said if there is none.
pub fn secret_env(name: &str, missing: &str) -> Result<SecretString, Failed> {
    let secret = std::env::var(name).unwrap_or_default();
    match secret.trim() {
        "" => Err(failed!(NoPermission, missing, variable = name)),
        secret => Ok(secret.to_owned().into()),
    }
}

pub fn secret_file(path: &Path) -> Result<SecretString, Failed> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| failed!(NoPermission, "input-unreadable", path, error))?;
    Ok(text.trim().to_owned().into())
}

/// An address of the configuration.
pub fn url(text: &str, key: &str) -> Result<Url, Failed> {
    Url::parse(text).map_err(|error| {
        let error = error.to_string();
        failed!(Configuration, "not-a-url", key, value = text, error)
    })
}

/// The ledger that an option or the configuration names, or the file in the state folder.
pub fn ledger_place(named: Option<&PathBuf>, config: &Config) -> Result<Place, Failed> {
    if let Some(path) = named {
        return Ok(Place::File(path.clone()));
    }
    let ledger = &config.ledger;
    match (&ledger.url_env, &ledger.url_file, &ledger.path) {
        (None, None, Some(path)) => Ok(Place::File(path.clone())),
        (None, None, None) => Ok(Place::File(folders::state()?.join("ledger.sqlite3"))),
        (Some(variable), None, None) => {
            let address = secret_env(variable, "ledger-url-not-set")?;
            server(&address, Path::new(variable), config)
        }
        (None, Some(file), None) => server(&secret_file(file)?, file, config),
        _ => Err(wrong(tr!("ledger-two-places"))),
    }
}

fn server(address: &SecretString, named: &Path, config: &Config) -> Result<Place, Failed> {
    let account = config.auth.account();
    let account = account.ok_or_else(|| wrong(tr!("ledger-needs-account")))?;
    let address = Address::parse(address.expose_secret(), named).map_err(wrong)?;
    Ok(Place::Server(Box::new(Server {
        address,
        named: named.to_path_buf(),
        base_url: config.api.base_url.clone(),
        account: account.to_owned(),
        timeout: config.send.timeout,
    })))
}

/// A configuration that names no ledger, or one that does not serve.
pub fn wrong(text: String) -> Failed {
    Failed::new(Exit::Configuration, text)
}
