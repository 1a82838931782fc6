//! Named texts that rule the whole portal, such as the site's own description.

use diesel::prelude::*;

use super::Conn;
use super::schema::settings;
use crate::kit::refusal::Refusal;

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
