//! The file that keeps a login between two runs: one for each client id, readable by its owner only.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use super::{App, Token};
use crate::private;

/// The file of a login. It may not be there.
#[derive(Debug, Clone)]
pub struct LoginFile(PathBuf);

/// What is in the file. Has no `Debug`, as it holds secrets.
#[derive(Serialize, Deserialize)]
struct Content {
    version: u32,
    client_id: String,
    token_url: String,
    access_token: String,
    refresh_token: Option<String>,
    scope: Option<String>,
    /// Seconds since 1970.
    expires: Option<i64>,
}

const VERSION: u32 = 1;

/// What a client id can have in a file's name; the rest is encoded.
const IN_NAMES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'-');

impl LoginFile {
    /// The file of this client id in a folder.
    pub fn new(folder: &Path, client_id: &str) -> Self {
        let name = utf8_percent_encode(client_id, IN_NAMES);
        LoginFile(folder.join(format!("login-{name}.json")))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What the user granted; `None` if nobody has logged in. A login at another token service is none: its tokens must not
    /// be sent to this one.
    ///
    /// # Errors
    /// When the file can't be read, or is not one that this version wrote.
    pub fn read(&self, app: &App) -> io::Result<Option<Token>> {
        let text = match fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        // What serde says may quote the file.
        let content: Content =
            serde_json::from_str(&text).map_err(|_| io::Error::other("it is not a login"))?;
        if content.version != VERSION || content.client_id != app.client_id {
            return Err(io::Error::other("it belongs to another version or app"));
        }
        if content.token_url != app.token_url.as_str() {
            return Ok(None);
        }
        let expires = content.expires;
        let expires = expires.and_then(|seconds| Timestamp::from_second(seconds).ok());
        Ok(Some(Token {
            secret: content.access_token.into(),
            refresh_token: content.refresh_token.map(Into::into),
            scope: content.scope,
            lives: expires.map(|expires| {
                let left = expires.duration_since(Timestamp::now());
                Duration::try_from(left).unwrap_or_default()
            }),
            since: Instant::now(),
        }))
    }

    /// Puts a login in the place of an earlier one, at once: no other process sees half of it.
    ///
    /// # Errors
    /// When the folder can't be made, or the file can't be written.
    pub fn write(&self, app: &App, token: &Token) -> io::Result<()> {
        let content = Content {
            version: VERSION,
            client_id: app.client_id.clone(),
            token_url: app.token_url.to_string(),
            access_token: token.secret().to_owned(),
            refresh_token: (token.refresh_token.as_ref())
                .map(|token| token.expose_secret().to_owned()),
            scope: token.scope.clone(),
            expires: (token.left())
                .and_then(|left| SignedDuration::try_from(left).ok())
                .map(|left| (Timestamp::now() + left).as_second()),
        };
        let folder = self.0.parent().unwrap_or(Path::new("."));
        private::folder().recursive(true).create(folder)?;
        // A temporary file is its owner's alone from the beginning.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(serde_json::to_string(&content)?.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&self.0)?;
        Ok(())
    }

    /// Removes the file, if it is there.
    pub fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
