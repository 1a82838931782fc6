//! Figures read aloud in Vietnamese, for the loudspeaker, the ear and the question. 1 is mốt, 4 is tư and 5 is lăm behind the tens
//! where they are said so; what is missing before a hundred is told ("không trăm linh năm"), a missing group is not.

use rust_decimal::Decimal;

use super::Figure;
use crate::kit::number::exact;
use crate::kit::words::Lang;

/// How the people of a unit speak. Both write tỷ, and so do we: tỉ is a spelling, and sounds alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Region {
    /// linh, nghìn
    North,
    /// lẻ, ngàn
    South,
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// Any decimal, with every place that it has. One or two decimals that do not begin with 0 are a number (6,24: "sáu phẩy hai mươi
/// tư"); all others are said digit by digit (0,624: "không phẩy sáu hai bốn"), as nobody counts thousandths as they go by.
/// Every nine digits have their own tỷ: 1.500.000.000.000.000.000 is "một tỷ tỷ năm trăm triệu tỷ".
pub fn spoken(value: Decimal, region: Region) -> String {
    let digits = value.abs().to_string();
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut said = Vec::new();
    if value.is_sign_negative() && !value.is_zero() {
        said.push("âm");
    }
    say_whole(whole, region, &mut said);
    if !rest.is_empty() {
        said.push("phẩy");
        let digits: Vec<usize> = rest.bytes().map(of).collect();
        match digits[..] {
            [one] => said.push(DIGITS[one]),
            [tens, ones] if tens > 0 => say_tens(tens, ones, &mut said),
            _ => said.extend(digits.iter().map(|digit| DIGITS[*digit])),
        }
    }
    said.join(" ")
}

/// An ASCII digit; anything else counts for nothing.
fn of(byte: u8) -> usize {
    usize::from(byte.wrapping_sub(b'0')) % 10
}

fn say_whole(digits: &str, region: Region, said: &mut Vec<&'static str>) {
    if digits.bytes().all(|byte| byte == b'0') {
        said.push(DIGITS[0]);
        return;
    }
    let padded = format!("{}{digits}", "0".repeat((3 - digits.len() % 3) % 3));
    let groups: Vec<[usize; 3]> = padded.as_bytes().chunks_exact(3).map(|chunk| [of(chunk[0]), of(chunk[1]), of(chunk[2])]).collect();
    let mut has_begun = false;
    let mut is_block_told = false;
    for (at, group) in groups.iter().enumerate() {
        let left = groups.len() - 1 - at;
        if *group != [0, 0, 0] {
            say_group(*group, has_begun, region, said);
            has_begun = true;
            is_block_told = true;
            match (left % 3, region) {
                (2, _) => said.push("triệu"),
                (1, Region::North) => said.push("nghìn"),
                (1, Region::South) => said.push("ngàn"),
                _ => {}
            }
        }
        if left.is_multiple_of(3) && is_block_told {
            said.extend(std::iter::repeat_n("tỷ", left / 3));
            is_block_told = false;
        }
    }
}

fn say_group([hundreds, tens, ones]: [usize; 3], follows: bool, region: Region, said: &mut Vec<&'static str>) {
    let has_hundreds = hundreds > 0 || follows;
    if has_hundreds {
        said.extend([DIGITS[hundreds], "trăm"]);
    }
    match (tens, ones) {
        (0, 0) => {}
        (0, _) if has_hundreds => said.extend([if region == Region::North { "linh" } else { "lẻ" }, DIGITS[ones]]),
        (0, _) => said.push(DIGITS[ones]),
        _ => say_tens(tens, ones, said),
    }
}

/// 10 to 99.
fn say_tens(tens: usize, ones: usize, said: &mut Vec<&'static str>) {
    if tens == 1 {
        said.push("mười");
    } else {
        said.extend([DIGITS[tens], "mươi"]);
    }
    match ones {
        0 => {}
        5 => said.push("lăm"),
        1 if tens > 1 => said.push("mốt"),
        4 if tens > 1 => said.push("tư"),
        _ => said.push(DIGITS[ones]),
    }
}

/// `61.582: sáu mươi mốt nghìn năm trăm tám mươi hai, hay 61 phẩy 582?` A reading with decimals keeps its digits, so that the eye
/// finds them in the text. Measures are told only where the readings differ in them.
pub fn question(text: &str, readings: &[Figure], region: Region) -> String {
    let differ = readings.iter().any(|other| other.measure != readings[0].measure);
    let told: Vec<String> = readings
        .iter()
        .map(|figure| {
            let said = if figure.value.scale() == 0 { spoken(figure.value, region) } else { in_digits(figure.value) };
            if differ { format!("{said} {}", figure.measure).trim_end().to_owned() } else { said }
        })
        .collect();
    format!("{}: {}?", text.trim(), told.join(", hay "))
}

fn in_digits(value: Decimal) -> String {
    let text = exact(value.abs(), None, Lang::Vi).replace(',', " phẩy ");
    if value.is_sign_negative() { format!("âm {text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_aloud_as_people_say_it() {
        let say = |text: &str, region| spoken(Decimal::from_str_exact(text).expect("a number"), region);
        for (text, north) in [
            ("0", "không"),
            ("5", "năm"),
            ("10", "mười"),
            ("11", "mười một"),
            ("14", "mười bốn"),
            ("15", "mười lăm"),
            ("21", "hai mươi mốt"),
            ("24", "hai mươi tư"),
            ("25", "hai mươi lăm"),
            ("97", "chín mươi bảy"),
            ("101", "một trăm linh một"),
            ("104", "một trăm linh bốn"),
            ("1005", "một nghìn không trăm linh năm"),
            ("1050", "một nghìn không trăm năm mươi"),
            ("1665", "một nghìn sáu trăm sáu mươi lăm"),
            ("45312", "bốn mươi lăm nghìn ba trăm mười hai"),
            ("61582", "sáu mươi mốt nghìn năm trăm tám mươi hai"),
            ("367714", "ba trăm sáu mươi bảy nghìn bảy trăm mười bốn"),
            ("1000000", "một triệu"),
            ("1000005", "một triệu không trăm linh năm"),
            ("1500000000000", "một nghìn năm trăm tỷ"),
            ("1000000000000000000", "một tỷ tỷ"),
            ("1500000000000000007", "một tỷ tỷ năm trăm triệu tỷ không trăm linh bảy"),
            ("6.24", "sáu phẩy hai mươi tư"),
            ("0.5", "không phẩy năm"),
            ("0.05", "không phẩy không năm"),
            ("0.624", "không phẩy sáu hai bốn"),
            ("12.50", "mười hai phẩy năm mươi"),
            ("-3.1", "âm ba phẩy một"),
            ("-0.00", "không phẩy không không"),
        ] {
            assert_eq!(say(text, Region::North), north, "{text}");
            assert_eq!(say(text, Region::South), north.replace("linh", "lẻ").replace("nghìn", "ngàn"), "{text}");
        }
    }
}
