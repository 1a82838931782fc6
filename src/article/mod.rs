//! Floor 4: an article reports. Its words change only by a new edition with a public note.

pub mod page;
pub mod views;

use serde::{Deserialize, Serialize};

use crate::edition::Kind;
use crate::edition::body::Body;
use crate::kit::front::{Front, Writer};
use crate::phrase;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    pub byline: String,
    /// The organisation it comes from.
    pub source_credit: String,
    pub source_url: String,
    /// Views counted elsewhere before it came here.
    pub views: i64,
    /// Invented for demonstration; shown as such.
    pub sample: bool,
    pub picture: Option<Picture>,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub file: String,
    /// Empty only for what is pure decoration.
    pub alt: String,
    pub caption: String,
    pub credit: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub file: String,
    pub title: String,
}

impl Body for Article {
    const KIND: Kind = Kind::Article;
    const IS_FILED: bool = true;

    fn read(front: &Front) -> Article {
        let source_url = front.text("source_url").unwrap_or_default();
        if !source_url.is_empty() && !source_url.starts_with("https://") && !source_url.starts_with("http://") {
            front.object("source_url", phrase!("article-bad-source", address = source_url));
        }
        let picture = front.table("picture").map(|table| {
            if table.lacks("alt") {
                table.object("alt", phrase!("article-no-alt"));
            }
            let picture = Picture {
                file: table.required("file"),
                alt: table.text("alt").unwrap_or_default(),
                caption: table.text("caption").unwrap_or_default(),
                credit: table.text("credit").unwrap_or_default(),
            };
            table.finish();
            picture
        });
        let attachments = front
            .tables("attachments")
            .into_iter()
            .map(|table| {
                let attachment = Attachment { file: table.required("file"), title: table.required("title") };
                table.finish();
                attachment
            })
            .collect();
        Article {
            byline: front.text("byline").unwrap_or_default(),
            source_credit: front.text("source_credit").unwrap_or_default(),
            source_url,
            views: front.count("views").unwrap_or_default(),
            sample: front.flag("sample"),
            picture,
            attachments,
        }
    }

    fn write_keys(&self, out: &mut Writer) {
        out.text("byline", &self.byline)
            .text("source_credit", &self.source_credit)
            .text("source_url", &self.source_url)
            .count("views", self.views)
            .flag("sample", self.sample);
    }

    fn write_tables(&self, out: &mut Writer) {
        if let Some(picture) = &self.picture {
            out.heading("[picture]")
                .text("file", &picture.file)
                .always("alt", &picture.alt)
                .text("caption", &picture.caption)
                .text("credit", &picture.credit);
        }
        for attachment in &self.attachments {
            out.heading("[[attachments]]").text("file", &attachment.file).text("title", &attachment.title);
        }
    }

    fn files(&self) -> Vec<(&str, bool)> {
        let picture = self.picture.iter().map(|picture| (picture.file.as_str(), true));
        picture.chain(self.attachments.iter().map(|attachment| (attachment.file.as_str(), false))).collect()
    }
}
