//! `bangtin board install`: units that say to systemd what was said on the command line, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bangtin::app::board_install::{Installed, KIOSK, SERVICE, Wanted, install};
use bangtin::app::words;
use bangtin::kit::refusal::Refusal;
use bangtin::kit::words::Lang;
use tempfile::TempDir;

use crate::process::Office;

fn wanted(to: &Path) -> Wanted {
    Wanted {
        from: "https://tinh.example".to_owned(),
        unit: "99001".to_owned(),
        listen: "127.0.0.1:8181".to_owned(),
        key: None,
        folder: None,
        user: None,
        browser: None,
        to: to.to_owned(),
        program: "/usr/bin/bangtin".into(),
    }
}

fn done(wanted: &Wanted) -> Result<Installed, Refusal> {
    install(wanted, &words::load(Path::new("/nowhere")).expect("the words inside the program"), Lang::Vi)
}

/// The values of a key in a unit, each as it stands there.
fn values(unit: &Path, key: &str) -> Vec<String> {
    let text = fs::read_to_string(unit).expect("it was written");
    text.lines().filter_map(|line| Some(line.strip_prefix(key)?.strip_prefix('=')?.to_owned())).collect()
}

/// The words of a command as systemd hands them on (systemd.syntax(7), systemd.service(5), systemd.unit(5)).
fn handed_on(line: &str) -> Vec<String> {
    let (mut words, mut word, mut letters, mut is_open) = (Vec::new(), None::<String>, line.chars().peekable(), false);
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                is_open = !is_open;
                word.get_or_insert_default();
            }
            ' ' if !is_open => words.extend(word.take()),
            '\\' => word.get_or_insert_default().push(letters.next().expect("something is escaped")),
            '%' | '$' => {
                assert_eq!(letters.next(), Some(letter), "it would stand for something else: {line}");
                word.get_or_insert_default().push(letter);
            }
            _ => word.get_or_insert_default().push(letter),
        }
    }
    assert!(!is_open, "{line}");
    words.extend(word);
    words
}

#[test]
fn what_was_asked_for_comes_to_the_program_word_by_word() {
    let to = TempDir::new().expect("a temporary folder");
    let folder = r#"/srv/bảng tin/100% "của" xã/$HOME\n"#;
    let key = bangtin::kit::sign::Signer::draw().expect("random bytes").public().written();
    let asked = Wanted { folder: Some(folder.into()), user: Some("bang-tin".to_owned()), key: Some(key.clone()), ..wanted(to.path()) };
    let installed = done(&asked).expect("nothing is in its way");
    assert_eq!(installed.written, [to.path().join(SERVICE), to.path().join(KIOSK)]);
    let [line] = &values(&to.path().join(SERVICE), "ExecStart")[..] else { panic!("one command") };
    let expected = ["/usr/bin/bangtin", "board", "--from", "https://tinh.example", "--unit", "99001", "--listen", "127.0.0.1:8181"];
    assert_eq!(handed_on(line), [&expected[..], &["--key", &key, "--in", folder]].concat());
    assert_eq!(handed_on(&values(&to.path().join(SERVICE), "ReadWritePaths")[0].replace('$', "$$")), [folder]);
    for unit in [SERVICE, KIOSK] {
        assert_eq!(values(&to.path().join(unit), "User"), ["bang-tin"]);
        assert_eq!(values(&to.path().join(unit), "Restart"), ["always"]);
    }
    let [line] = &values(&to.path().join(KIOSK), "ExecStart")[..] else { panic!("one command") };
    let shown = handed_on(line);
    assert_eq!((shown[0].as_str(), shown.last().map(String::as_str)), ("/usr/bin/cage", Some("--app=http://127.0.0.1:8181/")));
    assert!(["--kiosk", "--noerrdialogs", "--incognito", "--no-first-run"].iter().all(|flag| shown.iter().any(|word| word == flag)));
}

