//! The settings: `bangtin.toml`, then the environment, which wins. What nobody knows is refused, so that a
//! misspelt name is not obeyed in silence.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ipnet::IpNet;

use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::phrase;

#[derive(Clone, Debug)]
pub struct Config {
    /// One or more `address:port`.
    pub listen: Vec<String>,
    pub var: PathBuf,
    pub content: PathBuf,
    pub database_url: Option<String>,
    /// The private key that signs, where it is not kept in a file of ours.
    pub signing_key: Option<String>,
    pub proxies: Vec<IpNet>,
    pub log: LogForm,
    /// As `tracing_subscriber::EnvFilter` reads it.
    pub log_level: String,
    /// Whether webhooks may lead to this machine and its neighbours, and by HTTP.
    pub webhooks_private: bool,
    /// Opens what only those who build the portal need.
    pub development: bool,
    /// The language of the command line.
    pub lang: Lang,
    shown: Vec<Shown>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogForm {
    Text,
    Json,
}

#[derive(Clone, Debug)]
struct Shown {
    name: &'static str,
    value: String,
    origin: String,
}

struct Setting {
    name: &'static str,
    variable: &'static str,
    default: &'static str,
    is_secret: bool,
}

const fn setting(name: &'static str, variable: &'static str, default: &'static str) -> Setting {
    Setting { name, variable, default, is_secret: false }
}

const SETTINGS: [Setting; 11] = [
    setting("listen", "BANGTIN_LISTEN", "127.0.0.1:8080"),
    setting("var", "BANGTIN_VAR", "var"),
    setting("content", "BANGTIN_CONTENT", "content"),
    Setting { name: "database_url", variable: "DATABASE_URL", default: "", is_secret: true },
    Setting { name: "signing_key", variable: "BANGTIN_SIGNING_KEY", default: "", is_secret: true },
    setting("proxies", "BANGTIN_PROXIES", ""),
    setting("webhooks_private", "BANGTIN_WEBHOOKS_PRIVATE", "false"),
    setting("log", "BANGTIN_LOG", "text"),
    setting("log_level", "BANGTIN_LOG_LEVEL", "warn,bangtin=info"),
    setting("development", "BANGTIN_DEVELOPMENT", "false"),
    setting("lang", "BANGTIN_LANG", "vi"),
];

/// Names the file; it is no setting of its own.
const FILE_VARIABLE: &str = "BANGTIN_CONFIG";
const FILE: &str = "bangtin.toml";

impl Config {
    /// From this process's environment and the file it names (by default `bangtin.toml` beside us, if there).
    pub fn load() -> Result<Config, Refusal> {
        let environment: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("BANGTIN_") || name == "DATABASE_URL")
            .collect();
        let named = environment.get(FILE_VARIABLE).cloned();
        let path = PathBuf::from(named.as_deref().unwrap_or(FILE));
        let file = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => String::new(),
            Err(error) => return Err(Refusal::io(&path, error)),
        };
        Config::read(&path.display().to_string(), &file, &environment)
    }

    pub fn read(path: &str, file: &str, environment: &BTreeMap<String, String>) -> Result<Config, Refusal> {
        if let Some(unknown) = environment
            .keys()
            .find(|name| name.as_str() != FILE_VARIABLE && !SETTINGS.iter().any(|setting| setting.variable == name.as_str()))
        {
            return Err(Refusal::Trouble(phrase!("config-unknown-variable", name = unknown)));
        }
        let table: toml::Table = file
            .parse()
            .map_err(|error: toml::de::Error| Refusal::Trouble(phrase!("config-bad-file", file = path, reason = error.message())))?;
        if let Some(unknown) = table.keys().find(|key| !SETTINGS.iter().any(|setting| setting.name == key.as_str())) {
            return Err(Refusal::Trouble(phrase!("config-unknown-key", file = path, name = unknown)));
        }
        let mut shown = Vec::with_capacity(SETTINGS.len());
        let mut values = BTreeMap::new();
        for setting in &SETTINGS {
            let (value, origin) = match (environment.get(setting.variable), table.get(setting.name)) {
                (Some(value), _) => (value.clone(), setting.variable.to_owned()),
                (None, Some(value)) => (flat(value).ok_or_else(|| bad(setting.name, value))?, path.to_owned()),
                (None, None) => (setting.default.to_owned(), String::new()),
            };
            shown.push(Shown { name: setting.name, value: if setting.is_secret { starred(&value) } else { value.clone() }, origin });
            values.insert(setting.name, value);
        }
        let of = |name: &str| values.get(name).cloned().unwrap_or_default();
        let list = |name: &str| -> Vec<String> {
            of(name).split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
        };
        let proxies: Result<Vec<IpNet>, Refusal> =
            list("proxies").iter().map(|net| network(net).ok_or_else(|| bad("proxies", net))).collect();
        let listen = list("listen");
        if let Some(wrong) = listen.iter().find(|address| address.parse::<std::net::SocketAddr>().is_err()) {
            return Err(bad("listen", wrong));
        }
        if listen.is_empty() {
            return Err(bad("listen", ""));
        }
        let flag = |name: &'static str| match of(name).as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(bad(name, other)),
        };
        Ok(Config {
            listen,
            var: of("var").into(),
            content: of("content").into(),
            database_url: Some(of("database_url")).filter(|url| !url.is_empty()),
            signing_key: Some(of("signing_key")).filter(|key| !key.trim().is_empty()),
            proxies: proxies?,
            log: match of("log").as_str() {
                "text" => LogForm::Text,
                "json" => LogForm::Json,
                other => return Err(bad("log", other)),
            },
            log_level: of("log_level"),
            webhooks_private: flag("webhooks_private")?,
            development: flag("development")?,
            lang: match of("lang").as_str() {
                "vi" => Lang::Vi,
                "en" => Lang::En,
                other => return Err(bad("lang", other)),
            },
            shown,
        })
    }

    /// What is in force and where it was said, as a file that could be used.
    pub fn shown(&self) -> String {
        let mut text = String::new();
        for shown in &self.shown {
            let value = toml::Value::String(shown.value.clone());
            let comment = if shown.value.is_empty() { "# " } else { "" };
            let origin = if shown.origin.is_empty() { String::new() } else { format!("  # {}", shown.origin) };
            text.push_str(&format!("{comment}{} = {value}{origin}\n", shown.name));
        }
        text
    }
}

