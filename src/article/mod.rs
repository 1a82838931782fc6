//! Floor 4: an article reports. Its words change only by a new edition with a public note.

pub mod page;
pub mod views;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::edition::Kind;
use crate::edition::body::Body;
use crate::edition::compare::Said;
use crate::kit::front::{Front, Writer};
use crate::kit::words::Phrase;
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
    #[serde(default)]
    pub focus: Option<Focus>,
    /// Nobody has said yet what it shows, nor that it only adorns: a draft's picture.
    #[serde(default, skip_serializing_if = "is_not")]
    pub undescribed: bool,
}

fn is_not(flag: &bool) -> bool {
    !flag
}

/// What must stay in sight where a picture is cropped, in whole per cent from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    pub left: u8,
    pub top: u8,
}

impl Focus {
    /// `30% 60%`.
    pub fn read(text: &str) -> Option<Focus> {
        let per_cent = |part: &str| {
            let digits = part.strip_suffix('%').filter(|digits| digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()))?;
            digits.parse().ok().filter(|number| *number <= 100)
        };
        let mut parts = text.split_whitespace();
        let focus = Focus { left: per_cent(parts.next()?)?, top: per_cent(parts.next()?)? };
        parts.next().is_none().then_some(focus)
    }

    /// Names of rules in `static/css/picture.css`: pages carry no style of their own, so it is to the nearest tenth.
    pub fn classes(self) -> String {
        let tenth = |per_cent: u8| per_cent.saturating_add(5) / 10 * 10;
        format!("fx-{} fy-{}", tenth(self.left), tenth(self.top))
    }
}

impl fmt::Display for Focus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}% {}%", self.left, self.top)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub file: String,
    pub title: String,
}

/// Or none at all.
fn is_address(text: &str) -> bool {
    text.is_empty() || text.starts_with("https://") || text.starts_with("http://")
}

impl Body for Article {
    const KIND: Kind = Kind::Article;
    const IS_FILED: bool = true;

    fn said(&self) -> Vec<Said> {
        let of_picture = |what: fn(&Picture) -> String| self.picture.iter().map(what).collect();
        let attachment = |one: &Attachment| format!("{} ({})", one.title, one.file);
        vec![
            ("picture", of_picture(|picture| format!("{} {}", picture.caption, picture.credit))),
            ("picture-file", of_picture(|picture| picture.file.clone())),
            ("picture-alt", of_picture(|picture| picture.alt.clone())),
            ("byline", vec![self.byline.clone()]),
            ("source", vec![self.source_credit.clone()]),
            ("source-url", vec![self.source_url.clone()]),
            ("attachments", self.attachments.iter().map(attachment).collect()),
        ]
    }

    fn read(front: &Front) -> Article {
        let source_url = front.text("source_url").unwrap_or_default();
        if !is_address(&source_url) {
            front.want("source_url", phrase!("article-bad-source", address = source_url));
        }
        let picture = front.table("picture").map(|table| {
            let alt = table.text("alt");
            let undescribed = match (alt.as_deref().unwrap_or_default(), table.flag("decorative")) {
                ("", false) => {
                    table.want("alt", phrase!("article-no-alt"));
                    true
                }
                (_, true) if alt.as_deref().is_some_and(|alt| !alt.is_empty()) => {
                    table.want("decorative", phrase!("article-alt-and-decorative"));
                    false
                }
                _ => false,
            };
            let focus = table.text("focus").and_then(|text| {
                let focus = Focus::read(&text);
                if focus.is_none() {
                    table.object("focus", phrase!("article-bad-focus", focus = text));
                }
                focus
            });
            let picture = Picture {
                file: table.required("file"),
                alt: alt.unwrap_or_default(),
                caption: table.text("caption").unwrap_or_default(),
                credit: table.text("credit").unwrap_or_default(),
                focus,
                undescribed,
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
                .text("alt", &picture.alt)
                .flag("decorative", picture.alt.is_empty() && !picture.undescribed)
                .text("focus", &picture.focus.map(|focus| focus.to_string()).unwrap_or_default())
                .text("caption", &picture.caption)
                .text("credit", &picture.credit);
        }
        for attachment in &self.attachments {
            out.heading("[[attachments]]").text("file", &attachment.file).text("title", &attachment.title);
        }
    }

    fn unfinished(&self) -> Vec<(&'static str, Phrase)> {
        let mut wants = Vec::new();
        if !is_address(&self.source_url) {
            wants.push(("source_url", phrase!("article-bad-source", address = self.source_url)));
        }
        if self.picture.as_ref().is_some_and(|picture| picture.undescribed && picture.alt.is_empty()) {
            wants.push(("picture_alt", phrase!("road-picture-undescribed")));
        }
        if self.attachments.iter().any(|attachment| attachment.title.is_empty()) {
            wants.push(("attachments", phrase!("road-attachment-untitled")));
        }
        wants
    }

    fn files(&self) -> Vec<(&str, bool)> {
        let picture = self.picture.iter().map(|picture| (picture.file.as_str(), true));
        picture.chain(self.attachments.iter().map(|attachment| (attachment.file.as_str(), false))).collect()
    }
}
