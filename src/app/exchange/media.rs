//! The pictures and attachments that texts name: looked at before anything is kept, then shelved with their
//! renditions, each file once however many texts show it.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::known::{Known, Media};
use super::scan::{Common, Scanned};
use super::{Porter, on_disk};
use crate::edition::body::FileRef;
use crate::kit::digest::sha256;
use crate::kit::filetype;
use crate::kit::picture::{self, Fault, Picture, RECIPE, Rendition};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::phrase;

/// Who names a file, first of all, and whether anybody needs it to be a picture.
struct Wanted<'s> {
    file: &'s str,
    line: usize,
    is_picture: bool,
}

pub fn look(folder: &Path, scanned: &Scanned, known: &Known, porter: &Porter, issues: &mut Vec<Issue>) -> Media {
    let texts: Vec<_> = scanned.all().collect();
    let mut wanted: BTreeMap<&str, Wanted> = BTreeMap::new();
    for text in &texts {
        for named in text.files {
            let entry = wanted.entry(&named.name).or_insert(Wanted { file: text.file, line: named.line, is_picture: false });
            entry.is_picture |= named.is_picture;
        }
    }
    if !wanted.is_empty() {
        (porter.tell)(phrase!("import-looking", count = wanted.len()));
    }
    let looked: Vec<(&str, &Wanted, Result<FileRef, Phrase>)> =
        wanted.par_iter().map(|(name, wanted)| (*name, wanted, one(folder, name, wanted.is_picture, known, porter))).collect();
    let mut media = Media::new();
    for (name, wanted, outcome) in looked {
        match outcome {
            Ok(found) => {
                media.insert(name.to_owned(), found);
            }
            // A draft may name what is still to come.
            Err(phrase) if phrase.key == "import-no-file" && !texts.iter().any(|text| !text.is_draft && names(text, name)) => {}
            Err(phrase) => {
                // Everybody who shows it is told, at the line where they do.
                let all =
                    texts.iter().flat_map(|text| text.files.iter().filter(|named| named.name == name).map(|named| (text.file, named.line)));
                issues.extend(all.map(|(file, line)| Issue { file: file.to_owned(), line, phrase: phrase.clone() }));
                debug_assert!(issues.iter().any(|issue| issue.file == wanted.file && issue.line == wanted.line));
            }
        }
    }
    media
}

fn names(text: &Common, name: &str) -> bool {
    text.files.iter().any(|named| named.name == name)
}

fn one(folder: &Path, name: &str, is_picture: bool, known: &Known, porter: &Porter) -> Result<FileRef, Phrase> {
    let missing = || phrase!("import-no-file", name = name);
    let path = on_disk(folder, name).filter(|path| path.is_file()).ok_or_else(missing)?;
    let size = fs::metadata(&path).map_err(|_| missing())?.len();
    let most = if is_picture { picture::MAX_BYTES } else { filetype::MAX_BYTES };
    if size > most {
        return Err(phrase!("import-file-too-large", name = name, size = size / 1_000_000, most = most / 1_000_000));
    }
    let bytes = fs::read(&path).map_err(|error| phrase!("import-unreadable", reason = error))?;
    let digest = sha256(&bytes);
    if let Some(before) = known.media.get(name) {
        if before.digest != digest {
            return Err(phrase!("import-file-changed", name = name));
        }
        if (before.is_picture() || !is_picture) && porter.shelf.holds(&digest, "") {
            return Ok(before.clone());
        }
    }
    let bytes_len = bytes.len() as i64;
    // A picture among the attachments is looked at as any other.
    if !is_picture && !filetype::PICTURES.contains(&filetype::ending(name).as_str()) {
        let mime = filetype::judge(name, &bytes).map_err(|fault| unfit(fault, name))?;
        return Ok(FileRef { digest, mime: mime.to_owned(), bytes: bytes_len, width: 0, height: 0, renditions: Vec::new(), recipe: 0 });
    }
    let picture = Picture::decode(&bytes).map_err(|fault| described(fault, name))?;
    let (width, height) = (picture.width(), picture.height());
    Ok(FileRef { digest, mime: picture.mime.to_owned(), bytes: bytes_len, width, height, renditions: Vec::new(), recipe: 0 })
}

