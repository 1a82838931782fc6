//! The interface's words: those inside the program, and over them whatever the content folder says otherwise.

use std::fs;
use std::path::Path;

use rust_embed::RustEmbed;

use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::phrase;

#[derive(RustEmbed)]
#[folder = "content/words/"]
struct Embedded;

/// Errors: an own file that Fluent cannot read, by name; the words inside the program serve all the same.
pub fn load(content: &Path) -> Result<Words, Refusal> {
    let mut files = embedded();
    for lang in Lang::ALL {
        let folder = content.join("words").join(lang.tag());
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut paths: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "ftl"))
            .collect();
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(&path).map_err(|error| Refusal::io(&path, error))?;
            files.push((lang, path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
        }
    }
    Words::load(files).map_err(|fault| Refusal::Trouble(phrase!("trouble-words", reason = fault)))
}

/// The words inside the program alone.
pub fn own() -> Words {
    Words::load(embedded()).expect("a test reads every word inside the program")
}

/// `(language, file name, text)` of everything inside the program.
pub fn embedded() -> Vec<(Lang, String, String)> {
    Embedded::iter()
        .filter_map(|name| {
            let (tag, file) = name.split_once('/')?;
            let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == tag)?;
            let text = String::from_utf8(Embedded::get(&name)?.data.into_owned()).ok()?;
            Some((lang, file.to_owned(), text))
        })
        .collect()
}
