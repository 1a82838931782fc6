//! Why something was not done. Below HTTP nobody knows a status; `web::error` maps this once.

use std::fmt;

use super::words::Phrase;

#[derive(Debug)]
pub enum Refusal {
    /// There is nothing here, or nothing that you may know of.
    Missing,
    Forbidden,
    WrongState(Phrase),
    /// Somebody else was faster.
    Stale,
    /// What a person can mend, all of it at once.
    Issues(Vec<Issue>),
    /// A clear reason outside the program: a full disk, a busy database, a port in use.
    Trouble(Phrase),
    /// A fault of ours, or of the machine.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

/// One thing to mend, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub file: String,
    /// From 1; 0 when the file as a whole is meant.
    pub line: usize,
    pub phrase: Phrase,
}

impl Refusal {
    pub fn broken(cause: impl fmt::Display) -> Refusal {
        Refusal::Broken(cause.to_string().into())
    }

    /// A file could not be read or written; says which, in words a person can act on where we know them.
    pub fn io(path: &std::path::Path, error: std::io::Error) -> Refusal {
        use std::io::ErrorKind::*;
        let path = path.display();
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Refusal::Trouble(crate::phrase!("trouble-disk-full", path = path)),
            PermissionDenied | ReadOnlyFilesystem => Refusal::Trouble(crate::phrase!("trouble-read-only", path = path)),
            NotFound => Refusal::Trouble(crate::phrase!("trouble-no-such-file", path = path)),
            _ => Refusal::broken(format!("{path}: {error}")),
        }
    }
}

impl fmt::Display for Refusal {
    /// For logs; people are answered through `Words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Missing => f.write_str("missing"),
            Refusal::Forbidden => f.write_str("forbidden"),
            Refusal::WrongState(phrase) => write!(f, "wrong state: {}", phrase.key),
            Refusal::Stale => f.write_str("stale"),
            Refusal::Issues(issues) => write!(f, "{} issues", issues.len()),
            Refusal::Trouble(phrase) => write!(f, "{} {:?}", phrase.key, phrase.args),
            Refusal::Broken(cause) => write!(f, "broken: {cause}"),
        }
    }
}
