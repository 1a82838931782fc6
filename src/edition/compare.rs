//! What one revision says otherwise than another, part by part and word by word: for readers, staff and programs alike,
//! who are each shown of it what concerns them.

use super::Revision;
use crate::kit::compare::{self, Changed};
use crate::kit::markdown::past as html;

/// Something a text says, under the name by which forms and words know it, in paragraphs.
pub type Said = (&'static str, Vec<String>);

/// A part that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `title`, `lead`, `body`, or what a kind says beside them.
    pub name: &'static str,
    pub paragraphs: Vec<Changed>,
}

/// The words first; `None` for texts too long to compare. `old_facts`, `new_facts`: what their kind says of each beside
/// the words, under the same names in the same order. `picture`: the word before what describes a picture in the text.
pub fn compare(old: &Revision, new: &Revision, old_facts: Vec<Said>, new_facts: Vec<Said>, picture: &str) -> Option<Vec<Part>> {
    let said = |revision: &Revision, facts: Vec<Said>| {
        let words = [
            ("title", vec![revision.title.clone()]),
            ("lead", vec![revision.lead.clone()]),
            ("body", html::paragraphs(&revision.html, picture)),
        ];
        words.into_iter().chain(facts).collect::<Vec<Said>>()
    };
    let mut parts = Vec::new();
    for ((name, old), (_, new)) in said(old, old_facts).into_iter().zip(said(new, new_facts)) {
        let paragraphs = compare::paragraphs(&old, &new)?;
        if !paragraphs.is_empty() {
            parts.push(Part { name, paragraphs });
        }
    }
    Some(parts)
}
