//! Law 1: visibility is decided when it is read. One pure function answers for page, list, feed, sitemap and
//! picture alike; the store keeps what the terms come to, so that a query can ask the same question.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::state::State;
use crate::kit::clock::{Moment, NEVER};
use crate::store::schema::editions;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub state: State,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
    pub superseded_at: Option<Moment>,
    pub withdrawn_at: Option<Moment>,
    /// Another text has taken its place.
    pub replaced_at: Option<Moment>,
}

/// From its start, inclusive, to its first end, exclusive; and only if it was ever published.
pub fn visible(terms: &Terms, now: Moment) -> bool {
    let ended = terms.ends().any(|end| end <= now);
    terms.state.was_published() && terms.starts_at <= now && !ended
}

/// Whether an edition that others have followed may still be read, at its own address, while its text shows: it was
/// seen, and nothing but its successor ended it. What was withdrawn, or has outlived its term, is read by nobody.
pub fn readable(terms: &Terms, now: Moment) -> bool {
    let (from, until) = terms.span();
    from < until && visible(&Terms { superseded_at: None, ..terms.clone() }, now)
}

impl Terms {
    fn ends(&self) -> impl Iterator<Item = Moment> {
        [self.ends_at, self.superseded_at, self.withdrawn_at, self.replaced_at].into_iter().flatten()
    }

    /// What the store keeps: `[from, until)`. What was never published is never shown.
    pub fn span(&self) -> (Moment, Moment) {
        if !self.state.was_published() {
            return (NEVER, NEVER);
        }
        let until = self.ends().min().unwrap_or(NEVER);
        (self.starts_at, until)
    }
}

/// When each edition of one document, oldest first, is superseded: at the first start of a later one that the public
/// gets to see. So at no instant are two of them visible, in whatever order they were published.
pub fn succession(editions: &[Terms]) -> Vec<Option<Moment>> {
    let mut first: Option<Moment> = None;
    let mut ends: Vec<Option<Moment>> = Vec::with_capacity(editions.len());
    for terms in editions.iter().rev() {
        ends.push(first);
        let (from, until) = Terms { superseded_at: None, ..terms.clone() }.span();
        if from < until {
            first = Some(first.map_or(from, |first| first.min(from)));
        }
    }
    ends.reverse();
    ends
}

/// The same question, asked of the store.
#[auto_type]
pub fn visible_at(now: Moment) -> _ {
    editions::shown_from.le(now).and(editions::shown_until.gt(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Moment {
        DateTime::from_timestamp(seconds, 0).expect("a small number of seconds").naive_utc()
    }

    fn terms() -> impl Strategy<Value = Terms> {
        let end = || proptest::option::of((0i64..20).prop_map(at));
        (0usize..7, (0i64..20).prop_map(at), end(), end(), end(), end()).prop_map(
            |(state, starts_at, ends_at, superseded_at, withdrawn_at, replaced_at)| Terms {
                state: State::ALL[state],
                starts_at,
                ends_at,
                superseded_at,
                withdrawn_at,
                replaced_at,
            },
        )
    }

    proptest! {
        #[test]
        fn the_store_is_asked_the_same_question(terms in terms(), now in 0i64..22) {
            let (from, until) = terms.span();
            prop_assert_eq!(visible(&terms, at(now)), from <= at(now) && at(now) < until);
        }

        #[test]
        fn what_is_visible_is_readable_and_what_was_taken_back_is_not(terms in terms(), now in 0i64..22) {
            let taken_back = [terms.ends_at, terms.withdrawn_at, terms.replaced_at].into_iter().flatten().any(|end| end <= at(now));
            let was_seen = terms.span().0 < terms.span().1 && terms.span().0 <= at(now);
            prop_assert!(readable(&terms, at(now)) || !visible(&terms, at(now)));
            prop_assert_eq!(readable(&terms, at(now)), was_seen && !taken_back);
        }

        #[test]
        fn what_is_over_stays_over(terms in terms(), now in 0i64..20, later in 0i64..20) {
            let over = terms.starts_at <= at(now) && !visible(&terms, at(now));
            prop_assert!(!(over && visible(&terms, at(now + later))));
        }

        #[test]
        fn one_document_never_shows_two_editions(mut editions in proptest::collection::vec(terms(), 1..6), now in 0i64..22) {
            let ends = succession(&editions);
            for (terms, end) in editions.iter_mut().zip(ends) {
                terms.superseded_at = end;
            }
            prop_assert!(editions.iter().filter(|terms| visible(terms, at(now))).count() <= 1);
        }

        #[test]
        fn what_nobody_gets_to_see_supersedes_nothing(first in terms(), mut second in terms()) {
            second.withdrawn_at = Some(second.starts_at);
            prop_assert_eq!(succession(&[first, second])[0], None);
        }

        #[test]
        fn nothing_unpublished_is_ever_visible(mut terms in terms(), now in 0i64..22) {
            for state in State::ALL.into_iter().filter(|state| !state.was_published()) {
                terms.state = state;
                prop_assert!(!visible(&terms, at(now)));
            }
        }
    }
}
