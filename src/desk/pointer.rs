//! Where a text that is taken off the page points its readers to: another of its kind, chosen or pasted in any form.

use super::told::Choice;
use crate::approval::Text;
use crate::edition::{Kind, find};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::web::answer::Reading;

/// The slug in an address of the portal's own, however it was copied; else what was typed.
pub fn pointer(address: &str, kind: Kind, typed: &str) -> String {
    let path = typed.strip_prefix(address).unwrap_or(typed);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let path = path.strip_prefix(Lang::En.base()).unwrap_or(path);
    path.strip_prefix(&kind.path("")).unwrap_or(path).to_owned()
}

/// What a text can point to: those of its kind that show, the newest first.
const MOST_POINTERS: usize = 100;

pub fn pointers(reading: &mut Reading, text: &Text) -> Result<Vec<Choice>, Refusal> {
    let shown = find::list(&mut reading.c, text.kind, &find::Filter::All, reading.now, MOST_POINTERS)?;
    let others = shown.into_iter().filter(|row| row.document_id != text.edition.document_id);
    Ok(others.map(|row| Choice::new(text.kind.path(&row.slug), row.title, "")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_however_it_was_copied_points_to_its_text() {
        let of = |typed: &str| pointer("https://xa.example", Kind::Article, typed);
        for typed in [
            "kenh-n4",
            "/tin/kenh-n4",
            "https://xa.example/tin/kenh-n4",
            "/en/tin/kenh-n4",
            "https://xa.example/en/tin/kenh-n4/?tu=zalo#dau",
        ] {
            assert_eq!(of(typed), "kenh-n4", "{typed}");
        }
        for typed in ["", "/trang/gioi-thieu", "https://noi-khac.example/tin/kenh-n4"] {
            assert_eq!(of(typed), typed, "points elsewhere, and is refused as it stands");
        }
    }
}
