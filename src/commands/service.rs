//! Which service an import goes to, and with which credentials.

use super::place::ledger_place;
use crate::api::login::{Login, LoginFile};
use crate::api::{App, Client, Credentials, PaceSettings, ServiceAccount, Settings, Url};
use crate::cli::Import;
use crate::config::{Auth, Config};
use crate::exit::{Exit, Failed};
use crate::folders;
use crate::lang::tr;
use crate::ledger::Place;
use crate::sandbox::{self, Sandbox};
use crate::terminal::Terminal;
use secrecy::SecretString;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

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

    /// Whether it is the sandbox.
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

/// The runtime that everything of one command runs on: connections live as long as the runtime that opened them.
pub fn runtime() -> Result<Runtime, Failed> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?)
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
    match std::env::var(&auth.token_env) {
        Ok(token) if !token.trim().is_empty() => {
            Ok(Credentials::Token(token.trim().to_owned().into()))
        }
        _ => match app(auth) {
            Ok(app) if login_file(&app)?.path().exists() => login(app),
            _ => Err(Failed::new(
                Exit::NoPermission,
                tr!("token-missing", variable = &auth.token_env),
            )),
        },
    }
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
    let missing = || Failed::new(Exit::Configuration, tr!(message, key = key));
    value.as_ref().ok_or_else(missing)
}

fn client_secret(auth: &Auth) -> Result<SecretString, Failed> {
    if let Some(path) = &auth.client_secret_file {
        return secret_file(path);
    }
    let name = auth
        .client_secret_env
        .as_deref()
        .ok_or_else(|| Failed::new(Exit::Configuration, tr!("account-needs-secret")))?;
    match std::env::var(name) {
        Ok(secret) if !secret.is_empty() => Ok(secret.into()),
        _ => Err(Failed::new(
            Exit::NoPermission,
            tr!("secret-not-set", variable = name),
        )),
    }
}

pub fn secret_file(path: &Path) -> Result<SecretString, Failed> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let (path, error) = (path.display().to_string(), error.to_string());
        let text = tr!("input-unreadable", path = path, error = error);
        Failed::new(Exit::NoPermission, text)
    })?;
    Ok(text.trim().to_owned().into())
}

/// An address of the configuration.
pub fn url(text: &str, key: &str) -> Result<Url, Failed> {
    Url::parse(text).map_err(|error| {
        let error = error.to_string();
        let text = tr!("not-a-url", key = key, value = text, error = error);
        Failed::new(Exit::Configuration, text)
    })
}
