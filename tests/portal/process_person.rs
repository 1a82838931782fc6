//! People from the command line, and the link that a first start prints.

use crate::process::Office;

fn link(said: &str) -> String {
    let at = said.find("http").unwrap_or_else(|| panic!("no link: {said}"));
    said[at..].split_whitespace().next().expect("a link").to_owned()
}

#[test]
fn a_first_start_prints_a_link_and_every_start_until_somebody_is_there() {
    let office = Office::new();
    let told = |office: &Office| {
        let mut serving = office.serve();
        let line = serving.hear();
        let path = link(&line).split_once("/ban-bien-tap").map(|(_, rest)| format!("/ban-bien-tap{rest}")).unwrap_or_default();
        let (status, ..) = serving.ask(&path, &[]);
        (line, path, status, serving)
    };
    let (line, first, status, serving) = told(&office);
    assert!(line.contains("quản trị viên") && line.contains("48"), "{line}");
    assert_eq!(status, 200);
    drop(serving);
    let (_, second, status, serving) = told(&office);
    assert_eq!(status, 200);
    assert_ne!(first, second, "a new one");
    assert_eq!(serving.ask(&first, &[]).0, 404, "the one before is void");
    drop(serving);
    office.done(&["person", "add", "lan.pham", "--name", "Phạm Thị Lan", "--role", "keeper"]);
    let serving = office.serve();
    assert_eq!(serving.ask(&second, &[]).0, 404, "somebody is there");
    serving.signal("TERM");
    assert!(!serving.ends().1.contains("panicked"));
    assert!(office.done(&["verify"]).contains("1 tài khoản"));
}

#[test]
fn whoever_holds_the_machine_adds_resets_disables_and_enables() {
    let office = Office::new();
    office.done(&["import", "content"]);
    assert!(office.done(&["person", "list"]).contains("Chưa có tài khoản nào"));
    let added = office.done(&["person", "add", "tham.tran", "--name", "Trần Thị Thắm", "--role", "author@99001", "--role", "reviewer"]);
    assert!(added.contains("https://thu.example/ban-bien-tap/lien-ket?ma=") && added.contains("72"), "{added}");
    let list = office.done(&["person", "list"]);
    assert!(list.contains("tham.tran\tTrần Thị Thắm\tauthor@99001 reviewer\tchưa đặt mật khẩu"), "{list}");
    assert_ne!(link(&office.done(&["person", "reset", "tham.tran"])), link(&added));
    office.done(&["person", "disable", "tham.tran"]);
    assert!(office.done(&["person", "list"]).contains("đã khóa"));
    assert!(office.refused(&["person", "reset", "tham.tran"]).contains("mở khóa"));
    office.done(&["person", "enable", "tham.tran"]);
    assert!(!office.done(&["person", "list"]).contains("đã khóa"));
    office.done(&["verify"]);
    for (arguments, told) in [
        (&["person", "reset", "khong.co"][..], "khong.co"),
        (&["person", "add", "tham.tran", "--name", "Ai", "--role", "author"], "tham.tran"),
        (&["person", "add", "son.do", "--name", "Sơn", "--role", "vua"], "author, editor"),
        (&["person", "add", "son.do", "--name", "Sơn", "--role", "author@00000"], "00000"),
        (&["person", "add", "Sơn Đỗ", "--name", "Sơn"], "chữ thường"),
        (&["person"], "add"),
    ] {
        let said = office.refused(arguments);
        assert!(said.contains(told), "{arguments:?}: {said}");
    }
    assert!(!office.done(&["person", "list"]).contains("son.do"));
}

#[test]
fn who_is_added_before_the_first_start_does_not_keep_the_content_out() {
    let office = Office::new();
    office.done(&["person", "add", "lan.pham", "--name", "Phạm Thị Lan", "--role", "keeper"]);
    let serving = office.serve();
    assert_eq!(serving.ask("/tin/cho-phien", &[]).0, 200);
    assert!(Office::empty().refused(&["person", "list"]).contains("var"), "a wrong folder is not made an office");
}
