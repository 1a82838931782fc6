//! Every colour of a drawing, by day and by night, and the rules that put them on. A page has the rules in its own sheet
//! (`static/css/chart.css`, held to these by a test); a file of its own bears them with the colours put in.
//!
//! The six colours of series were searched for by reckoning: each at least 3 : 1 against its ground, every two of them apart
//! by ΔE 26 and more for readers with any of the three kinds of colour blindness, and neighbours apart by 19 and more in
//! lightness alone, so that a print without colour tells them apart. None lies where neither dark nor light text is legible.

/// The first six are of series; the last two stand back behind something marked.
pub const FILL: [&str; 8] = ["chart-f1", "chart-f2", "chart-f3", "chart-f4", "chart-f5", "chart-f6", "chart-f7", "chart-f8"];
pub const LINE: [&str; 8] = ["chart-l1", "chart-l2", "chart-l3", "chart-l4", "chart-l5", "chart-l6", "chart-l7", "chart-l8"];
/// Text on them.
pub const ON: [&str; 8] = ["chart-o1", "chart-o2", "chart-o3", "chart-o4", "chart-o5", "chart-o6", "chart-o7", "chart-o8"];
/// Under a line of the first colour.
pub const SOFT: &str = "chart-soft";
/// From the least to the most.
pub const SHADE: [&str; 5] = ["chart-h1", "chart-h2", "chart-h3", "chart-h4", "chart-h5"];
pub const ON_SHADE: [&str; 5] = ["chart-t1", "chart-t2", "chart-t3", "chart-t4", "chart-t5"];

/// Of each: what it is called in a sheet, by day, by night.
pub const COLOURS: [(&str, &str, &str); 32] = [
    ("--series-1", "#1f4aaa", "#5fcae7"),
    ("--series-2", "#c97b1c", "#cb7327"),
    ("--series-3", "#53204a", "#ffe97e"),
    ("--series-4", "#779269", "#936065"),
    ("--series-5", "#730000", "#c3f4d3"),
    ("--series-6", "#2f93c1", "#4c74af"),
    ("--series-7", "#8b928c", "#5f6a64"),
    ("--series-8", "#5d665f", "#9aa69f"),
    ("--series-on-1", "#ffffff", "#0d1310"),
    ("--series-on-2", "#0d1310", "#0d1310"),
    ("--series-on-3", "#ffffff", "#0d1310"),
    ("--series-on-4", "#0d1310", "#ffffff"),
    ("--series-on-5", "#ffffff", "#0d1310"),
    ("--series-on-6", "#0d1310", "#ffffff"),
    ("--series-on-7", "#0d1310", "#ffffff"),
    ("--series-on-8", "#ffffff", "#0d1310"),
    ("--shade-1", "#e6edf8", "#1b2838"),
    ("--shade-2", "#bfd0ee", "#20456b"),
    ("--shade-3", "#8fadde", "#2f6a9d"),
    ("--shade-4", "#3f68bd", "#64a9d6"),
    ("--shade-5", "#163780", "#b4e3f5"),
    ("--shade-on-1", "#17201b", "#e9efea"),
    ("--shade-on-2", "#17201b", "#ffffff"),
    ("--shade-on-3", "#0d1310", "#ffffff"),
    ("--shade-on-4", "#ffffff", "#0d1310"),
    ("--shade-on-5", "#ffffff", "#0d1310"),
    ("--chart-ink", "#17201b", "#e9efea"),
    ("--chart-quiet", "#50594f", "#b3bfb5"),
    ("--chart-line", "#dedac9", "#333d36"),
    ("--chart-edge", "#737568", "#87958c"),
    ("--chart-ground", "#ffffff", "#101613"),
    ("--chart-soft", "#dfe7f6", "#173039"),
];

