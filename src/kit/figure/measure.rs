//! Measures by one name each, however they are written. The table is of forms that occur; what is not in it stays as written.

use rust_decimal::Decimal;

use super::tidy::tidied;

/// Characters and words of a measure that no table knows: beyond them it is prose.
const MOST_CHARS: usize = 40;
const MOST_WORDS: usize = 6;

/// The name of a measure: `trđ`, `tr.đ` and `Triệu đồng` are `triệu đồng`; `trđ/hộ` is `triệu đồng/hộ`. `None` where it is not known.
pub fn named(written: &str) -> Option<String> {
    let tidy = tidied(written)?.to_lowercase();
    let parts: Option<Vec<String>> = tidy.split('/').map(simple).collect();
    Some(parts?.join("/"))
}

/// What it is so many of, and how many: `("đồng", 1000000)` of `triệu đồng`, `("đồng/hộ", 1000000)` of `triệu đồng/hộ`. By its name.
pub fn scale_of(name: &str) -> Option<(String, Decimal)> {
    let name = named(name)?;
    let (above, below) = name.split_once('/').map_or((name.as_str(), None), |(above, below)| (above, Some(below)));
    let (zeros, base) = scaled(above).map_or((0, above), |(_, zeros, base)| (zeros, base));
    // A bare `nghìn` is so many of nobody knows what.
    let base = if base.is_empty() { return None } else { base };
    let base = below.map_or(base.to_owned(), |below| format!("{base}/{below}"));
    Some((base, Decimal::from(10_u64.pow(zeros))))
}

/// Whether it counts whole things: people, households, đồng (of which there are no parts to pay with). A thousand of them may
/// have decimals, and so may a mean. What stands behind a noun of the list makes no parts of it: `hộ vay vốn`, `tổ TK&VV`.
pub fn is_counted(name: &str) -> bool {
    // Of these a longer name may be of another thing: `cây vàng` is gold, and has decimals.
    const ALONE: [&str; 10] = ["lượt", "lần", "bản", "đơn", "món", "con", "cây", "cái", "chiếc", "nhà"];
    let name = name.to_lowercase();
    let begins = |noun: &&str| name.strip_prefix(noun).is_some_and(|rest| rest.starts_with(' ')) && !ALONE.contains(noun);
    let is_mean = name.contains(['/', '%']);
    COUNTED.contains(&name.as_str()) || matches!(name.as_str(), "đồng" | "hssv" | "giường") || !is_mean && COUNTED.iter().any(begins)
}

fn simple(written: &str) -> Option<String> {
    let written = written.trim();
    if let Some(name) = base(written) {
        return Some(name.to_owned());
    }
    match scaled(written)? {
        // `531,4 tỷ` is said of money; of thousands nobody says so.
        ("nghìn", _, "") => Some("nghìn".to_owned()),
        (scale, _, "") => Some(format!("{scale} đồng")),
        (scale, _, rest) => {
            let base = base(rest).filter(|base| !base.contains('%') && scaled(base).is_none())?;
            Some(format!("{scale} {base}"))
        }
    }
}

/// By its letters alone: neither spaces nor dots tell measures apart.
fn base(written: &str) -> Option<&'static str> {
    let key: String = written.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    known(&key).or_else(|| COUNTED.into_iter().find(|name| name.chars().filter(|c| *c != ' ').eq(key.chars())))
}

/// The scale by its name, its zeros, and what stands behind it.
fn scaled(written: &str) -> Option<(&'static str, u32, &str)> {
    const SCALES: [(&str, &str, u32); 10] = [
        ("nghìn tỷ", "nghìn tỷ", 12),
        ("nghìn tỉ", "nghìn tỷ", 12),
        ("ngàn tỷ", "nghìn tỷ", 12),
        ("ngàn tỉ", "nghìn tỷ", 12),
        ("tỷ", "tỷ", 9),
        ("tỉ", "tỷ", 9),
        ("triệu", "triệu", 6),
        ("tr", "triệu", 6),
        ("nghìn", "nghìn", 3),
        ("ngàn", "nghìn", 3),
    ];
    SCALES.iter().find_map(|(form, name, zeros)| {
        let rest = written.strip_prefix(form)?;
        // `trường` does not begin with a million.
        (rest.is_empty() || rest.starts_with([' ', '.', 'đ', '₫', 'v'])).then(|| (*name, *zeros, rest.trim_start_matches([' ', '.'])))
    })
}

/// Things that have no parts.
const COUNTED: [&str; 44] = [
    "hộ",
    "lượt hộ",
    "hộ nghèo",
    "hộ cận nghèo",
    "hộ vay",
    "người",
    "lượt người",
    "nhân khẩu",
    "khẩu",
    "lao động",
    "khách hàng",
    "lượt khách hàng",
    "lượt",
    "lần",
    "tổ",
    "thôn",
    "bản",
    "xã",
    "phường",
    "tổ dân phố",
    "công trình",
    "căn",
    "căn nhà",
    "ngôi nhà",
    "nhà",
    "hồ sơ",
    "văn bản",
    "trường hợp",
    "vụ",
    "vụ việc",
    "đơn",
    "cuộc",
    "phiên",
    "món",
    "món vay",
    "dự án",
    "con",
    "cây",
    "cái",
    "chiếc",
    "học sinh",
    "sinh viên",
    "hội viên",
    "điểm giao dịch",
];

