//! What a Vietnamese syllable may look like: a beginning, a rime of a closed list, one tone. Wide enough for names, old spellings
//! and either place of the tone mark; narrow enough that text read through the wrong table fails it.
//!
//! The rimes are those of the school grammar (Ngữ pháp tiếng Việt, Ủy ban Khoa học xã hội, 1983), with the few of speech and names
//! (`xoong`, `đùng đoàng`, `Đắk Lắk`).

use unicode_normalization::UnicodeNormalization;

/// The longest is `nghiêng`.
const MOST_LETTERS: usize = 7;
/// Grave, hook, tilde, acute, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
/// Longest first, for `ng` also begins with `n`.
const INITIALS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s",
    "t", "v", "x", "",
];

/// By their first letter.
const RIMES: [&str; 12] = [
    "a ac ach ai am an ang anh ao ap at au ay",
    "ăc ăk ăm ăn ăng ăp ăt",
    "âc âm ân âng âp ât âu ây",
    "e ec em en eng eo ep et",
    "ê êch êm ên ênh êp êt êu",
    "i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu",
    "o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet",
    "ô ôc ôi ôm ôn ông ôp ôt",
    "ơ ơi ơm ơn ơp ơt",
    "u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uêu \
     uơ uôc uôi uôm uôn uông uôt uy uya uych uyên uyêt uyn uynh uyp uyt uyu",
    "ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu",
    "y ych ynh yt yêm yên yêng yêt yêu",
];

/// One syllable, in whatever case and form: `Nghiêng`, `HÒA`, `hoà`, `quý`. Without its tone `nươc` is none, since a stop at the end
/// takes the acute or the dot only.
pub fn is_syllable(text: &str) -> bool {
    let mut letters = ['\0'; MOST_LETTERS];
    let (mut length, mut tone) = (0_usize, None);
    // A letter is at most three signs when decomposed: what is longer than that is no syllable, and need not be read.
    for c in text.chars().take(3 * MOST_LETTERS + 1).nfd().flat_map(char::to_lowercase) {
        if TONES.contains(&c) {
            if length == 0 || tone.replace((c, length - 1)).is_some() {
                return false;
            }
            continue;
        }
        let shaped = match (c, length.checked_sub(1).map(|last| letters[last])) {
            ('\u{306}', Some('a')) => Some('ă'),
            ('\u{302}', Some('a')) => Some('â'),
            ('\u{302}', Some('e')) => Some('ê'),
            ('\u{302}', Some('o')) => Some('ô'),
            ('\u{31b}', Some('o')) => Some('ơ'),
            ('\u{31b}', Some('u')) => Some('ư'),
            _ => None,
        };
        if let Some(shaped) = shaped {
            letters[length - 1] = shaped;
        } else if length < MOST_LETTERS && (c.is_ascii_lowercase() || c == 'đ') {
            letters[length] = c;
            length += 1;
        } else {
            return false;
        }
    }
    let letters = &letters[..length];
    INITIALS.iter().any(|initial| {
        starts(letters, initial) && {
            let (head, rime) = letters.split_at(initial.chars().count());
            fits(initial, rime) && tone.is_none_or(|(_, at)| stands(head, rime, at)) && sounds(rime, tone.map(|(mark, _)| mark))
        }
    })
}

fn starts(letters: &[char], initial: &str) -> bool {
    initial.chars().enumerate().all(|(at, c)| letters.get(at) == Some(&c))
}

