//! Text in its room: wrapped by measured width into lines that stand clear of each other, and labels pushed apart.

use crate::kit::letters::{self, Weight};

/// Baseline to baseline, in ems, where no marks ask for more.
const STEP: f32 = 1.28;
/// What a line takes above and below its baseline at the least, so that lines with and without marks stand alike.
const RISE: f32 = 0.95;
const FALL: f32 = 0.26;
/// Between the lowest mark of a line and the highest of the next.
const AIR: f32 = 0.05;
/// Half the height of a digit: what the eye takes for a line's middle.
const MIDDLE: f32 = 0.36;

#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    pub width: f32,
    pub rise: f32,
    pub fall: f32,
    /// Of the baseline, below the block's top.
    pub y: f32,
}

/// Lines of one text, in pixels.
#[derive(Clone, Debug)]
pub struct Block {
    pub lines: Vec<Line>,
    pub width: f32,
    pub height: f32,
    /// What the eye takes for its middle, below its top.
    pub middle: f32,
    pub size: f32,
    pub weight: Weight,
}

impl Block {
    pub fn new(text: &str, weight: Weight, size: f32, room: f32) -> Block {
        let mut lines: Vec<Line> = Vec::new();
        for text in wrap(text, weight, room / size) {
            let (rise, fall) = letters::edges(weight, &text);
            let (rise, fall) = (rise * size, fall * size);
            let y = match lines.last() {
                None => rise.max(RISE * size),
                Some(above) => above.y + (above.fall + rise + AIR * size).max(STEP * size),
            };
            lines.push(Line { width: letters::width(weight, &text) * size, rise, fall, y, text });
        }
        let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let height = lines.last().map_or(0.0, |last| last.y + last.fall.max(FALL * size));
        let middle = lines.first().zip(lines.last()).map_or(0.0, |(first, last)| (first.y + last.y) / 2.0 - MIDDLE * size);
        Block { lines, width, height, middle, size, weight }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Below the middle.
    pub fn below(&self) -> f32 {
        self.height - self.middle
    }
}

/// The widest word, in pixels: in less room than this a word is broken.
pub fn widest_word(text: &str, weight: Weight, size: f32) -> f32 {
    text.split_whitespace().map(|word| letters::width(weight, word) * size).fold(0.0, f32::max)
}

struct Piece {
    text: String,
    width: f32,
    is_spaced: bool,
}

/// In ems. Lines of like length, as few as there can be; a word wider than the room is broken.
pub fn wrap(text: &str, weight: Weight, room: f32) -> Vec<String> {
    let pieces = pieces(text, weight, room);
    let space = letters::width(weight, " ");
    let count = lines(&pieces, space, room);
    if count < 2 {
        return join(&pieces, space, room);
    }
    let total: f32 = pieces.iter().map(|piece| piece.width + space).sum();
    let longest = pieces.iter().map(|piece| piece.width).fold(0.0, f32::max);
    let (mut least, mut most) = ((total / count as f32 - space).max(longest).min(room), room);
    for _ in 0..7 {
        let middle = (least + most) / 2.0;
        if lines(&pieces, space, middle) <= count { most = middle } else { least = middle }
    }
    join(&pieces, space, most)
}

fn pieces(text: &str, weight: Weight, room: f32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // A no-break space was put there by somebody who meant it.
    for word in text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')) {
        let word: String = word.chars().filter(|c| is_drawn(*c)).collect();
        if word.is_empty() {
            continue;
        }
        let width = letters::width(weight, &word);
        if width <= room {
            pieces.push(Piece { text: word, width, is_spaced: true });
            continue;
        }
        let (mut piece, mut width, mut is_spaced) = (String::new(), 0.0, true);
        for c in word.chars() {
            let more = letters::width(weight, c.encode_utf8(&mut [0; 4]));
            // Marks stay with their letters.
            let joins = matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}');
            if !piece.is_empty() && !joins && width + more > room {
                pieces.push(Piece { text: std::mem::take(&mut piece), width, is_spaced });
                (width, is_spaced) = (0.0, false);
            }
            piece.push(c);
            width += more;
        }
        pieces.push(Piece { text: piece, width, is_spaced });
    }
    pieces
}

