//! What the editions' floor asks of a kind: to read its own keys from a file and write them back.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::kit::front::{Front, Writer};
use crate::kit::markdown::Image;
use crate::kit::picture;
use crate::kit::refusal::Refusal;

pub trait Body: Serialize + DeserializeOwned {
    const KIND: Kind;
    /// Whether it must say its section and its unit.
    const IS_FILED: bool;

    fn read(front: &Front) -> Self;
    /// Plain keys, then tables: TOML wants them in this order.
    fn write_keys(&self, out: &mut Writer);
    fn write_tables(&self, out: &mut Writer);
    /// The files it names outside its text; `true` where it must be a picture.
    fn files(&self) -> Vec<(&str, bool)>;
}

/// A file on the shelf as a text knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    pub digest: String,
    pub mime: String,
    pub bytes: i64,
    pub width: u32,
    pub height: u32,
}

pub type Files = BTreeMap<String, FileRef>;

impl FileRef {
    pub fn is_picture(&self) -> bool {
        self.width > 0
    }

    pub fn image(&self) -> Image {
        let widths = picture::widths(self.width);
        let address = |width: u32| format!("/anh/{}-{width}.webp", self.digest);
        // A browser without srcset gets the middle one.
        let plain = widths.get(1).or(widths.first()).copied().unwrap_or(self.width);
        let srcset: Vec<String> = widths.iter().map(|width| format!("{} {width}w", address(*width))).collect();
        Image { src: address(plain), srcset: srcset.join(", "), width: self.width, height: self.height }
    }

    /// An attachment's address, with a name a person can read.
    pub fn path(&self, name: &str) -> String {
        format!("/tep/{}/{}", self.digest, name.rsplit('/').next().unwrap_or(name))
    }
}

pub fn parse<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    serde_json::from_str(json).map_err(|error| Refusal::broken(format!("stored facts: {error}")))
}
