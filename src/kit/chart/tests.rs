//! What every drawing keeps, over data at random: texts stand clear of each other and inside, bars start at zero, SVG is
//! well-formed. And what each kind looks like, kept as files.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

fn words() -> Words {
    Words { missing: "chưa có số liệu".into(), change: "thay đổi".into(), point: ',', group: '.' }
}

fn category(name: &str) -> Category {
    Category { name: name.into(), is_marked: false, at: None }
}

fn value(number: f64) -> Option<Value> {
    Some(Value { number, text: scale::reckoned(number, 0, false, &words()) })
}

fn series(name: &str, numbers: &[f64]) -> Series {
    Series {
        name: name.into(),
        is_marked: false,
        values: numbers.iter().map(|number| value(*number).filter(|_| !number.is_nan())).collect(),
    }
}

const PROGRAMMES: [&str; 7] = [
    "Hộ nghèo",
    "Hộ cận nghèo",
    "Hộ mới thoát nghèo",
    "Học sinh, sinh viên có hoàn cảnh khó khăn",
    "Nước sạch và vệ sinh môi trường nông thôn",
    "Giải quyết việc làm",
    "Nhà ở xã hội theo Nghị định 100/2024/NĐ-CP",
];
const PERIODS: [&str; 4] = ["31/12/2024", "30/6/2025", "31/12/2025", "30/6/2026"];

/// The credit programmes of an invented province, in millions of đồng.
fn fixed(kind: Kind) -> Chart {
    let figures = [
        [96_400.0, 91_250.0, 84_700.0, 79_300.0],
        [142_300.0, 151_800.0, 149_650.0, 158_200.0],
        [61_200.0, 66_900.0, 70_150.0, 75_480.0],
        [12_800.0, 13_150.0, 12_240.0, f64::NAN],
        [118_000.0, 121_400.0, 126_900.0, 133_700.0],
        [88_500.0, 97_300.0, 112_600.0, 129_900.0],
        [9_400.0, 14_800.0, 21_050.0, 27_600.0],
    ];
    let programmes: Vec<Category> = PROGRAMMES.iter().map(|name| category(name)).collect();
    let periods: Vec<Category> = PERIODS
        .iter()
        .zip([20_088.0, 20_269.0, 20_453.0, 20_634.0])
        .map(|(name, at)| Category { at: Some(at), ..category(name) })
        .collect();
    let of_periods = |count: usize| {
        PERIODS[4 - count..].iter().enumerate().map(|(at, name)| series(name, &figures.map(|f| f[4 - count + at]))).collect()
    };
    let of_programmes = |count: usize| (0..count).map(|at| series(PROGRAMMES[at], &figures[at])).collect();
    let (categories, series) = match kind {
        Kind::Bar | Kind::Tiles => (programmes, of_periods(1)),
        Kind::Share => (programmes[..5].to_vec(), of_periods(1)),
        Kind::GroupedBar | Kind::Dumbbell => (programmes, of_periods(2)),
        Kind::StackedBar => (periods, of_programmes(4)),
        Kind::Line => (periods, of_programmes(3)),
        Kind::Area => (periods, of_programmes(3)),
        Kind::Multiples => (periods, of_programmes(7)),
        Kind::Spark => (periods, of_programmes(1)),
    };
    Chart { kind, categories, series, measure: "triệu đồng".into(), words: words() }
}

