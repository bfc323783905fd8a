//! The mapping that the user asks for.

use crate::config::Config;
use crate::document::{ConfigError, Document};
use crate::lang::tr;
use crate::mapping::preset;
use crate::mapping::spec::{MappingFile, Spec};
use crate::names::list_of;
use std::path::{Path, PathBuf};

/// A mapping that the user asked for.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub path: PathBuf,
    pub spec: Spec,
    /// Whether every column that it names has to be there.
    pub strict: bool,
}

impl Mapping {
    /// `--mapping NAME|FILE`, else `[mapping]` of the configuration where it says anything.
    pub fn resolve(named: Option<&str>, config: &Config) -> Result<Option<Mapping>, ConfigError> {
        if let Some(named) = named {
            return Mapping::named(named).map(Some);
        }
        let configured = &config.mapping;
        let path = config.path.clone().unwrap_or_default();
        if configured.maps_anything() {
            return Ok(Some(Mapping {
                path,
                spec: configured.clone(),
                strict: true,
            }));
        }
        match &configured.preset {
            Some(name) => Mapping::named(name).map(Some),
            None => Ok(None),
        }
    }

    fn named(name: &str) -> Result<Mapping, ConfigError> {
        if let Some(preset) = preset::get(name) {
            return Ok(Mapping {
                path: name.into(),
                spec: preset.file.mapping.clone(),
                strict: false,
            });
        }
        let path = Path::new(name);
        if !path.exists() {
            let presets = list_of(&preset::names().collect::<Vec<_>>());
            return Err(ConfigError {
                path: path.to_owned(),
                line: None,
                message: tr!("mapping-not-there", presets),
            });
        }
        let file: MappingFile = Document::open(path)?.read()?;
        Ok(Mapping {
            path: path.to_owned(),
            spec: file.mapping,
            strict: true,
        })
    }
}
