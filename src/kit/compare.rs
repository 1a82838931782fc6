//! What was changed between two states of a text, word by word, as a reader is shown it.

use std::collections::VecDeque;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Words of both texts together beyond which nobody waits for a comparison: forty times the longest report.
const MOST_WORDS: usize = 60_000;
/// So few words left alone between two changes read better as part of the change.
const BRIDGED: usize = 2;
/// Of a longer run of words that stay, only the two ends are shown, each of this length.
const CONTEXT: usize = 14;
/// Ends a paragraph among the words. No word is empty.
const END: &str = "";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Same,
    Gone,
    New,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    pub mark: Mark,
    pub text: String,
}

/// One paragraph in which something changed.
pub type Changed = Vec<Run>;

/// The paragraphs that changed, in their order; `None` for texts too long to compare. No clock has a part in it: two
/// texts are compared alike each time.
pub fn paragraphs(old: &[String], new: &[String]) -> Option<Vec<Changed>> {
    let (old, new) = (words(old), words(new));
    if old.len() + new.len() > MOST_WORDS {
        return None;
    }
    let mut lines = Lines::default();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => lines.take(Mark::Same, &old[old_index..old_index + len]),
            DiffOp::Delete { old_index, old_len, .. } => lines.take(Mark::Gone, &old[old_index..old_index + old_len]),
            DiffOp::Insert { new_index, new_len, .. } => lines.take(Mark::New, &new[new_index..new_index + new_len]),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                lines.take(Mark::Gone, &old[old_index..old_index + old_len]);
                lines.take(Mark::New, &new[new_index..new_index + new_len]);
            }
        }
    }
    lines.end();
    Some(lines.changed)
}

fn words(paragraphs: &[String]) -> Vec<&str> {
    paragraphs.iter().flat_map(|paragraph| paragraph.split_whitespace().chain([END])).collect()
}

#[derive(Default)]
struct Lines<'t> {
    open: Vec<(Mark, &'t str)>,
    changed: Vec<Changed>,
}

impl<'t> Lines<'t> {
    fn take(&mut self, mark: Mark, words: &[&'t str]) {
        for word in words {
            if *word == END {
                self.end();
            } else {
                self.open.push((mark, word));
            }
        }
    }

    fn end(&mut self) {
        let words = std::mem::take(&mut self.open);
        if words.iter().any(|(mark, _)| *mark != Mark::Same) {
            self.changed.push(runs(&words));
        }
    }
}

/// The words of one paragraph, put together: what stays, what went, what came in its place.
fn runs(words: &[(Mark, &str)]) -> Changed {
    let mut stretches: VecDeque<&[(Mark, &str)]> = words.chunk_by(|one, next| (one.0 == Mark::Same) == (next.0 == Mark::Same)).collect();
    let mut made = Vec::new();
    while let Some(stretch) = stretches.front().copied() {
        if stretch[0].0 == Mark::Same {
            stretches.pop_front();
            made.push(Run { mark: Mark::Same, text: shortened(stretch, !made.is_empty(), !stretches.is_empty()) });
            continue;
        }
        // A change goes on over what hardly parts it from the next.
        let mut end = 1;
        while end + 1 < stretches.len() && stretches[end].len() <= BRIDGED {
            end += 2;
        }
        let change: Vec<(Mark, &str)> = stretches.drain(..end).flatten().copied().collect();
        for (mark, other) in [(Mark::Gone, Mark::New), (Mark::New, Mark::Gone)] {
            let text: Vec<&str> = change.iter().filter(|(of, _)| *of != other).map(|(_, word)| *word).collect();
            // Where something was bridged it stands on both sides.
            if !text.is_empty() {
                made.push(Run { mark, text: text.join(" ") });
            }
        }
    }
    made
}

/// What stays, as far as it helps to find the place.
fn shortened(words: &[(Mark, &str)], has_before: bool, has_after: bool) -> String {
    let text = |words: &[(Mark, &str)]| words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
    let (head, tail) = (if has_before { CONTEXT } else { 0 }, if has_after { CONTEXT } else { 0 });
    if words.len() <= head + tail + 1 {
        return text(words);
    }
    let parts = [text(&words[..head]), "…".to_owned(), text(&words[words.len() - tail..])];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    /// `stays [gone] {new}`, a paragraph a line.
    fn told(old: &str, new: &str) -> String {
        let changed = paragraphs(&lines(old), &lines(new)).expect("short texts");
        let told = changed.iter().map(|paragraph| {
            let runs = paragraph.iter().map(|run| match run.mark {
                Mark::Same => run.text.clone(),
                Mark::Gone => format!("[{}]", run.text),
                Mark::New => format!("{{{}}}", run.text),
            });
            runs.collect::<Vec<_>>().join(" ")
        });
        told.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_word_that_changed_is_told_with_its_neighbours() {
        assert_eq!(
            told("Thu 14.206 triệu đồng.\nChi 12.985 triệu đồng.", "Thu 14.206 triệu đồng.\nChi 12.895 triệu đồng."),
            "Chi [12.985] {12.895} triệu đồng."
        );
        assert_eq!(told("một hai", "một hai"), "");
        assert_eq!(told("", "một hai"), "{một hai}");
        assert_eq!(told("một\nhai\nba", "một\nba"), "[hai]");
        assert_eq!(told("một\nba", "một\nhai\nba"), "{hai}");
    }

    #[test]
    fn changes_that_hardly_stand_apart_are_told_as_one() {
        assert_eq!(told("họp ngày 3 tháng 4 ở xã", "họp ngày 5 tháng 6 ở xã"), "họp ngày [3 tháng 4] {5 tháng 6} ở xã");
        assert_eq!(told("a một b hai ba bốn c", "x một y hai ba bốn z"), "[a một b] {x một y} hai ba bốn [c] {z}");
    }

    #[test]
    fn what_stays_is_told_no_longer_than_it_helps() {
        let long: String = (0..100).map(|number| format!("từ{number} ")).collect();
        assert_eq!(
            told(&format!("{long}cũ"), &format!("{long}mới")),
            "… từ86 từ87 từ88 từ89 từ90 từ91 từ92 từ93 từ94 từ95 từ96 từ97 từ98 từ99 [cũ] {mới}"
        );
    }

    #[test]
    fn texts_beyond_all_patience_are_not_compared() {
        let endless = vec!["từ ".repeat(MOST_WORDS)];
        assert_eq!(paragraphs(&endless, &endless), None);
        // As long as may be, and nothing alike.
        let (old, new): (String, String) = (0..MOST_WORDS / 2 - 1).map(|number| (format!("a{number} "), format!("b{number} "))).unzip();
        assert_eq!(paragraphs(&[old], &[new]).map(|changed| changed.len()), Some(1));
    }

    proptest! {
        /// Short texts of few words are told whole, so each side can be read back from what changed.
        #[test]
        fn nothing_is_lost_on_either_side(old in "([a-d] ){0,12}", new in "([a-d] ){0,12}") {
            let changed = paragraphs(std::slice::from_ref(&old), std::slice::from_ref(&new)).expect("short texts");
            let side = |other: Mark| -> Vec<String> {
                let runs = changed.iter().flatten().filter(|run| run.mark != other);
                runs.flat_map(|run| run.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
            };
            let whole = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            if whole(&old) == whole(&new) {
                prop_assert!(changed.is_empty());
            } else {
                prop_assert_eq!(side(Mark::New), whole(&old));
                prop_assert_eq!(side(Mark::Gone), whole(&new));
            }
        }
    }
}
