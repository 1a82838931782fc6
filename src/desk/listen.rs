//! What a form of the desk sends: fields; and where a page asks for one, a file.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Payload;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::fields::Fields;
use super::ways::Way;
use crate::kit::secret;
use crate::web::Web;
use crate::web::form::{self, Part, Wrong};

/// Files on their way at once: each is held in memory until it is judged.
static FILES: Semaphore = Semaphore::const_new(8);
/// Of these, so many may be one person's: a slow line of his keeps nobody else waiting.
const EACH: usize = 2;
/// Of whoever has a file on its way.
static PEOPLE: Mutex<BTreeMap<i64, Arc<Semaphore>>> = Mutex::new(BTreeMap::new());
/// So long is a turn waited for.
const WAITS: Duration = Duration::from_secs(10);

/// To hold a file in memory.
pub struct Turn {
    _own: OwnedSemaphorePermit,
    _one: SemaphorePermit<'static>,
}

pub struct Heard {
    pub fields: Fields,
    pub file: Option<Part>,
    /// To be held until nobody looks at the file any more.
    pub turn: Option<Turn>,
}

/// Errors: a status and its words. `most`: the longest body, or the longest file. `sender`: who is signed in, and the mark of
/// his forms; a file of anybody else is heard and not kept.
pub async fn listen(
    web: &Web,
    request: &HttpRequest,
    payload: Payload,
    way: &Way,
    most: usize,
    sender: Option<(i64, String)>,
) -> Result<Heard, Wrong> {
    const BAD: Wrong = (StatusCode::BAD_REQUEST, "invalid");
    if !(way.takes_files && form::has_parts(request)) {
        let body = form::read(web, request, payload, most.min(way.longest())).await?;
        return Ok(Heard { fields: Fields::read(&body).ok_or(BAD)?, file: None, turn: None });
    }
    let take = async |typed: &[Part]| {
        let Some((person, mark)) = sender else { return Ok(None) };
        let is_mark = |part: &Part| part.name == "mark" && secret::is_same(&String::from_utf8_lossy(&part.bytes), &mark);
        if typed.iter().any(is_mark) { turn(person).await.map(Some) } else { Ok(None) }
    };
    let (parts, turn) = form::read_files(web, request, payload, most, take).await?;
    let (mut files, typed): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| part.file.is_some());
    let fields = Fields::typed(typed.iter().map(|part| (part.name.as_str(), &part.bytes[..]))).ok_or(BAD)?;
    Ok(Heard { fields, file: files.pop(), turn })
}

async fn turn(person: i64) -> Result<Turn, Wrong> {
    let turn = tokio::time::timeout(WAITS, waited(person)).await;
    turn.ok().flatten().ok_or((StatusCode::SERVICE_UNAVAILABLE, "trouble"))
}

/// His own first: while he waits for that, he takes nobody else's.
async fn waited(person: i64) -> Option<Turn> {
    let own = {
        let mut people = PEOPLE.lock().unwrap_or_else(PoisonError::into_inner);
        people.retain(|_, own| Arc::strong_count(own) > 1);
        people.entry(person).or_insert_with(|| Arc::new(Semaphore::new(EACH))).clone()
    };
    let own = own.acquire_owned().await.ok()?;
    Some(Turn { _own: own, _one: FILES.acquire().await.ok()? })
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn nobody_has_more_than_two_files_on_their_way_and_all_together_no_more_than_eight() {
        let asked = |person| waited(person).now_or_never().flatten();
        let mut held: Vec<Turn> = [1, 1, 2, 2].map(|person| asked(person).expect("their turn")).into();
        assert!(asked(1).is_none() && asked(2).is_none(), "two each");
        held.remove(0);
        held.push(asked(1).expect("one of his is done"));
        held.extend([3, 3, 4, 4].map(|person| asked(person).expect("their turn")));
        assert!(asked(5).is_none(), "eight are held in memory, and no more");
        held.clear();
        assert!(asked(5).is_some());
        assert!(PEOPLE.lock().is_ok_and(|people| people.len() == 1), "nobody is remembered longer than his files");
    }
}
