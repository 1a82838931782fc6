//! The log as files to take along. JSON lines hold every row exactly as its digest seals it, so that a stranger can
//! check the chain with nothing of ours: `digest` is the SHA-256, in lower-case hexadecimal, of seven texts one after
//! another, each preceded by its length in bytes as eight bytes, most significant first: `position` (in decimal), `at`,
//! `actor`, `act`, `subject`, `facts` (the text as it stands in the line, not what it means) and `previous`. `previous` is
//! the digest of the row before; of the first row it is empty. Instants are UTC.
//!
//! CSV is for people and their tables.

use serde_json::json;

use super::log::Row;

/// One line, with its end.
pub fn json_line(row: &Row) -> String {
    let mut line = json!({
        "position": row.position,
        "at": row.at.to_string(),
        "actor": row.actor,
        "act": row.act,
        "subject": row.subject,
        "facts": row.facts,
        "previous": row.previous,
        "digest": row.digest,
    })
    .to_string();
    line.push('\n');
    line
}
