//! What an answer looks at, and what a change touches, in names that both can be compared by. Which names there are
//! is for the nouns above to say.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::kit::clock::Moment;

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

/// How an answer looks at a topic, and so which touches change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub topic: Topic,
    /// Of something in order, newest first: what lies below this was not seen.
    pub down_to: Moment,
    /// So many touches, of this topic and of those that are counted with it, make no difference yet.
    pub spare: usize,
    pub counted_with: Topic,
}

impl Look {
    /// At everything there is of it.
    pub fn at(topic: Topic) -> Look {
        Look { topic, down_to: Moment::MIN, spare: 0, counted_with: topic }
    }

    /// At how many there are of something, in several places together: so many more, or fewer, make no difference yet.
    pub fn spared(topics: Vec<Topic>, spare: usize) -> impl Iterator<Item = Look> {
        let counted_with = Topic::of(&topics);
        topics.into_iter().map(move |topic| Look { spare, counted_with, ..Look::at(topic) })
    }

    /// Two looks at one topic are the closer of both.
    fn join(&mut self, other: &Look) {
        self.down_to = self.down_to.min(other.down_to);
        self.spare = self.spare.min(other.spare);
    }

    /// In the order of their topics, each topic once.
    pub fn joined(mut looks: Vec<Look>) -> Box<[Look]> {
        looks.sort_unstable_by_key(|look| look.topic);
        looks.dedup_by(|later, kept| {
            let same = later.topic == kept.topic;
            if same {
                kept.join(later);
            }
            same
        });
        looks.into_boxed_slice()
    }
}

impl From<Topic> for Look {
    fn from(topic: Topic) -> Look {
        Look::at(topic)
    }
}

/// Something of a topic has changed: at this place in its order, or anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch {
    pub topic: Topic,
    pub at: Option<Moment>,
}

impl Touch {
    pub fn all(topic: Topic) -> Touch {
        Touch { topic, at: None }
    }

    /// Whether whoever looks so far down sees it.
    pub fn reaches(&self, look: &Look) -> bool {
        self.at.is_none_or(|at| at >= look.down_to)
    }
}

/// What some rows of the log have changed of what anybody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    Everything,
    Some(Vec<Touch>),
}