/// Lengths are in ems of the drawing's text, so that a notice board's lines are as strong as its letters.
pub const RULES: &str = "\
.chart-drawing text { fill: var(--chart-ink); }
.chart-drawing .chart-quiet { fill: var(--chart-quiet); }
.chart-grid { stroke: var(--chart-line); stroke-width: .0625em; fill: none; }
.chart-tick, .chart-zero, .chart-lead { stroke: var(--chart-edge); stroke-width: .0625em; fill: none; }
.chart-rod { stroke: var(--chart-edge); stroke-width: .2em; fill: none; }
.chart-cut { stroke: var(--chart-ground); stroke-width: .125em; fill: none; }
.chart-none { stroke: var(--chart-edge); stroke-width: .0625em; stroke-dasharray: .25em .2em; fill: none; }
.chart-frame { stroke: var(--chart-ink); stroke-width: .18em; fill: none; }
.chart-clear { fill: var(--chart-ground); }
.chart-hit { fill: transparent; }
.chart-soft { fill: var(--chart-soft); }
.chart-f1 { fill: var(--series-1); }
.chart-f2 { fill: var(--series-2); }
.chart-f3 { fill: var(--series-3); }
.chart-f4 { fill: var(--series-4); }
.chart-f5 { fill: var(--series-5); }
.chart-f6 { fill: var(--series-6); }
.chart-f7 { fill: var(--series-7); }
.chart-f8 { fill: var(--series-8); }
.chart-run { stroke-width: .16em; stroke-linejoin: round; stroke-linecap: round; fill: none; }
.chart-l1 { stroke: var(--series-1); }
.chart-l2 { stroke: var(--series-2); }
.chart-l3 { stroke: var(--series-3); }
.chart-l4 { stroke: var(--series-4); }
.chart-l5 { stroke: var(--series-5); }
.chart-l6 { stroke: var(--series-6); }
.chart-l7 { stroke: var(--series-7); }
.chart-l8 { stroke: var(--series-8); }
.chart-d2 { stroke-dasharray: .6em .35em; }
.chart-d3 { stroke-dasharray: .02em .32em; }
.chart-d4 { stroke-dasharray: 1.1em .3em .02em .3em; }
.chart-d5 { stroke-dasharray: 1.3em .4em; }
.chart-d6 { stroke-dasharray: .35em .25em; }
.chart-point { stroke: var(--chart-ground); stroke-width: .09em; }
.chart-drawing .chart-o1 { fill: var(--series-on-1); }
.chart-drawing .chart-o2 { fill: var(--series-on-2); }
.chart-drawing .chart-o3 { fill: var(--series-on-3); }
.chart-drawing .chart-o4 { fill: var(--series-on-4); }
.chart-drawing .chart-o5 { fill: var(--series-on-5); }
.chart-drawing .chart-o6 { fill: var(--series-on-6); }
.chart-drawing .chart-o7 { fill: var(--series-on-7); }
.chart-drawing .chart-o8 { fill: var(--series-on-8); }
.chart-h1 { fill: var(--shade-1); }
.chart-h2 { fill: var(--shade-2); }
.chart-h3 { fill: var(--shade-3); }
.chart-h4 { fill: var(--shade-4); }
.chart-h5 { fill: var(--shade-5); }
.chart-drawing .chart-t1 { fill: var(--shade-on-1); }
.chart-drawing .chart-t2 { fill: var(--shade-on-2); }
.chart-drawing .chart-t3 { fill: var(--shade-on-3); }
.chart-drawing .chart-t4 { fill: var(--shade-on-4); }
.chart-drawing .chart-t5 { fill: var(--shade-on-5); }
";

/// The rules with their colours put in, for a drawing that stands alone.
pub fn resolved(is_dark: bool) -> String {
    let mut rules = String::with_capacity(RULES.len());
    let mut rest = RULES;
    while let Some((before, after)) = rest.split_once("var(") {
        let (name, behind) = after.split_once(')').unwrap_or((after, ""));
        rules.push_str(before);
        rules.push_str(colour(name, is_dark));
        rest = behind;
    }
    rules.push_str(rest);
    rules
}