fn unfit(fault: filetype::Fault, name: &str) -> Phrase {
    use filetype::Fault;
    match fault {
        Fault::Unknown => {
            let known: Vec<&str> = filetype::TYPES
                .iter()
                .map(|(ending, _)| *ending)
                .chain(filetype::PICTURES.into_iter().filter(|ending| *ending != "webp"))
                .collect();
            phrase!("import-bad-type", name = name, known = known.join(", "))
        }
        Fault::NotSo => phrase!("import-file-not-so", name = name),
        Fault::Locked => phrase!("import-file-locked", name = name),
        Fault::Macros => phrase!("import-file-macros", name = name),
        Fault::Carries(inner) => phrase!("import-file-carries", name = name, inner = inner),
        Fault::Crowded => phrase!("import-file-crowded", name = name),
    }
}

fn described(fault: Fault, name: &str) -> Phrase {
    match fault {
        Fault::NotAPicture => phrase!("import-no-picture", name = name),
        Fault::TooLarge => phrase!("import-picture-too-large", name = name),
        Fault::CutOff => phrase!("import-picture-cut-off", name = name),
        Fault::Disguised => phrase!("import-picture-disguised", name = name),
        Fault::Damaged => phrase!("import-picture-damaged", name = name),
    }
}

/// Puts on the shelf whatever is not there yet, and says in `media` what was made of each picture. A file without a
/// text to show it is seen by nobody, so what an interrupted import leaves here is harmless, and found again by the
/// next one.
pub fn shelve(folder: &Path, media: &mut Media, porter: &Porter) -> Result<usize, Refusal> {
    let holds = |file: &FileRef, part: &str| porter.shelf.holds(&file.digest, part);
    let lacking = |file: &FileRef| {
        !holds(file, "")
            || (file.is_picture() && (file.recipe != RECIPE || !file.renditions.iter().all(|made| holds(file, &made.to_string()))))
    };
    let mut by_digest: BTreeMap<&str, (&str, &FileRef)> = BTreeMap::new();
    for (name, file) in media.iter().filter(|(_, file)| lacking(file)) {
        by_digest.insert(&file.digest, (name, file));
    }
    let done = AtomicUsize::new(0);
    let count = by_digest.len();
    let one = |(name, file): &(&str, &FileRef)| -> Result<(String, Vec<Rendition>), Refusal> {
        let path = on_disk(folder, name).ok_or_else(|| Refusal::Trouble(phrase!("import-file-moved", name = name)))?;
        let bytes = fs::read(&path).map_err(|error| Refusal::io(&path, error))?;
        if sha256(&bytes) != file.digest {
            return Err(Refusal::Trouble(phrase!("import-file-moved", name = name)));
        }
        let mut made = Vec::new();
        if file.is_picture() {
            let renditions = Picture::decode(&bytes)
                .and_then(|picture| picture.renditions(bytes.len()))
                .map_err(|fault| Refusal::Trouble(described(fault, name)))?;
            for (rendition, bytes) in renditions {
                porter.shelf.put(&file.digest, &rendition.to_string(), &bytes)?;
                made.push(rendition);
            }
        }
        porter.shelf.put(&file.digest, "", &bytes)?;
        let so_far = done.fetch_add(1, Ordering::Relaxed) + 1;
        if so_far.is_multiple_of(10) || so_far == count {
            (porter.tell)(phrase!("import-pictures", done = so_far, count = count));
        }
        Ok((file.digest.clone(), made))
    };
    let made: HashMap<String, Vec<Rendition>> = by_digest.into_values().par_bridge().map(|work| one(&work)).collect::<Result<_, _>>()?;
    for file in media.values_mut().filter(|file| file.is_picture()) {
        if let Some(renditions) = made.get(&file.digest) {
            (file.renditions, file.recipe) = (renditions.clone(), RECIPE);
        }
    }
    Ok(made.values().filter(|renditions| !renditions.is_empty()).count())
}
