//! What somebody typed and could not save: his session was over, or the form had a fault. It waits for him at the
//! address he sent it to, and is nobody else's.

use std::borrow::Cow;

use chrono::Duration;
use diesel::prelude::*;

use crate::kit::clock::Moment;
use crate::kit::digest;
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
/// Which page of a form sends this: two of them, open at once, hold nothing over each other.
pub const PAGE: &str = "trang";
/// What of the things that wait the form showed when it was opened, by `stamp`: whoever sends it has seen that.
pub const STOOD_ON: &str = "tren";
/// What every form has without anybody's typing it.
pub const GIVEN: [&str; 9] = ["mark", "seal", "revision", "base", "then", "giu", PAGE, STOOD_ON, OVER];

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Held {
    pub address: String,
    pub text: String,
    pub at: Moment,
}

/// In place of what the same page has held for this address, wherever that waits, or of what it showed when it was
/// opened; anything else there, above all what the end of a session has left, is put beside and not written over.
/// Errors: `Trouble` for what is too large to be held, or one too many.
pub fn hold(c: &mut Conn, person: i64, address: &str, text: &str, now: Moment) -> Result<(), Refusal> {
    if text.len() > MOST_BYTES || address.len() > LONGEST_ADDRESS || text.contains('\0') || address.contains('\0') {
        return Err(Refusal::Trouble(phrase!("road-too-large")));
    }
    diesel::delete(held::table.filter(held::at.lt(now - Duration::days(LASTING_DAYS)))).execute(c)?;
    let (front, beside) = (find(c, person, address)?, beside(c, person, address)?);
    let is_own = |held: &&Held| page(text).is_some_and(|own| page(&held.text) == Some(own));
    let own = front.iter().chain(&beside).find(is_own);
    let place = own.map_or(address, |own| &own.address);
    if let Some(before) = front.as_ref().filter(|before| own.is_none() && !gives_way(before, text)) {
        let number = 1 + beside.iter().filter_map(|held| number(&held.address)).max().unwrap_or(1);
        put(c, person, &format!("{address}?{number}"), &before.text, before.at)?;
    }
    must_fit(c, person, place, text)?;
    put(c, person, place, text, now)
}

/// Whether nothing that waits there says this already.
pub fn is_new(c: &mut Conn, person: i64, address: &str, text: &str) -> Result<bool, Refusal> {
    Ok(!waiting(c, person, address)?.iter().any(|held| is_same(&held.text, text)))
}

/// Whether what is sent now says all that waits.
fn gives_way(before: &Held, text: &str) -> bool {
    is_same(&before.text, text) || is_in(before, text)
}

/// Whether this was held while what is sent was typed: by the same page, or by one before it that this one began from.
/// What the end of a session has left never is.
pub fn is_in(before: &Held, sent: &str) -> bool {
    let is_same_page = || sign(sent).is_none() && page(&before.text) == page(sent);
    sign(&before.text).is_none() && (is_same_page() || was_seen(before, sent))
}

/// Whether it stood in the form that is sent.
fn was_seen(before: &Held, sent: &str) -> bool {
    value(sent, STOOD_ON).is_some_and(|seen| seen == stamp(before))
}

/// Says which state of what waits a form shows.
pub fn stamp(held: &Held) -> String {
    digest::sha256_of(&["held", &held.text])[..16].to_owned()
}

fn page(text: &str) -> Option<Cow<'_, str>> {
    let of_session = || sign(text).filter(|sign| *sign != SENT).map(Cow::Borrowed);
    value(text, PAGE).filter(|page| !page.is_empty()).or_else(of_session)
}

fn value<'t>(text: &'t str, name: &str) -> Option<Cow<'t, str>> {
    form_urlencoded::parse(text.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value)
}

/// Whether both say the same, whatever page sent them.
fn is_same(one: &str, other: &str) -> bool {
    words(one).eq(words(other))
}

fn words(text: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    form_urlencoded::parse(text.as_bytes()).filter(|(name, _)| !GIVEN.contains(&&**name))
}

/// It was done with what was sent: what says the same, or stood in its form, waits no more. Anything else typed at
/// this address does.
pub fn done(c: &mut Conn, person: i64, address: &str, sent: &str) -> Result<(), Refusal> {
    for held in waiting(c, person, address)? {
        if is_same(&held.text, sent) || was_seen(&held, sent) {
            let_go(c, person, &held.address)?;
        }
    }
    Ok(())
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
    hold(c, person, address, &over(text, typing.unwrap_or(SENT)), now)
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

/// All that waits at an address, what its form shows last.
pub fn waiting(c: &mut Conn, person: i64, address: &str) -> Result<Vec<Held>, Refusal> {
    let mut waiting = beside(c, person, address)?;
    waiting.extend(find(c, person, address)?);
    Ok(waiting)
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
