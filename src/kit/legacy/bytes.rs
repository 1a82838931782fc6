//! The bytes of an old table or text file, whose encoding nobody wrote down. Marks at the beginning and zero bytes are believed;
//! between the tables of one byte a letter it is asked which of them makes syllables. Where two do as well, both are offered.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::tcvn3::{self, Hyphen};
use super::{is_even, is_quoted, is_syllable, viscii, vni};
use crate::kit::fold::nfc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Windows' own for Vietnamese: the tone is a byte after its letter.
    Windows1258,
    Windows1252,
    Tcvn3,
    Vni,
    Viscii,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Normalisation Form C, without a byte order mark or U+0000; line ends as they were.
    pub text: String,
    pub by: Encoding,
    pub is_sure: bool,
    /// Other readings, the likeliest first, each by its beginning of at most [`SHOWN`] characters; none where it is sure. Unsure and
    /// without others: something in it is broken.
    pub others: Vec<(Encoding, String)>,
}

/// Characters of another reading.
pub const SHOWN: usize = 200;
/// Words with a letter beyond ASCII that are judged; they are taken evenly from the whole.
const JUDGED: usize = 2_000;
/// A run of letters longer than this is no word, in bytes.
const LONGEST: usize = 40;
/// In the order in which equals are preferred: what a machine of today still writes, then what was commonest.
const TABLES: [Encoding; 5] = [Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Windows1252];

/// Linear in the length. Text whose letters were saved wrongly before (UTF-8 with `Th«ng b¸o` in it) is for [`super::suspects`].
pub fn decode(bytes: &[u8]) -> Decoded {
    let (by, is_sure, rivals) = match by_form(bytes) {
        Some((Encoding::Utf8, true)) if is_utf8_by_chance(bytes) => {
            let (by, _, rivals) = by_syllables(&words(bytes));
            (Encoding::Utf8, false, [vec![(by, true)], rivals].concat())
        }
        Some((by, is_sure)) => (by, is_sure, Vec::new()),
        None => by_syllables(&words(bytes)),
    };
    let text = decode_as(bytes, by);
    let mut others: Vec<(Encoding, String)> = Vec::new();
    let mut is_disputed = false;
    for (rival, is_close) in rivals {
        let reading = decode_as(bytes, rival);
        if reading == text {
            continue;
        }
        is_disputed |= is_close;
        others.push((rival, reading.chars().take(SHOWN).collect()));
    }
    let is_sure = is_sure && !is_disputed;
    if is_sure {
        others.clear();
    }
    Decoded { text, by, is_sure, others }
}

/// In this encoding, whatever comes of it: what cannot be read is U+FFFD, or stays as Windows-1252 shows it.
pub fn decode_as(bytes: &[u8], by: Encoding) -> String {
    let of = |table: &'static encoding_rs::Encoding| table.decode_with_bom_removal(bytes).0.into_owned();
    let mut text = match by {
        Encoding::Utf8 => of(UTF_8),
        Encoding::Utf16Le => of(UTF_16LE),
        Encoding::Utf16Be => of(UTF_16BE),
        Encoding::Windows1258 => of(WINDOWS_1258),
        Encoding::Windows1252 => of(WINDOWS_1252),
        Encoding::Tcvn3 => tcvn3::convert(&of(WINDOWS_1252), Hyphen::IsOne),
        Encoding::Vni => vni::convert(&of(WINDOWS_1252)),
        Encoding::Viscii => viscii::convert(bytes),
    };
    text.retain(|c| c != '\0' && c != '\u{feff}');
    nfc(&text)
}

/// What its marks and its zero bytes tell; otherwise whether it is UTF-8, which nothing else is by chance.
fn by_form(bytes: &[u8]) -> Option<(Encoding, bool)> {
    let wide = |table: &'static encoding_rs::Encoding, by| (by, !table.decode_with_bom_removal(bytes).1);
    match bytes {
        [0xff, 0xfe, ..] => return Some(wide(UTF_16LE, Encoding::Utf16Le)),
        [0xfe, 0xff, ..] => return Some(wide(UTF_16BE, Encoding::Utf16Be)),
        [0xef, 0xbb, 0xbf, text @ ..] => return Some((Encoding::Utf8, str::from_utf8(text).is_ok())),
        _ => {}
    }
    // Most letters of Vietnamese, and all digits, lie below U+0100.
    let zeros = |at: usize| bytes.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), bytes.len() / 2);
    if odd * 4 > pairs && even * 10 < odd {
        return Some(wide(UTF_16LE, Encoding::Utf16Le));
    }
    if even * 4 > pairs && odd * 10 < even {
        return Some(wide(UTF_16BE, Encoding::Utf16Be));
    }
    match str::from_utf8(bytes) {
        Ok(_) => Some((Encoding::Utf8, true)),
        // One byte lost on the way, or cut off at the end.
        Err(_) => is_nearly_utf8(bytes).then_some((Encoding::Utf8, false)),
    }
}

fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 10 <= whole
}

