//! Sitemap (sitemaps.org protocol 0.9) and robots.txt (RFC 9309).

use serde::Serialize;

use crate::channel::{CHANNELS, Channel};
use crate::edition::Kind;
use crate::edition::find;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::web::answer::{Answer, Reading};

/// The protocol's limit for one file.
const MOST: i64 = 50_000;

#[derive(Serialize)]
struct Parts {
    urls: Vec<Url>,
}

#[derive(Serialize)]
struct Url {
    loc: String,
    lastmod: Option<String>,
}

/// The newest when there are more than one file may hold.
pub fn sitemap(reading: &mut Reading) -> Result<Answer, Refusal> {
    let address = reading.face.site.address.clone();
    let plain = |path: String| Url { loc: format!("{address}{path}"), lastmod: None };
    let mut urls = vec![plain("/".to_owned())];
    urls.extend(reading.face.site.sections.iter().map(|section| plain(section.path())));
    debug_assert!(CHANNELS.contains(&Channel::Sitemap));
    for kind in Kind::ALL.into_iter().rev().filter(|kind| Channel::Sitemap.carries(*kind)) {
        let room = MOST - urls.len() as i64;
        urls.extend(
            find::addresses(&mut reading.c, kind, reading.now, room)?
                .into_iter()
                .map(|(slug, since)| Url { loc: format!("{address}{}", kind.path(&slug)), lastmod: Some(calendar::rfc3339(since)) }),
        );
    }
    let context = tera::Context::from_serialize(&Parts { urls }).map_err(Refusal::broken)?;
    let xml = reading.web.view.render("feed/sitemap.xml", &context)?;
    Ok(Answer::new(reading, "application/xml; charset=utf-8", xml))
}

#[derive(Serialize)]
struct RobotsParts<'a> {
    site: &'a crate::web::site::Site,
}

pub fn robots(reading: &mut Reading) -> Result<Answer, Refusal> {
    let context = tera::Context::from_serialize(&RobotsParts { site: &reading.face.site }).map_err(Refusal::broken)?;
    let text = reading.web.view.render("feed/robots.txt", &context)?;
    Ok(Answer::new(reading, "text/plain; charset=utf-8", text))
}
