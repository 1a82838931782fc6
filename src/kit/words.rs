//! The words of the interface: Project Fluent messages, Vietnamese first, English second.
//!
//! Below the edges nobody speaks: a refusal or a label is a `Phrase`, a key with arguments, and becomes text
//! where the reader's language is known.

use std::collections::BTreeSet;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

use super::number;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    Vi,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Vi, Lang::En];

    /// BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    pub fn other(self) -> Lang {
        match self {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        }
    }

    /// What stands before every path of this language's pages.
    pub fn base(self) -> &'static str {
        match self {
            Lang::Vi => "",
            Lang::En => "/en",
        }
    }
}

/// Something to say, not yet in any language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

/// `phrase!("front-no-fence")`, `phrase!("import-unknown-unit", unit = code)`.
#[macro_export]
macro_rules! phrase {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::kit::words::Phrase { key: $key, args: vec![$((stringify!($name), ($value).to_string())),*] }
    };
}

type Bundle = FluentBundle<FluentResource>;

pub struct Words {
    vi: Bundle,
    en: Bundle,
    keys: [BTreeSet<String>; 2],
}

impl Words {
    /// From `(language, file name, text)`. Errors name the file and what Fluent found in it.
    pub fn load(files: impl IntoIterator<Item = (Lang, String, String)>) -> Result<Words, String> {
        let mut words = Words { vi: bundle(Lang::Vi), en: bundle(Lang::En), keys: Default::default() };
        for (lang, name, text) in files {
            let resource = FluentResource::try_new(text).map_err(|(resource, errors)| fault(lang, &name, resource.source(), &errors))?;
            for entry in resource.entries() {
                if let fluent_syntax::ast::Entry::Message(message) = entry {
                    words.keys[lang as usize].insert(message.id.name.to_owned());
                }
            }
            let bundle = match lang {
                Lang::Vi => &mut words.vi,
                Lang::En => &mut words.en,
            };
            bundle.add_resource_overriding(resource);
        }
        Ok(words)
    }

    pub fn keys(&self, lang: Lang) -> &BTreeSet<String> {
        &self.keys[lang as usize]
    }

    /// `None` when no such message exists: the caller decides whether that is a fault.
    pub fn find(&self, lang: Lang, key: &str, args: &FluentArgs) -> Option<String> {
        let bundle = match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        };
        let pattern = bundle.get_message(key)?.value()?;
        Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    }

    pub fn say(&self, lang: Lang, phrase: &Phrase) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &phrase.args {
            args.set(*name, value.as_str());
        }
        self.find(lang, phrase.key, &args).unwrap_or_else(|| phrase.key.to_owned())
    }

    /// In the number that the language asks for: `1 commune`, `2 communes`.
    pub fn counted(&self, lang: Lang, key: &str, count: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count);
        self.find(lang, key, &args).unwrap_or_else(|| key.to_owned())
    }

    pub fn text(&self, lang: Lang, key: &str) -> String {
        self.find(lang, key, &FluentArgs::new()).unwrap_or_else(|| key.to_owned())
    }
}

/// `words/vi/site.ftl:12: Expected a token…`
fn fault(lang: Lang, name: &str, source: &str, errors: &[fluent_syntax::parser::ParserError]) -> String {
    let (line, reason) = errors
        .first()
        .map_or((0, String::new()), |error| (1 + source.bytes().take(error.pos.start).filter(|b| *b == b'\n').count(), error.to_string()));
    format!("words/{}/{name}:{line}: {reason}", lang.tag())
}

/// A count as its reader writes it: `4.555 đơn vị`.
fn whole(value: &FluentValue, lang: Lang) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => Some(number::grouped(number.value as i64, lang)),
        _ => None,
    }
}

fn bundle(lang: Lang) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![match lang {
        Lang::Vi => langid!("vi"),
        Lang::En => langid!("en"),
    }]);
    // Isolating marks are for mixed directions; both our languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Vi => |value, _| whole(value, Lang::Vi),
        Lang::En => |value, _| whole(value, Lang::En),
    }));
    bundle
}
