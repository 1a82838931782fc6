//! The command line: every verb, and what it takes, in the words of whoever types it.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command};

use super::{board, people};
use crate::kit::words::{Lang, Words};
use crate::phrase;

/// Without a verb it serves, so that nothing is required.
pub fn command(words: &Words, lang: Lang) -> Command {
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
    let path = |name: &'static str, value: &'static str, key: &str| of(name, value, key).value_parser(clap::value_parser!(PathBuf));
    let with_board = |one: Command| {
        one.arg(of("from", "URL", "cli-board-from").required(true))
            .arg(of("unit", "CODE", "cli-board-unit").required(true))
            .arg(path("in", "DIR", "cli-board-in"))
            .arg(of("listen", "ADDRESS", "cli-board-listen").default_value(board::LISTEN).hide_default_value(true))
            .arg(of("key", "BASE64", "cli-board-key"))
    };
    let install = with_board(verb("install", "cli-board-install"))
        .arg(of("user", "NAME", "cli-board-user"))
        .arg(path("browser", "PATH", "cli-board-browser"))
        .arg(path("to", "DIR", "cli-board-to"));
    with_board(verb("board", "cli-board"))
        .subcommand_negates_reqs(true)
        .args_conflicts_with_subcommands(true)
        .subcommand_help_heading(say("cli-verbs"))
        .subcommand_value_name(say("cli-verbs"))
        .disable_help_subcommand(true)
        .subcommand(install)
}
