//! Messages in English, Korean and Japanese.
//!
//! The texts are Fluent catalogues beside this file, one for each language, with the same keys. `main` sets the language once
//! for the process, since the `Display` of errors takes no parameter. Codes, columns, JSON keys and options stay English, because
//! scripts depend on them.

mod phrase;
#[cfg(test)]
mod tests;

pub use phrase::{Keys, Phrase};

use crate::names::named;
use clap::ValueEnum;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

named! {
    /// A language, by its BCP 47 tag.
    #[derive(ValueEnum)]
    pub enum Lang {
        En = "en",
        Ko = "ko",
        Ja = "ja",
    }
}

impl Lang {
    /// Returns the language of the locale: that of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is not empty, as in
    /// POSIX. English if there is no catalogue for it.
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Lang {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
        let mut values = names.filter_map(variable);
        let locale = values.find(|value| !value.is_empty()).unwrap_or_default();
        let end = locale.find(['_', '-', '.', '@']).unwrap_or(locale.len());
        let language = locale[..end].to_ascii_lowercase();
        let known = Lang::ALL.into_iter().find(|lang| lang.as_str() == language);
        known.unwrap_or(Lang::En)
    }
}

/// Formats a text in the language of the process: `tr!("key")`, `tr!("key", count = n, place)`. A name alone is also that of
/// the variable. Values are of any [`Variable`] type.
macro_rules! tr {
    ($key:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::lang::text($key, &[$((
            stringify!($name),
            $crate::lang::Variable::value(&$crate::lang::value!($name $($value)?)),
        )),*])
    };
}
pub(crate) use tr;

/// Makes a [`Phrase`], with the same arguments as `tr!`.
macro_rules! keyed {
    ($key:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::lang::Phrase::new($key, [$((stringify!($name), $crate::lang::value!($name $($value)?).into())),*])
    };
}
pub(crate) use keyed;

macro_rules! value {
    ($name:ident) => {
        $name
    };
    ($name:ident $value:expr) => {
        $value
    };
}
pub(crate) use value;

/// A value in a message. Numbers choose plurals, and have commas.
pub trait Variable {
    fn value(&self) -> FluentValue<'_>;
}

impl<T: Variable + ?Sized> Variable for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

/// Implements [`Variable`] for types by an expression: `variable! { text: str, String => text.as_str().into() }`.
macro_rules! variable {
    ($one:ident: $($type:ty),+ => $value:expr) => {$(
        impl $crate::lang::Variable for $type {
            fn value(&self) -> ::fluent_bundle::FluentValue<'_> {
                let $one = self;
                $value
            }
        }
    )+};
}
pub(crate) use variable;

variable! { text: str, String, Cow<'_, str> => FluentValue::String(Cow::Borrowed(text)) }
variable! { number: u8, u16, u32, u64, usize, f64 => FluentValue::from(*number) }
variable! { path: Path, PathBuf => path.display().to_string().into() }
variable! { error: io::Error => error.to_string().into() }

pub fn choose(lang: Lang) {
    CURRENT.store(lang as u8, Ordering::Relaxed);
}

/// Returns the language of the process; the default is English.
pub fn current() -> Lang {
    Lang::ALL[usize::from(CURRENT.load(Ordering::Relaxed))]
}

static CURRENT: AtomicU8 = AtomicU8::new(Lang::En as u8);

/// Formats the text of a key, or of an attribute (`key.attribute`), in the language of the process.
pub fn text(key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    text_in(current(), key, args)
}

pub fn text_in(lang: Lang, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    MESSAGES.format(lang, key, args).unwrap_or_else(|| {
        debug_assert!(false, "no text `{key}` in {}", lang.as_str());
        key.to_owned()
    })
}

static MESSAGES: Catalogue = Catalogue::new([
    include_str!("en.ftl"),
    include_str!("ko.ftl"),
    include_str!("ja.ftl"),
]);

/// The pages of `cardlift explain-code`.
pub static PAGES: Catalogue = Catalogue::new([
    include_str!("en-codes.ftl"),
    include_str!("ko-codes.ftl"),
    include_str!("ja-codes.ftl"),
]);

/// `--help`, usage errors and the comments of the configuration. English has `--help` alone: clap and the example of the
/// configuration have the rest.
pub static HELP: Catalogue = Catalogue::new([
    include_str!("en-help.ftl"),
    include_str!("ko-help.ftl"),
    include_str!("ja-help.ftl"),
]);

/// Texts in each language, parsed when the first of them is needed.
pub struct Catalogue {
    texts: [&'static str; Lang::ALL.len()],
    bundles: [OnceLock<Bundle>; Lang::ALL.len()],
}

type Bundle = FluentBundle<FluentResource>;

impl Catalogue {
    const fn new(texts: [&'static str; Lang::ALL.len()]) -> Catalogue {
        Catalogue {
            texts,
            bundles: [const { OnceLock::new() }; Lang::ALL.len()],
        }
    }

    /// Formats the text of a key, or of an attribute (`key.attribute`); `None` if there is none.
    pub fn format(
        &self,
        lang: Lang,
        key: &str,
        args: &[(&str, FluentValue<'_>)],
    ) -> Option<String> {
        let bundle = self.bundles[lang as usize].get_or_init(|| bundle(lang, self.texts(lang)));
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let values: FluentArgs<'_> = args.iter().cloned().collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut errors);
        debug_assert!(errors.is_empty(), "{key}: {errors:?}");
        Some(text.into_owned())
    }

    fn texts(&self, lang: Lang) -> &'static str {
        self.texts[lang as usize]
    }
}

fn bundle(lang: Lang, texts: &str) -> Bundle {
    let language = lang.as_str().parse().expect("the tags are well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Direction marks around values would be copied together with a path or a command.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) if number.value >= 0.0 && number.value.fract() == 0.0 => {
            Some(grouped(number.value as u64))
        }
        _ => None,
    }));
    let resource =
        FluentResource::try_new(texts.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle
        .add_resource(resource)
        .expect("a test parses the catalogue and finds no key twice");
    bundle
}

/// Formats a number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// Joins texts as the language writes a list: `a, b, c`.
pub fn joined(texts: impl IntoIterator<Item = String>) -> Option<String> {
    texts
        .into_iter()
        .reduce(|first, second| tr!("joined", first, second))
}
