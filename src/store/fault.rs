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

/// The messages are SQLite's own (sqlite3_errstr): SQLITE_FULL, SQLITE_BUSY, SQLITE_READONLY, SQLITE_CORRUPT.
pub(super) fn named(message: &str) -> Option<Refusal> {
    let phrase = if message.contains("database or disk is full") || message.contains("No space left on device") {
        phrase!("trouble-database-full")
    } else if message.contains("database is locked") || message.contains("database table is locked") {
        phrase!("trouble-database-busy")
    } else if message.contains("readonly database") || message.contains("unable to open database file") {
        phrase!("trouble-database-read-only")
    } else if message.contains("malformed") || message.contains("file is not a database") {
        phrase!("trouble-database-damaged")
    } else {
        return None;
    };
    Some(Refusal::Trouble(phrase))
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
        (Refusal::Trouble(mut phrase), Address::Sqlite(path)) if phrase.args.is_empty() => {
            phrase.args.push(("path", path.display().to_string()));
            Refusal::Trouble(phrase)
        }
        (refusal, _) => refusal,
    }
}
