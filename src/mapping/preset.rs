//! Mappings for the exports that people have, recognised by their columns.
//!
//! A preset is a TOML file in `presets/`: a title, columns that tell it from others, and a mapping in the language that users
//! write. Its known columns are those that the mapping names, `ignore` included. Columns may stand in any order, and any of
//! them may be missing: people remove what they don't need.

use super::columns::{Columns, fold};
use super::spec::MappingFile;
use crate::document::{ConfigError, Document};
use crate::lang;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Clone, Debug)]
pub struct Preset {
    /// The name that `--mapping` takes.
    pub name: &'static str,
    pub file: MappingFile,
    /// Each spelling of a column that it knows, folded, with the column that it is of.
    spellings: HashMap<String, usize>,
    /// Columns of which a file has at least one if it is this export, folded.
    telling: HashSet<String>,
    /// Columns that no export of this kind has, folded.
    unlike: HashSet<String>,
}

impl Preset {
    fn read(name: &'static str, text: &str) -> Result<Preset, ConfigError> {
        let file: MappingFile = Document::new(format!("preset {name}"), text).read()?;
        let folded = |names: &[String]| names.iter().map(|name| fold(name)).collect();
        let mut spellings = HashMap::new();
        for (index, names) in file.mapping.columns().iter().enumerate() {
            for name in names {
                spellings.entry(fold(name)).or_insert(index);
            }
        }
        Ok(Preset {
            name,
            spellings,
            telling: folded(&file.telling),
            unlike: folded(&file.unlike),
            file,
        })
    }

    /// Returns the title in the language of the process.
    pub fn title(&self) -> &str {
        let other = self.file.titles.get(lang::current().as_str());
        other
            .or(self.file.title.as_ref())
            .map_or("", String::as_str)
    }

    fn may_be(&self, header: &[Spellings]) -> bool {
        count(header, &self.telling) > 0 && count(header, &self.unlike) == 0
    }

    /// How much of the header a preset knows (seven tenths), and how much of what it knows is in the header (three); and
    /// what is missing to certainty is halved if four columns tell the export from others, since people add columns of their
    /// own.
    fn confidence(&self, header: &[Spellings]) -> f32 {
        let mut found: HashSet<usize> = HashSet::new();
        let mut of_header = 0;
        for names in header {
            let known = names
                .iter()
                .filter_map(|name| self.spellings.get(name).copied());
            of_header += usize::from(known.clone().next().is_some());
            found.extend(known);
        }
        let columns: HashSet<&usize> = self.spellings.values().collect();
        let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
        let fit = 0.7 * share(of_header, header.len()) + 0.3 * share(found.len(), columns.len());
        let told = share(count(header, &self.telling).min(4), 4);
        fit + (1.0 - fit) * 0.5 * told
    }
}

/// A preset and how well a header fits it.
#[derive(Clone, Debug)]
pub struct Recognised {
    pub preset: &'static Preset,
    /// From 0 to 1: how much of the header it knows, and how much of what it knows is there.
    pub confidence: f32,
}

/// Below this confidence a preset is not taken without being asked for.
pub const SURE: f32 = 0.6;

macro_rules! presets {
    ($($name:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../presets/", $name, ".toml")))),*];
    };
}

presets![
    "google-2024",
    "google-legacy",
    "google-outlook",
    "outlook-en",
    "outlook-ja",
    "outlook-ko",
    "outlook-com",
    "naver",
    "remember",
    "eight",
    "thunderbird",
    "hubspot",
    "hubspot-ja",
    "pipedrive",
    "zoho",
    "salesforce-report",
    "salesforce-export",
    "cybermail",
    "cybozu-office",
    "works-members",
];

/// The names of all presets, as `--mapping` takes them.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The text of a preset, as `cardlift presets NAME` shows it.
pub fn text(name: &str) -> Option<&'static str> {
    let mut files = FILES.iter();
    files.find_map(|(one, text)| (*one == name).then_some(*text))
}

pub fn get(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

/// The preset that a header is of most likely, the first of several.
pub fn recognise(columns: &Columns) -> Option<Recognised> {
    let names = columns.names().iter().enumerate();
    let named =
        names.filter(|(index, name)| !name.trim().is_empty() && columns.reason() != Some(*index));
    let header: Vec<Spellings> = named.map(|(_, name)| with_numbers(&fold(name))).collect();
    let presets = PRESETS.iter().filter(|preset| preset.may_be(&header));
    let recognised = presets.map(|preset| Recognised {
        preset,
        confidence: preset.confidence(&header),
    });
    recognised
        .rev()
        .max_by(|one, other| one.confidence.total_cmp(&other.confidence))
}

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let preset = |(name, text): &(&'static str, &str)| Preset::read(name, text);
    let presets: Result<Vec<_>, _> = FILES.iter().map(preset).collect();
    presets.expect("a test reads every preset that is built in")
});

