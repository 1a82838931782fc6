//! How long figures take: `cargo bench --bench report`. A series' table asked of a million figures in a thousand reports, and the
//! page of a report with five thousand; of each the middle and the slowest of so many, nothing of it kept from one to the next.
//! Bounds: 50 ms and 30 ms. `DATABASE_URL` names an empty PostgreSQL to ask instead of SQLite.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bangtin::app::config::Config;
use bangtin::app::exchange::Porter;
use bangtin::app::{App, words};
use bangtin::channel::page::{series as series_page, text};
use bangtin::edition::Kind;
use bangtin::kit::calendar;
use bangtin::kit::clock::Clock;
use bangtin::kit::words::Lang;
use bangtin::report::heard::heard;
use bangtin::report::observation::Figures;
use bangtin::report::series::learn;
use bangtin::report::through_time::Asked;
use bangtin::store::schema::{editions, revision_media};
use bangtin::store::schema_out::{data_indicators, observations};
use bangtin::unit;
use diesel::prelude::*;

const SERIES_BOUND: Duration = Duration::from_millis(50);
const PAGE_BOUND: Duration = Duration::from_millis(30);
const UNITS: usize = 50;
const QUARTERS: usize = 20;
const INDICATORS: usize = 10;
const MEMBERS: usize = 10;
/// A report tells of its own unit, and of nine others by their codes.
const TOLD_OF: usize = 10;
const HEAD: &str = "indicator,unit,period,nhom,value,measure,status,note\n";

fn quarter(number: usize) -> String {
    let (year, month) = (2021 + number / 4, number % 4 * 3 + 3);
    format!("{year}-{month:02}-{}", if month % 6 == 0 && month != 12 || month == 9 { 30 } else { 31 })
}

/// A thousand figures: ten indicators of ten units, whole and by nine members.
fn figures(of: usize, number: usize) -> Figures {
    let mut text = HEAD.to_owned();
    for indicator in 0..INDICATORS {
        for other in 0..TOLD_OF {
            let unit = if other == 0 { String::new() } else { format!("{:05}", 90_000 + (of + other) % UNITS) };
            for member in 0..MEMBERS {
                let member = if member == 0 { String::new() } else { format!("m{member}") };
                let value = 1_000 + of * 7 + number;
                writeln!(text, "i{indicator},{unit},{},{member},{value},nguoi,,", quarter(number)).expect("memory takes it");
            }
        }
    }
    Figures::read("bench.csv", &text).expect("sound figures")
}

fn report(folder: &Path, slug: &str, unit: usize, number: usize, rows: &str) {
    fs::write(folder.join(format!("figures/{slug}.csv")), format!("{HEAD}{rows}")).expect("the folder takes it");
    let published = format!("{}T08:00:00", quarter(number));
    let front = format!(
        "+++\ntitle = \"Báo cáo {slug}\"\nsection = \"tin\"\nunit = \"{:05}\"\npublished = {published}\ndata = \"figures/{slug}.csv\"\nsource = \"Bench\"\n+++\n",
        90_000 + unit
    );
    fs::write(folder.join(format!("reports/{slug}.md")), front).expect("the folder takes it");
}

/// Fifty communes, a thousand reports with a figure each, and one of five thousand figures that agree with each other.
fn folder(folder: &Path) {
    for name in ["figures", "reports"] {
        fs::create_dir_all(folder.join(name)).expect("a folder");
    }
    let site = "name = \"Bench\"\ntagline = \"Bench\"\naddress = \"https://bench.example\"\nowner = \"Bench\"\nunit = \"90000\"\n\n[colours]\naccent = \"#14613f\"\naccent_dark = \"#7fcf9f\"\n\n[[sections]]\nslug = \"tin\"\nname = \"Tin\"\n";
    fs::write(folder.join("site.toml"), site).expect("the folder takes it");
    let mut units = "code,valid_from,valid_until,name,type,parent_code,label,sample\n90,,,Bench,tinh,,bench,true\n".to_owned();
    for unit in 0..UNITS {
        writeln!(units, "{:05},,,Xã số {unit},xa,90,xa-so-{unit},true", 90_000 + unit).expect("memory takes it");
    }
    fs::write(folder.join("units.csv"), units).expect("the folder takes it");
    fs::write(folder.join("unit-changes.csv"), "old_code,old_valid_from,new_code,new_valid_from,extent,effective\n")
        .expect("the folder takes it");
    let mut list = "[[measures]]\ncode = \"nguoi\"\nname = \"người\"\n\n[[dimensions]]\ncode = \"nhom\"\nname = \"Nhóm\"\n".to_owned();
    for member in 1..MEMBERS {
        write!(list, "\n[[dimensions.members]]\ncode = \"m{member}\"\nname = \"Nhóm {member}\"\n").expect("memory takes it");
    }
    for indicator in 0..INDICATORS {
        let adds = "adds = [\"unit\", \"nhom\"]\njump = \"30\"";
        write!(
            list,
            "\n[[indicators]]\ncode = \"i{indicator}\"\nname = \"Chỉ tiêu {indicator}\"\nmeasure = \"nguoi\"\nnature = \"stock\"\n{adds}\n"
        )
        .expect("memory takes it");
    }
    list.push_str("\n[[identities]]\ncode = \"tong\"\nresult = \"i0\"\nplus = [\"i1\", \"i2\"]\n");
    fs::write(folder.join("indicators.toml"), list).expect("the folder takes it");
    for unit in 0..UNITS {
        for number in 0..QUARTERS {
            report(
                folder,
                &format!("bao-cao-{unit}-{number}"),
                unit,
                number,
                &format!("i9,,2020-01-01,,{},nguoi,,\n", unit * 100 + number),
            );
        }
    }
    // 50 places with 10 indicators by 10 members each; a place's whole is the sum of its members, and the first indicator that of two.
    let (mut rows, mut sums): (String, BTreeMap<(usize, usize), u64>) = Default::default();
    for unit in 1..=UNITS {
        for indicator in 0..INDICATORS {
            let mut whole = 0;
            for member in (0..MEMBERS).rev() {
                let base = |indicator: usize| (unit * 100 + indicator * 10 + member) as u64;
                let value = if indicator == 0 { base(1) + base(2) } else { base(indicator) };
                let value = if member == 0 { whole } else { value };
                whole += if member == 0 { 0 } else { value };
                *sums.entry((indicator, member)).or_default() += value;
                let (code, member) =
                    (if unit == UNITS { 90_000 } else { 90_000 + unit }, if member == 0 { String::new() } else { format!("m{member}") });
                writeln!(rows, "i{indicator},{code},2026-03-31,{member},{value},nguoi,,").expect("memory takes it");
            }
        }
    }
    report(folder, "nam-nghin", 0, QUARTERS, &rows);
}

