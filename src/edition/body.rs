//! What the editions' floor asks of a kind: to read its own keys from a file and write them back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Kind;
use super::compare::Said;
use super::keys::Key;
use crate::kit::front::{Front, Writer};
use crate::kit::markdown::Image;
use crate::kit::mask::Way;
use crate::kit::picture::{Format, Rendition};
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::store::shelf::Medium;
use crate::store::{Snapshot, shelf};

pub trait Body: Serialize + DeserializeOwned {
    const KIND: Kind;
    /// Whether it must say its section and its unit.
    const IS_FILED: bool;
    /// The key of a file that says under what it is filed.
    const FILED_UNDER: &'static str = "section";

    fn read(front: &Front) -> Self;
    /// Plain keys, then tables: TOML wants them in this order.
    fn write_keys(&self, out: &mut Writer);
    fn write_tables(&self, out: &mut Writer);
    /// The files it names outside its text; `true` where it must be a picture.
    fn files(&self) -> Vec<(&str, bool)>;

    /// What it says beside the words, for comparing: always the same parts in the same order.
    fn said(&self) -> Vec<Said>;

    /// What it is looked up by beside its address.
    fn found_by(&self) -> Vec<Key> {
        Vec::new()
    }

    /// Files that it names and gives to nobody on this day: what only paper bears, and what is over before it is.
    fn keeps_back(&self, _: NaiveDate) -> Vec<String> {
        Vec::new()
    }

    /// What the web makes of the names that are marked in its text; `None` where nothing is a mark.
    fn hides(&self) -> Option<Way> {
        None
    }

    /// What a draft may lack and a published text may not, by its field.
    fn unfinished(&self) -> Vec<(&'static str, Phrase)> {
        Vec::new()
    }
}

/// A file on the shelf as a text knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    pub digest: String,
    pub mime: String,
    pub bytes: i64,
    pub width: u32,
    pub height: u32,
    /// What the shelf has made of it. No part of the text: it may be made anew while the text stays.
    #[serde(skip)]
    pub renditions: Vec<Rendition>,
    /// By which way they were made (`kit::picture::RECIPE`).
    #[serde(skip)]
    pub recipe: i32,
}

impl From<Medium> for FileRef {
    fn from(medium: Medium) -> FileRef {
        FileRef {
            renditions: medium.renditions(),
            recipe: medium.recipe,
            digest: medium.digest,
            mime: medium.mime,
            bytes: medium.bytes,
            width: medium.width as u32,
            height: medium.height as u32,
        }
    }
}

/// The width of the one for browsers that do not choose.
const PLAIN: u32 = 960;

pub type Files = BTreeMap<String, FileRef>;

impl FileRef {
    pub fn is_picture(&self) -> bool {
        self.width > 0
    }

    /// `None` while nothing has been made of it.
    pub fn image(&self) -> Option<Image> {
        let of = |format| self.renditions.iter().filter(move |rendition| rendition.format == format);
        let srcset = |format| of(format).map(|made| format!("{} {}w", self.rendition(made), made.width)).collect::<Vec<_>>().join(", ");
        // Pictures of older times have no JPEG until one is made.
        let shown = if of(Format::Jpeg).next().is_some() { Format::Jpeg } else { Format::WebP };
        let plain = of(shown).rfind(|made| made.width <= PLAIN).or(of(shown).next())?;
        Some(Image {
            src: self.rendition(plain),
            srcset: srcset(shown),
            webp: if shown == Format::WebP { String::new() } else { srcset(Format::WebP) },
            width: self.width,
            height: self.height,
        })
    }

    /// The widest that goes out, as JPEG if it can be: every program opens it.
    pub fn widest(&self) -> Option<String> {
        let widest = self.renditions.iter().max_by_key(|made| (made.width, made.format == Format::Jpeg))?;
        Some(self.rendition(widest))
    }

    fn rendition(&self, made: &Rendition) -> String {
        format!("/anh/{}-{made}", self.digest)
    }

    /// An attachment's address, with a name a person can read.
    pub fn path(&self, name: &str) -> String {
        format!("/tep/{}/{}", self.digest, name.rsplit('/').next().unwrap_or(name))
    }
}

/// Says of every picture what has been made of it: one question for all texts of a page.
pub fn learn_renditions(c: &mut Snapshot, files: &mut [Files]) -> Result<(), Refusal> {
    let pictures = || files.iter().flat_map(BTreeMap::values).filter(|file| file.is_picture());
    let mut digests: Vec<&str> = pictures().map(|file| file.digest.as_str()).collect();
    digests.sort_unstable();
    digests.dedup();
    if digests.is_empty() {
        return Ok(());
    }
    let (made, topics) = (shelf::renditions(c, &digests)?, digests.iter().map(|digest| shelf::topic(digest)).collect::<Vec<_>>());
    c.look(topics);
    for file in files.iter_mut().flat_map(BTreeMap::values_mut) {
        file.renditions = made.get(&file.digest).cloned().unwrap_or_default();
    }
    Ok(())
}

pub fn parse<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    serde_json::from_str(json).map_err(|error| Refusal::broken(format!("stored facts: {error}")))
}
