//! Text that was written in an alphabet before Unicode (TCVN3, VNI) or read in a wrong one: every letter of it is
//! there, and nobody can read it.

/// Fewer odd words than these may be a name from elsewhere.
const ODD_WORDS: usize = 4;
/// Letters and signs that stand inside words of TCVN3 and VNI and in no Vietnamese word.
const FOREIGN: &str = "¸µ¶·¹®¬«»¨ª¦§©¢¤¥¯´¼½¾¿ßþøäåëüûöñîïæÿçðÐÄÅÆÇËÎÏÑÖØÛÜÞ";
/// UTF-8 that was read as Windows-1252.
const MISREAD: [&str; 6] = ["á»", "áº", "Ã¡", "Ã ", "Ä‘", "Æ°"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Garbled {
    /// A character that could not be read when the text was brought in: `�`.
    Lost,
    OldAlphabet,
}

/// With the place of the first such character in the text.
pub fn garbled(text: &str) -> Option<(usize, Garbled)> {
    if let Some(at) = text.find('\u{fffd}') {
        return Some((at, Garbled::Lost));
    }
    let mut misread = text.split_whitespace().filter(|word| MISREAD.iter().any(|sign| word.contains(sign)));
    if let (Some(first), Some(_)) = (misread.next(), misread.next()) {
        return Some((place(text, first), Garbled::OldAlphabet));
    }
    let mut odd = text.split_whitespace().filter(|word| is_odd(word));
    let first = odd.next()?;
    (odd.count() + 1 >= ODD_WORDS).then(|| (place(text, first), Garbled::OldAlphabet))
}

fn place(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Such a sign between letters, or at the end of them: quotation marks and degrees stand outside a word.
fn is_odd(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric() && !FOREIGN.contains(c));
    let letters = core.chars().filter(char::is_ascii_alphabetic).count();
    let before_sign = core.trim_start_matches(['«', '"', '“']);
    letters > 0 && before_sign.trim_end_matches(['»', '°', '²', '³']).contains(|c| FOREIGN.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_alphabets_are_known_by_their_wreckage() {
        for text in [
            "Céng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do h¹nh phóc",
            "Coâng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp töï do haïnh phuùc",
            "Cá»™ng hÃ²a xÃ£ há»™i",
        ] {
            assert!(matches!(garbled(text), Some((_, Garbled::OldAlphabet))), "{text}");
        }
        assert_eq!(garbled("xã Ð\u{fffd}ng Kiều"), Some(("xã Ð".len(), Garbled::Lost)));
    }

    #[test]
    fn vietnamese_and_guests_are_left_alone() {
        for text in [
            "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập tự do hạnh phúc",
            "Ông Müller và bà Nuñez thăm «chợ Kiều» «cũ» «mới» «xưa» «nay», rộng 40 m² ở 25°C, 26°C, 27°C, 28°C",
            "",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
    }
}
