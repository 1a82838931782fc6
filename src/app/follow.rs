//! Following other portals: what `bangtin follow` does once, and a running server again and again. What a reader sees depends on
//! none of it: what was taken over ends by its own time.

use std::collections::BTreeMap;
use std::time::Duration;

use super::App;
use crate::bulletin::follow::{self, Row};
use crate::bulletin::follow_take::{self, Taken, Tally};
use crate::bulletin::judge::{self, Mark, Received, Refused, Trust};
use crate::bulletin::keys::MOST_WAIT;
use crate::bulletin::line::{Came, Line, pause};
use crate::bulletin::pin;
use crate::bulletin::shape::{Bulletin, Changes, Event, File, Item};
use crate::bulletin::{path, timestamp_path};
use crate::channel;
use crate::edition::body::{FileRef, Files};
use crate::edition::written::Press;
use crate::kit::clock::Moment;
use crate::kit::picture::{self, Picture, RECIPE};
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Phrase, Words};
use crate::kit::{calendar, filetype};
use crate::person::{Act, Who};
use crate::phrase;
use crate::store::shelf::{self, Medium};

const FOLLOW: Who = Who::Machine("follow");
/// How often new sources are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(15);
const MOST_PAGES: usize = 50;

fn act(app: &App) -> Act<'static> {
    Act { now: app.web.clock.now(), who: &FOLLOW }
}

fn press(app: &App) -> Press<'_> {
    Press { words: &app.web.words, facts: channel::facts, rule: channel::rule }
}

/// What became of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The line is alive, and nothing is new.
    Same,
    Taken(Tally),
    Refused(Refused),
}

/// Pins a key and begins to follow. `key`: base64, given by hand. Gives what is to be said.
pub fn begin(app: &App, url: &str, unit: &str, hangs_in: Option<&str>, key: Option<&str>) -> Result<(Row, String), Refusal> {
    let portal = pin::portal(url)?;
    let own = app.web.reading(Lang::Vi, app.web.clock.now())?.face.site.unit.clone();
    let hangs_in = hangs_in.map(str::to_owned).or(Some(own).filter(|own| !own.is_empty()));
    let hangs_in = hangs_in.ok_or_else(|| Refusal::Trouble(phrase!("follow-where")))?;
    let trust = match pin::given(&portal, key)? {
        Some(trust) => trust,
        None => pin::first_key(&Line::to(&portal), Some(app.web.clock.now())).map_err(|why| refused(&portal, why))?,
    };
    let pinned = trust.trusted.iter().map(|(id, key)| format!("{id} {}", key.public)).collect::<Vec<_>>().join(", ");
    let row = app.web.store.write(|c| follow::begin(c, act(app), &portal, unit, &hangs_in, &trust))?;
    Ok((row, pinned))
}

pub fn refused(portal: &str, why: Refused) -> Refusal {
    Refusal::Trouble(phrase!("follow-refused", portal = portal, why = why.word()))
}

/// In the language of who reads it.
pub fn why(words: &Words, lang: Lang, word: &str) -> String {
    words.say(lang, &phrase!("follow-why", why = word))
}

pub fn stop(app: &App, url: &str, unit: &str) -> Result<Phrase, Refusal> {
    let portal = pin::portal(url)?;
    let rows = follow::all(&mut *app.web.store.read()?)?;
    let rows: Vec<Row> = rows.into_iter().filter(|row| row.portal == portal && row.unit_code == unit).collect();
    if rows.is_empty() {
        return Err(Refusal::Trouble(phrase!("follow-none-such", portal = portal, unit = unit)));
    }
    for row in &rows {
        app.web.store.write(|c| follow::stop(c, act(app), &press(app), row))?;
    }
    Ok(phrase!("follow-stopped", portal = portal, unit = unit))
}

/// A line each; `None` while nothing is followed.
pub fn list(app: &App, words: &Words, lang: Lang) -> Result<Option<String>, Refusal> {
    let rows = follow::all(&mut *app.web.store.read()?)?;
    let mut lines = String::new();
    for row in &rows {
        let heard = row.heard_at.map_or_else(|| words.text(lang, "follow-never"), |at| calendar::short(at, false));
        let fault = if row.fault.is_empty() { String::new() } else { why(words, lang, &row.fault) };
        lines.push_str(&format!("{}\t{}\t{}\t{}\t{heard}\t{fault}\n", row.portal, row.unit_code, row.hangs_in, row.number));
    }
    Ok((!rows.is_empty()).then_some(lines))
}