/// Everything that must hold of any drawing.
fn check(chart: &Chart, canvas: &Canvas) -> Result<Drawing, String> {
    let drawing = draw(chart, canvas);
    let slack = 0.51;
    let mut texts: Vec<&Text> = drawing.texts.iter().collect();
    for text in &texts {
        let area = text.area();
        if area.x < -slack || area.right() > drawing.width + slack || area.y < -slack || area.bottom() > drawing.height + slack {
            return Err(format!("{:?} leaves the drawing of {} × {}: {area:?}", text.content, drawing.width, drawing.height));
        }
    }
    texts.sort_by(|a, b| a.area().y.total_cmp(&b.area().y));
    for (at, one) in texts.iter().enumerate() {
        let inner = one.area().wider(-0.02);
        for other in texts[at + 1..].iter().take_while(|other| other.area().y < inner.bottom()) {
            if inner.meets(&other.area()) {
                return Err(format!("{:?} at {:?} stands on {:?} at {:?}", one.content, one.area(), other.content, other.area()));
            }
        }
    }
    for mark in &drawing.marks {
        let area = mark.bounds();
        let is_number = [area.x, area.y, area.width, area.height].iter().all(|number| number.is_finite());
        if !is_number || area.x < -1.0 || area.y < -1.0 || area.right() > drawing.width + 1.0 || area.bottom() > drawing.height + 1.0 {
            return Err(format!("a mark {} leaves the drawing of {} × {}: {area:?}", mark.class, drawing.width, drawing.height));
        }
    }
    if let (Some(zero), Kind::Bar | Kind::GroupedBar) = (drawing.zero, chart.kind) {
        for mark in drawing.marks.iter().filter(|mark| mark.category.is_some() && matches!(mark.shape, Shape::Rect(_))) {
            let area = mark.bounds();
            if (area.x - zero).abs() > 1.01 && (area.right() - zero).abs() > 1.01 {
                return Err(format!("a bar starts at {} or {} and not at {zero}", area.x, area.right()));
            }
        }
    }
    Ok(drawing)
}

fn parse(svg: &str) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut ids = HashSet::new();
    let mut depth = 0;
    loop {
        use quick_xml::events::Event;
        let event = reader.read_event().map_err(|error| format!("{error} in {svg}"))?;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|error| error.to_string())?;
                    if attribute.key.as_ref() == "style" {
                        return Err("a style attribute".into());
                    }
                    if attribute.key.as_ref() == "id" && !ids.insert(attribute.value.to_string()) {
                        return Err("an id twice".into());
                    }
                }
                depth += i32::from(matches!(event, Event::Start(_)));
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    if depth == 0 { Ok(()) } else { Err("an element without its end".into()) }
}

fn canvases() -> impl Strategy<Value = Canvas> {
    prop_oneof![
        Just(Canvas { width: 328.0, size: 16.0 }),
        Just(Canvas { width: 720.0, size: 16.0 }),
        Just(Canvas { width: 1200.0, size: 18.0 }),
        Just(Canvas { width: 1800.0, size: 36.0 }),
        (300.0f32..1800.0, 12.0f32..48.0).prop_map(|(width, size)| Canvas { width, size }),
    ]
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(PROGRAMMES.as_slice()).prop_map(str::to_owned),
        prop::sample::select(PERIODS.as_slice()).prop_map(str::to_owned),
        prop::collection::vec(prop::sample::select(&["Ẫ", "ỆỘ", "Nghiễng", "đổi", "xã", "ở", "ẬỰ", "phường", "gỹp", "&<\">"][..]), 0..24)
            .prop_map(|words| words.join(" ").chars().take(120).collect()),
        (1usize..17).prop_map(|times| "Nghiêng".repeat(times)),
        "\\PC{0,30}",
        Just(String::new()),
    ]
}

fn figures() -> impl Strategy<Value = Option<Value>> {
    let numbers = prop_oneof![
        4 => (0i64..200_000).prop_map(|number| number as f64),
        2 => (-200_000i64..200_000).prop_map(|number| number as f64 / 10.0),
        1 => Just(0.0),
        1 => prop::sample::select(&[1e15, -1e15, 1e-4, 0.0003, 1e300, -1e300, f64::NAN, f64::INFINITY, f64::MAX, 5e-324, 1e22][..]),
    ];
    let texts = |number: f64| {
        if number.abs() < 1e27 {
            scale::reckoned(number, 1, false, &words())
        } else {
            "9.999.999.999.999.999.999.999.999.999,000000".into()
        }
    };
    prop_oneof![6 => numbers.prop_map(move |number| Some(Value { number, text: texts(number) })), 1 => Just(None)]
}

