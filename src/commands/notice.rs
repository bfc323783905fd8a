//! The notice at the end of an import: one message to a webhook, with counts and without people's data.

use super::service;
use crate::api::webhook;
use crate::config::{Notify, NotifyFormat, NotifyOn};
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::Reject;
use crate::report::{Outcome, Summary};
use crate::terminal::Terminal;
use secrecy::SecretString;
use serde_json::{Value, json};

/// What is known of a run when it ends.
#[derive(Debug, Default)]
pub struct Notice {
    settings: Option<Notify>,
    /// `Run RUN: 59 records: 58 created, 1 invalid`; empty if the run did not come to its report.
    result: String,
    has_changed: bool,
    new_rejects: usize,
}

impl Notice {
    /// Notes where notices go.
    pub fn configure(&mut self, settings: &Notify) {
        self.settings = Some(settings.clone());
    }

    /// Notes what a run has done.
    pub fn finished(&mut self, summary: &Summary, rejects: &[Reject]) {
        let totals = summary.totals(|_, text| text);
        self.result = tr!("notice-run", run = &summary.run, totals);
        self.has_changed =
            summary.of(Outcome::Created) + summary.updated + summary.gone_deleted > 0;
        self.new_rejects = rejects.iter().filter(|reject| reject.is_new).count();
    }

    /// Sends it if it is wanted. That it can't be sent is said, and changes nothing.
    pub async fn send(&self, ended: &Result<Exit, Failed>, terminal: &Terminal) {
        let exit = match ended {
            Ok(exit) => *exit,
            Err(failed) => failed.exit,
        };
        let Some(settings) = self
            .settings
            .as_ref()
            .filter(|it| self.is_wanted(it.on, exit))
        else {
            return;
        };
        let sent = match address(settings) {
            Ok(None) => return,
            Ok(Some(address)) => post(&address, &self.message(settings.format, exit)).await,
            Err(failed) => Err(failed),
        };
        if let Err(failed) = sent {
            terminal.say_always(tr!("notice-failed", reason = failed.error.to_string()));
        }
    }

    fn is_wanted(&self, on: NotifyOn, exit: Exit) -> bool {
        let has_failed = match exit {
            Exit::Done => false,
            Exit::Rejects => self.new_rejects > 0 || self.result.is_empty(),
            _ => true,
        };
        match on {
            NotifyOn::Failure => has_failed,
            NotifyOn::Change => has_failed || self.has_changed,
            NotifyOn::Always => true,
        }
    }

    fn message(&self, format: NotifyFormat, exit: Exit) -> Value {
        let machine = gethostname::gethostname().to_string_lossy().into_owned();
        let title = tr!("notice-title", command = "cardlift import", machine);
        let mut lines = vec![tr!("notice-exit", exit = exit.code().to_string())];
        if !self.result.is_empty() {
            lines.push(self.result.clone());
        }
        if self.new_rejects > 0 {
            lines.push(tr!("notice-new", count = self.new_rejects));
        }
        let text = lines.join("\n");
        match format {
            NotifyFormat::Works => json!({"title": title, "body": {"text": text}}),
            NotifyFormat::Slack => json!({"text": format!("{title}\n{text}")}),
        }
    }
}

/// The webhook's address, if one is configured.
fn address(settings: &Notify) -> Result<Option<SecretString>, Failed> {
    match (&settings.webhook_url_file, &settings.webhook_url_env) {
        (Some(path), _) => service::secret_file(path).map(Some),
        (None, Some(name)) => service::secret_env(name, "notice-not-set").map(Some),
        (None, None) => Ok(None),
    }
}

async fn post(address: &SecretString, message: &Value) -> Result<(), Failed> {
    let sent = webhook::post(address, message).await;
    sent.map_err(|error| Failed::new(Exit::Failure, error))
}