fn bad(name: &'static str, value: impl std::fmt::Display) -> Refusal {
    Refusal::Trouble(phrase!("config-bad-value", name = name, value = value))
}

/// A text, or a list of texts joined by commas.
fn flat(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Array(items) => {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        _ => None,
    }
}

fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from))
}

/// An address without whatever may be secret in it: user, password and options. A password may itself hold `?` or `@`:
/// where it is not plain what is what, nothing is shown.
fn starred(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return if url.is_empty() { String::new() } else { "***".into() } };
    match (rest.rsplit_once('@'), rest.find('?'), rest.rfind('@')) {
        (Some((_, place)), Some(options), Some(at)) if options > at => {
            format!("{scheme}://***@{}", place.split('?').next().unwrap_or_default())
        }
        (Some((_, place)), None, _) => format!("{scheme}://***@{place}"),
        (None, None, _) => format!("{scheme}://{rest}"),
        _ => format!("{scheme}://***"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, environment: &[(&str, &str)]) -> Result<Config, Refusal> {
        let environment = environment.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Config::read("bangtin.toml", file, &environment)
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config =
            read("listen = \"127.0.0.1:1\"\nvar = \"there\"\n", &[("BANGTIN_LISTEN", "[::1]:2, 127.0.0.1:2")]).expect("both are sound");
        assert_eq!(config.listen, ["[::1]:2", "127.0.0.1:2"]);
        assert_eq!(config.var, PathBuf::from("there"));
    }

    #[test]
    fn what_nobody_knows_is_refused() {
        assert!(matches!(read("lisen = \"x\"", &[]), Err(Refusal::Trouble(phrase)) if phrase.key == "config-unknown-key"));
        assert!(matches!(read("", &[("BANGTIN_LISEN", "x")]), Err(Refusal::Trouble(phrase)) if phrase.key == "config-unknown-variable"));
        assert!(matches!(read("listen = \"nowhere\"", &[]), Err(Refusal::Trouble(phrase)) if phrase.key == "config-bad-value"));
        assert!(matches!(read("development = \"yes\"", &[]), Err(Refusal::Trouble(phrase)) if phrase.key == "config-bad-value"));
        assert!(matches!(read("proxies = [\"10.0.0.0/99\"]", &[]), Err(Refusal::Trouble(_))));
    }

    #[test]
    fn a_password_is_never_shown() {
        let shown = read("", &[("DATABASE_URL", "postgres://clerk:bí%20mật@db.example:5432/bangtin?password=x")]).expect("sound").shown();
        assert!(
            shown.contains("postgres://***@db.example:5432/bangtin") && !shown.contains("clerk") && !shown.contains("password=x"),
            "{shown}"
        );
        assert!(shown.contains("# DATABASE_URL"), "{shown}");
        for awkward in [
            "postgres://clerk:mat?khau@db/x",
            "postgres://clerk:mat@khau@db/x?a=b",
            "postgres://db/x?password=mat@khau",
            "postgres://db/x?password=khau",
        ] {
            let shown = read("", &[("DATABASE_URL", awkward)]).expect("sound").shown();
            assert!(!shown.contains("mat") && !shown.contains("khau"), "{shown}");
        }
    }
}
