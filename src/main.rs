//! The program: what each verb of the command line does. Without one it serves.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use bangtin::app::alarms::{self, Watcher};
use bangtin::app::config::Config;
use bangtin::app::exchange::{self, Porter, Report};
use bangtin::app::pictures::Maker;
use bangtin::app::webhooks::{self, Teller};
use bangtin::app::{App, board, board_install, feedback, follow, keys, log, people, pictures, server, verbs, verify, words, worker};
use bangtin::board::time::Host;
use bangtin::kit::clock::Clock;
use bangtin::kit::refusal::Refusal;
use bangtin::kit::words::{Lang, Phrase, Words};
use bangtin::phrase;
use bangtin::store::{Address, settings};
use bangtin::web::SITE_SETTING;
use bangtin::web::error::told;
use clap::ArgMatches;

fn main() -> ExitCode {
    // The settings may be what is wrong, and `--help` must work all the same.
    let config = Config::load();
    let content = config.as_ref().map_or(PathBuf::from("content"), |config| config.content.clone());
    let lang = config.as_ref().map_or(Lang::Vi, |config| config.lang);
    let (words, fault) = match words::load(&content) {
        Ok(words) => (Arc::new(words), None),
        Err(refusal) => (Arc::new(words::own()), Some(refusal)),
    };
    let asked = verbs::command(&words, lang).get_matches();
    match fault.map_or(config, Err).and_then(|config| run(&config, &words, &asked)) {
        Ok(code) => code,
        Err(refusal) => {
            eprintln!("bangtin: {}", told(&words, lang, &refusal));
            ExitCode::FAILURE
        }
    }
}

fn stand_as_board(config: &Config, words: &Arc<Words>, asked: &ArgMatches) -> Result<ExitCode, Refusal> {
    if let Some(("install", asked)) = asked.subcommand() {
        return install_board(config, words, asked);
    }
    log::start(config)?;
    let of = |name: &str| asked.get_one::<String>(name).cloned();
    let unit = of("unit").unwrap_or_default();
    let folder = asked.get_one::<PathBuf>("in").cloned().unwrap_or_else(|| config.var.join(format!("board-{unit}")));
    let asked =
        board::Asked { from: of("from").unwrap_or_default(), unit, folder, listen: of("listen").unwrap_or_default(), key: of("key") };
    let board = board::open(&asked, Host::system())?;
    let mirror = board.mirror.clone();
    board::keep_up(&board);
    actix_web::rt::System::new().block_on(async {
        let (address, server) = board::doors(board, words.clone(), &asked.listen)?;
        let address = format!("http://{address}/");
        say(words, config.lang, &phrase!("board-ready", unit = mirror.code(), portal = mirror.portal(), address = address));
        server.await.map_err(Refusal::broken)
    })?;
    say(words, config.lang, &phrase!("cli-stopped"));
    Ok(ExitCode::SUCCESS)
}

fn install_board(config: &Config, words: &Words, asked: &ArgMatches) -> Result<ExitCode, Refusal> {
    let of = |name: &str| asked.get_one::<String>(name).cloned();
    let path = |name: &str| asked.get_one::<PathBuf>(name).cloned();
    let wanted = board_install::Wanted {
        from: of("from").unwrap_or_default(),
        unit: of("unit").unwrap_or_default(),
        listen: of("listen").unwrap_or_default(),
        key: of("key"),
        folder: path("in"),
        user: of("user"),
        browser: path("browser"),
        to: path("to").unwrap_or_else(|| board_install::UNITS.into()),
        program: std::env::current_exe().map_err(Refusal::broken)?,
    };
    let done = board_install::install(&wanted, words, config.lang)?;
    for path in &done.written {
        say(words, config.lang, &phrase!("board-install-written", path = path.display()));
    }
    say(words, config.lang, &phrase!("board-install-next"));
    for command in &done.commands {
        let _ = writeln!(std::io::stdout(), "  {command}");
    }
    Ok(ExitCode::SUCCESS)
}