/// The middle and the slowest of so many.
fn taken<T>(name: &str, times: usize, mut make: impl FnMut() -> T) -> Duration {
    let mut all: Vec<Duration> = (0..times)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(make());
            started.elapsed()
        })
        .collect();
    let first = all[0];
    all.sort();
    let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
    println!("{name}: first {:.1} ms, middle {:.1} ms, slowest {:.1} ms", ms(first), ms(all[times / 2]), ms(all[times - 1]));
    all[times / 2]
}

fn main() {
    let words = Arc::new(words::load(Path::new("/nowhere")).expect("the words inside the program"));
    let (var, content) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    folder(content.path());
    let mut settings = vec![("BANGTIN_VAR".to_owned(), var.path().display().to_string())];
    settings.extend(std::env::var("DATABASE_URL").ok().map(|url| ("DATABASE_URL".to_owned(), url)));
    let config = Config::read("", "", &settings.into_iter().collect()).expect("sound settings");
    let now = calendar::utc("2026-11-21T08:00:00".parse().expect("a time"));
    let app = App::open(&config, words.clone(), Clock::driven(now)).expect("a fresh database");
    let started = Instant::now();
    let porter = Porter { store: &app.web.store, shelf: &app.web.shelf, words: &words, now, tell: &|_| {} };
    porter.import(content.path()).unwrap_or_else(|refusal| panic!("{}", bangtin::web::error::told(&words, Lang::Vi, &refusal)));
    println!("1,001 reports imported in {:.1} s", started.elapsed().as_secs_f64());

    // Each report's file says a thousand figures from here on.
    let started = Instant::now();
    app.web
        .store
        .write(|c| {
            let files: Vec<(Option<i64>, String)> = editions::table
                .inner_join(revision_media::table.on(revision_media::revision_id.eq(editions::revision_id)))
                .filter(editions::kind.eq(Kind::Report.name()))
                .order(editions::id.asc())
                .select((editions::unit_id, revision_media::digest))
                .load(c)?;
            let mut seen: BTreeMap<Option<i64>, usize> = BTreeMap::new();
            for (place, digest) in files {
                let small: i64 = observations::table.filter(observations::data.eq(&digest)).count().get_result(c)?;
                if small > 1 {
                    continue;
                }
                let units = seen.len();
                let number = seen.entry(place).or_insert(0);
                diesel::delete(observations::table.filter(observations::data.eq(&digest))).execute(c)?;
                diesel::delete(data_indicators::table.filter(data_indicators::data.eq(&digest))).execute(c)?;
                learn(c, &digest, &figures(units, *number % QUARTERS))?;
                *number += 1;
            }
            Ok(())
        })
        .expect("a million figures");
    app.web.store.learn().expect("it learns");
    let count: i64 = observations::table.count().get_result(&mut *app.web.store.read().expect("it opens")).expect("a count");
    println!("{count} figures stored in {:.1} s", started.elapsed().as_secs_f64());

    let reading = || app.web.reading(Lang::Vi, now).expect("it can be read");
    let asked = Asked { indicator: "i3".to_owned(), ..Asked::default() };
    let place = unit::on_day(&mut reading().c, "90000", now.date()).expect("it can be read").expect("it is there");
    let said = heard(&mut reading().c, "i3", Some(&place), now).expect("it can be read").said.len();
    println!("a table of one indicator and one unit: {said} figures heard");
    let table = taken("  its query", 30, || heard(&mut reading().c, "i3", Some(&place), now).expect("it can be read").said.len());
    taken("  its page", 10, || series_page::series(&mut reading(), &asked, series_page::Form::Page).expect("it is made"));
    taken("the list of indicators", 5, || series_page::index(&mut reading()).expect("it is made"));
    let page = taken("a report of 5,000 figures", 30, || text::text(&mut reading(), Kind::Report, "nam-nghin").expect("it is made"));
    assert!(table < SERIES_BOUND, "the query of a series takes longer than {SERIES_BOUND:?}");
    assert!(page < PAGE_BOUND, "a report's page takes longer than {PAGE_BOUND:?}");
}