/// Whether the rime is one, and may follow this beginning.
fn fits(initial: &str, rime: &[char]) -> bool {
    let Some(first) = rime.first() else { return false };
    let mut spelt = [0; 4 * MOST_LETTERS];
    let mut end = 0;
    for c in rime {
        end += c.encode_utf8(&mut spelt[end..]).len();
    }
    let Ok(spelt) = str::from_utf8(&spelt[..end]) else { return false };
    let follows = match initial {
        "gh" | "ngh" => matches!(first, 'e' | 'ê' | 'i'),
        // `gì`, `gìn` and `giêng` are spelt with one i.
        "g" => !matches!(first, 'e' | 'ê' | 'y'),
        "ng" => !matches!(first, 'e' | 'ê' | 'i' | 'y'),
        "c" => !matches!(first, 'e' | 'ê' | 'i' | 'y'),
        // K before the other vowels is for names: Kạn, Kon.
        "k" => true,
        "qu" => !matches!(first, 'u' | 'ư' | 'o'),
        "gi" => !matches!(first, 'i' | 'y'),
        "" => true,
        _ => !(first == &'y' && rime.get(1) == Some(&'ê')),
    };
    follows && is_rime(spelt)
}

fn is_rime(rime: &str) -> bool {
    RIMES
        .iter()
        .any(|rimes| rime.chars().next().is_some_and(|first| rimes.starts_with(first)) && rimes.split(' ').any(|known| known == rime))
}

/// Whether the tone may stand over this letter: over the one that bears a mark already; else over the last vowel before a
/// consonant, or the first of two open ones, or the middle of three. `hoà` and `hòa`, `quý` and `qúy` are both written.
fn stands(head: &[char], rime: &[char], at: usize) -> bool {
    let vowels = rime.iter().take_while(|c| "aăâeêioôơuưy".contains(**c)).count();
    if at < head.len() {
        return matches!(head, ['q', 'u'] | ['g', 'i']) && at == 1;
    }
    let at = at - head.len();
    if let Some(marked) = rime.iter().rposition(|c| "ăâêôơư".contains(*c)) {
        // `ưu` and `ưa` bear it on the first, `ươ` on the second: on the last that is marked, all the same.
        return at == marked;
    }
    let glides = matches!(rime, ['o', 'a' | 'e', ..] | ['u', 'y', ..]);
    match vowels {
        1 => at == 0,
        2 if vowels < rime.len() => at == 1 || glides && at == 0,
        2 => at == 0 || glides && at == 1,
        _ => at == 1,
    }
}

/// A stop at the end takes the acute or the dot below only.
fn sounds(rime: &[char], tone: Option<char>) -> bool {
    let is_stopped = matches!(rime, [.., 'c' | 'p' | 't' | 'k'] | [.., 'c', 'h']);
    !is_stopped || matches!(tone, Some('\u{301}' | '\u{323}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_spoken_in_vietnam_is_a_syllable() {
        let spoken = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Ủy ban Uỷ nhân dân xã Bến Gạo Lịch tiếp công Ngân hàng Chính sách nghiêng \
                      khuỷu ngoằn ngoèo quyết quốc quý qúy quỳnh giếng gì gìn giữ giặt già thuở khuya yêu yến ý ở ạ ô được người \
                      hưởng ưu tiên hươu rượu xoong Kạn Đắk Lắk buýt tuýp nguệch ngoạc loạng choạng toàn tòan hoá hóa thuế thửa \
                      huỳnh Nguyễn Huyền Thuỷ Thủy quít khoét đoàn bưởi cứu sưu thuận luật huơ quăng quắt pin pa goòng";
        for word in spoken.split_whitespace() {
            assert!(is_syllable(word), "{word}");
            assert!(is_syllable(&word.nfd().collect::<String>()), "{word}");
        }
    }

    #[test]
    fn what_nobody_says_is_none() {
        for word in [
            "",
            "ng",
            "đ",
            "nươc",
            "cat",
            "càt",
            "nghà",
            "cê",
            "ngi",
            "ghan",
            "qư",
            "thơng",
            "bỏo",
            "été",
            "über",
            "straße",
            "hello",
            "facebook",
            "Việtt",
            "tiếếng",
            "toaón",
            "aà",
            "đưỡng ",
            "tôi2",
            "tuà",
            "nămm",
            "gíang giang",
            "\u{301}a",
            "byêu",
            "żó",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_text_may_be_asked_about(text in "\\PC{0,40}") {
            is_syllable(&text);
        }
    }
}
