//! **Bảng Tin**: an office writes a text once; every citizen and every board shows exactly what is in force, and the
//! office can prove it.
//!
//! This page is the architecture. It changes with the code, in the same commit.
//!
//! # The house
//! `src/` is by noun, in floors. A file imports its own noun and lower floors; on one floor a noun further right may
//! import one further left, but for the kinds of text, which never import each other. `tests/house.rs` holds it.
//!
//! ```text
//! 7 app        config, routes (every URL on one page), server, worker, log, exchange (import, export), verify
//! 6 channel    the ways out: page, feed, sitemap, file — one CHANNELS list
//! 4 article    standing                   kinds of text
//! 3 edition                               how any text lives: document, edition, revision, state, terms, verbs, find
//! 2 unit                                  the tree of administrative units through time
//! 1 store      web                        what lasts · the walls of HTTP
//! 0 kit                                   pure: no noun, no HTTP, no database
//! ```
//!
//! Floor 5 (bulletin, board), postings and reports on floor 4, approval on 3 and persons on 2 have their place and are
//! not built yet.
//!
//! # From a question to an answer
//! [`app::routes`] names the address and asks [`web::answer::answer`], which reads the clock **once**, looks among the
//! kept pages, and otherwise makes the answer in a [`web::answer::Reading`]: one instant, one snapshot of the store
//! ([`store::snapshot`], with the log position read inside it), one face of the site. Files of the shelf go through
//! [`web::file`], streamed and never kept: whether one may be seen is asked each time. Pages are put together in [`channel::page`] from what each noun shows of itself (`article::page`,
//! `unit::page`, …); templates in `templates/<noun>/` only lay out. A refusal below becomes a status and a page in
//! [`web::error`], and nowhere else.
//!
//! # The look
//! `static/css` has one sheet of tokens and one a noun; [`web::view`] puts into each kind of page the sheets that this kind
//! needs, inside the page, allowed by their hash in its policy. `/he-thong-giao-dien` ([`channel::page::design`], in
//! development only: `BANGTIN_DEVELOPMENT=true`) shows every part in light and in dark, from the same templates.
//! Places for postings and figures (`templates/parts/places.html`) stand on home and unit pages and take no room while
//! nothing fills them.
//!
//! # What is visible
//! [`edition::terms::visible`] is the one pure function of Law 1. What terms come to is stored beside them as
//! `[shown_from, shown_until)`, so that every query asks the same question ([`edition::terms::visible_at`], one index
//! range) and `bangtin verify` can compare the two. Nothing is switched on or off by a task: an answer carries the
//! instant at which it stops being true, [`edition::find::next_turn`], and is not used past it. Scheduling, ending,
//! superseding and withdrawing are all instants in those two columns. Who supersedes whom is settled after every act by
//! [`edition::terms::succession`], so that no order of acts shows two editions of a document, or none by accident.
//!
//! # Kept pages
//! The key of a kept page holds the log position it was made at ([`web::kept`]), so a change anywhere needs nobody to
//! clear anything. A process asks for the position at most every 25 ms, and knows of its own writes at once; that is
//! how a running server sees what `bangtin import` did beside it, without a signal between them.
//!
//! # What is written
//! Every write is [`store::Store::write`]: `BEGIN IMMEDIATE` on SQLite, one advisory lock on PostgreSQL. So positions in
//! the log are dense on both, and an act (`edition::verbs`) and its log row are one. Log rows and revisions are refused
//! change by triggers; the chain of digests shows whoever gets past them. Every row of an act seals the edition as the
//! act left it (words, HTML, filing, terms), so the chain vouches for all that citizens read, and `bangtin verify`
//! compares both ways. Two programs that start together on one database wait for each other: a lock file beside
//! SQLite, an advisory key of its own on PostgreSQL.
//!
//! # Content as files
//! [`app::exchange`] imports a folder or nothing: files are read in parallel, each by itself ([`edition::file`]), then
//! judged together with what is stored, then kept in one transaction, or judged again if somebody wrote meanwhile. A file alone is "the newest edition of its text";
//! `slug@2.md` is that edition and no other. A published edition is never edited: other words make the next one.
//! `site.toml` and the list of units are kept in the database too, so that an export is whole and several nodes agree;
//! after the first start the folder is no longer read unless somebody imports it.
//!
//! # Where this departs from the first design
//! * A document's unit and section are on its editions: a correction may move a text, and history keeps where it stood.
//! * A standing page is a kind of text of its own (`standing`), with a day of review.
//! * English has addresses of its own under `/en`, because no page may need a cookie to know its reader's language.
//! * Pictures are at `/anh/{digest}-{width}.webp` and attachments at `/tep/{digest}/{name}`: by content, and only while a
//!   visible text shows them.
//! * Words are `fluent-bundle` used directly, sixty lines in `kit/words.rs`: a missing word is an error that a test
//!   sees, and words can be overridden by the office's own files in `content/words/`.
//! * The configuration has no `clap` derive: help texts are words like any other, in the reader's language.

#[macro_use]
pub mod kit;
pub mod app;
pub mod article;
pub mod channel;
pub mod edition;
pub mod standing;
pub mod store;
pub mod unit;
pub mod web;
