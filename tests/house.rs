//! The house stands: every file imports its own noun and lower floors only, and speaks of nothing but the project.

use std::fs;
use std::path::{Path, PathBuf};

/// Floors from the ground up. On one floor a noun further right may import the nouns left of it; `alone` floors
/// have nouns that never import each other.
const FLOORS: [(&[&str], bool); 8] = [
    (&["kit"], false),
    (&["store", "web"], false),
    (&["unit", "person"], false),
    (&["edition", "approval"], false),
    (&["article", "standing", "posting", "report"], true),
    (&["bulletin", "board"], false),
    (&["channel", "desk", "api"], false),
    (&["app"], false),
];
const MOST_LINES: usize = 400;

fn sources(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("its entries can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds no .{ending}");
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a source file is text")
}

/// The nouns that a file's `use` lines and paths name.
fn imports(text: &str) -> Vec<String> {
    text.split("crate::").skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

fn place(noun: &str) -> Option<(usize, usize)> {
    FLOORS.iter().enumerate().find_map(|(floor, (nouns, _))| nouns.iter().position(|known| *known == noun).map(|room| (floor, room)))
}

fn may_import(from: &str, to: &str) -> bool {
    let (Some(own), Some(other)) = (place(from), place(to)) else { return false };
    from == to || other.0 < own.0 || (other.0 == own.0 && other.1 < own.1 && !FLOORS[own.0].1)
}

#[test]
fn every_file_imports_its_own_noun_and_lower_floors_only() {
    let mut wrong = Vec::new();
    for path in sources("src", "rs") {
        let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("it is inside").to_owned();
        let noun = inside.iter().next().expect("a path has a part").to_string_lossy().into_owned();
        if matches!(noun.as_str(), "lib.rs" | "main.rs") {
            continue;
        }
        assert!(place(&noun).is_some(), "{noun} stands on no floor");
        for other in imports(&text(&path)) {
            // Macros of the crate root: `phrase!`, `on_conn!`.
            if !matches!(other.as_str(), "phrase" | "on_conn" | "") && !may_import(&noun, &other) {
                wrong.push(format!("{} imports {other}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_rule_of_floors_is_not_asleep() {
    assert!(may_import("article", "edition") && may_import("web", "store") && may_import("app", "kit"));
    assert!(!may_import("edition", "article") && !may_import("store", "web") && !may_import("kit", "store"));
    assert!(!may_import("article", "standing") && !may_import("standing", "article"));
    assert_eq!(imports("use crate::store::log;\nlet x = crate::unit::page::link();"), ["store", "unit"]);
}

#[test]
fn no_room_holds_two_nouns() {
    let long: Vec<String> = sources("src", "rs")
        .into_iter()
        .map(|path| (text(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, path)| format!("{lines} {}", path.display()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn names_say_what_a_thing_is() {
    for path in sources("src", "rs") {
        let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        assert!(!["utils", "util", "helpers", "helper", "services", "common", "manager"].contains(&stem.as_str()), "{}", path.display());
    }
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    for path in sources("src", "rs") {
        assert!(text(&path).starts_with("//! "), "{}", path.display());
    }
}

#[test]
fn nothing_outside_tests_gives_up() {
    let mut found = Vec::new();
    for path in sources("src", "rs") {
        let text = text(&path);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (line, content) in code.lines().enumerate() {
            for bad in [".unwrap()", "todo!(", "unimplemented!(", "unreachable!("] {
                if content.contains(bad) {
                    found.push(format!("{}:{}: {content}", path.display(), line + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn both_databases_take_the_same_steps() {
    let names = |folder: &str| -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder))
            .expect("the migrations are there")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let sqlite = names("sqlite");
    assert_eq!(sqlite, names("postgres"));
    for name in sqlite {
        let verb = name.splitn(5, '-').last().and_then(|rest| rest.split_once('_')).map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        let first = verb.split('_').next().unwrap_or_default();
        assert!(["create", "add", "drop", "rename", "fill", "index"].contains(&first), "{name} begins with {first}");
        for folder in ["sqlite", "postgres"] {
            for step in ["up.sql", "down.sql"] {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder).join(&name).join(step);
                assert!(path.is_file(), "{} is missing", path.display());
            }
        }
    }
}

#[test]
fn no_two_migrations_bear_one_version_and_both_databases_have_the_same() {
    let names = |database: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
        let entries = fs::read_dir(folder).expect("the folder is there");
        let mut names: Vec<String> = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let sqlite = names("sqlite");
    assert_eq!(sqlite, names("postgres"));
    // Of two with one version the second would never run.
    let versions: Vec<&str> = sqlite.iter().filter_map(|name| name.split('_').next()).collect();
    for pair in versions.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}
