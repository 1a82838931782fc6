//! Floor 2: who works here. A person holds roles in units ([`access`]); whatever is done is an [`Act`] of somebody, at an
//! instant, from somewhere, and the verb that does it asks whether he may.

pub mod access;
pub mod keep;
pub mod link;
pub mod password;
pub mod proof;
pub mod roll;
pub mod second;
pub mod session;
pub mod sign_in;
pub mod throttle;
pub mod token;

use std::net::IpAddr;

use serde_json::{Map, Value, json};

use crate::kit::clock::Moment;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::store::{Conn, log};
use access::{Grant, Reach, Verb};

/// What the log's subjects begin with that speak of people, their roles, sessions and tokens: `person/tham.tran`.
pub const PERSON: &str = "person/";

/// Who acts, and when. Passed to every verb, on every floor above.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    pub now: Moment,
    pub who: &'a Who,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever holds the machine, by what he does there: `import`, `command`. Nothing is refused to him.
    Machine(&'static str),
    Person(Actor),
}

/// A person as he stands before the house: who he is, what he holds, and by which door he came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub id: i64,
    /// What he signs in with, and the log's name for him: never changed, and never given to anybody else.
    pub login: String,
    pub name: String,
    pub grants: Vec<Grant>,
    pub from: Option<IpAddr>,
    pub door: Door,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    Desk,
    /// A token opens only some verbs, whatever its owner may do.
    Token {
        name: String,
        scope: Vec<Verb>,
    },
}

impl Who {
    /// The name in the log and on the road of a text.
    pub fn name(&self) -> &str {
        match self {
            Who::Machine(name) => name,
            Who::Person(actor) => &actor.login,
        }
    }

    pub fn actor(&self) -> Option<&Actor> {
        match self {
            Who::Machine(_) => None,
            Who::Person(actor) => Some(actor),
        }
    }

    pub fn may(&self, c: &mut Conn, verb: Verb, unit: Option<i64>) -> Result<bool, Refusal> {
        match self {
            Who::Machine(_) => Ok(true),
            Who::Person(actor) => actor.may(c, verb, unit),
        }
    }

    /// Where he may do this: for lists.
    pub fn reach(&self, c: &mut Conn, verb: Verb) -> Result<Reach, Refusal> {
        match self {
            Who::Machine(_) => Ok(Reach::Everywhere),
            Who::Person(actor) => actor.reach(c, verb),
        }
    }
}

impl Act<'_> {
    /// Errors: `Missing` for what he may not even know of, else `Forbidden`.
    pub fn must(&self, c: &mut Conn, verb: Verb, unit: Option<i64>) -> Result<(), Refusal> {
        if self.who.may(c, verb, unit)? {
            return Ok(());
        }
        Err(if self.who.may(c, Verb::Look, unit)? { Refusal::Forbidden } else { Refusal::Missing })
    }

    /// Appends to the log in the caller's transaction, with where it came from.
    pub fn record(&self, c: &mut Conn, name: &str, subject: String, mut facts: Map<String, Value>) -> Result<i64, Refusal> {
        if let Who::Person(actor) = self.who {
            if let Some(from) = actor.from {
                facts.insert("from".to_owned(), json!(from.to_string()));
            }
            if let Door::Token { name, .. } = &actor.door {
                facts.insert("token".to_owned(), json!(name));
            }
        }
        log::append(c, self.now, self.who.name(), name, subject, facts)
    }
}

/// What a person can mend, at a field of a form.
pub fn fault(field: &str, phrase: Phrase) -> Refusal {
    Refusal::Issues(vec![Issue { file: field.to_owned(), line: 0, phrase }])
}