fn charts(kind: Kind) -> impl Strategy<Value = Chart> {
    let sizes = (
        prop_oneof![5 => 1usize..9, 1 => 55usize..61, 1 => Just(0)],
        prop_oneof![6 => 1usize..5, 1 => 5usize..9, 1 => Just(0)],
        any::<bool>(),
    );
    sizes.prop_flat_map(move |(categories, count, is_timed)| {
        let at = prop_oneof![10 => (0.0f64..30_000.0).prop_map(Some), 1 => Just(Some(f64::NAN))];
        let categories = prop::collection::vec((names(), prop::bool::weighted(0.1), at), categories);
        let series = prop::collection::vec((names(), prop::bool::weighted(0.1), prop::collection::vec(figures(), 0..62)), count);
        (categories, series, prop_oneof![Just("triệu đồng"), Just("%"), Just("")]).prop_map(move |(categories, series, measure)| Chart {
            kind,
            categories: categories
                .into_iter()
                .map(|(name, is_marked, at)| Category { name, is_marked, at: at.filter(|_| is_timed) })
                .collect(),
            series: series.into_iter().map(|(name, is_marked, values)| Series { name, is_marked, values }).collect(),
            measure: measure.into(),
            words: words(),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stands_on_another_and_nothing_leaves_the_drawing(
        chart in prop::sample::select(Kind::ALL.as_slice()).prop_flat_map(charts),
        canvas in canvases(),
    ) {
        for kind in Kind::ALL {
            let chart = Chart { kind, ..chart.clone() };
            let drawing = check(&chart, &canvas).map_err(|error| TestCaseError::fail(format!("{kind:?} {canvas:?}: {error}")))?;
            let page = drawing.svg(&Dress::Page { id: "a", title: "T", description: "D" });
            parse(&page).map_err(TestCaseError::fail)?;
        }
    }
}

#[test]
fn realistic_charts_hold_at_every_width() {
    for kind in Kind::ALL {
        for (width, size) in
            [(300.0, 16.0), (328.0, 16.0), (328.0, 20.0), (720.0, 16.0), (1200.0, 18.0), (1800.0, 36.0), (1800.0, 48.0), (300.0, 48.0)]
        {
            check(&fixed(kind), &Canvas { width, size }).unwrap_or_else(|error| panic!("{kind:?} {width}: {error}"));
        }
    }
}

#[test]
fn each_kind_is_drawn_as_it_was() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kit/charts");
    let is_written = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    for kind in Kind::ALL {
        for width in [328.0, 720.0] {
            let canvas = Canvas { width: if kind == Kind::Spark { 120.0 } else { width }, size: 16.0 };
            let page = Dress::Page { id: "bieu-do", title: "Dư nợ", description: "Dư nợ theo chương trình" };
            let svg = draw(&fixed(kind), &canvas).svg(&page).replace("><", ">\n<");
            let path = format!("{folder}/{}-{width}.svg", kind.name());
            if is_written {
                std::fs::write(&path, &svg).expect("the folder is there");
            }
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(svg == kept, "{path} is another drawing now; UPDATE_SNAPSHOTS=1 keeps it");
        }
    }
}

#[test]
fn a_file_stands_alone() {
    let head = Head {
        title: "Dư nợ các chương trình tín dụng chính sách & việc làm",
        subtitle: "Tỉnh Hương Lúa",
        note: "Số liệu <tạm tính>",
        source: "Nguồn: NHCSXH",
        description: "Bảy chương trình",
    };
    for (kind, is_dark_allowed) in Kind::ALL.into_iter().zip([true, false].into_iter().cycle()) {
        let svg = draw(&fixed(kind), &Canvas { width: 720.0, size: 16.0 }).svg(&Dress::File { head: &head, is_dark_allowed });
        parse(&svg).expect("well-formed");
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && !svg.contains("var("));
        assert!(svg.contains("&amp; việc làm") && svg.contains("&lt;tạm tính&gt;"));
        assert_eq!(svg.contains("prefers-color-scheme"), is_dark_allowed);
    }
}

#[test]
fn words_of_anybody_are_escaped() {
    let mut chart = fixed(Kind::Bar);
    chart.categories[0].name = "<script>\"&\u{0}\u{1b}\u{202e}".into();
    chart.measure = "<b>".into();
    let svg = draw(&chart, &Canvas { width: 720.0, size: 16.0 }).svg(&Dress::Page { id: "a\"b", title: "<i>", description: "&\u{1}" });
    parse(&svg).expect("well-formed");
    assert!(svg.contains("&lt;script&gt;&quot;&amp;: ") && svg.contains("&lt;i&gt;") && svg.contains("id=\"a&quot;b-t\""), "{svg}");
    assert!(!svg.contains(['\u{0}', '\u{1b}', '\u{1}', '\u{202e}']));
}

#[test]
fn what_is_missing_is_said() {
    for kind in Kind::ALL {
        let nothing = Chart { categories: Vec::new(), ..fixed(kind) };
        let nobody = Chart { series: Vec::new(), ..fixed(kind) };
        let mut lacking = fixed(kind);
        lacking.series.iter_mut().for_each(|series| series.values.clear());
        for chart in [nothing, nobody, lacking] {
            let drawing = check(&chart, &Canvas { width: 328.0, size: 16.0 }).expect("a drawing");
            assert!(drawing.texts.iter().any(|text| text.content.contains("chưa có số liệu")), "{kind:?}");
        }
    }
}

#[test]
fn a_line_is_broken_where_a_figure_is_missing() {
    let mut chart = fixed(Kind::Line);
    chart.series.truncate(1);
    chart.series[0].values[1] = None;
    let drawing = draw(&chart, &Canvas { width: 720.0, size: 16.0 });
    let runs = drawing.marks.iter().filter_map(|mark| if let Shape::Path { points, .. } = &mark.shape { Some(points.len()) } else { None });
    assert_eq!(runs.collect::<Vec<_>>(), [2], "one run of two, and a point alone");
    assert_eq!(drawing.marks.iter().filter(|mark| matches!(mark.shape, Shape::Point { .. })).count(), 3);
}

#[test]
fn many_series_are_drawn_apart_and_many_parts_as_bars() {
    let mut chart = fixed(Kind::Multiples);
    let apart = draw(&chart, &Canvas { width: 720.0, size: 16.0 });
    chart.kind = Kind::Line;
    assert_eq!(draw(&chart, &Canvas { width: 720.0, size: 16.0 }).texts.len(), apart.texts.len());
    let chart = Chart { kind: Kind::Share, ..fixed(Kind::Bar) };
    assert!(draw(&chart, &Canvas { width: 720.0, size: 16.0 }).rows.len() == 7);
}

#[test]
fn two_thousand_categories_are_drawn() {
    let numbers: Vec<f64> = (0..2000).map(|at| f64::from(at * 7919 % 1000)).collect();
    for kind in Kind::ALL {
        let categories = (0..2000).map(|at| category(&format!("Ấp {at}"))).collect();
        let chart = Chart { categories, series: vec![series("A", &numbers), series("B", &numbers)], ..fixed(kind) };
        let started = std::time::Instant::now();
        let drawing = draw(&chart, &Canvas { width: 720.0, size: 16.0 });
        assert!(!drawing.svg(&Dress::Page { id: "a", title: "", description: "" }).is_empty());
        assert!(started.elapsed().as_secs_f32() < 2.0, "{kind:?} {:?}", started.elapsed());
    }
}

#[test]
fn the_same_chart_is_the_same_bytes_and_kinds_have_names() {
    for kind in Kind::ALL {
        let svg = || draw(&fixed(kind), &Canvas { width: 720.0, size: 16.0 }).svg(&Dress::Page { id: "a", title: "", description: "" });
        assert_eq!(svg(), svg());
        assert_eq!(Kind::named(kind.name()), Some(kind));
    }
    assert_eq!(Kind::named("pie"), None);
}
