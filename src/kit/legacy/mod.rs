//! Text from before Unicode: TCVN3 (ABC) and VNI, as it looks when an old document is opened on a modern machine (`Th«ng b¸o`,
//! `Ñoaøn`). Known by its font, suspected by its letters, and converted when the clerk agrees: nothing here changes text unasked.

pub mod bytes;
mod syllable;
mod tcvn3;
mod viscii;
mod vni;

pub use syllable::is_syllable;

use crate::kit::fold::nfc;
use tcvn3::Hyphen;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    Tcvn3,
    /// TCVN3 in a font that shows every letter as a capital: `.VnTimeH` and whatever else ends in H.
    Tcvn3Capitals,
    Vni,
}

/// What the interface shows before it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    pub alphabet: Alphabet,
    pub before: String,
    pub after: String,
}

impl Converted {
    /// Of text whose alphabet is known, by its font.
    pub fn of(text: &str, alphabet: Alphabet) -> Converted {
        Converted { alphabet, before: text.to_owned(), after: convert(text, alphabet) }
    }

    /// Of text that is suspected; nothing where nothing is.
    pub fn offered(text: &str) -> Option<Converted> {
        suspects(text).map(|alphabet| Converted::of(text, alphabet))
    }
}

/// By the name of a font, as a document or a style sheet gives it: `.VnTime`, `".VnArial Narrow", serif`, `ABCDEF+VNI-Times`.
pub fn of_font(name: &str) -> Option<Alphabet> {
    let first = name.split(',').next().unwrap_or_default();
    // A PDF puts six letters before a font of which it carries a part.
    let first = first.rsplit_once('+').map_or(first, |(_, name)| name);
    let mut family = first.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'').to_lowercase();
    while let Some(plain) = [" bold", " italic", " regular", "-bold", "-italic"].iter().find_map(|style| family.strip_suffix(style)) {
        family = plain.trim_end().to_owned();
    }
    if family.starts_with("vni-") || family.starts_with("vni ") {
        return Some(Alphabet::Vni);
    }
    let is_tcvn3 = family.strip_prefix(".vn").is_some_and(|rest| !rest.is_empty())
        || ["vntime", "vnarial"].iter().any(|known| family.starts_with(known)) && !family.starts_with("vntimes");
    // Of the families that were sold none ends in h by itself.
    is_tcvn3.then_some(if family.ends_with('h') { Alphabet::Tcvn3Capitals } else { Alphabet::Tcvn3 })
}

/// In Normalisation Form C. What is no letter of this alphabet stays as it is.
pub fn convert(text: &str, alphabet: Alphabet) -> String {
    let seen: String = text.chars().map(shown).collect();
    match alphabet {
        Alphabet::Tcvn3 => nfc(&tcvn3::convert(&seen, Hyphen::MayBeU)),
        Alphabet::Tcvn3Capitals => nfc(&tcvn3::convert(&seen, Hyphen::MayBeU)).to_uppercase(),
        Alphabet::Vni => vni::convert(&seen),
    }
}

/// Word keeps the letters of a font that calls itself a symbol font in a private place of Unicode, a byte each.
fn shown(c: char) -> char {
    match c {
        '\u{f020}'..='\u{f0ff}' => char::from((u32::from(c) & 0xff) as u8),
        c => c,
    }
}

/// How many words of what kind a text has, read in one alphabet.
#[derive(Default)]
struct Tally<'t> {
    /// Of two letters and more, but not abbreviations: DTTS, UBND.
    words: usize,
    /// Of these with a letter that is not plain.
    marked: usize,
    /// Of those that are not marked, syllables.
    plain: usize,
    /// Of the marked, those that become syllables.
    read: usize,
    /// Of these such as are no syllables while they stand as they are.
    gained: usize,
    /// The first few of these, different ones.
    witnesses: Vec<&'t str>,
}

/// Words that are judged, at most; a text is written in one way.
const ENOUGH: usize = 20_000;

/// By its letters, and only where they leave little doubt: in most words that bear marks, the marks must be such as make a
/// syllable in this alphabet and none without it. Text in modern Vietnamese letters is never suspected, so a page of both is to be
/// asked about by its paragraphs. That a font showed capitals cannot be seen: [`Alphabet::Tcvn3Capitals`] is never an answer.
pub fn suspects(text: &str) -> Option<Alphabet> {
    if text.is_ascii() || text.chars().any(is_modern) {
        return None;
    }
    let seen: String = text.chars().map(shown).collect();
    let mut best = None;
    // Of equals TCVN3, which was used more.
    for alphabet in [Alphabet::Tcvn3, Alphabet::Vni] {
        let tally = tally(&seen, alphabet);
        if tally.convinces() && best.is_none_or(|(most, _)| tally.gained > most) {
            best = Some((tally.gained, alphabet));
        }
    }
    best.map(|(_, alphabet)| alphabet)
}

/// A letter of Vietnamese that Latin-1 has not, or a mark by itself: whoever has these needs no other alphabet.
fn is_modern(c: char) -> bool {
    matches!(c, 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{323}')
}

fn tally(text: &str, alphabet: Alphabet) -> Tally<'_> {
    let mut tally = Tally::default();
    let is_of_word = |c: char| c.is_alphabetic() || alphabet == Alphabet::Tcvn3 && tcvn3::is_of_word(c);
    for word in text.split(|c| !is_of_word(c)).filter(|word| !word.is_empty()).take(ENOUGH) {
        let is_plain = word.is_ascii();
        if word.chars().nth(1).is_none() || is_plain && word.bytes().all(|b| b.is_ascii_uppercase()) {
            continue;
        }
        tally.words += 1;
        if is_plain {
            tally.plain += usize::from(is_syllable(word));
            continue;
        }
        tally.marked += 1;
        // What is longer is none in any alphabet.
        if word.len() > 40 || !is_syllable(&convert(word, alphabet)) {
            continue;
        }
        tally.read += 1;
        if !(is_even(word) && is_syllable(word)) {
            tally.gained += 1;
            if !is_quoted(word) && tally.witnesses.len() < 8 && !tally.witnesses.contains(&word) {
                tally.witnesses.push(word);
            }
        }
    }
    tally
}

/// In small letters, in capitals, or with a capital first: `cã` and `CÃ`, but not `CéNG`.
fn is_even(word: &str) -> bool {
    let mut letters = word.chars();
    let is_first_small = letters.next().is_some_and(char::is_lowercase);
    !letters.clone().any(char::is_uppercase) || !is_first_small && !letters.any(char::is_lowercase)
}

impl Tally<'_> {
    fn convinces(&self) -> bool {
        self.proof() >= 2
            && self.read * 4 >= self.marked * 3
            && self.gained * 2 >= self.marked
            && self.gained * 10 >= self.words * 3
            // Of Swedish `än en gång` would be one, were it not for the words between.
            && (self.read + self.plain) * 5 >= self.words * 3
    }

    /// A word proves little, for anything is a syllable somewhere; a sign amidst its letters (`Th«ng`) is worth two words.
    fn proof(&self) -> usize {
        self.witnesses.iter().map(|word| if is_telling(word) { 2 } else { 1 }).sum()
    }
}

/// `»s«`: what looks like ô and ằ is the quotes of German and French.
fn is_quoted(word: &str) -> bool {
    word.trim_matches(['«', '»']).is_ascii()
}

/// In nobody's text but such a sign stands between two plain letters.
fn is_telling(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|three| three[0].is_ascii_alphabetic() && "«¸¶¨©ª¬®»¼½¾".contains(three[1]) && three[2].is_ascii_alphabetic())
}