/// Neither XML nor a screen has a use for the others.
pub fn is_drawn(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn lines(pieces: &[Piece], space: f32, room: f32) -> usize {
    let (mut count, mut width) = (0, 0.0);
    for piece in pieces {
        let longer = width + piece.width + if piece.is_spaced { space } else { 0.0 };
        (count, width) = if count > 0 && longer <= room { (count, longer) } else { (count + 1, piece.width) };
    }
    count
}

fn join(pieces: &[Piece], space: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut width = 0.0;
    for piece in pieces {
        let longer = width + piece.width + if piece.is_spaced { space } else { 0.0 };
        match lines.last_mut() {
            Some(line) if longer <= room => {
                if piece.is_spaced {
                    line.push(' ');
                }
                line.push_str(&piece.text);
                width = longer;
            }
            _ => {
                lines.push(piece.text.clone());
                width = piece.width;
            }
        }
    }
    lines
}

/// Where labels of these heights begin, each as near as can be to where it wants to begin, none on another and all from `top`
/// to `bottom`, or below it where they are too many. In the order given, which is that of `wanted`.
pub fn apart(labels: &[(f32, f32)], top: f32, bottom: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| labels[*a].0.total_cmp(&labels[*b].0));
    // Runs of labels that touch each other: (first place in the order, wanted begin, height, how many).
    let mut runs: Vec<(usize, f32, f32, usize)> = Vec::new();
    for (place, at) in order.iter().enumerate() {
        runs.push((place, labels[*at].0, labels[*at].1, 1));
        while let [.., above, below] = runs[..]
            && above.1 + above.2 > below.1
        {
            let count = above.3 + below.3;
            let begin = (above.1 * above.3 as f32 + (below.1 - above.2) * below.3 as f32) / count as f32;
            runs.truncate(runs.len() - 2);
            runs.push((above.0, begin, above.2 + below.2, count));
        }
    }
    let mut begins = vec![0.0; labels.len()];
    let mut free = top;
    let mut places: Vec<(f32, usize)> = Vec::with_capacity(labels.len());
    for (first, begin, _, count) in &runs {
        let mut at = begin.max(free);
        for index in &order[*first..first + count] {
            places.push((at, *index));
            at += labels[*index].1;
        }
        free = at;
    }
    let mut end = bottom.max(top + labels.iter().map(|label| label.1).sum::<f32>());
    for (at, index) in places.iter().rev() {
        let begin = at.min(end - labels[*index].1);
        begins[*index] = begin;
        end = begin;
    }
    begins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_few_as_can_be_and_of_like_length() {
        let lines = wrap("Cho vay hộ nghèo theo Nghị định 78", Weight::Medium, 12.0);
        assert_eq!(lines, ["Cho vay hộ nghèo", "theo Nghị định 78"]);
        assert_eq!(wrap(" a\tb\u{7} \n", Weight::Medium, 12.0), ["a b"]);
        assert!(wrap("", Weight::Medium, 12.0).is_empty());
    }

    #[test]
    fn a_word_wider_than_its_room_is_broken() {
        let lines = wrap(&"nghiêng".repeat(10), Weight::Bold, 5.0);
        assert!(lines.len() > 5 && lines.iter().all(|line| letters::width(Weight::Bold, line) <= 5.0), "{lines:?}");
        assert_eq!(lines.concat(), "nghiêng".repeat(10));
    }

    #[test]
    fn labels_are_pushed_apart_and_kept_within() {
        let labels = [(10.0, 8.0), (12.0, 8.0), (95.0, 8.0), (11.0, 8.0)];
        let begins = apart(&labels, 0.0, 100.0);
        let mut sorted: Vec<(f32, f32)> = begins.iter().zip(&labels).map(|(begin, label)| (*begin, label.1)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(sorted.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0 + 0.01), "{sorted:?}");
        assert!(sorted[0].0 >= 0.0 && sorted[3].0 + 8.0 <= 100.0, "{sorted:?}");
        assert!(begins[0] < begins[3] && begins[3] < begins[1]);
    }
}