fn keep_following(config: &Config, words: &Arc<Words>, asked: &ArgMatches) -> Result<ExitCode, Refusal> {
    must_hold_data(config)?;
    let app = App::open(config, words.clone(), Clock::System)?;
    let of = |name: &str| asked.get_one::<String>(name).cloned();
    if asked.get_flag("list") {
        match follow::list(&app, words, config.lang)? {
            Some(lines) => drop(write!(std::io::stdout(), "{lines}")),
            None => say(words, config.lang, &phrase!("follow-none")),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let (url, unit) = (of("url").unwrap_or_default(), of("unit").unwrap_or_default());
    if asked.get_flag("stop") {
        say(words, config.lang, &follow::stop(&app, &url, &unit)?);
        return Ok(ExitCode::SUCCESS);
    }
    let (row, key) = follow::begin(&app, &url, &unit, of("in").as_deref(), of("key").as_deref())?;
    say(words, config.lang, &phrase!("follow-pinned", portal = row.portal, key = key));
    match follow::sync(&app, &row, None)?.0 {
        follow::Outcome::Refused(why) => Err(follow::refused(&row.portal, why)),
        follow::Outcome::Same => {
            say(words, config.lang, &phrase!("follow-same"));
            Ok(ExitCode::SUCCESS)
        }
        follow::Outcome::Taken(tally) => {
            let told = phrase!("follow-taken", came = tally.came, changed = tally.changed, gone = tally.gone, left = tally.left);
            say(words, config.lang, &told);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn keep_keys(config: &Config, words: &Arc<Words>, asked: &ArgMatches) -> Result<ExitCode, Refusal> {
    must_hold_data(config)?;
    let app = App::open(config, words.clone(), Clock::System)?;
    let of = |verb: &ArgMatches, name: &str| verb.get_one::<String>(name).cloned().unwrap_or_default();
    let told = match asked.subcommand() {
        Some(("rotate", verb)) => keys::rotate(&app, verb.get_one::<PathBuf>("with").map(PathBuf::as_path))?,
        Some(("revoke", verb)) => keys::revoke(&app, &of(verb, "id"), &of(verb, "reason"))?,
        Some(("replace", _)) => keys::replace(&app)?,
        Some(("new-series", _)) => keys::begin_series(&app)?,
        _ => match keys::list(&app, words, config.lang)? {
            Some(lines) => {
                drop(write!(std::io::stdout(), "{lines}"));
                return Ok(ExitCode::SUCCESS);
            }
            None => phrase!("keys-none"),
        },
    };
    say(words, config.lang, &told);
    Ok(ExitCode::SUCCESS)
}

fn run(config: &Config, words: &Arc<Words>, asked: &ArgMatches) -> Result<ExitCode, Refusal> {
    let folder = |verb: &ArgMatches| verb.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
    match asked.subcommand() {
        Some(("config", _)) => {
            print!("{}", config.shown());
            Ok(ExitCode::SUCCESS)
        }
        Some(("import", verb)) => {
            let app = App::open(config, words.clone(), Clock::System)?;
            let report = import(&app, words, config.lang, &folder(verb))?;
            say(words, config.lang, &reported(&report));
            Ok(ExitCode::SUCCESS)
        }
        Some(("export", verb)) => {
            must_hold_data(config)?;
            let app = App::open(config, words.clone(), Clock::System)?;
            let folder = folder(verb);
            let count = exchange::export(&porter(&app, words, &|_| {}), &folder)?;
            say(words, config.lang, &phrase!("export-done", count = count, path = folder.display()));
            Ok(ExitCode::SUCCESS)
        }
        Some(("verify", _)) => prove(config, words),
        Some(("feedback", _)) => {
            must_hold_data(config)?;
            let app = App::open(config, words.clone(), Clock::System)?;
            match feedback::table(&app.web.store, words, config.lang)? {
                Some(table) => drop(write!(std::io::stdout(), "{table}")),
                None => say(words, config.lang, &phrase!("cli-feedback-none")),
            }
            Ok(ExitCode::SUCCESS)
        }
        Some(("keys", verb)) => keep_keys(config, words, verb),
        Some(("follow", verb)) => keep_following(config, words, verb),
        Some(("board", verb)) => stand_as_board(config, words, verb),
        Some(("person", verb)) => keep_people(config, words, verb),
        _ => serve(config, words),
    }
}

fn keep_people(config: &Config, words: &Arc<Words>, asked: &ArgMatches) -> Result<ExitCode, Refusal> {
    if asked.subcommand_name() != Some("add") {
        must_hold_data(config)?;
    }
    let app = App::open(config, words.clone(), Clock::System)?;
    let (store, now) = (&app.web.store, app.web.clock.now());
    let of = |verb: &ArgMatches, name: &str| verb.get_one::<String>(name).cloned().unwrap_or_default();
    let told = match asked.subcommand() {
        Some(("add", verb)) => {
            let roles: Vec<String> = verb.get_many::<String>("role").unwrap_or_default().cloned().collect();
            people::add(store, now, &of(verb, "login"), &of(verb, "name"), &roles)?
        }
        Some(("reset", verb)) => people::reset(store, now, &of(verb, "login"))?,
        Some(("disable", verb)) => people::disable(store, now, &of(verb, "login"))?,
        Some(("enable", verb)) => people::enable(store, now, &of(verb, "login"))?,
        _ => match people::list(store, now, words, config.lang)? {
            Some(lines) => {
                drop(write!(std::io::stdout(), "{lines}"));
                return Ok(ExitCode::SUCCESS);
            }
            None => phrase!("cli-person-none"),
        },
    };
    say(words, config.lang, &told);
    Ok(ExitCode::SUCCESS)
}

fn serve(config: &Config, words: &Arc<Words>) -> Result<ExitCode, Refusal> {
    log::start(config)?;
    let app = App::open(config, words.clone(), Clock::System)?;
    // Somebody may have been added before the first start.
    let is_bare = settings::find(&mut *app.web.store.read()?, SITE_SETTING)?.is_none();
    if is_bare && !config.content.is_dir() {
        let path = std::path::absolute(&config.content).unwrap_or_else(|_| config.content.clone());
        say(words, config.lang, &phrase!("cli-no-content", path = path.display()));
    } else if is_bare {
        say(words, config.lang, &phrase!("cli-first-start", path = config.content.display()));
        let report = import(&app, words, config.lang, &config.content)?;
        say(words, config.lang, &reported(&report));
    }
    // Readers come before mirrors: without its key a portal serves everything but what it would sign.
    if let Err(refusal) = app.begin_keys() {
        eprintln!("bangtin: {}", told(words, config.lang, &refusal));
    }
    let system = actix_web::rt::System::new();
    system.block_on(async {
        let doors = server::open(app.clone(), &config.listen, None)?;
        for address in &doors.addresses {
            say(words, config.lang, &phrase!("cli-ready", address = format!("http://{address}")));
        }
        if let Some(address) = doors.addresses.first()
            && let Some(told) = people::first(&app.web.store, app.web.clock.now(), &format!("http://{address}"))?
        {
            say(words, config.lang, &told);
        }
        actix_web::rt::spawn(pictures::run(Maker::new(&app)));
        actix_web::rt::spawn(follow::run(app.clone()));
        actix_web::rt::spawn(webhooks::run(Teller::new(&app)));
        actix_web::rt::spawn(alarms::run(Watcher::new(&app)));
        actix_web::rt::spawn(worker::run(app));
        doors.serve().await
    })?;
    say(words, config.lang, &phrase!("cli-stopped"));
    Ok(ExitCode::SUCCESS)
}

/// A verb that only reads, in the wrong folder, must not make an empty portal and call it whole.
fn must_hold_data(config: &Config) -> Result<(), Refusal> {
    match Address::of(config.database_url.as_deref(), &config.var)? {
        Address::Sqlite(path) if !path.is_file() => {
            let path = std::path::absolute(&config.var).unwrap_or_else(|_| config.var.clone());
            Err(Refusal::Trouble(phrase!("trouble-no-data", path = path.display())))
        }
        _ => Ok(()),
    }
}

fn prove(config: &Config, words: &Arc<Words>) -> Result<ExitCode, Refusal> {
    must_hold_data(config)?;
    let app = App::open(config, words.clone(), Clock::System)?;
    let found = verify::verify(&app.web.store, &app.web.shelf)?;
    for fault in &found.faults {
        say(words, config.lang, fault);
    }
    if found.lacking > 0 {
        say(words, config.lang, &phrase!("verify-lacking", count = found.lacking));
    }
    if !found.faults.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    say(
        words,
        config.lang,
        &phrase!("verify-whole", rows = found.rows, editions = found.editions, files = found.files, people = found.people),
    );
    say(words, config.lang, &phrase!("verify-last", rows = found.rows, digest = found.last));
    Ok(ExitCode::SUCCESS)
}

fn import(app: &App, words: &Words, lang: Lang, folder: &Path) -> Result<Report, Refusal> {
    let is_terminal = std::io::stderr().is_terminal();
    let tell = |phrase: Phrase| {
        let line = words.say(lang, &phrase);
        if is_terminal {
            // What is told of one file is to be read, and not only how far it is.
            let end = if phrase.key == "import-by-its-day" { "\n" } else { "" };
            eprint!("\r\x1b[2K{line}{end}");
        } else {
            // Not where the log goes: a machine reads that.
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    };
    let report = porter(app, words, &tell).import(folder);
    if is_terminal {
        eprint!("\r\x1b[2K");
    }
    report
}

fn porter<'a>(app: &'a App, words: &'a Words, tell: &'a (dyn Fn(Phrase) + Sync)) -> Porter<'a> {
    Porter { store: &app.web.store, shelf: &app.web.shelf, words, now: app.web.clock.now(), tell }
}

fn reported(report: &Report) -> Phrase {
    phrase!(
        "import-done",
        published = report.published,
        drafted = report.drafted,
        changed = report.changed,
        unchanged = report.unchanged,
        pictures = report.pictures
    )
}

/// A closed pipe is nobody's fault.
fn say(words: &Words, lang: Lang, phrase: &Phrase) {
    let _ = writeln!(std::io::stdout(), "{}", words.say(lang, phrase));
}
