//! Breaking a title into lines of like length, at the largest size that holds it. Pure: widths come from whoever has
//! the font.

use super::phrase::{SCALES, bare, belongs, dislike, ends_a_phrase, is_number, leads};
/// A size in pixels, and the most lines that look well at it.
pub type Step = (f32, usize);

#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    pub size: f32,
    pub lines: Vec<String>,
}

/// What is not broken: a syllable, or syllables that belong together.
#[derive(Clone, Debug)]
struct Block {
    text: String,
    /// In ems.
    width: f32,
    /// Whether a space stands before it.
    spaced: bool,
    /// How little one likes to see a line end behind it; 0 is a good place.
    dislike: f32,
}

/// Characters beyond which nothing can be seen on a card anyway.
const MOST: usize = 400;

/// The largest step at which the text fits, its lines balanced; at the smallest one it ends in an ellipsis where it
/// must. `measure` gives a text's width in ems, `room` is in pixels.
pub fn fit(text: &str, measure: &dyn Fn(&str) -> f32, room: f32, steps: &[Step]) -> Fitted {
    let short: String = text.chars().take(MOST).collect();
    let blocks = blocks(&short, measure);
    let space = measure(" ");
    for (size, most) in steps {
        let room = room / size;
        // A word is broken only where there is no smaller size to go to.
        if blocks.iter().any(|block| block.width > room) {
            continue;
        }
        if let Some(count) = fewest(&blocks, space, room).filter(|count| count <= most) {
            return Fitted { size: *size, lines: balanced(&blocks, space, room, count) };
        }
    }
    let Some((size, most)) = steps.last().copied() else { return Fitted { size: 0.0, lines: Vec::new() } };
    let room = room / size;
    let mut blocks = blocks.into_iter().flat_map(|block| broken(block, measure, room)).collect::<Vec<_>>();
    let is_cut = short.len() < text.len() || fewest(&blocks, space, room).is_none_or(|count| count > most);
    if is_cut {
        let ended = |kept: usize| ended(&blocks[..kept], measure, room);
        let fits = |kept: &usize| fewest(&ended(*kept), space, room).is_some_and(|count| count <= most);
        // Half a word is shown only where a whole one has no room.
        let is_whole = |kept: &usize| ended(*kept).last().is_some_and(|last| last.text.chars().count() > kept_letters(&blocks[*kept - 1]));
        let all = || (1..=blocks.len()).rev().filter(fits);
        if let Some(longest) = all().find(is_whole).or_else(|| all().next()) {
            blocks = ended(cut(&blocks, longest));
        }
    }
    let count = fewest(&blocks, space, room).unwrap_or(0);
    Fitted { size, lines: balanced(&blocks, space, room, count) }
}

fn kept_letters(block: &Block) -> usize {
    block.text.trim_end_matches(|c: char| !c.is_alphanumeric()).chars().count()
}

/// These blocks with an ellipsis behind them, the last one shortened where there is no room for it.
fn ended(blocks: &[Block], measure: &dyn Fn(&str) -> f32, room: f32) -> Vec<Block> {
    let mut ended = blocks.to_vec();
    if let Some(last) = ended.last_mut() {
        let kept = last.text.trim_end_matches(|c: char| !c.is_alphanumeric());
        last.text = (0..=kept.len())
            .rev()
            .filter_map(|end| kept.get(..end))
            .map(|start| format!("{start}…"))
            .find(|ended| measure(ended) <= room)
            .unwrap_or_default();
        last.width = measure(&last.text);
    }
    ended
}

/// Behind which block a text is best cut, of those up to `longest`: behind a sentence, else a phrase, else before a
/// small word that begins one; and never behind a word that waits for the next.
fn cut(blocks: &[Block], longest: usize) -> usize {
    let last_word = |kept: usize| blocks[kept - 1].text.rsplit(' ').next().unwrap_or_default();
    let next_word = |kept: usize| blocks.get(kept).and_then(|block| block.text.split(' ').next()).unwrap_or_default();
    let waits = |kept: usize| !ends_a_phrase(last_word(kept)) && leads(last_word(kept));
    let back_to = |least: f32| (1..=longest).rev().take_while(move |kept| *kept as f32 >= longest as f32 * least);
    let sentence = back_to(0.5).find(|kept| last_word(*kept).ends_with(['.', '!', '?', '…']));
    let phrase = || back_to(0.5).find(|kept| ends_a_phrase(last_word(*kept)));
    let small = || back_to(0.6).find(|kept| leads(next_word(*kept)) && !waits(*kept));
    let any = || (1..=longest).rev().find(|kept| !waits(*kept));
    sentence.or_else(phrase).or_else(small).or_else(any).unwrap_or(longest)
}

