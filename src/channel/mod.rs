//! Floor 6: the ways out. Every channel asks `edition::find`, so all of them show the same at the same instant.

pub mod bulletin;
pub mod cap;
pub mod card;
pub mod feed;
pub mod file;
pub mod page;
pub mod paper;
pub mod plain;
pub mod sitemap;

use crate::article::Article;
use crate::edition::Kind;
use crate::edition::body::{FileRef, parse};
use crate::edition::written::{Case, Facts, Ruling};
use crate::kit::refusal::Refusal;
use crate::posting::{Posting, law};
use crate::report::{self, Report};
use crate::standing::Standing;
use crate::store::Conn;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Page,
    Feed,
    Sitemap,
    Card,
}

/// The list that the roof runs over.
pub const CHANNELS: [Channel; 4] = [Channel::Page, Channel::Feed, Channel::Sitemap, Channel::Card];

impl Channel {
    /// Whether texts of a kind go out this way. A new kind does not compile until each channel has an answer.
    pub fn carries(self, kind: Kind) -> bool {
        match (self, kind) {
            (Channel::Page | Channel::Sitemap, Kind::Article | Kind::Page | Kind::Posting | Kind::Report) => true,
            (Channel::Feed | Channel::Card, Kind::Article | Kind::Posting | Kind::Report) => true,
            // News readers are told of news; how to reach the office is not news.
            (Channel::Feed, Kind::Page) => false,
            // It is shared under the site's own card.
            (Channel::Card, Kind::Page) => false,
        }
    }
}

/// Every kind's facts, as they are stored.
pub fn facts(kind: Kind, json: &str) -> Result<Box<dyn Facts>, Refusal> {
    Ok(match kind {
        Kind::Article => Box::new(parse::<Article>(json)?),
        Kind::Page => Box::new(parse::<Standing>(json)?),
        Kind::Posting => Box::new(parse::<Posting>(json)?),
        Kind::Report => Box::new(parse::<Report>(json)?),
    })
}

/// What the rules of its kind say of a text on its way out.
pub fn rule(c: &mut Conn, case: &Case) -> Result<Ruling, Refusal> {
    match case.kind {
        Kind::Posting => law::rule(c, case),
        Kind::Report => report::law::rule(c, case),
        Kind::Article | Kind::Page => Ok(Ruling { ends_at: case.edition.ends_at, issues: Vec::new() }),
    }
}

/// The rendition of a picture that machines are given, and its type: one that every reader of feeds can draw. `None` while nothing has
/// been made of it.
fn picture(file: &FileRef) -> Option<(String, &'static str)> {
    let path = file.image()?.src;
    let mime = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        _ => "image/webp",
    };
    Some((path, mime))
}
