//! Texts that show beyond their own unit: in which topics that is looked at, and what touches them. A text for all below a
//! province touches one topic of that province, and not one of each commune.

use diesel::prelude::*;

use super::{Kind, change};
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::{editions, revision_keys};
use crate::store::topic::{Topic, Touch};

/// The name under which a text is looked up by whom it is for beside its own unit.
pub const FOR: &str = "for";
/// For all that stands below its unit.
pub const BELOW: &str = "below";

/// What a unit does with what comes to it: no act on the text itself.
pub const ADOPTED: [&str; 3] = ["line_kept", "opted_out", "opted_in"];

/// Texts of this unit that are for all below it; of no unit: for all there are.
pub fn below(unit: Option<i64>) -> Topic {
    Topic::of(("below", unit))
}

/// Texts that name a code, or a group.
pub fn sent(to: &str) -> Topic {
    Topic::of(("sent", to))
}

/// What the unit of this code does with what comes to it.
pub fn adopted(code: &str) -> Topic {
    Topic::of(("adopted", code))
}

/// What all units do with one text.
pub fn adoptions(kind: Kind, slug: &str) -> Topic {
    Topic::of(("adoptions", kind.name(), slug))
}

/// `posting/thong-bao/bang-tin/99001`: what the unit of a code does with a text.
pub fn subject(kind: Kind, slug: &str, code: &str) -> String {
    format!("{}/{slug}/bang-tin/{code}", kind.name())
}

/// The code in such a subject.
pub fn code_of(subject: &str) -> Option<&str> {
    let mut parts = subject.split('/').skip(2);
    parts.next().filter(|part| *part == "bang-tin").and_then(|_| parts.next())
}

/// What an act of a unit touches, by its subject.
pub fn by_subject(subject: &str) -> Vec<Touch> {
    let mut parts = subject.split('/');
    let (kind, slug, code) = (parts.next().and_then(Kind::named), parts.next(), code_of(subject));
    let text = kind.zip(slug).map(|(kind, slug)| adoptions(kind, slug));
    text.into_iter().chain(code.map(adopted)).map(Touch::all).collect()
}

/// Wherever these texts come or came, beside their own units.
pub fn touches(c: &mut Conn, kind: Kind, documents: &[i64]) -> Result<Vec<(i64, Touch)>, Refusal> {
    if !kind.gives_way() || documents.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, Option<i64>, String)> = revision_keys::table
        .inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)))
        .filter(editions::document_id.eq_any(documents).and(editions::kind.eq(kind.name())))
        .filter(revision_keys::name.eq(FOR))
        .select((editions::document_id, editions::unit_id, revision_keys::value))
        .distinct()
        .load(c)?;
    let of = |(document, unit, to): (i64, Option<i64>, String)| (document, Touch::all(if to == BELOW { below(unit) } else { sent(&to) }));
    Ok(rows.into_iter().map(of).collect())
}

/// What a board looks at of the texts of its own.
pub fn own(kind: Kind, units: Vec<i64>) -> Vec<Topic> {
    change::words(kind, &super::find::Filter::Units(units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_of_a_unit_touches_its_board_and_what_is_told_of_the_text() {
        let touched = by_subject(&subject(Kind::Posting, "thong-bao", "99001"));
        assert_eq!(touched, [adoptions(Kind::Posting, "thong-bao"), adopted("99001")].map(Touch::all));
    }
}
