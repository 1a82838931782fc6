//! How far a posting has come, for programs: the number, and every place.

use schemars::JsonSchema;
use serde::Serialize;

use super::ask::{Ask, Reply};
use super::problem::Fault;
use super::words::shown;
use crate::edition::{Kind, find_documents};
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::posting::coverage::{self, At};

/// In numbers of places where a sheet hangs, or is to hang.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// Of the version that is in force, or was last.
    pub number: i32,
    /// Its time is over: nothing of it is to hang any more.
    pub over: bool,
    pub places: usize,
    /// They hang the version in force.
    pub current: usize,
    pub units: Vec<CoveredUnit>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CoveredUnit {
    pub unit: String,
    pub name: String,
    /// Why it does not hang it; null where it does.
    pub opted_out: Option<String>,
    pub places: Vec<CoveredPlace>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CoveredPlace {
    pub name: String,
    /// `seat`, `villages`, `points` or `other`.
    pub kind: String,
    /// `current`, `old`, `torn`, `down`, `silent`, `out`; when its time is over `left` or `over`.
    pub state: String,
    /// Of an older version that hangs there.
    pub number: Option<i32>,
    /// Since when it is torn, down or silent.
    pub since: Option<String>,
}

pub fn of_document(ask: &Ask) -> Result<Reply, Fault> {
    let id = ask.id("document")?;
    let mut c = ask.read()?;
    let reach = ask.who.reach(&mut c, Verb::Look)?;
    let found = find_documents::document(&mut c, &reach, id, ask.now)?;
    if found.kind != Kind::Posting {
        return Err(Refusal::Missing.into());
    }
    let known = coverage::coverage(&mut c, id, ask.now)?;
    let tally = known.tally();
    let units = known.parts.into_iter().map(|part| CoveredUnit {
        unit: part.unit.code,
        name: part.unit.name,
        opted_out: part.out.map(|out| out.reason),
        places: part
            .places
            .into_iter()
            .map(|(place, at)| CoveredPlace {
                state: at.name().to_owned(),
                number: if let At::Old(number) = at { Some(number) } else { None },
                since: at.since().map(shown),
                name: place.name,
                kind: place.kind_name,
            })
            .collect(),
    });
    Reply::of(Coverage {
        number: known.edition.number,
        over: known.is_over,
        places: tally.places,
        current: tally.current,
        units: units.collect(),
    })
}
