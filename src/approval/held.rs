//! What somebody typed and could not save: his session was over, or the form had a fault. It waits for him at the
//! address he sent it to, and is nobody else's.

use chrono::Duration;
use diesel::prelude::*;

use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::held;

pub const LASTING_DAYS: i64 = 30;
/// In bytes: a whole text and what stands around it, as a form sends it. The desk takes nothing longer.
pub const MOST_BYTES: usize = 7 * 1024 * 1024;
/// For one person, and in bytes together. Beyond it what is new is refused, so that its sender hears of it: what waits
/// gives way to nothing but its day.
pub const MOST: i64 = 200;
pub const MOST_TOGETHER: usize = 64 * 1024 * 1024;
/// So many are never too large together.
const SURELY_FIT: i64 = (MOST_TOGETHER / MOST_BYTES) as i64 - 1;
const LONGEST_ADDRESS: usize = 500;

define_sql_function! { fn length(text: diesel::sql_types::Text) -> Integer; }

/// A field that only what was held at the end of a session has.
pub const OVER: &str = "het-phien";

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Held {
    pub address: String,
    pub text: String,
    pub at: Moment,
}

/// In place of what the same page has held for this address while it was typed; anything else there, above all what the
/// end of a session has left, is put beside and not written over. Errors: `Trouble` for what is too large to be held, or
/// one too many.
pub fn hold(c: &mut Conn, person: i64, address: &str, text: &str, now: Moment) -> Result<(), Refusal> {
    if text.len() > MOST_BYTES || address.len() > LONGEST_ADDRESS || text.contains('\0') || address.contains('\0') {
        return Err(Refusal::Trouble(phrase!("road-too-large")));
    }
    diesel::delete(held::table.filter(held::at.lt(now - Duration::days(LASTING_DAYS)))).execute(c)?;
    let is_same_page = |before: &Held| sign(text) != Some(SENT) && sign(&before.text) == sign(text);
    let is_other = |before: &Held| typed(&before.text) != typed(text) && !is_same_page(before);
    if let Some(before) = find(c, person, address)?.filter(is_other) {
        let number = 1 + beside(c, person, address)?.iter().filter_map(|held| number(&held.address)).max().unwrap_or(1);
        put(c, person, &format!("{address}?{number}"), &before.text, before.at)?;
    }
    must_fit(c, person, address, text)?;
    put(c, person, address, text, now)
}

fn must_fit(c: &mut Conn, person: i64, address: &str, text: &str) -> Result<(), Refusal> {
    let others = || held::table.filter(held::person_id.eq(person).and(held::address.ne(address)));
    let count: i64 = others().count().get_result(c)?;
    let mut is_full = count >= MOST;
    if !is_full && count > SURELY_FIT {
        // A form's letters are bytes: it is sent so.
        let bytes: Option<i64> = others().select(diesel::dsl::sum(length(held::text))).get_result(c)?;
        is_full = usize::try_from(bytes.unwrap_or_default()).unwrap_or(usize::MAX) + text.len() > MOST_TOGETHER;
    }
    if is_full { Err(Refusal::Trouble(phrase!("road-held-full"))) } else { Ok(()) }
}

fn put(c: &mut Conn, person: i64, address: &str, text: &str, at: Moment) -> Result<(), Refusal> {
    let_go(c, person, address)?;
    diesel::insert_into(held::table)
        .values((held::person_id.eq(person), held::address.eq(address), held::text.eq(text), held::at.eq(at)))
        .execute(c)?;
    Ok(())
}

/// The same, at the end of a session. `typing` names a page that goes on sending what is typed there, while its session
/// is over: what it sends takes the place of what it sent before, wherever that waits.
pub fn hold_over(c: &mut Conn, person: i64, address: &str, text: &str, typing: Option<&str>, now: Moment) -> Result<(), Refusal> {
    let text = over(text, typing.unwrap_or(SENT));
    let mut waiting = beside(c, person, address)?;
    waiting.extend(find(c, person, address)?);
    let before = waiting.iter().find(|held| typing.is_some_and(|typing| sign(&held.text) == Some(typing)));
    hold(c, person, before.map_or(address, |before| &before.address), &text, now)
}

/// Of a form that somebody sent.
const SENT: &str = "1";

fn over(text: &str, sign: &str) -> String {
    format!("{}&{OVER}={sign}", typed(text))
}

/// Without the sign that a session was over.
fn typed(text: &str) -> &str {
    sign(text).map_or(text, |sign| &text[..text.len() - sign.len() - OVER.len() - 2])
}

fn sign(text: &str) -> Option<&str> {
    let (before, sign) = text.rsplit_once('=')?;
    before.strip_suffix(OVER)?.ends_with('&').then_some(sign)
}

/// The address of the form to which this belongs.
pub fn form_of(address: &str) -> &str {
    address.split_once('?').map_or(address, |(form, _)| form)
}

fn number(address: &str) -> Option<i64> {
    address.split_once('?')?.1.parse().ok()
}

/// Lets what waits beside be what its form shows; what stood there waits in its place. Errors: `Missing` for what does
/// not wait.
pub fn bring_forward(c: &mut Conn, person: i64, address: &str) -> Result<(), Refusal> {
    let chosen = find(c, person, address)?.ok_or(Refusal::Missing)?;
    let form = form_of(address);
    if form == address {
        return Ok(());
    }
    let front = find(c, person, form)?;
    put(c, person, form, &over(&chosen.text, SENT), chosen.at)?;
    match front {
        Some(front) => put(c, person, address, &over(&front.text, SENT), front.at),
        None => let_go(c, person, address),
    }
}

/// What was put beside at an address, oldest first.
pub fn beside(c: &mut Conn, person: i64, address: &str) -> Result<Vec<Held>, Refusal> {
    let own = held::table
        .filter(held::person_id.eq(person).and(held::address.gt(format!("{address}?"))).and(held::address.lt(format!("{address}@"))));
    Ok(own.order((held::at.asc(), held::address.asc())).select((held::address, held::text, held::at)).load(c)?)
}

pub fn find(c: &mut Conn, person: i64, address: &str) -> Result<Option<Held>, Refusal> {
    Ok(held::table.find((person, address)).select((held::address, held::text, held::at)).first(c).optional()?)
}

/// Everything that waits for somebody and whose day has not come, newest first, without the texts.
pub fn all(c: &mut Conn, person: i64, now: Moment) -> Result<Vec<(String, Moment)>, Refusal> {
    Ok(held::table
        .filter(held::person_id.eq(person).and(held::at.ge(now - Duration::days(LASTING_DAYS))))
        .order((held::at.desc(), held::address.asc()))
        .select((held::address, held::at))
        .load(c)?)
}

/// It was saved, or thrown away.
pub fn let_go(c: &mut Conn, person: i64, address: &str) -> Result<(), Refusal> {
    diesel::delete(held::table.find((person, address))).execute(c)?;
    Ok(())
}