/// One line, cut with an ellipsis where the room ends.
pub fn one_line(text: &str, measure: &dyn Fn(&str) -> f32, room: f32, size: f32) -> String {
    fit(text, measure, room, &[(size, 1)]).lines.pop().unwrap_or_default()
}

fn blocks(text: &str, measure: &dyn Fn(&str) -> f32) -> Vec<Block> {
    // A no-break space was put there by somebody who meant it.
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')).filter(|w| !w.is_empty()).collect();
    let mut blocks: Vec<Block> = Vec::with_capacity(words.len());
    let mut last: Option<&str> = None;
    let mut counting = false;
    for word in words {
        let glued = last.is_some_and(|last| belongs(last, word, counting));
        counting = is_number(word) || (counting && glued && SCALES.contains(&bare(word).as_str()));
        match blocks.last_mut() {
            Some(block) if glued => {
                block.text = format!("{} {word}", block.text);
                block.width = measure(&block.text);
            }
            _ => {
                if let (Some(block), Some(last)) = (blocks.last_mut(), last) {
                    // In `ngày 18/12` the number counts nothing.
                    let counts = is_number(last) && !block.text.contains(' ') && !last.contains('/');
                    block.dislike = if counts { 0.3 } else { dislike(last, word) };
                }
                blocks.push(Block { text: word.to_owned(), width: measure(word), spaced: true, dislike: 0.0 });
            }
        }
        last = Some(word);
    }
    blocks
}

/// A block that no line holds, in pieces that do. Marks stay with their letters.
fn broken(block: Block, measure: &dyn Fn(&str) -> f32, room: f32) -> Vec<Block> {
    if block.width <= room {
        return vec![block];
    }
    let mut pieces: Vec<Block> = Vec::new();
    for (index, word) in block.text.split(' ').enumerate() {
        let mut spaced = index > 0 || block.spaced;
        let mut piece = String::new();
        for c in word.chars() {
            let mut longer = piece.clone();
            longer.push(c);
            let joins = unicode_normalization::char::is_combining_mark(c) || c == '\u{200d}';
            if !piece.is_empty() && !joins && measure(&longer) > room {
                pieces.push(Block { width: measure(&piece), text: piece, spaced, dislike: 0.02 });
                spaced = false;
                longer = c.to_string();
            }
            piece = longer;
        }
        pieces.push(Block { width: measure(&piece), text: piece, spaced, dislike: 0.02 });
    }
    pieces
}

/// How many lines greed needs: nothing needs fewer. `None` when a block is wider than the room.
fn fewest(blocks: &[Block], space: f32, room: f32) -> Option<usize> {
    let (mut count, mut width) = (0, 0.0);
    for block in blocks {
        let longer = width + block.width + if block.spaced { space } else { 0.0 };
        if count > 0 && longer <= room {
            width = longer;
        } else if block.width > room {
            return None;
        } else {
            (count, width) = (count + 1, block.width);
        }
    }
    Some(count)
}