/// One try, whole or for nothing. `wait`: the mark of the timestamp that is held, to be told when there is another.
pub fn sync(app: &App, row: &Row, wait: Option<&str>) -> Result<(Outcome, Option<String>), Refusal> {
    let outcome = tried(app, row, wait);
    match outcome {
        Ok(Tried::Done(outcome, etag)) => Ok((outcome, etag)),
        Ok(Tried::Refused(why)) | Err(Error::Refused(why)) => {
            app.web.store.write(|c| follow::failed(c, row, why))?;
            Ok((Outcome::Refused(why), None))
        }
        Err(Error::Store(refusal)) => Err(refusal),
    }
}

enum Tried {
    Done(Outcome, Option<String>),
    Refused(Refused),
}

enum Error {
    Refused(Refused),
    Store(Refusal),
}

impl From<Refused> for Error {
    fn from(why: Refused) -> Error {
        Error::Refused(why)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Store(refusal)
    }
}

fn tried(app: &App, row: &Row, wait: Option<&str>) -> Result<Tried, Error> {
    let line = Line::to(&row.portal);
    let (mut trust, held, now) = (row.trust(), row.mark(), app.web.clock.now());
    let asked = match wait {
        Some(_) => format!("{}?wait={MOST_WAIT}", timestamp_path(&row.unit_code)),
        None => timestamp_path(&row.unit_code),
    };
    let (received, etag) = match line.document(&asked, wait)? {
        Came::Unchanged => return Ok(Tried::Done(Outcome::Same, wait.map(str::to_owned))),
        Came::Document(received, etag) => (received, etag),
    };
    let judged = judge::timestamp(&trust, &received, &row.unit_code, held.as_ref(), Some(now));
    let (stamp, mark) = match judged {
        Err(Refused::UnknownKey) => {
            trust = pin::renewed(&line, &trust, Some(now))?;
            app.web.store.write(|c| follow::trusts(c, row, &trust))?;
            judge::timestamp(&trust, &received, &row.unit_code, held.as_ref(), Some(now))?
        }
        judged => judged?,
    };
    if stamp.content == row.content && !row.content.is_empty() {
        let fresh = judge::instant(&stamp.fresh_until).unwrap_or(now);
        app.web.store.write(|c| follow::heard(c, now, row, &mark, fresh))?;
        return Ok(Tried::Done(Outcome::Same, Some(etag)));
    }
    let Came::Document(received, _) = line.document(&path(&row.unit_code), None)? else { return Ok(Tried::Refused(Refused::NoAnswer)) };
    let (bulletin, mark) = judge::bulletin(&trust, &received, &row.unit_code, row.whole_mark().as_ref(), Some(now))?;
    let news = follow_take::news(&mut *app.web.store.read()?, row, &bulletin)?.into_iter().cloned().collect::<Vec<Item>>();
    let (mut files, mut lacking) = (BTreeMap::new(), false);
    for item in &news {
        let (found, all) = fetched(app, &line, &bulletin, item)?;
        lacking |= !all;
        files.insert(item.id.clone(), found);
    }
    let events = happened(&line, &trust, row);
    // Who asks for timestamps goes by theirs alone.
    let fresh_until = judge::instant(&stamp.fresh_until).unwrap_or(now);
    let mut shown = bulletin;
    if lacking {
        // It is asked for again until its files are here.
        shown.content.clear();
    }
    let taken = Taken { bulletin: &shown, mark: &mark, fresh_until, files: &files, events: &events };
    let tally = app.web.store.write(|c| follow_take::take(c, act(app), &press(app), row, &taken))?;
    Ok(Tried::Done(Outcome::Taken(tally), Some(etag)))
}

/// The files of a text, on our shelf; and whether all of them are.
fn fetched(app: &App, line: &Line, bulletin: &Bulletin, item: &Item) -> Result<(Files, bool), Refusal> {
    let (mut files, mut all) = (Files::new(), true);
    for file in &item.files {
        let name = follow_take::file_name(item, &file.name);
        let known = shelf::named(&mut *app.web.store.read()?, &name)?;
        if let Some(known) = known {
            files.insert(name, FileRef::from(known));
            continue;
        }
        // Under whatever address the portal is reached from here.
        let path = file.url.strip_prefix(&bulletin.portal.address).unwrap_or_default();
        match line.file(&format!("{}{path}", line.portal), &file.sha256, file.bytes) {
            Ok(bytes) => match shelved(app, &name, file, &bytes)? {
                Some(file) => drop(files.insert(name, file)),
                None => tracing::warn!("{} is no file that may stand here: {}", line.portal, file.name),
            },
            Err(why) => {
                tracing::warn!("{}: a file is lacking ({}): {}", line.portal, why.word(), file.url);
                all = false;
            }
        }
    }
    Ok((files, all))
}

