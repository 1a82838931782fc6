//! Where a posting came from that is another portal's, and stands here as it does there.

use serde::{Deserialize, Serialize};

use crate::kit::front::{Front, Writer};

/// Whose bulletin it came in: the portal's address and name, the unit's code, and the text's address there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    pub portal: String,
    pub name: String,
    pub unit: String,
    pub url: String,
}

impl Source {
    pub(super) fn read(front: &Front) -> Option<Source> {
        let table = front.table("source")?;
        let [portal, name, unit, url] = ["portal", "name", "unit", "url"].map(|key| table.required(key));
        table.finish();
        Some(Source { portal, name, unit, url })
    }

    pub(super) fn write(&self, out: &mut Writer) {
        let out = out.heading("[source]").text("portal", &self.portal).text("name", &self.name);
        out.text("unit", &self.unit).text("url", &self.url);
    }
}
