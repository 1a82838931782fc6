//! TCVN 5712:1993, its third set (VN3, "ABC"): one byte a letter, laid over Latin-1, so that a modern machine shows `Th«ng b¸o`.
//! There are no capitals with a tone in it: they were typed small, or in a font whose name ends in H and which shows every letter
//! as a capital.

use super::syllable::is_syllable;

/// From 0xA0 to 0xFF; a dot where nothing is laid down.
#[rustfmt::skip]
const LETTERS: [char; 96] = [
    '.', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '.',
    '.', '.', '.', '.', '.', 'à', 'ả', 'ã', 'á', 'ạ', '.', 'ằ', 'ẳ', 'ẵ', 'ắ', '.',
    '.', '.', '.', '.', '.', '.', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', '.', 'ẻ', 'ẽ',
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', '.', '.', '.', 'ĩ', 'í', 'ị', 'ò',
    '.', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù',
    '.', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', '.',
];

/// No word is one of these alone, so that alone they are what they look like: `© 2006`, `3 × 4`, `½`, and a dot before a line.
const SIGNS: [char; 7] = ['×', '÷', '¼', '½', '¾', '©', '·'];

/// The letter that was meant, if this character is one of TCVN3.
pub fn letter(seen: char) -> Option<char> {
    // The micro sign, as some programs normalise it (NFKC).
    let seen = if seen == '\u{3bc}' { '\u{b5}' } else { seen };
    let at = u32::from(seen).checked_sub(0xa0)?;
    LETTERS.get(at as usize).copied().filter(|letter| *letter != '.')
}

/// Letters of a word, as they are seen and not as they were meant.
pub fn is_of_word(seen: char) -> bool {
    seen.is_ascii_alphabetic() || letter(seen).is_some()
}

/// What a hyphen may be. The soft hyphen, at which ư lies, often comes out of a document or a print as a plain one (`n-íc`).
#[derive(Clone, Copy, PartialEq)]
pub enum Hyphen {
    IsOne,
    MayBeU,
}

/// Tones are put on small letters. Where the capitals around them tell that a word is in capitals (`CéNG HßA`), they are raised.
pub fn convert(seen: &str, hyphen: Hyphen) -> String {
    let mut out = String::with_capacity(seen.len() + seen.len() / 2);
    for line in seen.split_inclusive('\n') {
        convert_line(line, hyphen, &mut out);
    }
    out
}

/// How a word of TCVN3 is written, as far as its own letters tell.
#[derive(Clone, Copy, PartialEq)]
enum Case {
    Small,
    Capitals,
    /// `X·` is Xã or XÃ.
    Open,
}

fn convert_line(line: &str, hyphen: Hyphen, out: &mut String) {
    let cases: Vec<Case> = pieces(line, hyphen).filter(|(_, is_word)| *is_word).map(|(word, _)| case(word)).collect();
    // What the next words tell, from the end; `None` where nothing more does.
    let mut after = vec![None; cases.len()];
    for at in (1..cases.len()).rev() {
        after[at - 1] = told(cases[at]).or(after[at]);
    }
    let (mut told_by, mut before) = (cases.iter().zip(after), None);
    for (piece, is_word) in pieces(line, hyphen) {
        let Some((case, after)) = is_word.then(|| told_by.next()).flatten() else {
            out.push_str(piece);
            continue;
        };
        let is_raised = match case {
            Case::Capitals => true,
            Case::Small => false,
            Case::Open => [before, after].contains(&Some(Case::Capitals)) && ![before, after].contains(&Some(Case::Small)),
        };
        before = told(*case).or(before);
        let letters = piece.chars().map(|seen| match seen {
            '-' | '\u{2010}' | '\u{2011}' => 'ư',
            seen if is_sign(piece) => seen,
            seen => letter(seen).unwrap_or(seen),
        });
        if is_raised {
            out.extend(letters.flat_map(char::to_uppercase));
        } else {
            out.extend(letters);
        }
    }
}

fn is_sign(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(sign), None) if SIGNS.contains(&sign))
}

fn told(case: Case) -> Option<Case> {
    Some(case).filter(|case| *case != Case::Open)
}

