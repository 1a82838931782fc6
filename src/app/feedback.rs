//! What readers found useful, as a table for the office.

use crate::edition::answers::{Tally, tallies};
use crate::kit::number;
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::store::Store;

/// Counts first, because addresses and titles are of every length; `None` when nobody has answered.
pub fn table(store: &Store, words: &Words, lang: Lang) -> Result<Option<String>, Refusal> {
    let tallies = tallies(&mut *store.snapshot()?)?;
    if tallies.is_empty() {
        return Ok(None);
    }
    let heads = ["useful-no", "useful-yes"].map(|key| words.text(lang, key));
    let rest = ["cli-feedback-address", "cli-feedback-title"].map(|key| words.text(lang, key));
    let width = tallies.iter().map(|tally| tally.path.chars().count()).max().unwrap_or_default().max(rest[0].chars().count());
    let (no, yes) = (heads[0].chars().count().max(7), heads[1].chars().count().max(7));
    let row = |counts: [String; 2], path: &str, title: &str| {
        format!("{:>no$}  {:>yes$}  {path:<width$}  {title}\n", counts[0], counts[1]).trim_end().to_owned() + "\n"
    };
    let mut table = row(heads, &rest[0], &rest[1]);
    for Tally { path, title, useful, not_useful } in &tallies {
        let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        table.push_str(&row([number::grouped(*not_useful, lang), number::grouped(*useful, lang)], path, &title));
    }
    Ok(Some(table))
}
