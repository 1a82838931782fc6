//! A unit's board for a screen on a wall: the shell, and the worker that keeps it where the line is dead. The words come to it
//! as the bulletin, like to any other follower; without scripts it is a plain list of what hangs now.

use actix_web::HttpResponse;
use actix_web::http::header;

use super::unit_board;
use crate::bulletin::{self, Whose, whose};
use crate::kit::refusal::Refusal;
use crate::posting::board;
use crate::posting::law::Rules;
use crate::unit;
use crate::web::answer::{Answer, Reading};
use crate::web::screen::{self, Item, LIMIT_HOURS, Part, Shell};
use crate::web::view::Link;
use crate::web::{asset, screen::KIND};

/// The worker asks this server and nobody else.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";

pub fn path(code: &str) -> String {
    format!("/bang-tin/{code}/man-hinh")
}

pub fn worker_path(code: &str) -> String {
    format!("/bang-tin/{code}/man-hinh.js")
}

pub fn page(reading: &mut Reading, code: &str) -> Result<Answer, Refusal> {
    let unit = match whose(reading, code)? {
        Whose::Unit(unit) => unit,
        Whose::Heir(heir) => return Ok(Answer::moved(reading, &path(&heir))),
    };
    let shown = board::shown(reading, &unit)?;
    let rules = Rules::load(&mut reading.c)?;
    let item = |item: board::Item| Item {
        link: Link::new(item.title, item.path),
        kind: item.kind,
        from: item.date.text,
        until: item.until,
        line: item.line,
        drill: item.drill,
        sample: item.sample,
    };
    let parts = shown.parts.into_iter().map(|part| Part { name: part.name, items: part.items.into_iter().map(item).collect() });
    let portal = reading.face.site.address.clone();
    let shell = Shell {
        unit: unit::page::named(reading, &unit),
        board: format!("{portal}{}", unit_board::path(&unit.code)),
        portal,
        bulletin: bulletin::path(&unit.code),
        timestamp: bulletin::timestamp_path(&unit.code),
        worker: worker_path(&unit.code),
        limit_hours: LIMIT_HOURS,
        groups: rules.catalogue.groups.iter().map(|group| group.name(reading.lang).to_owned()).collect(),
        hanging: parts.collect(),
        code: unit.code,
        ..Shell::default()
    };
    screen::answer(reading, &shell)
}

/// The same for every unit; its scope is that unit's screen and nothing beside it. `None` where the program lacks it.
pub fn worker(code: &str) -> Option<HttpResponse> {
    let text = asset::text(&format!("js/{KIND}_worker.js"))?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_TYPE, "text/javascript; charset=utf-8"));
    response.insert_header((header::CACHE_CONTROL, "no-cache"));
    response.insert_header(("service-worker-allowed", path(code)));
    response.insert_header((header::CONTENT_SECURITY_POLICY, WORKER_POLICY));
    Some(response.body(text))
}