pub fn colour(name: &str, is_dark: bool) -> &'static str {
    let found = COLOURS.iter().find(|colour| colour.0 == name);
    found.map_or("none", |colour| if is_dark { colour.2 } else { colour.1 })
}

/// What a page's own sheet begins with. Text and ground are the page's; the rest follows the scheme that a reader chose on the page, and
/// where a browser does not know of that (CSS Color 5, `light-dark()`), the one of the device.
#[cfg(test)]
pub fn of_a_page() -> String {
    let of_the_page = |name: &str| ["ink", "quiet", "line", "edge", "ground"].into_iter().find(|token| name == format!("--chart-{token}"));
    let own = || COLOURS.iter().filter(|colour| of_the_page(colour.0).is_none());
    let lent: String = COLOURS.iter().filter_map(|c| Some(format!("  {}: var(--{});\n", c.0, of_the_page(c.0)?))).collect();
    let day: String = own().map(|(name, day, _)| format!("  {name}: {day};\n")).collect();
    let night: String = own().map(|(name, _, night)| format!("  {name}: {night};\n")).collect();
    let either: String = own().map(|(name, day, night)| format!("  {name}: light-dark({day}, {night});\n")).collect();
    format!(
        ":root {{\n{lent}{day}}}\n@media screen and (prefers-color-scheme: dark) {{ :root {{\n{night}}} }}\n\
         @supports (color: light-dark(#000, #fff)) {{ :root {{\n{either}}} }}\n{RULES}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour")) / 255.0;
        let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(channel(1)) + 0.7152 * linear(channel(3)) + 0.0722 * linear(channel(5))
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn marks_stand_out_from_their_ground_and_texts_from_their_marks() {
        for is_dark in [false, true] {
            let of = |name: String| colour(&name, is_dark);
            let ground = of("--chart-ground".into());
            for at in 1..=8 {
                let fill = of(format!("--series-{at}"));
                assert!(contrast(fill, ground) >= 3.0, "{at} {is_dark}: {}", contrast(fill, ground));
                let on = of(format!("--series-on-{at}"));
                assert!(contrast(fill, on) >= 4.5, "{at} {is_dark}: {}", contrast(fill, on));
            }
            for at in 1..=5 {
                let (shade, on) = (of(format!("--shade-{at}")), of(format!("--shade-on-{at}")));
                assert!(contrast(shade, on) >= 4.5, "{at} {is_dark}: {}", contrast(shade, on));
            }
            for at in 1..5 {
                let (one, other) = (of(format!("--shade-{at}")), of(format!("--shade-{}", at + 1)));
                assert!(contrast(one, other) >= 1.25, "{at} {is_dark}: {}", contrast(one, other));
            }
            for name in ["--chart-ink", "--chart-quiet"] {
                assert!(contrast(of(name.into()), ground) >= 4.5);
            }
            assert!(contrast(of("--chart-edge".into()), ground) >= 3.0);
        }
    }

    #[test]
    fn neighbours_differ_without_colour() {
        let lightness = |hex: &str| 116.0 * luminance(hex).cbrt() - 16.0;
        for is_dark in [false, true] {
            let of = |at: usize| lightness(colour(&format!("--series-{at}"), is_dark));
            for at in 1..6 {
                assert!((of(at) - of(at + 1)).abs() >= 18.0, "{at} {is_dark}");
            }
            assert!((of(7) - of(8)).abs() >= 15.0);
        }
    }

    #[test]
    fn a_page_and_a_file_have_the_same_rules() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/static/css/chart.css");
        let sheet = std::fs::read_to_string(path).unwrap_or_default();
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() && !sheet.contains(&of_a_page()) {
            std::fs::write(path, of_a_page()).expect("the folder is there");
        }
        let sheet = std::fs::read_to_string(path).expect("the sheet");
        assert!(sheet.contains(&of_a_page()), "{path} must hold:\n{}", of_a_page());
        for is_dark in [false, true] {
            assert!(!resolved(is_dark).contains("var(") && !resolved(is_dark).contains(": none;\n.chart-f"), "every colour is known");
        }
    }
}
