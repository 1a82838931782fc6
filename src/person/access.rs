//! Who may do what, where. A role is held in a unit and counts there and in all that stands below it; held in none, it
//! counts everywhere. [`may`] is the whole table; nothing else says what a role may do.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{Actor, Door};
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::units;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Author,
    Editor,
    Reviewer,
    Publisher,
    UrgentPublisher,
    BoardKeeper,
    Statistician,
    /// The administrator: people, the site, the log. He writes and approves nothing by it.
    Keeper,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    /// See the unit's texts at the desk, whatever their state.
    Look,
    /// Begin a text, mend one's own draft, submit it, throw it away, share it.
    Write,
    /// The same with drafts of others.
    Edit,
    /// Approve what somebody else has submitted, or send it back.
    Review,
    /// Publish what is approved, now or at a time; give it an end; share it.
    Publish,
    /// Publish without approval, with a reason, until a second person confirms.
    Urge,
    /// Confirm what was published so.
    Confirm,
    Withdraw,
    /// Add people, give and take roles, reset, disable.
    KeepPeople,
    /// What holds for the whole portal: the site's description, its days off, its kinds of posting.
    KeepSite,
    ReadLog,
    /// Where postings hang: keep the list of places, and record what hangs there.
    KeepPlaces,
}

/// The table.
pub const fn may(role: Role, verb: Verb) -> bool {
    use Role::*;
    match verb {
        Verb::Look => true,
        Verb::Write => matches!(role, Author | Editor | UrgentPublisher),
        Verb::Edit => matches!(role, Editor | UrgentPublisher),
        Verb::Review => matches!(role, Reviewer),
        Verb::Publish => matches!(role, Publisher),
        Verb::Urge => matches!(role, UrgentPublisher),
        Verb::Confirm => matches!(role, Reviewer | Publisher),
        Verb::Withdraw => matches!(role, Publisher | UrgentPublisher),
        Verb::KeepPeople | Verb::KeepSite => matches!(role, Keeper),
        Verb::ReadLog => matches!(role, Keeper | Publisher),
        Verb::KeepPlaces => matches!(role, Editor | UrgentPublisher | BoardKeeper),
    }
}

impl Role {
    pub const ALL: [Role; 8] = [
        Role::Author,
        Role::Editor,
        Role::Reviewer,
        Role::Publisher,
        Role::UrgentPublisher,
        Role::BoardKeeper,
        Role::Statistician,
        Role::Keeper,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Role::Author => "author",
            Role::Editor => "editor",
            Role::Reviewer => "reviewer",
            Role::Publisher => "publisher",
            Role::UrgentPublisher => "urgent_publisher",
            Role::BoardKeeper => "board_keeper",
            Role::Statistician => "statistician",
            Role::Keeper => "keeper",
        }
    }

    pub fn said(self) -> Phrase {
        match self {
            Role::Author => phrase!("role-author"),
            Role::Editor => phrase!("role-editor"),
            Role::Reviewer => phrase!("role-reviewer"),
            Role::Publisher => phrase!("role-publisher"),
            Role::UrgentPublisher => phrase!("role-urgent_publisher"),
            Role::BoardKeeper => phrase!("role-board_keeper"),
            Role::Statistician => phrase!("role-statistician"),
            Role::Keeper => phrase!("role-keeper"),
        }
    }

    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl Verb {
    pub const ALL: [Verb; 12] = [
        Verb::Look,
        Verb::Write,
        Verb::Edit,
        Verb::Review,
        Verb::Publish,
        Verb::Urge,
        Verb::Confirm,
        Verb::Withdraw,
        Verb::KeepPeople,
        Verb::KeepSite,
        Verb::ReadLog,
        Verb::KeepPlaces,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Verb::Look => "look",
            Verb::Write => "write",
            Verb::Edit => "edit",
            Verb::Review => "review",
            Verb::Publish => "publish",
            Verb::Urge => "urge",
            Verb::Confirm => "confirm",
            Verb::Withdraw => "withdraw",
            Verb::KeepPeople => "keep_people",
            Verb::KeepSite => "keep_site",
            Verb::ReadLog => "read_log",
            Verb::KeepPlaces => "keep_places",
        }
    }

    pub fn said(self) -> Phrase {
        match self {
            Verb::Look => phrase!("verb-look"),
            Verb::Write => phrase!("verb-write"),
            Verb::Edit => phrase!("verb-edit"),
            Verb::Review => phrase!("verb-review"),
            Verb::Publish => phrase!("verb-publish"),
            Verb::Urge => phrase!("verb-urge"),
            Verb::Confirm => phrase!("verb-confirm"),
            Verb::Withdraw => phrase!("verb-withdraw"),
            Verb::KeepPeople => phrase!("verb-keep-people"),
            Verb::KeepSite => phrase!("verb-keep-site"),
            Verb::ReadLog => phrase!("verb-read-log"),
            Verb::KeepPlaces => phrase!("verb-keep-places"),
        }
    }

    pub fn named(name: &str) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.name() == name)
    }
}

