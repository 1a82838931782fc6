//! The verbs of the command line. Without one it serves.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use bangtin::app::config::Config;
use bangtin::app::exchange::{self, Porter, Report};
use bangtin::app::pictures::Maker;
use bangtin::app::webhooks::{self, Teller};
use bangtin::app::{App, board, feedback, follow, keys, log, people, pictures, server, verify, words, worker};
use bangtin::board::time::Host;
use bangtin::kit::clock::Clock;
use bangtin::kit::refusal::Refusal;
use bangtin::kit::words::{Lang, Phrase, Words};
use bangtin::phrase;
use bangtin::store::{Address, settings};
use bangtin::web::SITE_SETTING;
use bangtin::web::error::told;
use clap::{Arg, ArgAction, ArgMatches, Command};

fn main() -> ExitCode {
    // The settings may be what is wrong, and `--help` must work all the same.
    let config = Config::load();
    let content = config.as_ref().map_or(PathBuf::from("content"), |config| config.content.clone());
    let lang = config.as_ref().map_or(Lang::Vi, |config| config.lang);
    let (words, fault) = match words::load(&content) {
        Ok(words) => (Arc::new(words), None),
        Err(refusal) => (Arc::new(words::own()), Some(refusal)),
    };
    let asked = command(&words, lang).get_matches();
    match fault.map_or(config, Err).and_then(|config| run(&config, &words, &asked)) {
        Ok(code) => code,
        Err(refusal) => {
            eprintln!("bangtin: {}", told(&words, lang, &refusal));
            ExitCode::FAILURE
        }
    }
}

fn command(words: &Words, lang: Lang) -> Command {
    let say = |key: &str| words.text(lang, key);
    let folder = || Arg::new("folder").required(true).value_name("DIR").value_parser(clap::value_parser!(PathBuf)).help(say("cli-folder"));
    let help = || Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say("cli-help"));
    let options = say("cli-options");
    let verb = |name: &'static str, key: &str| {
        let template = format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}", say("cli-usage"));
        Command::new(name).about(say(key)).help_template(template).disable_help_flag(true).next_help_heading(options.clone()).arg(help())
    };
    let template = format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", say("cli-usage"));
    Command::new("bangtin")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say("cli-about"))
        .after_help(say("cli-settings"))
        .help_template(template)
        .subcommand_help_heading(say("cli-verbs"))
        .subcommand_value_name(say("cli-verbs"))
        .next_help_heading(options.clone())
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help())
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(say("cli-version")))
        .subcommand(verb("serve", "cli-serve"))
        .subcommand(verb("import", "cli-import").arg(folder().help_heading(say("cli-arguments"))))
        .subcommand(verb("export", "cli-export").arg(folder().help_heading(say("cli-arguments"))))
        .subcommand(verb("verify", "cli-verify"))
        .subcommand(verb("feedback", "cli-feedback").alias("gop-y"))
        .subcommand(verb("config", "cli-config"))
        .subcommand(signing(&say, &verb))
        .subcommand(following(&say, &verb))
        .subcommand(boarding(&say, &verb))
        .subcommand(person(&say, words.say(lang, &phrase!("cli-role", roles = people::roles(words, lang))), &verb))
}

fn person(say: &dyn Fn(&str) -> String, roles: String, verb: &dyn Fn(&'static str, &str) -> Command) -> Command {
    let login = || Arg::new("login").required(true).value_name("LOGIN").help(say("cli-login")).help_heading(say("cli-arguments"));
    let name = Arg::new("name").long("name").required(true).value_name("NAME").help(say("cli-name"));
    let role = Arg::new("role").long("role").action(ArgAction::Append).value_name("ROLE[@CODE]").help(roles);
    verb("person", "cli-person")
        .subcommand_required(true)
        .subcommand_help_heading(say("cli-verbs"))
        .subcommand_value_name(say("cli-verbs"))
        .disable_help_subcommand(true)
        .subcommand(verb("add", "cli-person-add").arg(login()).arg(name).arg(role))
        .subcommand(verb("reset", "cli-person-reset").arg(login()))
        .subcommand(verb("disable", "cli-person-disable").arg(login()))
        .subcommand(verb("enable", "cli-person-enable").arg(login()))
        .subcommand(verb("list", "cli-person-list"))
}

fn signing(say: &dyn Fn(&str) -> String, verb: &dyn Fn(&'static str, &str) -> Command) -> Command {
    let id = Arg::new("id").required(true).value_name("KEY").help(say("cli-keys-id")).help_heading(say("cli-arguments"));
    let reason = Arg::new("reason").long("reason").required(true).value_name("TEXT").help(say("cli-keys-reason"));
    let with = Arg::new("with").long("with").value_name("FILE").value_parser(clap::value_parser!(PathBuf)).help(say("cli-keys-with"));
    verb("keys", "cli-keys")
        .subcommand_required(true)
        .subcommand_help_heading(say("cli-verbs"))
        .subcommand_value_name(say("cli-verbs"))
        .disable_help_subcommand(true)
        .subcommand(verb("list", "cli-keys-list"))
        .subcommand(verb("rotate", "cli-keys-rotate").arg(with))
        .subcommand(verb("revoke", "cli-keys-revoke").arg(id).arg(reason))
        .subcommand(verb("replace", "cli-keys-replace"))
        .subcommand(verb("new-series", "cli-keys-series"))
}

fn following(say: &dyn Fn(&str) -> String, verb: &dyn Fn(&'static str, &str) -> Command) -> Command {
    let url = Arg::new("url").value_name("URL").required_unless_present("list").help(say("cli-follow-url"));
    let of = |name: &'static str, value: &'static str, key: &str| Arg::new(name).long(name).value_name(value).help(say(key));
    let flag = |name: &'static str, key: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(say(key));
    verb("follow", "cli-follow")
        .arg(url.help_heading(say("cli-arguments")))
        .arg(of("unit", "CODE", "cli-follow-unit").required_unless_present("list"))
        .arg(of("in", "CODE", "cli-follow-in"))
        .arg(of("key", "BASE64", "cli-follow-key"))
        .arg(flag("stop", "cli-follow-stop"))
        .arg(flag("list", "cli-follow-list"))
}

fn boarding(say: &dyn Fn(&str) -> String, verb: &dyn Fn(&'static str, &str) -> Command) -> Command {
    let of = |name: &'static str, value: &'static str, key: &str| Arg::new(name).long(name).value_name(value).help(say(key));
    verb("board", "cli-board")
        .arg(of("from", "URL", "cli-board-from").required(true))
        .arg(of("unit", "CODE", "cli-board-unit").required(true))
        .arg(of("in", "DIR", "cli-board-in").value_parser(clap::value_parser!(PathBuf)))
        .arg(of("listen", "ADDRESS", "cli-board-listen").default_value(board::LISTEN).hide_default_value(true))
        .arg(of("key", "BASE64", "cli-board-key"))
}

fn stand_as_board(config: &Config, words: &Arc<Words>, asked: &ArgMatches) -> Result<ExitCode, Refusal> {
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
