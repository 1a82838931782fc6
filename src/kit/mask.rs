//! Names of private persons in a text. Whoever writes marks them, `{{Nguyễn Văn An}}`; what paper and the web make of a
//! mark is settled once for all of a text (Law 91/2025/QH15: who discloses limits purpose and scope).

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As it is written.
    Open,
    /// `N.V.A.`
    Initials,
    /// Nothing of it.
    Hidden,
}

const OPEN: &str = "{{";
const CLOSE: &str = "}}";
/// What stands where nothing of a name may.
pub const HIDDEN: &str = "(không nêu tên)";
/// In bytes. A longer mark was never closed.
const LONGEST: usize = 400;

/// Every mark, with its braces; and where one is opened and not closed on its line.
fn marks(text: &str) -> (Vec<Range<usize>>, Option<usize>) {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(OPEN).map(|at| from + at) {
        let inside = start + OPEN.len();
        let line_ends = text[inside..].find('\n').map_or(text.len(), |at| inside + at);
        match text[inside..line_ends].find(CLOSE).filter(|length| *length <= LONGEST) {
            Some(length) => {
                let end = inside + length + CLOSE.len();
                found.push(start..end);
                from = end;
            }
            None => return (found, Some(start)),
        }
    }
    (found, None)
}

pub fn has_marks(text: &str) -> bool {
    text.contains(OPEN)
}

/// The line, from 1, on which a mark is opened and not closed.
pub fn unclosed(text: &str) -> Option<usize> {
    marks(text).1.map(|at| 1 + text[..at].matches('\n').count())
}

/// A text as it goes out this way. What was never closed hides the rest of its line.
pub fn masked(text: &str, way: Way) -> String {
    let (found, open) = marks(text);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for mark in found {
        out.push_str(&text[from..mark.start]);
        let name = text[mark.start + OPEN.len()..mark.end - CLOSE.len()].trim();
        match way {
            Way::Open => out.push_str(name),
            Way::Initials => out.push_str(&initials(name)),
            Way::Hidden => out.push_str(HIDDEN),
        }
        from = mark.end;
    }
    match open {
        Some(start) if way != Way::Open => {
            out.push_str(&text[from..start]);
            out.push_str(HIDDEN);
            let rest = text[start..].find('\n').map_or(text.len(), |at| start + at);
            // What stands on other lines may hold marks of its own.
            out.push_str(&masked(&text[rest..], way));
        }
        _ => out.push_str(&text[from..]),
    }
    out
}

/// A text with nothing where its marks stood.
pub fn without(text: &str) -> String {
    masked(text, Way::Hidden).replace(HIDDEN, "")
}

/// `Nguyễn Văn An` is `N.V.A.`; of what holds a figure (a telephone, an identity number) nothing is left.
fn initials(name: &str) -> String {
    if name.chars().any(|c| c.is_numeric()) {
        return HIDDEN.to_owned();
    }
    let letters: Vec<String> =
        name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic())).map(|c| c.to_uppercase().to_string()).collect();
    if letters.is_empty() { HIDDEN.to_owned() } else { letters.join(".") + "." }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_initials_or_nothing() {
        let text = "Ông {{Nguyễn Văn An}}, thửa 214; bà {{ Đỗ Thị Bình }}.";
        assert_eq!(masked(text, Way::Initials), "Ông N.V.A., thửa 214; bà Đ.T.B..");
        assert_eq!(masked(text, Way::Hidden), "Ông (không nêu tên), thửa 214; bà (không nêu tên).");
        assert_eq!(masked(text, Way::Open), "Ông Nguyễn Văn An, thửa 214; bà Đỗ Thị Bình.");
        assert_eq!(without("Hồ sơ của {{Nguyễn Văn An}} và {{Trần"), "Hồ sơ của  và ");
        assert_eq!(masked("Gọi {{0912 345 678}}", Way::Initials), "Gọi (không nêu tên)");
    }

    #[test]
    fn what_was_never_closed_hides_its_line_and_no_other() {
        assert_eq!(masked("a {{Trần Văn\nb {{Lê Văn Cư}} c", Way::Initials), "a (không nêu tên)\nb L.V.C. c");
        assert_eq!((unclosed("a\nb {{Trần"), unclosed("{{Trần}}")), (Some(2), None));
    }

    proptest! {
        #[test]
        fn nothing_of_a_marked_name_is_left(before in "[a-zàáảãạăắằâấầêếềôốồơớờưứừýỳỷỹđ {}\n]{0,40}", name in "[A-Z]{3,12}", after in "[a-zàáảãạăắằâấầêếềôốồơớờưứừýỳỷỹđ {}\n]{0,40}") {
            for way in [Way::Initials, Way::Hidden] {
                let text = format!("{before}{{{{{name}}}}}{after}");
                prop_assert!(!masked(&text, way).contains(&name), "{}", text);
            }
        }

        #[test]
        fn a_text_without_marks_stays_as_it_is(text in "[^{]{0,200}") {
            for way in [Way::Open, Way::Initials, Way::Hidden] {
                prop_assert_eq!(masked(&text, way), text.clone());
            }
        }
    }
}