/// A role held in a unit; in none, everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grant {
    pub role: Role,
    pub unit_id: Option<i64>,
}

/// Where somebody may do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    Everywhere,
    /// In these units, and in no other; texts of the whole portal are not among them.
    Units(BTreeSet<i64>),
}

impl Reach {
    pub fn covers(&self, unit: Option<i64>) -> bool {
        match (self, unit) {
            (Reach::Everywhere, _) => true,
            (Reach::Units(ids), Some(id)) => ids.contains(&id),
            (Reach::Units(_), None) => false,
        }
    }

    pub fn is_nowhere(&self) -> bool {
        matches!(self, Reach::Units(ids) if ids.is_empty())
    }
}

/// Province, district, commune, and one to spare.
const MOST_LEVELS: usize = 4;

impl Actor {
    fn grants_for(&self, verb: Verb) -> impl Iterator<Item = &Grant> {
        let opened = match &self.door {
            Door::Desk => true,
            Door::Token { scope, .. } => scope.contains(&verb),
        };
        self.grants.iter().filter(move |grant| opened && may(grant.role, verb))
    }

    /// In this unit; in none: for what belongs to the whole portal.
    pub fn may(&self, c: &mut Conn, verb: Verb, unit: Option<i64>) -> Result<bool, Refusal> {
        let held: BTreeSet<Option<i64>> = self.grants_for(verb).map(|grant| grant.unit_id).collect();
        if held.is_empty() || held.contains(&None) {
            return Ok(!held.is_empty());
        }
        let mut next = unit;
        for _ in 0..MOST_LEVELS {
            let Some(id) = next else { break };
            if held.contains(&Some(id)) {
                return Ok(true);
            }
            next = units::table.find(id).select(units::parent_id).first(c).optional()?.flatten();
        }
        Ok(false)
    }

    /// Anywhere at all: whether a way there is shown.
    pub fn may_somewhere(&self, verb: Verb) -> bool {
        self.grants_for(verb).next().is_some()
    }

    pub fn reach(&self, c: &mut Conn, verb: Verb) -> Result<Reach, Refusal> {
        let held: Vec<Option<i64>> = self.grants_for(verb).map(|grant| grant.unit_id).collect();
        if held.contains(&None) {
            return Ok(Reach::Everywhere);
        }
        let mut all: BTreeSet<i64> = held.into_iter().flatten().collect();
        let mut layer: Vec<i64> = all.iter().copied().collect();
        for _ in 1..MOST_LEVELS {
            layer = units::table.filter(units::parent_id.eq_any(&layer)).select(units::id).load(c)?;
            if layer.is_empty() {
                break;
            }
            all.extend(&layer);
        }
        Ok(Reach::Units(all))
    }
}
