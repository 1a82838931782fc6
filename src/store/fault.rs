//! What the databases say, told apart where a person can act on it.

use super::{Address, OpenError};
use crate::kit::refusal::Refusal;
use crate::phrase;

impl From<diesel::result::Error> for Refusal {
    fn from(error: diesel::result::Error) -> Refusal {
        match error {
            diesel::result::Error::NotFound => Refusal::Missing,
            other => named(&other.to_string()).unwrap_or_else(|| Refusal::Broken(Box::new(other))),
        }
    }
}

/// In place of the file where only the query is known.
const UNNAMED: &str = "none";

/// The messages are SQLite's own (sqlite3_errstr): SQLITE_FULL, SQLITE_BUSY, SQLITE_READONLY, SQLITE_CORRUPT.
pub(super) fn named(message: &str) -> Option<Refusal> {
    let phrase = if message.contains("database or disk is full") || message.contains("No space left on device") {
        phrase!("trouble-database-full", path = UNNAMED)
    } else if message.contains("database is locked") || message.contains("database table is locked") {
        return Some(busy());
    } else if message.contains("readonly database") || message.contains("unable to open database file") {
        phrase!("trouble-database-read-only", path = UNNAMED)
    } else if message.contains("malformed") || message.contains("file is not a database") {
        phrase!("trouble-database-damaged", path = UNNAMED)
    } else {
        return None;
    };
    Some(Refusal::Trouble(phrase))
}

pub(super) fn busy() -> Refusal {
    Refusal::Trouble(phrase!("trouble-database-busy", path = UNNAMED))
}

/// Whether somebody else was writing all the time that a writer may wait: the same may well succeed later.
pub fn is_busy(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Trouble(phrase) if phrase.key == "trouble-database-busy")
}

pub(super) fn pool(error: diesel::r2d2::PoolError) -> Refusal {
    named(&error.to_string()).unwrap_or_else(|| Refusal::Broken(Box::new(error)))
}

pub(super) fn opening(address: &Address, error: OpenError) -> Refusal {
    let refusal = named(&error.to_string()).unwrap_or_else(|| match address {
        // libpq's message names host and port and never the password.
        Address::Postgres(_) => Refusal::Trouble(phrase!("trouble-database-unreachable", reason = error)),
        Address::Sqlite(_) => Refusal::Broken(Box::new(error)),
    });
    described(address, refusal)
}

/// Adds the file to a trouble that does not name it yet.
pub(super) fn described(address: &Address, refusal: Refusal) -> Refusal {
    match (refusal, address) {
        (Refusal::Trouble(mut phrase), Address::Sqlite(path)) => {
            for (_, value) in phrase.args.iter_mut().filter(|(name, value)| *name == "path" && value == UNNAMED) {
                *value = path.display().to_string();
            }
            Refusal::Trouble(phrase)
        }
        (refusal, _) => refusal,
    }
}
