//! What an answer looks at, and what a change touches, in names that both can be compared by. Which names there are
//! is for the nouns above to say.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Two are equal where they name the same thing; that two things share one costs an answer made once too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Topic(u64);

impl Topic {
    pub fn of(name: impl Hash) -> Topic {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        Topic(hasher.finish())
    }
}

/// What some rows of the log have changed of what anybody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    Everything,
    Topics(Vec<Topic>),
}
