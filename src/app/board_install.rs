//! `bangtin board install`: the units by which systemd keeps a board and its screen running, from the power switch on. It asks nothing and
//! touches nothing but the files that it wrote itself.

use std::ffi::OsStr;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::bulletin::pin;
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::phrase;

pub const UNITS: &str = "/etc/systemd/system";
pub const SERVICE: &str = "bangtin-board.service";
pub const KIOSK: &str = "bangtin-kiosk.service";
/// Begins the first line of what may be written over.
const MARK: &str = "# bangtin board install";
const STATE: &str = "bangtin-board";
const PLACE: &str = "/usr/local/bin/bangtin";
/// Whoever shows the screen: a session needs a user who is there.
const SHOWS: &str = "bangtin";
const BROWSERS: [&str; 2] = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];
const HOMES: [&str; 2] = ["/home", "/root"];
/// What keeps every question off a screen that nobody can answer.
const QUIET: [&str; 12] = [
    "--kiosk",
    "--ozone-platform=wayland",
    "--noerrdialogs",
    "--disable-session-crashed-bubble",
    "--disable-infobars",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-features=Translate",
    "--password-store=basic",
    "--incognito",
    "--check-for-update-interval=31536000",
    "--overscroll-history-navigation=0",
];

/// What was asked for on the command line.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub from: String,
    pub unit: String,
    pub listen: String,
    pub key: Option<String>,
    pub folder: Option<PathBuf>,
    pub user: Option<String>,
    pub browser: Option<PathBuf>,
    /// Where the units go.
    pub to: PathBuf,
    /// This program.
    pub program: PathBuf,
}

#[derive(Clone, Debug)]
pub struct Installed {
    pub written: Vec<PathBuf>,
    /// What is left to do, as it is typed.
    pub commands: Vec<String>,
}

/// Errors: what the board itself would refuse; what systemd could misread; a file that somebody else wrote. Then nothing was written.
pub fn install(wanted: &Wanted, words: &Words, lang: Lang) -> Result<Installed, Refusal> {
    let portal = pin::portal(&wanted.from)?;
    pin::given(&portal, wanted.key.as_deref())?;
    let listen = wanted.listen.parse::<SocketAddr>().ok().filter(|listen| listen.ip().is_loopback() && listen.port() > 0);
    let listen = listen.ok_or_else(|| Refusal::Trouble(phrase!("board-not-loopback", address = wanted.listen)))?;
    if wanted.unit.is_empty() || wanted.unit.len() > 12 || !wanted.unit.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(bad(&wanted.unit));
    }
    if let Some(user) = wanted.user.as_deref().filter(|user| !is_user(user)) {
        return Err(bad(user));
    }
    if wanted.folder.is_some() && wanted.user.is_none() {
        return Err(Refusal::Trouble(phrase!("board-install-needs-user")));
    }
    // A service sees nothing of homes and passing files.
    let is_far = HOMES.iter().chain(&["/tmp", "/var/tmp", "/run"]).any(|hidden| wanted.program.starts_with(hidden));
    let program = if is_far { Path::new(PLACE) } else { &wanted.program };
    let folder = match &wanted.folder {
        Some(folder) => std::path::absolute(folder).map_err(|error| Refusal::io(folder, error))?,
        None => Path::new("/var/lib").join(STATE),
    };
    let heading = |name: &str| format!("{MARK}\n# {}\n\n", words.say(lang, &phrase!("board-install-heading", name = name)));
    let units = [
        (SERVICE, heading(SERVICE) + &service(wanted, words, lang, (&portal, listen, program, &folder))?),
        (KIOSK, heading(KIOSK) + &kiosk(wanted, words, lang, listen)?),
    ];
    for (name, _) in &units {
        must_be_ours(&wanted.to.join(name))?;
    }
    fs::create_dir_all(&wanted.to).map_err(|error| Refusal::io(&wanted.to, error))?;
    let mut written = Vec::new();
    for (name, text) in units {
        let path = wanted.to.join(name);
        let beside = path.with_extension("service.new");
        fs::write(&beside, text).and_then(|()| fs::rename(&beside, &path)).map_err(|error| Refusal::io(&path, error))?;
        written.push(path);
    }
    Ok(Installed { commands: commands(wanted, is_far, &folder, &written), written })
}

fn bad(text: impl std::fmt::Display) -> Refusal {
    Refusal::Trouble(phrase!("board-install-bad", text = text))
}

/// As useradd takes it.
fn is_user(name: &str) -> bool {
    let is_first = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    name.len() <= 32
        && name.bytes().next().is_some_and(is_first)
        && name.bytes().all(|byte| is_first(byte) || byte.is_ascii_digit() || byte == b'-')
}

fn must_be_ours(path: &Path) -> Result<(), Refusal> {
    match fs::read_to_string(path) {
        Ok(text) if text.lines().next() == Some(MARK) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() != std::io::ErrorKind::InvalidData => Err(Refusal::io(path, error)),
        _ => Err(Refusal::Trouble(phrase!("board-install-not-ours", path = path.display()))),
    }
}

