//! What offices write, and what it says: tables of forms, and properties.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::spoken::{Region, question, spoken};
use super::*;
use crate::kit::number::exact;
use crate::kit::period::Period;
use crate::kit::words::Lang;

/// `1136|1.136 hộ`: readings by their digits, with the measure.
fn told(read: &Read) -> String {
    let figure = |one: &Figure| [one.value.to_string(), one.measure.clone()].join(" ").trim_end().to_owned();
    match read {
        Read::Figure(one) => figure(one),
        Read::Doubt(all) => all.iter().map(figure).collect::<Vec<_>>().join(" | "),
        Read::Series(all) => all.iter().map(told).collect::<Vec<_>>().join(" / "),
        Read::None(kind) => format!("{kind:?}"),
        Read::NotAFigure => "not".to_owned(),
    }
}

fn all_read(table: &[(&str, &str)], habit: &Habit) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, is)| Some((text, is, told(&read_with(text, habit)))).filter(|(_, is, read)| read != *is))
        .map(|(text, is, read)| format!("{text:?} is read as {read:?}, and is {is:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn only(text: &str) -> Figure {
    match read(text) {
        Read::Figure(figure) => figure,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_form_that_has_one_reading_is_read() {
    let table = [
        ("1.234.567", "1234567"),
        ("12.500.000", "12500000"),
        ("1.234,5", "1234.5"),
        ("1.136,5", "1136.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1,234,567.890", "1234567.890"),
        ("0,624%", "0.624 %"),
        ("0.624", "0.624"),
        ("1.2345", "1.2345"),
        ("12.50", "12.50"),
        ("1234.567", "1234.567"),
        ("8827", "8827"),
        ("0", "0"),
        ("0,0", "0.0"),
        ("12,5 %", "12.5 %"),
        ("531,4 tỷ đồng", "531.4 tỷ đồng"),
        ("531,4 tỉ", "531.4 tỷ đồng"),
        ("12 500", "12500"),
        ("12\u{a0}500,25", "12500.25"),
        ("1\u{202f}234\u{2009}567", "1234567"),
        ("1'234", "1234"),
        ("1’234.5", "1234.5"),
        ("６１５８２", "61582"),
        ("１２，５％", "12.5 %"),
        ("'8827", "8827"),
        ("42,86 triệu đồng/hộ", "42.86 triệu đồng/hộ"),
        ("4,5 trđ/người/tháng", "4.5 triệu đồng/người/tháng"),
        ("6,24%/năm", "6.24 %/năm"),
        ("0,5 điểm phần trăm", "0.5 điểm %"),
        ("312,5 m2", "312.5 m²"),
        ("312,5m²", "312.5 m²"),
        ("12 con trâu", "12 con trâu"),
        ("2,5 triệu người", "2.5 triệu người"),
        ("531,4 tỷ đồng.", "531.4 tỷ đồng"),
        ("61,5 (triệu đồng)", "61.5 triệu đồng"),
        ("15 lu\u{31b}o\u{31b}\u{323}t hô\u{323}", "15 lượt hộ"),
    ];
    all_read(&table, &Habit::default());
}

#[test]
fn a_form_that_two_habits_read_differently_is_asked_about_and_never_guessed() {
    let table = [
        ("1.136", "1136 | 1.136"),
        ("1,136", "1.136 | 1136"),
        ("61.582", "61582 | 61.582"),
        ("61.582 triệu đồng", "61582 triệu đồng | 61.582 triệu đồng"),
        ("45.312 trđ", "45312 triệu đồng | 45.312 triệu đồng"),
        ("45.312 tr.đ", "45312 triệu đồng | 45.312 triệu đồng"),
        ("45.312 tr đ", "45312 triệu đồng | 45.312 triệu đồng"),
        ("1.200 tỷ đ", "1200 tỷ đồng | 1.200 tỷ đồng"),
        ("6.240 %", "6240 % | 6.240 %"),
        ("+16.267", "16267 | 16.267"),
        ("−16.267", "-16267 | -16.267"),
        ("(61.582)", "-61582 | -61.582"),
        ("61.582*", "61582 | 61.582"),
        ("61.582(1)", "61582 | 61.582"),
        ("12 500.000", "12500000 | 12500.000"),
        ("gần 1.136 tấn", "1136 tấn | 1.136 tấn"),
        ("1.136 triệu người", "1136 triệu người | 1.136 triệu người"),
        ("4.125 người/hộ", "4125 người/hộ | 4.125 người/hộ"),
        ("1.136 con trâu", "1136 con trâu | 1.136 con trâu"),
        ("(5,04%)", "-5.04 % | 5.04 %"),
        ("- 12,5", "-12.5 | 12.5"),
    ];
    all_read(&table, &Habit::default());
}

#[test]
fn people_and_households_are_whole_numbers() {
    let table = [
        ("1.665 lượt hộ", "1665 lượt hộ"),
        ("1.136 lao động", "1136 lao động"),
        ("1,136 lao động", "1136 lao động"),
        ("98.081 Hộ", "98081 hộ"),
        ("8.827 khách hàng", "8827 khách hàng"),
        ("500.000 đồng", "500000 đồng"),
        ("500.000đ", "500000 đồng"),
        ("4,5 người", "4.5 người"),
        ("2.592 tổ TK&VV", "2592 tổ TK&VV"),
        ("1.136 HSSV", "1136 HSSV"),
    ];
    all_read(&table, &Habit::default());
}

#[test]
fn billions_and_millions_told_together_are_one_exact_value() {
    let table = [
        ("3.579 tỷ 654 triệu đồng", "3579654 triệu đồng"),
        ("3.579 tỷ 654 triệu", "3579654 triệu đồng"),
        ("3 tỉ 654,5 triệu", "3654.5 triệu đồng"),
        ("3 tỷ 654 triệu 500 nghìn đồng", "3654500 nghìn đồng"),
        ("2 triệu 5 đồng", "2000005 đồng"),
        ("3 tỷ 054 triệu", "3054 triệu đồng"),
        ("3 tỷ 0,5 triệu", "3000.5 triệu đồng"),
        ("3 tỷ 05 triệu", "not"),
        ("003 tỷ 054 triệu", "not"),
        ("3 tỷ đồng 654 triệu đồng*", "3654 triệu đồng"),
        ("(3 tỷ 654 triệu)", "-3654 triệu đồng | 3654 triệu đồng"),
        ("3,579 tỷ 654 triệu", "3579654 triệu đồng"),
        ("3,5 tỷ 654 triệu", "not"),
        ("3 tỷ 1.654 triệu", "not"),
        ("3 tỷ 1654 triệu", "not"),
        ("3 triệu 2 tỷ", "not"),
        ("3 tỷ 5", "not"),
        ("3 tỷ rưỡi", "not"),
        ("3 triệu hai", "not"),
        ("3 tỷ 20 hộ", "not"),
        ("3.579 tỷ 654.5 triệu", "not"),
    ];
    all_read(&table, &Habit::default());
}

#[test]
fn signs_hedges_and_marks_are_kept_apart_from_the_value() {
    let table = [
        ("(12,5)", "-12.5"),
        ("(12,5) triệu đồng", "-12.5 triệu đồng"),
        ("-12,5", "-12.5"),
        ("−12,5", "-12.5"),
        ("–12,5", "-12.5"),
        ("(+5,04%)", "5.04 %"),
        ("(-5,04%)", "-5.04 %"),
        ("-0", "0"),
        ("(0)", "0"),
        ("+ 5,04%", "5.04 %"),
    ];
    all_read(&table, &Habit::default());
    for (text, hedge) in [
        ("gần 923 tỷ", "gần"),
        ("Hơn 923 tỷ", "hơn"),
        ("trên 923 tỷ", "trên"),
        ("KHOẢNG 923 tỷ", "khoảng"),
        ("xấp xỉ 923 tỷ", "xấp xỉ"),
        ("923 tỷ", ""),
    ] {
        let figure = only(text);
        assert_eq!((figure.hedge.as_str(), figure.value, figure.measure.as_str()), (hedge, 923.into(), "tỷ đồng"), "{text}");
    }
    for (text, value, measure, mark) in [
        ("8827*", "8827", "", "*"),
        ("8827 (1)", "8827", "", "(1)"),
        ("8827¹", "8827", "", "¹"),
        ("12,5%(a)", "12.5", "%", "(a)"),
        ("12,5 triệu đồng **", "12.5", "triệu đồng", "**"),
        ("312 m²", "312", "m²", ""),
        ("312 m²³", "312", "m²", "³"),
        ("(12,5)[2]", "-12.5", "", "[2]"),
    ] {
        let figure = only(text);
        assert_eq!((figure.value.to_string().as_str(), figure.measure.as_str(), figure.mark.as_str()), (value, measure, mark), "{text}");
    }
    assert_eq!(only("12,50").places, 2);
}

#[test]
fn where_nothing_stands_it_is_told_apart_why() {
    let table = [
        ("", "Blank"),
        (" \u{a0}\u{200b}", "Blank"),
        ("-", "Nothing"),
        ("–", "Nothing"),
        ("—", "Nothing"),
        ("−", "Nothing"),
        ("…", "NotAvailable"),
        ("...", "NotAvailable"),
        ("x", "NotApplicable"),
        ("k", "NotStated"),
        ("//", "Ditto"),
    ];
    all_read(&table, &Habit::default());
}

#[test]
fn what_is_no_figure_is_not_made_one() {
    let table = "012.345|00|007|1.23.456|1.2.3|1,23,456|1.234.56|1234.567,8|1 2 3|12  500|2025 2026|12, 5|.5|5.|1.|--5|-(12,5)|(12,5|\
        12,5)|12,5-|Thôn 10|Hộ nghèo|2553/QĐ-TTg|30/9/2026|1/7|24/7|12/15|6 tháng đầu năm|9 tháng năm 2026|7h30|12a|\
        12 hộ và 15 người|12 hộ, trong đó có 5 hộ nghèo|#N/A|1e5|0x10|NaN|∞|١٢|½|5 chục hộ|99999999999999999999999999999|\
        0,00000000000000000000000000001|(1)+(2)|61.582 triệu đồng so với đầu năm|12 000 000 00|1.234 567|1'234 567|1 234.567.890|\
        9 tháng/2026";
    for text in table.split('|') {
        assert_eq!(read(text), Read::NotAFigure, "{text}");
    }
    assert_eq!(read(&"1".repeat(10_000)), Read::NotAFigure);
}

#[test]
fn figures_divided_by_strokes_are_a_series_and_not_one() {
    let table = [
        ("14.206/18.450", "14206 | 14.206 / 18450 | 18.450"),
        ("2.758.926 triệu đồng/98.081 hộ vay/2.592 tổ", "2758926 triệu đồng / 98081 hộ vay / 2592 tổ"),
    ];
    all_read(&table, &Habit::default());
    let vietnamese = Habit::learn(&["0,624"]);
    all_read(&[("14.206/18.450", "14206 / 18450")], &vietnamese);
}

#[test]
fn what_the_other_texts_show_settles_a_doubt_and_can_be_told() {
    for (texts, at) in [
        (vec!["61.582", "1.234,5"], 1),
        (vec!["1.234.567"], 0),
        (vec!["Dư nợ", "", "8827", "0,624%"], 3),
        (vec!["12,5"], 0),
        (vec!["1.665 lượt hộ"], 0),
        (vec!["14.206/1.018.450"], 0),
    ] {
        let habit = Habit::learn(&texts);
        assert_eq!(habit.evidence(), Some(&Evidence { at, text: texts[at].to_owned() }), "{texts:?}");
        all_read(&[("61.582 triệu đồng", "61582 triệu đồng"), ("1,136", "1.136"), ("12 500.000", "12500000"), ("12.50", "12.50")], &habit);
    }
    let english = Habit::learn(&["1,234.5"]);
    assert_eq!(english.way(), Some(Way::English));
    all_read(
        &[("61.582", "61.582"), ("1,136", "1136"), ("1,136 hộ", "1136 hộ"), ("1.234,5", "1234.5"), ("(5,04%)", "-5.04 % | 5.04 %")],
        &english,
    );
}

#[test]
fn a_report_asks_about_every_amount_until_one_percentage_stands_in_it() {
    // Đông Kiều, 30/9/2026, in triệu đồng: opening, lent, repaid, written off, closing, growth.
    let amounts = ["412.350", "38.940", "31.275", "15", "420.000", "7.650"];
    let doubts = |habit: &Habit| amounts.iter().filter(|text| matches!(read_with(text, habit), Read::Doubt(_))).count();
    assert_eq!(doubts(&Habit::learn(&amounts)), 5);
    let with_share = [&amounts[..], &["(+1,86 %)"]].concat();
    let habit = Habit::learn(&with_share);
    assert_eq!((doubts(&habit), habit.evidence().map(|shown| (shown.at, shown.text.as_str()))), (0, Some((6, "(+1,86 %)"))));
    let told: Vec<Decimal> =
        amounts.iter().map(|text| if let Read::Figure(one) = read_with(text, &habit) { one.value } else { Decimal::MAX }).collect();
    assert_eq!(told[0] + told[1] - told[2] - told[3], told[4], "the balance holds");
    assert_eq!(told[4] - told[0], told[5]);
}

#[test]
fn texts_that_contradict_each_other_settle_nothing() {
    let habit = Habit::learn(&["1.234,5", "61.582", "12.50", "3.579.654"]);
    assert_eq!((habit.way(), habit.evidence()), (None, None));
    assert_eq!(habit.contradiction().map(|(one, other)| (one.at, other.at)), Some((0, 2)));
    all_read(&[("61.582", "61582 | 61.582")], &habit);
    assert_eq!(Habit::learn(&["61.582", "Quý III", "8827", "12 500"]).way(), None);
    assert_eq!(Habit::learn(&["12,50", "3,25", "1.136", "0,00"]).places, Some(2));
    assert_eq!(Habit::learn(&["12,50", "3,2"]).places, None);
}

#[test]
fn a_person_is_asked_in_words_that_nobody_can_mistake() {
    let asked = |text: &str| match read(text) {
        Read::Doubt(readings) => question(text, &readings, Region::North),
        other => panic!("{other:?}"),
    };
    assert_eq!(asked("61.582"), "61.582: sáu mươi mốt nghìn năm trăm tám mươi hai, hay 61 phẩy 582?");
    assert_eq!(asked("1,136"), "1,136: 1 phẩy 136, hay một nghìn một trăm ba mươi sáu?");
    assert_eq!(asked("(5,04%)"), "(5,04%): âm 5 phẩy 04, hay 5 phẩy 04?");
    assert_eq!(asked("-1.005 trđ"), "-1.005 trđ: âm một nghìn không trăm linh năm, hay âm 1 phẩy 005?");
    assert_eq!(question("", &[], Region::South), ": ?");
}

fn decimals() -> impl Strategy<Value = Decimal> {
    (any::<i128>(), 0u32..95, 0u32..=28).prop_map(|(number, shift, scale)| {
        let number = (number >> 32) >> shift;
        Decimal::try_from_i128_with_scale(number, scale).expect("95 bits")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_at_all_breaks_the_reader(text in any::<String>()) {
        let habit = Habit::learn(&[&text]);
        let _ = (read(&text), read_with(&text, &habit), dates::day(&text), measure::named(&text), measure::scale_of(&text), Period::read(&text));
    }

    #[test]
    fn nor_does_a_text_of_pieces_of_figures(pieces in prop::collection::vec(prop::sample::select(vec![
        "1", "0", "12", "345", "000", "2026", ".", ",", " ", "'", "(", ")", "-", "−", "–", "+", "/", "%", "tỷ", "triệu", "đồng", "trđ", "hộ", "gần ", "*", "²",
        "tháng", "năm", "quý", "ngày", "đến", "từ", "hết", "t", "q", "III", "đầu", "99999999999999999999", "\u{301}", "\u{a0}", "e", "…",
    ]), 0..14)) {
        let text = pieces.concat();
        let habit = Habit::learn(&[&text, "0,5"]);
        let _ = dates::day(&text);
        match read_with(&text, &habit) {
            Read::Doubt(readings) => {
                prop_assert!(readings.len() > 1);
                for (at, one) in readings.iter().enumerate() {
                    prop_assert!(readings[..at].iter().all(|other| other.value != one.value), "{:?}", readings);
                }
                prop_assert!(question(&text, &readings, Region::North).ends_with('?'));
            }
            Read::Series(all) => prop_assert!(all.len() > 1 && all.iter().all(|one| matches!(one, Read::Figure(_) | Read::Doubt(_)))),
            Read::Figure(_) | Read::None(_) | Read::NotAFigure => {}
        }
    }

    #[test]
    fn a_habit_chooses_among_the_readings_and_invents_none(text in "[-+(]?[0-9]{1,4}([., ][0-9]{1,3}){0,3}\\)?( (hộ|trđ|%))?", is_english: bool) {
        let all = |read: Read| match read { Read::Figure(one) => vec![one], Read::Doubt(all) => all, _ => Vec::new() };
        let (alone, with) = (all(read(&text)), all(read_with(&text, &Habit::learn(&[if is_english { "1,234.5" } else { "1.234,5" }]))));
        prop_assert_eq!(alone.is_empty(), with.is_empty());
        prop_assert!(with.iter().all(|one| alone.contains(one)));
    }

    #[test]
    fn what_was_written_is_read_again_with_every_digit(value in decimals(), lang in prop::sample::select(vec![Lang::Vi, Lang::En]), places in prop::option::of(0u8..=6)) {
        let text = exact(value, places.map(u32::from), lang);
        let habit = Habit::learn(&[if lang == Lang::Vi { "1.234,5" } else { "1,234.5" }]);
        let value = places.map_or(value, |places| value.round_dp_with_strategy(places.into(), rust_decimal::RoundingStrategy::MidpointAwayFromZero));
        match read_with(&text, &habit) {
            Read::Figure(figure) => {
                prop_assert_eq!(figure.value, value);
                prop_assert_eq!(u32::from(figure.places), places.map_or(value.scale(), u32::from));
            }
            // 28 digits and more decimals than there is room for.
            Read::NotAFigure => prop_assert!(text.bytes().filter(u8::is_ascii_digit).count() > 28),
            other => prop_assert!(false, "{}: {:?}", text, other),
        }
        prop_assert!(!spoken(value, Region::South).is_empty());
    }
}
