//! Named texts that rule the whole portal, such as the site's own description. Each is a file of the content folder too,
//! and the log seals it by its digest.

use diesel::prelude::*;

use super::Conn;
use super::schema::settings;
use crate::kit::digest;
use crate::kit::refusal::{Issue, Refusal};

/// A file that is kept as it was written.
pub struct Setting {
    /// Of the file, of the row, and of the log's subject.
    pub name: &'static str,
    /// What the log calls it when it is kept.
    pub act: &'static str,
    /// Every fault of such a text, by the name given.
    pub check: fn(&str, &str) -> Result<(), Vec<Issue>>,
}

pub fn find(c: &mut Conn, name: &str) -> Result<Option<String>, Refusal> {
    Ok(settings::table.find(name).select(settings::text).first(c).optional()?)
}

pub fn keep(c: &mut Conn, name: &str, text: &str) -> Result<(), Refusal> {
    let changed = diesel::update(settings::table.find(name)).set(settings::text.eq(text)).execute(c)?;
    if changed == 0 {
        diesel::insert_into(settings::table).values((settings::name.eq(name), settings::text.eq(text))).execute(c)?;
    }
    Ok(())
}

/// What stands, by which whoever read it can tell later whether it still does.
pub fn seal(c: &mut Conn, name: &str) -> Result<String, Refusal> {
    Ok(digest::sha256(find(c, name)?.unwrap_or_default().as_bytes()))
}
