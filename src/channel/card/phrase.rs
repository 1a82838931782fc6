//! Which Vietnamese words belong together, as far as marks and small words tell: where a line may end, and a text be cut.

/// Words that a number is nothing without, and those that are nothing without the number behind them.
const UNITS: [&str; 49] = [
    "%",
    "‰",
    "°c",
    "đồng",
    "đ",
    "vnđ",
    "usd",
    "nghìn",
    "ngàn",
    "triệu",
    "tỷ",
    "tỉ",
    "trăm",
    "km",
    "km²",
    "m",
    "m²",
    "m2",
    "m³",
    "m3",
    "cm",
    "mm",
    "ha",
    "héc-ta",
    "sào",
    "kg",
    "g",
    "tấn",
    "tạ",
    "yến",
    "lít",
    "giờ",
    "phút",
    "giây",
    "ngày",
    "tuần",
    "tháng",
    "năm",
    "tuổi",
    "người",
    "hộ",
    "xã",
    "phường",
    "tỉnh",
    "thôn",
    "điểm",
    "lần",
    "percent",
    "million",
];
const HEADS: [&str; 26] = [
    "ngày", "tháng", "năm", "quý", "tuần", "số", "đợt", "thôn", "bản", "tổ", "khóa", "khoá", "lần", "thứ", "kỳ", "kì", "điều", "khoản",
    "thửa", "lớp", "cấp", "hạng", "mùng", "khu", "no.", "article",
];
/// Small words that lead on to the next line rather than end one.
const LEADING: [&str; 40] = [
    "từ", "đến", "tới", "để", "của", "và", "cho", "với", "về", "trong", "ngoài", "tại", "ở", "các", "những", "mọi", "mỗi", "là", "do",
    "bởi", "theo", "không", "chưa", "đã", "đang", "sẽ", "được", "bị", "vào", "ra", "the", "a", "an", "of", "to", "and", "in", "on", "for",
    "its",
];
/// Multipliers: between a number and its unit.
pub const SCALES: [&str; 7] = ["nghìn", "ngàn", "triệu", "tỷ", "tỉ", "trăm", "million"];

/// Whether no line may end between two words. `counting`: the first one is a number, or its multiplier.
pub fn belongs(first: &str, second: &str, counting: bool) -> bool {
    let starts_with_a_mark = second.chars().all(|c| !c.is_alphanumeric());
    if starts_with_a_mark {
        return true;
    }
    if ends_a_phrase(first) {
        return false;
    }
    (counting && UNITS.contains(&bare(second).as_str()))
        || (HEADS.contains(&bare(first).as_str()) && (is_number(second) || is_roman(second)))
}

pub fn dislike(first: &str, second: &str) -> f32 {
    let capital = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let shouting = |word: &str| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if ends_a_phrase(first) {
        0.0
    } else if capital(first) && capital(second) && !(shouting(first) && shouting(second)) {
        // Most likely one name.
        0.12
    } else if LEADING.contains(&bare(first).as_str()) {
        0.14
    } else {
        0.05
    }
}

pub fn bare(word: &str) -> String {
    word.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '“' | '”' | '…')).to_lowercase()
}

pub fn is_number(word: &str) -> bool {
    let word = bare(word);
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | '-' | '–' | ':' | '%'))
}

pub fn is_roman(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

pub fn ends_a_phrase(word: &str) -> bool {
    word.ends_with([',', ';', ':', '.', '!', '?', '–', '—', ')', '”', '…'])
}

/// Whether a word belongs to what comes behind it.
pub fn leads(word: &str) -> bool {
    let word = bare(word);
    LEADING.contains(&word.as_str()) || HEADS.contains(&word.as_str())
}