#[test]
fn without_a_folder_of_its_own_the_board_is_nobody_who_lasts_and_needs_no_line_to_start() {
    let to = TempDir::new().expect("a temporary folder");
    done(&wanted(to.path())).expect("nothing is in its way");
    let service = to.path().join(SERVICE);
    assert_eq!((values(&service, "DynamicUser"), values(&service, "StateDirectory")), (vec!["yes".into()], vec!["bangtin-board".into()]));
    assert_eq!(handed_on(&values(&service, "ExecStart")[0]).last().map(String::as_str), Some("/var/lib/bangtin-board"));
    assert!(!fs::read_to_string(&service).expect("it is there").contains("network-online"));
    assert_eq!(values(&to.path().join(KIOSK), "TTYPath"), ["/dev/tty1"]);
}

#[test]
fn nothing_is_written_that_systemd_could_read_as_something_else() {
    let to = TempDir::new().expect("a temporary folder");
    let good = || wanted(to.path());
    let broken = [
        Wanted { from: "https://tinh.example\nExecStartPre=/bin/sh".to_owned(), ..good() },
        Wanted { from: "http://10.0.0.1".to_owned(), ..good() },
        Wanted { unit: "99001\nUser=root".to_owned(), ..good() },
        Wanted { unit: String::new(), ..good() },
        Wanted { listen: "0.0.0.0:8181".to_owned(), ..good() },
        Wanted { listen: "127.0.0.1:0".to_owned(), ..good() },
        Wanted { key: Some("không".to_owned()), ..good() },
        Wanted { user: Some("root\nGroup=x".to_owned()), ..good() },
        Wanted { user: Some("-x".to_owned()), ..good() },
        Wanted { folder: Some("/srv/a".into()), ..good() },
        Wanted { folder: Some("/srv/a\nUser=root".into()), user: Some("bang".to_owned()), ..good() },
        Wanted { browser: Some("/usr/bin/chromium\nUser=root".into()), ..good() },
        Wanted { program: "/usr/bin/bang\ntin".into(), ..good() },
    ];
    for asked in broken {
        assert!(matches!(done(&asked), Err(Refusal::Trouble(_))), "{asked:?}");
        assert_eq!(fs::read_dir(to.path()).expect("it is there").count(), 0, "{asked:?}");
    }
}

#[test]
fn it_writes_over_its_own_files_and_nobody_elses() {
    let office = Office::empty();
    let to = office.path("units");
    let run = |unit: &str| {
        let to = to.display().to_string();
        let asked = ["board", "install", "--from", "https://tinh.example", "--unit", unit, "--to", &to];
        office.run(&asked)
    };
    let said = run("99001");
    assert!(said.ended.success(), "{}", said.err);
    for told in ["Đã ghi", SERVICE, KIOSK, "systemctl daemon-reload", "systemctl enable --now", "apt install cage chromium"] {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
    assert!(run("99002").ended.success());
    assert!(values(&to.join(SERVICE), "ExecStart")[0].contains("99002"));
    fs::write(to.join(KIOSK), "[Unit]\nDescription=Của người khác\n").expect("it can be written");
    let said = run("99003");
    assert!(!said.ended.success() && said.err.contains(KIOSK) && said.err.contains("--to"), "{}", said.err);
    assert!(values(&to.join(SERVICE), "ExecStart")[0].contains("99002"), "nothing changed");
    assert_eq!(values(&to.join(KIOSK), "Description"), ["Của người khác"]);
}

#[test]
fn systemd_finds_nothing_to_say_against_the_units() {
    if Command::new("systemd-analyze").arg("--version").output().is_err() {
        println!("left out: no systemd-analyze here");
        return;
    }
    let to = TempDir::new().expect("a temporary folder");
    done(&Wanted { program: "/bin/true".into(), browser: Some("/bin/true".into()), user: Some("root".to_owned()), ..wanted(to.path()) })
        .expect("nothing is in its way");
    let units: Vec<PathBuf> = [SERVICE, KIOSK].map(|name| to.path().join(name)).into();
    for unit in &units {
        // What a board's machine has and this one may lack.
        let text = fs::read_to_string(unit).expect("it was written").replace("/usr/bin/cage", "/bin/true");
        fs::write(unit, text).expect("it can be written");
    }
    let said = Command::new("systemd-analyze").args(["verify", "--man=no"]).args(&units).output().expect("it runs");
    let errors = String::from_utf8_lossy(&said.stderr);
    let ours: Vec<&str> = errors.lines().filter(|line| line.contains("bangtin-")).collect();
    assert!(said.status.success() && ours.is_empty(), "{errors}");
}
