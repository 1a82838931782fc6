//! What `placements.csv` says and what it refuses.

use proptest::prelude::*;

use super::*;

const HEAD: &str = "posting,unit,place,edition,what,at,received,by,name,way,note,strikes,key,photo\n";
const ROW: &str = "thong-bao,xa-dong-kieu,thon-2,1,hung,2026-11-20T08:00:00+07:00,2026-11-20T08:05:00+07:00,board,Đỗ Thị Hạnh,phone,,,k-1,";

fn now() -> Moment {
    calendar::midnight(chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"))
}

fn faults(rows: &str) -> Vec<(usize, &'static str)> {
    let found = read(&format!("{HEAD}{rows}\n"), now());
    found.err().unwrap_or_default().iter().map(|issue| (issue.line, issue.phrase.key)).collect()
}

#[test]
fn each_fault_is_told_with_its_line() {
    assert_eq!(faults(ROW), []);
    assert_eq!(faults(&format!("{ROW}\n{ROW}")), [(3, "placements-key-twice")]);
    for (from, to, key) in [
        ("thong-bao", "Thông báo", "front-bad-slug"),
        ("thon-2", "thôn 2", "front-bad-slug"),
        (",1,hung", ",0,hung", "placements-bad-number"),
        (",1,hung", ",1,put", "kinds-unknown-word"),
        (",1,hung", ",1,struck", "placements-bad-strike"),
        ("phone", "carrier pigeon", "kinds-unknown-word"),
        ("2026-11-20T08:05", "2026-11-23T08:05", "adopt-bad-moment"),
        ("2026-11-20T08:05:00", "2026-11-20T08:05:00.5", "adopt-bad-moment"),
        ("2026-11-20T08:05", "2026-11-20T07:59", "placements-received-before"),
        ("board", "", "adopt-bad-name"),
        ("Đỗ Thị Hạnh", &"a".repeat(81), "places-too-long"),
        (",k-1,", ",k 1,", "placements-bad-key"),
        (",k-1,", ",strike:k-1,", "placements-bad-key"),
        (",,k-1,", ",k-0,k-1,", "placements-bad-strike"),
        (",k-1,", ",k-1,anh/cua-toi.jpg", "placements-bad-photo-name"),
        (",k-1,", ",k-1,placement-photos/../../etc/passwd.jpg", "placements-bad-photo-name"),
    ] {
        let told = faults(&ROW.replacen(from, to, 1));
        assert_eq!(told, [(2, key)], "{to}");
    }
}

fn any_line() -> impl Strategy<Value = Line> {
    let text = "[A-Za-zàáảãạăắằâấầêếềôốồơớờưứừýỳỷỹđ\",;=+]{1,20}( [a-zàáảãạăắằâấầêếềôốồơớờưứừýỳỷỹđ\"']{1,9})?";
    let one = ("[a-z]{1,9}(-[a-z0-9]{1,9})?", 0usize..5, 0i64..900_000, 0i64..90_000, text, text, any::<bool>(), 1i32..9_999);
    one.prop_map(|(slug, what, ago, late, name, note, has_photo, number)| {
        let what = [What::Hung, What::TakenDown, What::Interrupted, What::Resumed, What::Struck][what];
        let received = now() - chrono::Duration::seconds(ago);
        Line {
            posting: slug.clone(),
            unit: format!("xa-{slug}"),
            place: slug.clone(),
            number,
            what,
            at: received - chrono::Duration::seconds(late),
            received,
            by: "board".to_owned(),
            name: crate::kit::fold::nfc(&name),
            way: PHONE.to_owned(),
            note: crate::kit::fold::nfc(&note),
            strikes: if what == What::Struck { "k-0".to_owned() } else { String::new() },
            key: String::new(),
            photo: if has_photo { crate::kit::digest::sha256(slug.as_bytes()) } else { String::new() },
        }
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(lines in proptest::collection::vec(any_line(), 0..8)) {
        let lines: Vec<Line> = lines.into_iter().enumerate().map(|(at, line)| Line { key: format!("k-{at}"), ..line }).collect();
        let again = read(&written(&lines), now()).map(|all| all.into_iter().map(|(_, line)| line).collect::<Vec<_>>());
        prop_assert_eq!(again, Ok(lines));
    }
}
