//! What clerks answered for files of one shape, kept for the next; and what one of them is answering now.

use diesel::prelude::*;

use super::look::Look;
use super::{Answers, guess};
use crate::kit::clock::Moment;
use crate::kit::digest::sha256;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema_out::{intakes, sheet_shapes};

/// By the heads of its columns, whatever times stand in them.
pub fn shape(look: &Look, answers: &Answers) -> String {
    let heads = look.heads(answers.first);
    let keys: Vec<String> = guess::columns(look, answers.label, &heads).into_iter().map(|(_, key, _)| key).collect();
    sha256(keys.join("\n").as_bytes())
}

/// What was answered last for a file of this shape: by this unit, else by any.
pub fn recall(c: &mut Conn, unit: Option<i64>, shape: &str) -> Result<Option<Answers>, Refusal> {
    let rows: Vec<(Option<i64>, String)> = sheet_shapes::table
        .filter(sheet_shapes::shape.eq(shape))
        .order(sheet_shapes::at.desc())
        .select((sheet_shapes::unit_id, sheet_shapes::answers))
        .limit(50)
        .load(c)?;
    let own = rows.iter().find(|(of, _)| *of == unit).or(rows.first());
    // What an older program wrote and this one cannot read is no memory.
    Ok(own.and_then(|(_, answers)| serde_json::from_str(answers).ok()))
}

/// Keeps the words of it; what was said of single cells was of that file alone.
pub fn remember(c: &mut Conn, unit: Option<i64>, shape: &str, answers: &Answers, now: Moment) -> Result<(), Refusal> {
    let kept = Answers { cells: Default::default(), ..answers.clone() };
    let text = serde_json::to_string(&kept).map_err(Refusal::broken)?;
    let known: Vec<(i64, Option<i64>)> =
        sheet_shapes::table.filter(sheet_shapes::shape.eq(shape)).select((sheet_shapes::id, sheet_shapes::unit_id)).load(c)?;
    let own: Vec<i64> = known.into_iter().filter(|(_, of)| *of == unit).map(|(id, _)| id).collect();
    diesel::delete(sheet_shapes::table.filter(sheet_shapes::id.eq_any(own))).execute(c)?;
    diesel::insert_into(sheet_shapes::table)
        .values((sheet_shapes::unit_id.eq(unit), sheet_shapes::shape.eq(shape), sheet_shapes::answers.eq(text), sheet_shapes::at.eq(now)))
        .execute(c)?;
    Ok(())
}

/// A file that somebody is making figures of: one for each text and person.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Intake {
    pub id: i64,
    pub name: String,
    pub digest: String,
    /// Empty until the file has been looked at.
    pub answers: String,
    pub at: Moment,
}

pub fn begin(c: &mut Conn, document: i64, person: i64, (name, digest): (&str, &str), now: Moment) -> Result<(), Refusal> {
    end(c, document, person)?;
    diesel::insert_into(intakes::table)
        .values((
            intakes::document_id.eq(document),
            intakes::person_id.eq(person),
            intakes::name.eq(name),
            intakes::digest.eq(digest),
            intakes::answers.eq(""),
            intakes::at.eq(now),
        ))
        .execute(c)?;
    Ok(())
}

pub fn find(c: &mut Conn, document: i64, person: i64) -> Result<Option<Intake>, Refusal> {
    Ok(intakes::table
        .filter(intakes::document_id.eq(document).and(intakes::person_id.eq(person)))
        .select((intakes::id, intakes::name, intakes::digest, intakes::answers, intakes::at))
        .first(c)
        .optional()?)
}

pub fn answer(c: &mut Conn, id: i64, answers: &Answers) -> Result<(), Refusal> {
    let text = serde_json::to_string(answers).map_err(Refusal::broken)?;
    diesel::update(intakes::table.find(id)).set(intakes::answers.eq(text)).execute(c)?;
    Ok(())
}

pub fn end(c: &mut Conn, document: i64, person: i64) -> Result<(), Refusal> {
    let those = intakes::table.filter(intakes::document_id.eq(document).and(intakes::person_id.eq(person)));
    diesel::delete(those).execute(c)?;
    Ok(())
}
