//! The questions at the end: whether to write, and where.

use super::save;
use super::talk::{Key, Said, Talk, key};
use crate::input::{Survey, percent};
use crate::lang::tr;
use crate::mapping::preset::Recognised;
use std::io;
use std::path::{Path, PathBuf};

/// Whether to write the mapping of a preset, which is used without being written, too.
pub(super) fn ask_about_preset(
    talk: &mut Talk<'_>,
    survey: &Survey,
    best: &Recognised,
) -> io::Result<Said> {
    talk.say(&tr!(
        "walk-preset",
        file = survey.name.as_str(),
        title = best.preset.title(),
        sure = percent(best.confidence),
        name = best.preset.name
    ))?;
    talk.confirm(&tr!("walk-preset-write"))
}

/// Asks where to write until it is written by `write`, which gets the path and whether a file there may be lost. Gives the
/// path; nothing where nobody wants to go on.
pub(super) fn ask_where(
    talk: &mut Talk<'_>,
    input: &Path,
    mut write: impl FnMut(&Path, bool) -> io::Result<()>,
) -> io::Result<Option<PathBuf>> {
    let offered = save::offered(input);
    loop {
        let name = offered.display().to_string();
        let Some(answer) = talk.ask(&tr!("walk-where", name = name))? else {
            return Ok(None);
        };
        let path = match key(&answer) {
            Some(Key::Quit) => return Ok(None),
            Some(Key::Enter | Key::Yes) => offered.clone(),
            Some(_) => continue,
            None => save::named(&answer),
        };
        let over = match path.exists() && !path.is_dir() {
            false => false,
            true => {
                let name = path.display().to_string();
                match talk.confirm(&tr!("walk-overwrite", path = name))? {
                    Said::Yes => true,
                    Said::No => continue,
                    Said::Quit => return Ok(None),
                }
            }
        };
        match write(&path, over) {
            Ok(()) => return Ok(Some(path)),
            Err(error) => talk.say(&save::complaint(&path, &error))?,
        }
    }
}
