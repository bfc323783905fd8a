//! Why a field is proposed for a column.

use super::{Field, Looks};
use crate::lang::tr;
use crate::printable::shown;
use std::fmt;

/// Why a column is taken for what it is taken for. Its `Display` is what a person is told, in the chosen language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It holds the reasons of an earlier run.
    EarlierRun,
    /// Its name says so, and its values look like that.
    NameAndValues(Looks),
    /// Its name says so.
    Name,
    /// Its name says so, and no row that was looked at has a value.
    NameOfEmpty,
    /// Its name says so, but its values look like something else.
    Contradicted(Looks),
    /// Its name says that it is a telephone, its values that they are mobiles.
    Mobiles,
    /// Its name says nothing, but so many of its values, in percent, look like that.
    Values(u32, Looks),
    /// Its name says nothing, but so many of its values, in percent, are numbers of mobiles.
    MobileValues(u32),
    /// Its values are dates, of which nothing says what they mean.
    DatesOfNothing,
    /// Its name says nothing, and it is empty.
    SaysNothing,
    /// Its values are long numbers, which may be anything.
    DigitsAlone,
    /// Its name says that it is something for which a contact has no place.
    NoPlace,
    /// Neither its name nor its values say what it is.
    Unclear,
    /// It has no name, so that no mapping can name it.
    Unnamed,
    /// It has neither name nor values.
    UnnamedAndEmpty,
    /// It may be a title of either kind, and is empty.
    Empty,
    /// Its values are no forms of address, so they are titles of jobs.
    JobTitles,
    /// Its values are forms of address.
    FormsOfAddress,
    /// Some of its values are forms of address, others are not.
    MixedTitles,
    /// The column of this name has the field already.
    Taken(String, Field),
    /// A person has chosen it.
    Chosen,
    /// A person has looked at the proposal and taken it.
    Accepted,
    /// A person has given its field to the column of this name.
    Displaced(String, Field),
}

impl Reason {
    /// Whether a person has decided, so that nobody need look at it again.
    pub fn is_decision(&self) -> bool {
        matches!(self, Reason::Chosen | Reason::Accepted)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Reason::EarlierRun => tr!("reason-earlier-run"),
            Reason::NameAndValues(looks) => {
                tr!("reason-name-and-values", looks = looks.to_string())
            }
            Reason::Name => tr!("reason-name"),
            Reason::NameOfEmpty => tr!("reason-name-of-empty"),
            Reason::Contradicted(looks) => tr!("reason-contradicted", looks = looks.to_string()),
            Reason::Mobiles => tr!("reason-mobiles"),
            Reason::Values(share, looks) => {
                tr!("reason-values", share = *share, looks = looks.to_string())
            }
            Reason::MobileValues(share) => tr!("reason-mobile-values", share = *share),
            Reason::DatesOfNothing => tr!("reason-dates-of-nothing"),
            Reason::SaysNothing => tr!("reason-says-nothing"),
            Reason::DigitsAlone => tr!("reason-digits-alone"),
            Reason::NoPlace => tr!("reason-no-place"),
            Reason::Unclear => tr!("reason-unclear"),
            Reason::Unnamed => tr!("reason-unnamed"),
            Reason::UnnamedAndEmpty => tr!("reason-unnamed-and-empty"),
            Reason::Empty => tr!("reason-empty"),
            Reason::JobTitles => tr!("reason-job-titles"),
            Reason::FormsOfAddress => tr!("reason-forms-of-address"),
            Reason::MixedTitles => tr!("reason-mixed-titles"),
            Reason::Taken(name, field) => {
                tr!("reason-taken", name = shown(name), field = field.called())
            }
            Reason::Chosen => tr!("reason-chosen"),
            Reason::Accepted => tr!("reason-accepted"),
            Reason::Displaced(name, field) => {
                tr!("reason-displaced", name = shown(name), field = field.path())
            }
        };
        f.write_str(&text)
    }
}