/// The best way to break into exactly so many lines: like widths, good places to break, and no syllable alone at
/// the end. Quadratic in the blocks, which `MOST` keeps few.
fn balanced(blocks: &[Block], space: f32, room: f32, count: usize) -> Vec<String> {
    let n = blocks.len();
    if count == 0 || n == 0 {
        return Vec::new();
    }
    let total: f32 = blocks.iter().map(|block| block.width + space).sum();
    let target = (total / count as f32).min(room);
    // best[lines][end]: the least cost of the first `end` blocks in so many lines, and where the last of them begins.
    let mut best = vec![vec![(f32::INFINITY, 0); n + 1]; count + 1];
    best[0][0] = (0.0, 0);
    for line in 1..=count {
        for end in 1..=n {
            let mut width = 0.0;
            for start in (0..end).rev() {
                width += blocks[start].width + if start + 1 < end && blocks[start + 1].spaced { space } else { 0.0 };
                if width > room + 0.001 {
                    break;
                }
                let before = best[line - 1][start].0;
                let mut cost = before + ((target - width) / room).powi(2);
                if end < n {
                    cost += blocks[end - 1].dislike;
                } else if count > 1 && start + 1 == end && !blocks[start].text.contains(' ') && blocks[start].spaced {
                    cost += 2.0;
                }
                if cost < best[line][end].0 {
                    best[line][end] = (cost, start);
                }
            }
        }
    }
    let mut ends = vec![n];
    for line in (1..=count).rev() {
        let start = best[line][*ends.last().unwrap_or(&n)].1;
        ends.push(start);
    }
    ends.reverse();
    ends.windows(2)
        .map(|span| {
            let mut text = String::new();
            for (index, block) in blocks[span[0]..span[1]].iter().enumerate() {
                if index > 0 && block.spaced {
                    text.push(' ');
                }
                text.push_str(&block.text);
            }
            text
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every character as wide as half its height.
    fn even(text: &str) -> f32 {
        text.chars().count() as f32 * 0.5
    }

    fn lines(text: &str, characters: usize, most: usize) -> Vec<String> {
        fit(text, &even, characters as f32 * 5.0, &[(10.0, most)]).lines
    }

    #[test]
    fn lines_are_of_like_length_where_greed_would_leave_a_stub() {
        assert_eq!(lines("một hai ba bốn năm sáu bảy tám", 28, 3), ["một hai ba bốn", "năm sáu bảy tám"]);
    }

    #[test]
    fn a_number_keeps_its_unit_and_a_day_its_date() {
        for (text, together) in [
            ("Giải ngân được tất cả 12.985 triệu đồng", "12.985 triệu đồng"),
            ("Tạm ngừng từ chiều ngày 18/12/2026 để sửa", "ngày 18/12/2026"),
            ("Kết quả làm việc của quý III rất tốt", "quý III"),
            ("Ai cũng được vay trong 36 tháng liền", "36 tháng"),
            ("Hai bên – như đã hẹn – ký vào sáng nay", "bên –"),
        ] {
            for characters in 17..40 {
                let lines = lines(text, characters, 6);
                assert!(lines.iter().any(|line| line.contains(together)), "{characters}: {lines:?}");
            }
        }
    }

    #[test]
    fn lines_end_where_a_reader_would_breathe() {
        assert_eq!(
            lines("Tạm ngừng trang tin từ 22 giờ ngày 18/12 đến 6 giờ ngày 19/12/2026 để nâng cấp máy chủ", 27, 4),
            ["Tạm ngừng trang tin", "từ 22 giờ ngày 18/12", "đến 6 giờ ngày 19/12/2026", "để nâng cấp máy chủ"]
        );
    }

    #[test]
    fn no_syllable_is_left_alone_on_the_last_line() {
        for characters in 9..40 {
            let lines = lines("Vùng bưởi Bến Gạo được mùa cả năm nay", characters, 9);
            assert!(lines.len() == 1 || lines.last().is_some_and(|line| line.contains(' ')), "{characters}: {lines:?}");
        }
    }

    #[test]
    fn a_text_is_cut_where_a_phrase_ends_and_no_small_word_is_left_hanging() {
        let cut = |text: &str, characters| fit(text, &even, characters as f32 * 5.0, &[(10.0, 1)]).lines.concat();
        assert_eq!(cut("Cầu đã thông xe. Người dân hai bờ đi lại dễ dàng hơn trước.", 30), "Cầu đã thông xe…");
        assert_eq!(cut("Vốn vay ưu đãi, lãi suất, lịch giao dịch tại xã và cách người dân dùng đồng vốn", 34), "Vốn vay ưu đãi, lãi suất…");
        assert_eq!(cut("Nơi người dân dùng đồng vốn của Ngân hàng Chính sách xã hội", 34), "Nơi người dân dùng đồng vốn…");
        let lead = "Đoàn công tác của tỉnh và các sở đã về thăm bà con ở những thôn bị ngập trong đợt mưa tháng 11 của năm nay";
        for characters in 12..lead.chars().count() {
            let shown = cut(lead, characters);
            let last = shown.trim_end_matches('…').rsplit(' ').next().expect("a word").to_owned();
            assert!(!["của", "và", "các", "đã", "ở", "những", "trong", "đợt", "tháng"].contains(&last.as_str()), "{characters}: {shown}");
            assert!(lead.split(' ').any(|word| word == last), "{characters}: half a word in {shown}");
        }
    }

    #[test]
    fn a_title_takes_the_largest_size_that_holds_it() {
        let steps = [(20.0, 1), (10.0, 2)];
        assert_eq!(fit("ngắn thôi", &even, 100.0, &steps).size, 20.0);
        assert_eq!(fit("dài hơn một chút rồi", &even, 100.0, &steps).size, 10.0);
        let endless = fit(&"rất dài ".repeat(30), &even, 100.0, &steps);
        assert_eq!((endless.size, endless.lines.len()), (10.0, 2));
        assert!(endless.lines[1].ends_with("dài…") || endless.lines[1].ends_with("rất…"), "{endless:?}");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_room_and_nothing_is_lost_but_behind_an_ellipsis(
            text in "([a-zàáảãạăắằâấầêếềôốồơớờưứừýỳỷỹđA-ZĐ0-9.,–%]{1,12} ?){0,40}", characters in 4usize..60, most in 1usize..6,
        ) {
            let lines = lines(&text, characters, most);
            prop_assert!(lines.len() <= most);
            for line in &lines {
                prop_assert!(line.chars().count() <= characters, "{line:?}");
            }
            let close = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let (shown, given) = (close(&lines.concat()), close(&text));
            match shown.strip_suffix('…') {
                Some(start) => prop_assert!(given.starts_with(start)),
                None => prop_assert_eq!(shown, given),
            }
        }
    }
}