/// A name of a header, folded, also with `{n}` in the place of each of its numbers.
type Spellings = Vec<String>;

/// How many columns of a header bear one of these names.
fn count(header: &[Spellings], names: &HashSet<String>) -> usize {
    let is_one = |spellings: &&Spellings| spellings.iter().any(|name| names.contains(name));
    header.iter().filter(is_one).count()
}

/// No preset knows a column with a longer name, in bytes. A row that is looked at may hold a picture as text instead, and
/// every number in it would be another copy of it.
const LONGEST_NAME: usize = 256;

/// `phone12value` → itself, and `phone{n}value`.
fn with_numbers(name: &str) -> Spellings {
    let mut names = vec![name.to_owned()];
    if name.len() > LONGEST_NAME {
        return names;
    }
    let mut from = 0;
    while let Some(start) = name[from..].find(|c: char| c.is_ascii_digit()) {
        let start = from + start;
        let behind = name[start..].trim_start_matches(|c: char| c.is_ascii_digit());
        names.push(format!("{}{{n}}{behind}", &name[..start]));
        from = name.len() - behind.len();
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_among_the_first_rows_is_not_copied_for_each_number_in_it() {
        assert_eq!(
            with_numbers("phone12value"),
            ["phone12value", "phone{n}value"]
        );
        assert_eq!(with_numbers(&"1a".repeat(1000)).len(), 1);
    }

    #[test]
    fn every_preset_can_be_read_and_is_recognised_by_its_own_columns() {
        for (name, text) in FILES {
            let preset = Preset::read(name, text).unwrap_or_else(|error| panic!("{error}"));
            assert!(!preset.title().is_empty(), "{name}");
            let spelling = |mut names: Vec<String>| names.remove(0).replace("{n}", "1");
            let header = preset
                .file
                .mapping
                .columns()
                .into_iter()
                .map(spelling)
                .collect();
            let best = recognise(&Columns::new(header)).expect(name);
            assert_eq!(best.preset.name, *name);
            assert!(best.confidence > 0.95, "{name}");
        }
    }

    /// The preset that would be taken for these columns without asking.
    fn taken(columns: &str) -> Option<&'static str> {
        let names = columns.split(',').map(|name| name.trim().to_owned());
        let best = recognise(&Columns::new(names.collect()));
        let best = best.filter(|best| best.confidence >= SURE);
        best.map(|best| best.preset.name)
    }

    #[test]
    fn a_few_columns_are_taken_for_an_export_only_if_they_tell_it_from_others() {
        for (columns, expected) in [
            // What `이름` holds hangs on whether there is a family name.
            (
                "이름, 성, 회사, 부서, 직함, 휴대폰, 전자 메일 주소, 근무처 전화",
                Some("outlook-ko"),
            ),
            (
                "이름, 회사, 부서, 직함, 휴대폰, 전자 메일 주소, 근무처 전화",
                Some("remember"),
            ),
            ("이름, 성, 휴대폰, 회사, 메모, 그룹, 명함 등록일", None),
            // `Title` is a form of address in Outlook, and a job elsewhere.
            (
                "First Name, Last Name, Title, Company, E-mail Address",
                None,
            ),
            ("First Name, Last Name, Email, Phone", None),
            ("Name, Email, Labels, Notes", None),
            ("이름, 휴대폰번호, 이메일, 메모", None),
            ("氏名, 会社名, 部署名, 役職, e-mail, 携帯電話", None),
            // People add columns of their own.
            (
                "Record ID, First Name, Last Name, Email, Phone Number, Contact owner, Lead Status, Lifecycle Stage, Shoe size, \
                 Region code, Segment, Score, Tier, Favourite colour",
                Some("hubspot"),
            ),
            (
                "Salutation, First Name, Last Name, Account Name, Mailing City, Mailing Country, Contact ID, Email, Region__c, Tier__c, \
                 Score__c, Segment__c",
                Some("salesforce-report"),
            ),
        ] {
            assert_eq!(taken(columns), expected, "{columns}");
        }
    }
}