fn known(key: &str) -> Option<&'static str> {
    Some(match key {
        "đồng" | "đ" | "₫" | "vnđ" | "vnd" | "đồngviệtnam" | "việtnamđồng" => "đồng",
        "1000đ" | "1000đồng" | "1000vnđ" | "ngđ" | "nghìnđ" | "ngànđ" => "nghìn đồng",
        "trđ" | "trđồng" | "1000000đ" | "1000000đồng" => "triệu đồng",
        "%" | "phầntrăm" => "%",
        "điểm%" | "điểmphầntrăm" => "điểm %",
        "‰" | "phầnnghìn" | "phầnngàn" => "‰",
        "hssv" | "họcsinhsinhviên" | "họcsinh,sinhviên" => "HSSV",
        "ha" | "hecta" | "héc-ta" | "hécta" => "ha",
        "m²" | "m2" | "métvuông" => "m²",
        "m³" | "m3" | "métkhối" => "m³",
        "km²" | "km2" => "km²",
        "m" | "mét" => "m",
        "km" | "kilômét" | "câysố" => "km",
        "mm" => "mm",
        "cm" => "cm",
        "tấn" => "tấn",
        "tạ" => "tạ",
        "kg" => "kg",
        "lít" => "lít",
        "kwh" => "kWh",
        "mw" => "MW",
        "usd" | "đôlamỹ" => "USD",
        "năm" => "năm",
        "tháng" => "tháng",
        "ngày" => "ngày",
        "giờ" => "giờ",
        "phút" => "phút",
        "điểm" => "điểm",
        "giường" => "giường",
        _ => return None,
    })
}

/// Whether something behind a figure may be a measure that no table knows: a few plain words, and neither the rest of a number
/// (`3 tỷ rưỡi`) nor of a sentence or a date (`6 tháng đầu năm`).
pub(super) fn may_be(written: &str) -> bool {
    const NEVER_FIRST: [&str; 40] = [
        "tỷ", "tỉ", "triệu", "tr", "nghìn", "ngàn", "vạn", "trăm", "chục", "mươi", "rưỡi", "phẩy", "phần", "năm", "tháng", "quý", "tuần",
        "ngày", "giờ", "phút", "t", "h", "và", "hoặc", "hay", "đến", "tới", "so", "trong", "trên", "là", "của", "với", "tăng", "giảm",
        "đạt", "bằng", "có", "không", "x",
    ];
    let lower = written.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    written.starts_with(char::is_alphabetic)
        && !NEVER_FIRST.contains(&first)
        && written.chars().count() <= MOST_CHARS
        && written.split(' ').count() <= MOST_WORDS
        && written.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '%' | '-' | '&' | '²' | '³'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_has_one_name_however_it_is_written() {
        for (name, forms) in [
            ("triệu đồng", "trđ|tr.đ|tr đ|Tr. đ|triệu|triệu đ|TRIỆU ĐỒNG|triệu VNĐ|trđồng|tr.đồng"),
            ("tỷ đồng", "tỷ|tỉ|tỷ đ|tỉ đồng|Tỷ đồng|tỷ VNĐ"),
            ("nghìn đồng", "nghìn đồng|ngàn đồng|1.000đ|1.000 đồng|nghìn đ|1000đ"),
            ("nghìn tỷ đồng", "nghìn tỷ|ngàn tỉ đồng"),
            ("đồng", "đ|₫|VNĐ|VND|Đồng"),
            ("%", "%|phần trăm|％"),
            ("điểm %", "điểm %|điểm phần trăm|điểm%"),
            ("lượt hộ", "lượt hộ|Lượt  hộ"),
            ("triệu đồng/hộ", "trđ/hộ|triệu đồng / hộ|triệu/hộ"),
            ("%/năm", "%/năm|phần trăm/năm"),
            ("triệu đồng/người/tháng", "trđ/người/tháng|triệu/người / tháng"),
            ("m²", "m2|M2|m²|mét vuông"),
            ("triệu người", "triệu người|tr người"),
            ("nghìn", "ngàn"),
            ("trường hợp", "trường hợp"),
        ] {
            for form in forms.split('|') {
                assert_eq!(named(form).as_deref(), Some(name), "{form}");
            }
            assert_eq!(named(name).as_deref(), Some(name), "a name is a form of itself");
        }
        for unknown in ["", ".", "tỷ rưỡi", "con trâu", "triệu %", "triệu triệu", "triệu đồng/", "/", "trường"] {
            assert_eq!(named(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn what_has_no_parts_is_counted_and_a_mean_or_a_thousand_of_it_is_not() {
        for name in ["hộ", "hộ vay vốn", "tổ TK&VV", "tổ tiết kiệm và vay vốn", "lượt khách hàng", "HSSV", "đồng", "người dân"]
        {
            assert!(is_counted(name), "{name}");
        }
        for name in
            ["", "triệu đồng", "triệu người", "người/hộ", "đồng/kWh", "% hộ", "hộ nghèo/tổng số hộ", "cây vàng", "tấn", "họ", "điểm"]
        {
            assert!(!is_counted(name), "{name}");
        }
    }

    #[test]
    fn money_is_so_many_đồng_exactly() {
        for (name, base, factor) in [
            ("đồng", "đồng", 1_u64),
            ("nghìn đồng", "đồng", 1_000),
            ("triệu đồng", "đồng", 1_000_000),
            ("tỷ đồng", "đồng", 1_000_000_000),
            ("nghìn tỷ đồng", "đồng", 1_000_000_000_000),
            ("triệu đồng/hộ", "đồng/hộ", 1_000_000),
            ("triệu đồng/người/tháng", "đồng/người/tháng", 1_000_000),
            ("triệu người", "người", 1_000_000),
            ("hộ", "hộ", 1),
        ] {
            assert_eq!(scale_of(name), Some((base.to_owned(), factor.into())), "{name}");
        }
        assert_eq!(scale_of("nghìn"), None);
        assert_eq!(scale_of("con trâu"), None);
    }
}