/// Judged as an upload is, by what stands in it; `None` for what may not stand here.
fn shelved(app: &App, name: &str, file: &File, bytes: &[u8]) -> Result<Option<FileRef>, Refusal> {
    let shelf = &app.web.shelf;
    let digest = file.sha256.clone();
    let mut medium = Medium {
        digest: digest.clone(),
        mime: String::new(),
        bytes: bytes.len() as i64,
        width: 0,
        height: 0,
        renditions: String::new(),
        recipe: 0,
    };
    if file.shown_as.is_some() || filetype::PICTURES.contains(&filetype::ending(name).as_str()) {
        let Ok(made) = Picture::decode(bytes).and_then(|picture| Ok((picture.renditions(bytes.len())?, picture))) else { return Ok(None) };
        let (renditions, picture) = made;
        for (rendition, bytes) in &renditions {
            shelf.put(&digest, &rendition.to_string(), bytes)?;
        }
        let names: Vec<_> = renditions.into_iter().map(|(rendition, _)| rendition).collect();
        (medium.mime, medium.width, medium.height) = (picture.mime.to_owned(), picture.width() as i32, picture.height() as i32);
        (medium.renditions, medium.recipe) = (picture::names(&names), RECIPE);
    } else {
        let Ok(mime) = filetype::judge(name, bytes) else { return Ok(None) };
        mime.clone_into(&mut medium.mime);
    }
    shelf.put(&digest, "", bytes)?;
    app.web.store.write(|c| shelf::record(c, shelf, name, &medium))?;
    Ok(Some(FileRef::from(medium)))
}

/// Why what is gone is gone, as far as the portal says so. Without it the texts go all the same.
fn happened(line: &Line, trust: &Trust, row: &Row) -> Vec<Event> {
    let mut events = Vec::new();
    let mut next = format!("/bang-tin/{}/changes?after={}", row.unit_code, row.number);
    for _ in 0..MOST_PAGES {
        let Ok(Came::Document(received, _)) = line.document(&next, None) else { break };
        let Some(page) = read_changes(trust, &received).filter(|page| page.asked == next) else { break };
        events.extend(page.events);
        if !page.more || !page.next.starts_with("/bang-tin/") {
            break;
        }
        next = page.next;
    }
    events
}

fn read_changes(trust: &Trust, received: &Received) -> Option<Changes> {
    trust.verify(received).ok()?;
    serde_json::from_slice(&received.bytes).ok()
}

/// Runs until the runtime stops: a task for each source.
pub async fn run(app: App) {
    let mut running: Vec<i64> = Vec::new();
    loop {
        let shared = app.clone();
        let rows = actix_web::web::block(move || follow::all(&mut *shared.web.store.read()?)).await;
        if let Ok(Ok(rows)) = rows {
            for row in rows {
                if !running.contains(&row.id) {
                    running.push(row.id);
                    actix_web::rt::spawn(keep_up(app.clone(), row.id));
                }
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// What was stopped is looked at now and then: it may be followed again.
async fn keep_up(app: App, id: i64) {
    let mut etag: Option<String> = None;
    loop {
        let (shared, held) = (app.clone(), etag.clone());
        let tried = actix_web::web::block(move || -> Result<Option<(Outcome, Option<String>, i32)>, Refusal> {
            let rows = follow::all(&mut *shared.web.store.read()?)?;
            let Some(row) = rows.into_iter().find(|row| row.id == id) else { return Ok(None) };
            let (outcome, etag) = sync(&shared, &row, held.as_deref())?;
            Ok(Some((outcome, etag, row.failures)))
        })
        .await;
        let wait = match tried {
            Ok(Ok(Some((Outcome::Refused(why), _, failures)))) => {
                etag = None;
                tracing::warn!("a bulletin that is followed was refused: {}", why.word());
                pause(failures.max(0) as u32 + 1)
            }
            Ok(Ok(Some((_, heard, _)))) => {
                etag = heard;
                Duration::from_millis(200)
            }
            Ok(Ok(None)) => LOOK_EVERY,
            Ok(Err(refusal)) => {
                tracing::warn!("what is followed waits: {refusal}");
                LOOK_EVERY
            }
            Err(_) => return,
        };
        tokio::time::sleep(wait).await;
    }
}

/// The mark of a followed bulletin, for tests and lists.
pub fn mark(app: &App, id: i64) -> Result<Option<(Mark, Moment)>, Refusal> {
    let rows = follow::all(&mut *app.web.store.read()?)?;
    Ok(rows.into_iter().find(|row| row.id == id).and_then(|row| Some((row.mark()?, row.fresh_until))))
}
