//! What outlives the program beside the bulletin itself: whom a board believes, and how far it has heard.

use serde::{Deserialize, Serialize};

use super::time::Known;
use crate::bulletin::judge::{Mark, Trust};
use crate::kit::clock::Moment;

/// Another version of the program may have written it: what that did not know is missing, and nothing else is lost for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Lasting {
    pub portal: String,
    pub code: String,
    pub trust: Option<Trust>,
    /// The board's own key, by its name in the ring.
    pub own: String,
    /// Of the newest document, of whatever kind, and whose key signed it.
    pub mark: Option<Mark>,
    pub key: String,
    /// Of the newest bulletin.
    pub whole_mark: Option<Mark>,
    pub content: String,
    pub fresh_until: Option<Moment>,
    pub heard_at: Option<Moment>,
    pub known: Known,
}

impl Lasting {
    /// A bulletin of the portal's is on the disk. It may have landed there and this list not: then nothing older than it counts
    /// any more, whatever the list says.
    pub fn holds(&mut self, mark: &Mark, content: &str, key: &str) {
        content.clone_into(&mut self.content);
        if self.mark.as_ref().is_none_or(|known| order(known) < order(mark)) {
            self.mark = Some(mark.clone());
            key.clone_into(&mut self.key);
        }
        if self.whole_mark.as_ref().is_none_or(|known| order(known) < order(mark)) {
            self.whole_mark = Some(mark.clone());
        }
    }

    /// Takes what the portal says of its keys. What was heard under a key that is revoked counts no longer for what is older and
    /// what is newer (§3), and the bulletin is got anew.
    pub fn trusts(&mut self, trust: &Trust) {
        if trust.revoked.contains(&self.key) {
            (self.mark, self.whole_mark) = (None, None);
            self.content.clear();
        }
        self.trust = Some(trust.clone());
    }
}

fn order(mark: &Mark) -> (&str, i64, Moment) {
    (&mark.series, mark.number, mark.issued_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(number: i64) -> Mark {
        Mark { series: "1".to_owned(), number, issued_at: "2026-11-23T08:00:00".parse().expect("a moment") }
    }

    #[test]
    fn a_bulletin_that_landed_before_the_list_did_counts() {
        let mut lasting = Lasting { mark: Some(mark(9)), whole_mark: Some(mark(7)), key: "a".to_owned(), ..Lasting::default() };
        lasting.holds(&mark(8), "c", "b");
        assert_eq!((lasting.mark, lasting.whole_mark, lasting.key.as_str()), (Some(mark(9)), Some(mark(8)), "a"));
        let mut lasting = Lasting { mark: Some(mark(9)), whole_mark: Some(mark(9)), ..Lasting::default() };
        lasting.holds(&mark(10), "c", "b");
        assert_eq!((lasting.mark, lasting.whole_mark, lasting.key.as_str()), (Some(mark(10)), Some(mark(10)), "b"));
    }

    #[test]
    fn what_a_stolen_key_numbered_is_forgotten_with_the_key() {
        let mut lasting = Lasting { mark: Some(mark(1_000_000)), key: "stolen".to_owned(), content: "c".to_owned(), ..Lasting::default() };
        lasting.trusts(&Trust { revoked: ["another".to_owned()].into(), ..Trust::default() });
        assert_eq!(lasting.mark, Some(mark(1_000_000)));
        lasting.trusts(&Trust { revoked: ["stolen".to_owned()].into(), ..Trust::default() });
        assert_eq!((lasting.mark, lasting.whole_mark, lasting.content.as_str()), (None, None, ""));
    }
}
