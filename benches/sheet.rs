//! How long a sheet takes: `cargo bench --bench sheet`. The first one of a process, then the middle and the slowest of
//! fifty, each with other words, so that nothing is answered from what was set before. Bound: 150 ms.

use std::time::{Duration, Instant};

use bangtin::app::words::embedded;
use bangtin::kit::calendar::utc;
use bangtin::kit::markdown::tree::tree;
use bangtin::kit::paper::Press;
use bangtin::kit::words::Words;
use bangtin::posting::paper::{Facts, Form, Letterhead, Sheet, Signer};

const BOUND: Duration = Duration::from_millis(150);

fn sheet(number: usize, columns: usize) -> Sheet {
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(columns));
    let prose = format!("Ủy ban nhân dân xã Đông Kiều niêm yết công khai nội dung số {number} theo quy định. ").repeat(20);
    let table = row("Chỉ tiêu") + &row("---") + &row("12.985").repeat(25);
    let day = "2026-10-15".parse().expect("a day");
    Sheet {
        letterhead: Letterhead {
            superior: "Ủy ban nhân dân tỉnh Hương Lúa".into(),
            issuer: "Ủy ban nhân dân xã Đông Kiều".into(),
            number: format!("{number}/TB-UBND"),
            place: "Đông Kiều".into(),
            dated: Some(day),
        },
        kind: "Thông báo".into(),
        title: format!("Công khai thực hiện ngân sách 9 tháng, bản {number}"),
        body: tree(&format!("{prose}\n\n## Số liệu\n\n*Đơn vị: triệu đồng*\n\n{table}\n\n- {prose}\n")),
        signer: Some(Signer { authority: "TM. Ủy ban nhân dân".into(), title: "Chủ tịch".into(), name: "Đinh Văn Mẫu".into() }),
        facts: Facts { posted: Some(day), places: vec!["Trụ sở xã".into()], ..Facts::default() },
        sample: true,
        version: 1,
        address: format!("https://bangtin.example/n/{number}"),
        printed_at: utc(day.and_time(chrono::NaiveTime::MIN)),
        ..Sheet::default()
    }
}

fn main() {
    let words = Words::load(embedded()).expect("the words are sound");
    let started = Instant::now();
    let press = Press::new().expect("fonts and templates are sound");
    println!("fonts and templates: {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    let mut within = true;
    for (name, form, columns) in [("normal", Form::Normal, 4), ("large print", Form::Large, 4), ("wide table", Form::Normal, 12)] {
        let mut pages = 0;
        let mut taken: Vec<Duration> = (0..51)
            .map(|number| {
                let sheet = Sheet { form, ..sheet(number, columns) };
                let started = Instant::now();
                pages = sheet.print(&press, &words).expect("it is printed").pages;
                started.elapsed()
            })
            .collect();
        let first = taken.remove(0);
        taken.sort();
        let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
        println!("{name}, {pages} pages: first {:.1} ms, middle {:.1} ms, slowest {:.1} ms", ms(first), ms(taken[25]), ms(taken[49]));
        within &= taken[25] < BOUND;
    }
    assert!(within, "a sheet takes longer than {BOUND:?}");
}
