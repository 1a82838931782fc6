//! The state machine, on one screen. A time to publish or to end is a term, not a state.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Draft,
    Submitted,
    Approved,
    Published,
    Superseded,
    Withdrawn,
    Discarded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Submit,
    SendBack,
    Approve,
    /// Publication without approval, on somebody's word: an import, an urgent notice.
    Waive,
    Publish,
    Supersede,
    /// Its successor was withdrawn before anybody saw it; or its own withdrawal is undone at once (`approval::undo`).
    Reinstate,
    Withdraw,
    Discard,
    /// Out of the trash.
    Restore,
}

impl Move {
    pub const ALL: [Move; 10] = [
        Move::Submit,
        Move::SendBack,
        Move::Approve,
        Move::Waive,
        Move::Publish,
        Move::Supersede,
        Move::Reinstate,
        Move::Withdraw,
        Move::Discard,
        Move::Restore,
    ];
}

impl State {
    pub const ALL: [State; 7] =
        [State::Draft, State::Submitted, State::Approved, State::Published, State::Superseded, State::Withdrawn, State::Discarded];

    /// Where a move leads; `None` when it may not be made.
    pub fn after(self, mv: Move) -> Option<State> {
        use State::*;
        Some(match (self, mv) {
            (Draft, Move::Submit) => Submitted,
            (Draft, Move::Waive) => Approved,
            (Draft, Move::Discard) => Discarded,
            (Submitted, Move::SendBack) => Draft,
            (Submitted, Move::Approve | Move::Waive) => Approved,
            (Approved, Move::Publish) => Published,
            (Approved, Move::SendBack) => Draft,
            (Published, Move::Supersede) => Superseded,
            (Superseded | Withdrawn, Move::Reinstate) => Published,
            // Of a superseded one it is the words that go: nobody reads them as an earlier edition any more.
            (Published | Superseded, Move::Withdraw) => Withdrawn,
            (Discarded, Move::Restore) => Draft,
            _ => return None,
        })
    }

    /// Still on its way to the public.
    pub fn is_open(self) -> bool {
        matches!(self, State::Draft | State::Submitted | State::Approved)
    }

    /// Whether it is, or once was, before the public.
    pub fn was_published(self) -> bool {
        matches!(self, State::Published | State::Superseded | State::Withdrawn)
    }

    pub const fn name(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted => "submitted",
            State::Approved => "approved",
            State::Published => "published",
            State::Superseded => "superseded",
            State::Withdrawn => "withdrawn",
            State::Discarded => "discarded",
        }
    }

    /// A name the store does not know shows nothing to anybody.
    pub fn named(name: &str) -> State {
        State::ALL.into_iter().find(|state| state.name() == name).unwrap_or(State::Discarded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_exactly_this() {
        let allowed = [
            (State::Draft, Move::Submit, State::Submitted),
            (State::Draft, Move::Waive, State::Approved),
            (State::Draft, Move::Discard, State::Discarded),
            (State::Submitted, Move::SendBack, State::Draft),
            (State::Submitted, Move::Approve, State::Approved),
            (State::Submitted, Move::Waive, State::Approved),
            (State::Approved, Move::Publish, State::Published),
            (State::Approved, Move::SendBack, State::Draft),
            (State::Published, Move::Supersede, State::Superseded),
            (State::Superseded, Move::Reinstate, State::Published),
            (State::Withdrawn, Move::Reinstate, State::Published),
            (State::Discarded, Move::Restore, State::Draft),
            (State::Published, Move::Withdraw, State::Withdrawn),
            (State::Superseded, Move::Withdraw, State::Withdrawn),
        ];
        for from in State::ALL {
            for mv in Move::ALL {
                let expected = allowed.iter().find(|row| row.0 == from && row.1 == mv).map(|row| row.2);
                assert_eq!(from.after(mv), expected, "{from:?} {mv:?}");
            }
        }
    }

    #[test]
    fn what_was_published_never_becomes_a_draft_again() {
        for from in State::ALL.into_iter().filter(|state| state.was_published()) {
            for to in Move::ALL.into_iter().filter_map(|mv| from.after(mv)) {
                assert!(to.was_published(), "{from:?} to {to:?}");
            }
        }
    }

    #[test]
    fn names_lead_back_to_their_state() {
        for state in State::ALL {
            assert_eq!(State::named(state.name()), state);
        }
        assert_eq!(State::named("rubbish"), State::Discarded);
    }
}