fn case(word: &str) -> Case {
    let is_small = |seen: char| seen.is_ascii_lowercase() || matches!(seen, '\u{a8}'..='\u{ae}');
    let is_capital = |seen: &char| seen.is_ascii_uppercase() || matches!(seen, '\u{a1}'..='\u{a7}');
    if word.contains(is_small) {
        return Case::Small;
    }
    if word.chars().filter(is_capital).count() > 1 { Case::Capitals } else { Case::Open }
}

/// A line in words and what stands between them.
fn pieces(line: &str, hyphen: Hyphen) -> impl Iterator<Item = (&str, bool)> {
    let (mut rest, mut before) = (line, None);
    std::iter::from_fn(move || {
        let is_word = is_of_word(rest.chars().next()?);
        let mut end = rest.find(|seen| is_of_word(seen) != is_word).unwrap_or(rest.len());
        if is_word && hyphen == Hyphen::MayBeU {
            end += after_u(before, &rest[..end], &rest[end..]);
        }
        let (piece, after) = rest.split_at(end);
        (rest, before) = (after, piece.chars().next_back());
        Some((piece, is_word))
    })
}

/// How many bytes of `tail` belong to the word `head`, across a hyphen that was ư; 0 if it was none. A word may go on after it
/// (`n-íc`, `®-êng`) or end with it (`nh- sau`, `th- ký`).
fn after_u(before: Option<char>, head: &str, tail: &str) -> usize {
    let Some(rest) = tail.strip_prefix(['-', '\u{2010}', '\u{2011}']) else { return 0 };
    let is_free = before.is_none_or(|c| c.is_whitespace() || "(\"“".contains(c));
    let is_consonant = |seen: char| matches!(seen, '®' | '§') || seen.is_ascii_alphabetic() && !"aeiouyAEIOUY".contains(seen);
    let rime = &rest[..rest.find(|seen| !is_of_word(seen)).unwrap_or(rest.len())];
    // With a capital after it, it is a code: CT-XH.
    if !is_free
        || head.len() > 3
        || !head.chars().all(is_consonant)
        || rime.len() > 12
        || rime.contains(|seen: char| seen.is_ascii_uppercase())
    {
        return 0;
    }
    if rime.is_empty() {
        // `b- ` counts what follows; of single letters only these make a word of their own: tư, cư, dư, sư, hư.
        let is_counted = head.chars().nth(1).is_none() && (before.is_none() || !"tcdsh".contains(head));
        if is_counted || head.contains(|seen: char| seen.is_ascii_uppercase()) || !rest.starts_with([' ', ',', '.', ';', ')']) {
            return 0;
        }
    }
    let word: String = head.chars().chain(['\u{ad}']).chain(rime.chars()).map(|seen| letter(seen).unwrap_or(seen)).collect();
    if is_syllable(&word) { tail.len() - rest.len() + rime.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_the_nineties_are_read() {
        for (seen, meant) in [
            ("Th«ng b¸o", "Thông báo"),
            ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
            ("ñy ban nh©n d©n x· BÕn G¹o", "ủy ban nhân dân xã Bến Gạo"),
            ("LÞch tiÕp c«ng d©n", "Lịch tiếp công dân"),
            ("Ng©n hµng ChÝnh s¸ch x· héi", "Ngân hàng Chính sách xã hội"),
            ("QuyÕt ®Þnh cña Thñ t\u{ad}íng ChÝnh phñ", "Quyết định của Thủ tướng Chính phủ"),
            ("§\u{ad}êng n-íc, ng-êi ph\u{2011}¬ng B-u", "Đường nước, người phương Bưu"),
            ("nh- sau: th- ký, d- nî; b- Néi dung", "như sau: thư ký, dư nợ; b- Nội dung"),
            ("d- Néi dung %d-%d, M- ®-îc", "d- Nội dung %d-%d, M- được"),
            ("sè 05/Q§-UBND, CT-XH, x-quang", "số 05/QĐ-UBND, CT-XH, x-quang"),
            ("5.000®, 3 × 4 m, © 2006, · Th«n 2", "5.000đ, 3 × 4 m, © 2006, · Thôn 2"),
            ("UBND x·\nUBND X· BÕN G¹O\nX· BÕn G¹o", "UBND xã\nUBND XÃ BẾN GẠO\nXã Bến Gạo"),
        ] {
            assert_eq!(convert(seen, Hyphen::MayBeU), meant);
        }
    }
}
