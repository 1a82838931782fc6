//! The shell of a unit's screen: one page without any text of its own that the script fills. The portal serves it at
//! `/bang-tin/{code}/man-hinh`, and a board's device serves the same one to itself (`http://127.0.0.1:8181/`), so it
//! stands on a floor that both reach. All that tells the two apart is in [`Shell`].

use actix_web::http::header::HeaderValue;
use serde::Serialize;

use super::Face;
use super::answer::{Answer, HTML, Reading};
use super::view::{Link, View};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;

/// The kind of page whose style it has.
pub const KIND: &str = "screen";
/// The header by which a worker knows the shell from whatever a network puts in its place.
pub const MARKER: (&str, &str) = ("bulletin-screen", "1");
/// For how long what ends is shown after the line fell silent, in hours: a week.
pub const LIMIT_HOURS: u32 = 168;

/// What the shell needs to know. An empty address means that there is none of its kind here.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shell {
    /// Of the unit, and its name in a sentence (`xã Đông Kiều`). Both empty on a device that nobody has given a board yet.
    pub code: String,
    pub unit: String,
    /// The public address of the portal, without a slash at its end.
    pub portal: String,
    /// The unit's board, absolute: where somebody reads on who stands before an empty screen.
    pub board: String,
    /// Of `bulletin.json`.
    pub bulletin: String,
    /// Of `timestamp.json`: on the portal only, where the script itself asks and checks.
    pub timestamp: String,
    /// On the device only: what its program knows of the time and the line.
    pub state: String,
    /// On the device only: where the script says what is on the screen.
    pub shown: String,
    /// On the device only: a file of the bulletin is at this and its SHA-256.
    pub files: String,
    /// On the portal only: of the service worker.
    pub worker: String,
    pub limit_hours: u32,
    /// The groups of what must be disclosed, in their order; those that are not named stand behind them.
    pub groups: Vec<String>,
    /// For a browser without scripts; nothing on the device, whose browser is known.
    pub hanging: Vec<Part>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub name: String,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub link: Link,
    pub kind: String,
    pub from: String,
    pub until: String,
    pub line: String,
    pub drill: bool,
    pub sample: bool,
}

/// The page, and the content security policy that goes with it.
pub fn page(view: &View, face: &Face, shell: &Shell) -> Result<(String, String), Refusal> {
    let style = face.style(KIND);
    let mut context = tera::Context::new();
    context.insert("shell", shell);
    context.insert("lang", Lang::Vi.tag());
    context.insert("css", &style.css);
    Ok((view.render("screen/page.html", &context)?, style.policy.clone()))
}

pub fn answer(reading: &Reading, shell: &Shell) -> Result<Answer, Refusal> {
    let (html, policy) = page(&reading.web.view, &reading.face, shell)?;
    let mut answer = Answer::new(reading, HTML, html);
    answer.policy = HeaderValue::from_str(&policy).ok();
    answer.marker = Some(MARKER);
    Ok(answer)
}