/// Two letters of VISCII, or a capital and an ellipsis of Windows, may make one of UTF-8: of some far script, and only once or twice.
fn is_utf8_by_chance(bytes: &[u8]) -> bool {
    if bytes.is_ascii() {
        // Control characters that are letters of VISCII.
        return bytes.iter().any(|byte| !viscii::letter(*byte).is_ascii());
    }
    let mut letters = str::from_utf8(bytes).unwrap_or_default().chars().filter(|c| !c.is_ascii()).peekable();
    let is_far = |c: &char| matches!(c, '\u{250}'..='\u{2ff}' | '\u{370}'..='\u{7ff}');
    letters.peek().is_some() && letters.clone().all(|c| is_far(&c)) && letters.nth(3).is_none()
}

/// The runs of letters with one beyond ASCII among them.
fn words(bytes: &[u8]) -> Vec<&[u8]> {
    // VISCII has letters at the places of some control characters, which no other text holds.
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii() || !viscii::letter(*byte).is_ascii();
    let marked: Vec<&[u8]> = bytes.split(|byte| !is_letter(byte)).filter(|word| !word.is_ascii()).collect();
    let step = marked.len().div_ceil(JUDGED).max(1);
    let mut judged: Vec<&[u8]> = marked.into_iter().step_by(step).collect();
    // A word that is often there proves no more than another.
    judged.sort_unstable();
    judged.dedup();
    judged
}

/// The likeliest, whether it is sure by itself, and its rivals, each with whether it does about as well.
fn by_syllables(words: &[&[u8]]) -> (Encoding, bool, Vec<(Encoding, bool)>) {
    let mut readings = TABLES.map(|by| (by, Score::of(words, |word| reads_as_syllables(word, by))));
    readings.sort_by(|(_, a), (_, b)| b.share().total_cmp(&a.share()));
    let (first, best) = (readings[0].0, readings[0].1.share());
    if best < 0.5 {
        let western = Score::of(words, reads_as_western);
        let is_sure = best < 0.25 && western.good >= 3 && western.share() >= 0.9;
        let rivals = readings.iter().filter(|(by, _)| *by != Encoding::Windows1252).map(|(by, score)| (*by, score.share() > 0.25));
        return (Encoding::Windows1252, is_sure, rivals.collect());
    }
    let rivals = readings[1..].iter().filter(|(_, score)| score.share() > best - 0.4);
    let mut rivals: Vec<_> = rivals.map(|(by, score)| (*by, score.share() > best - 0.2)).collect();
    if first != Encoding::Windows1252 && rivals.iter().all(|(by, _)| *by != Encoding::Windows1252) {
        rivals.push((Encoding::Windows1252, false));
    }
    (first, best >= 0.8 && readings[0].1.good >= 3, rivals)
}

#[derive(Default)]
struct Score {
    good: usize,
    bad: usize,
}

impl Score {
    /// A word of which nothing can be said (a sign, one letter) counts for neither.
    fn of(words: &[&[u8]], reads: impl Fn(&[u8]) -> Option<bool>) -> Score {
        let judged: Vec<bool> = words.iter().filter_map(|word| if word.len() > LONGEST { Some(false) } else { reads(word) }).collect();
        let good = judged.iter().filter(|is_good| **is_good).count();
        Score { good, bad: judged.len() - good }
    }

    fn share(&self) -> f64 {
        self.good as f64 / (self.good + self.bad).max(1) as f64
    }
}

fn reads_as_syllables(word: &[u8], by: Encoding) -> Option<bool> {
    let text = decode_as(word, by);
    if text.contains(char::is_control) || has_sign_inside(&text) {
        return Some(false);
    }
    if is_quoted(&decode_as(word, Encoding::Windows1252)) {
        return None;
    }
    let mut pieces =
        text.split(|c: char| !c.is_alphabetic()).filter(|piece| !piece.is_ascii() && piece.chars().nth(1).is_some()).peekable();
    pieces.peek()?;
    Some(pieces.all(|piece| is_even(piece) && is_syllable(piece)))
}

/// A word of French or German is mostly of plain letters; one of another script seen as Windows-1252 is not.
fn reads_as_western(word: &[u8]) -> Option<bool> {
    let text = decode_as(word, Encoding::Windows1252);
    let marked = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    if marked == 0 || text.chars().nth(1).is_none() {
        return None;
    }
    // Of Czech, which is written in another table, most words would have one of these.
    let is_eastern = text.contains(['š', 'ž', 'Š', 'Ž', 'ý', 'Ý', 'ð', 'Ð', 'þ', 'Þ']) || has_sign_inside(&text);
    Some(!is_eastern && text.chars().filter(char::is_ascii).count() >= marked && is_even(&text))
}

/// Something between letters that never stands there: `Thu§t`.
fn has_sign_inside(text: &str) -> bool {
    let stands = |c: char| c.is_alphabetic() || c.is_ascii() || matches!(c, '·' | '\u{a0}' | '\u{ad}' | '\u{2010}'..='\u{2026}');
    text.trim_matches(|c: char| !c.is_alphabetic()).contains(|c| !stands(c))
}
