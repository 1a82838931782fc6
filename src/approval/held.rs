//! What somebody typed and could not save: his session was over, or the form had a fault. It waits for him at the
//! address he sent it to, and is nobody else's.

use chrono::Duration;
use diesel::prelude::*;

use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::held;

const LASTING: Duration = Duration::days(30);
/// In bytes: a whole text and what stands around it.
pub const MOST_BYTES: usize = 3 * 1024 * 1024;
/// For one person; beyond it the oldest give way.
const MOST: i64 = 20;
const LONGEST_ADDRESS: usize = 500;

/// A field that only what was held at the end of a session has.
pub const OVER: &str = "het-phien";

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Held {
    pub address: String,
    pub text: String,
    pub at: Moment,
}

/// In place of what was held for the same address. Errors: `Trouble` for what is too large to be held.
pub fn hold(c: &mut Conn, person: i64, address: &str, text: &str, now: Moment) -> Result<(), Refusal> {
    if text.len() > MOST_BYTES || address.len() > LONGEST_ADDRESS || text.contains('\0') || address.contains('\0') {
        return Err(Refusal::Trouble(phrase!("road-too-large")));
    }
    diesel::delete(held::table.filter(held::at.lt(now - LASTING))).execute(c)?;
    let own = || held::table.filter(held::person_id.eq(person));
    let changed = diesel::update(own().filter(held::address.eq(address))).set((held::text.eq(text), held::at.eq(now))).execute(c)?;
    if changed == 0 {
        let oldest: Vec<String> = own().order((held::at.desc(), held::address.asc())).offset(MOST - 1).select(held::address).load(c)?;
        diesel::delete(own().filter(held::address.eq_any(oldest))).execute(c)?;
        diesel::insert_into(held::table)
            .values((held::person_id.eq(person), held::address.eq(address), held::text.eq(text), held::at.eq(now)))
            .execute(c)?;
    }
    Ok(())
}

/// The same, when a session was over: what waits there already may be something else, so it is put beside and not
/// written over.
pub fn hold_beside(c: &mut Conn, person: i64, address: &str, text: &str, now: Moment) -> Result<(), Refusal> {
    let text = &format!("{text}&{OVER}=1");
    if let Some(before) = find(c, person, address)?.filter(|before| before.text != *text) {
        let number = 2 + beside(c, person, address)?.len();
        hold(c, person, &format!("{address}?{number}"), &before.text, before.at)?;
    }
    hold(c, person, address, text, now)
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

/// Everything that waits for somebody, newest first, without the texts.
pub fn all(c: &mut Conn, person: i64) -> Result<Vec<(String, Moment)>, Refusal> {
    Ok(held::table
        .filter(held::person_id.eq(person))
        .order((held::at.desc(), held::address.asc()))
        .select((held::address, held::at))
        .load(c)?)
}

/// It was saved, or thrown away.
pub fn let_go(c: &mut Conn, person: i64, address: &str) -> Result<(), Refusal> {
    diesel::delete(held::table.find((person, address))).execute(c)?;
    Ok(())
}