/// One word of a unit's line, however it is written (systemd.syntax(7), systemd.unit(5) on specifiers). Errors: what ends a line.
fn quoted(word: impl AsRef<OsStr>) -> Result<String, Refusal> {
    let word = word.as_ref().to_str().filter(|word| !word.contains(char::is_control));
    let word = word.ok_or_else(|| bad(""))?;
    Ok(format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%")))
}

/// One word of a command, in which `$` would stand for something else (systemd.service(5), command lines).
fn argument(word: impl AsRef<OsStr>) -> Result<String, Refusal> {
    Ok(quoted(word)?.replace('$', "$$"))
}

fn arguments<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<String, Refusal> {
    Ok(words.into_iter().map(argument).collect::<Result<Vec<_>, _>>()?.join(" "))
}

type Place<'p> = (&'p str, SocketAddr, &'p Path, &'p Path);

fn service(wanted: &Wanted, words: &Words, lang: Lang, (portal, listen, program, folder): Place<'_>) -> Result<String, Refusal> {
    let said = words.say(lang, &phrase!("board-install-service", unit = wanted.unit));
    let listen = listen.to_string();
    let mut told = vec!["--from", portal, "--unit", &wanted.unit, "--listen", &listen];
    if let Some(key) = &wanted.key {
        told.extend(["--key", key]);
    }
    let line = format!("{} board {} --in {}", quoted(program)?, arguments(told)?, argument(folder)?);
    let (who, room) = match (&wanted.user, &wanted.folder) {
        (Some(user), Some(_)) => (format!("User={user}"), format!("ReadWritePaths={}\nWorkingDirectory=/", quoted(folder)?)),
        (Some(user), None) => {
            (format!("User={user}"), format!("StateDirectory={STATE}\nStateDirectoryMode=0700\nWorkingDirectory=%S/{STATE}"))
        }
        (None, _) => {
            ("DynamicUser=yes".to_owned(), format!("StateDirectory={STATE}\nStateDirectoryMode=0700\nWorkingDirectory=%S/{STATE}"))
        }
    };
    let home = if HOMES.iter().any(|home| folder.starts_with(home)) { "read-only" } else { "yes" };
    // It waits for no line: what it shows is on its disk. 24 MB are its own with 200 postings; what is let beyond is for reading a very
    // long bulletin, for a board that is killed at each of those would never show it.
    Ok(format!(
        "[Unit]
Description={said}
After=network.target
StartLimitIntervalSec=0

[Service]
ExecStart={line}
Restart=always
RestartSec=2
{who}
{room}
UMask=0077
MemoryHigh=64M
MemoryMax=192M
TasksMax=64
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome={home}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
"
    ))
}

fn kiosk(wanted: &Wanted, words: &Words, lang: Lang, listen: SocketAddr) -> Result<String, Refusal> {
    let said = words.say(lang, &phrase!("board-install-kiosk", unit = wanted.unit));
    let found = || BROWSERS.iter().find(|path| Path::new(path).exists()).unwrap_or(&BROWSERS[0]).into();
    let browser = wanted.browser.clone().unwrap_or_else(found);
    let browser = std::path::absolute(&browser).map_err(|error| Refusal::io(&browser, error))?;
    let app = format!("--app=http://{listen}/");
    let line = format!("/usr/bin/cage -d -- {} {} {}", argument(&browser)?, arguments(QUIET)?, argument(&app)?);
    let user = wanted.user.as_deref().unwrap_or(SHOWS);
    let (ip, port) = (listen.ip(), listen.port());
    // A session at the first console, as cage's own documentation has it; with the console comes the screen.
    Ok(format!(
        "[Unit]
Description={said}
Wants={SERVICE} dbus.socket systemd-logind.service
After={SERVICE} dbus.socket systemd-logind.service systemd-user-sessions.service plymouth-quit-wait.service getty@tty1.service
Conflicts=getty@tty1.service
ConditionPathExists=/dev/tty0
StartLimitIntervalSec=0

[Service]
ExecStartPre=/bin/bash -c \"until (: </dev/tcp/{ip}/{port}) 2>/dev/null; do sleep 0.2; done\"
ExecStart={line}
Restart=always
RestartSec=3
TimeoutStartSec=infinity
User={user}
PAMName=login
Environment=XDG_SESSION_TYPE=wayland
UtmpIdentifier=tty1
UtmpMode=user
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal

[Install]
WantedBy=multi-user.target
"
    ))
}

fn commands(wanted: &Wanted, is_far: bool, folder: &Path, written: &[PathBuf]) -> Vec<String> {
    let user = wanted.user.as_deref().unwrap_or(SHOWS);
    let mut commands = Vec::new();
    if is_far {
        commands.push(format!("install -m 755 {} {PLACE}", typed(&wanted.program)));
    }
    commands.push("apt install cage chromium".to_owned());
    commands.push(format!("id {user} || useradd --create-home --shell /usr/sbin/nologin {user}"));
    if wanted.folder.is_some() {
        commands.push(format!("install -d -m 700 -o {user} {}", typed(folder)));
    }
    if wanted.to != Path::new(UNITS) {
        let units: Vec<String> = written.iter().map(|path| typed(path)).collect();
        commands.push(format!("cp {} {UNITS}/", units.join(" ")));
    }
    commands.push("systemctl daemon-reload".to_owned());
    commands.push(format!("systemctl enable --now {SERVICE} {KIOSK}"));
    commands
}

/// As a shell takes it for one word.
fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    if is_plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
