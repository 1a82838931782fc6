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
//! 7 app        config, routes (every URL on one page), server, worker, log, exchange (import, export), pictures, verify,
//!              follow (other portals), keys
//! 6 channel    desk       api             the ways out: page, feed, sitemap, card, file, bulletin — one CHANNELS list · where
//!                                         staff work · the same verbs for programs
//! 5 bulletin   board                      what a unit publishes now, signed, for anybody to mirror; following one · the machine at a
//!                                         notice board that does
//! 4 article    standing   posting   report   kinds of text, which never import each other; each with its rules
//! 3 edition    approval                   how any text lives: document, edition, revision, state, terms, verbs, find ·
//!                                         the road that persons walk with it
//! 2 unit       person                     the tree of administrative units through time · who may do what where
//! 1 store      web                        what lasts · the walls of HTTP
//! 0 kit                                   pure: no noun, no HTTP, no database
//! ```
//!
//! # From a question to an answer
//! What is kept is given before the router is asked ([`web::guard`], [`web::answer`]): an answer lies under the one
//! address by which it is linked, in the codings that readers take ([`web::coding`]). Otherwise [`app::routes`] names the
//! address and asks [`web::answer::answer`], which reads the clock **once** and lets the first who asks make the answer
//! in a [`web::answer::Reading`]: one instant, one snapshot of the store ([`store::snapshot`], with the log position read
//! inside it), one face of the site; whoever asks meanwhile waits for that one making. Files of the shelf go through
//! [`web::file`], streamed and never kept: whether one may be seen is asked each time. Pages are put together in
//! [`channel::page`] from what each noun shows of itself (`article::page`, `unit::page`, …); templates in
//! `templates/<noun>/` only lay out. A refusal below becomes a status and a page in [`web::error`], and nowhere else;
//! pages that say the same to everybody are made and packed there once for each face of the site.
//!
//! # The look
//! `static/css` has one sheet of tokens and one a noun; [`web::view`] puts into each kind of page the sheets that this kind
//! needs, inside the page, allowed by their hash in its policy; paper's is a file of its own, which nobody waits for. `/he-thong-giao-dien` ([`channel::page::design`], in
//! development only: `BANGTIN_DEVELOPMENT=true`) shows every part in light and in dark, from the same templates.
//! `/don-vi` ([`channel::page::units`]) leads to every unit, and first to those of the unit whose portal this is (`unit` in
//! `site.toml`), which stand on the front page too; many stand folded, by letter. A page that lists units is true until
//! the next day on which one of them begins or ends.
//! Places for postings and figures (`templates/parts/places.html`) stand on home and unit pages and take no room while
//! nothing fills them.
//!
//! # What is visible
//! [`edition::terms::visible`] is the one pure function of Law 1. What terms come to is stored beside them as
//! `[shown_from, shown_until)`, so that every query asks the same question ([`edition::terms::visible_at`], one index
//! range) and `bangtin verify` can compare the two. Nothing is switched on or off by a task: an answer carries the
//! instant at which it stops being true, [`edition::change::next_turn`], and is not used past it. Scheduling, ending,
//! superseding and withdrawing are all instants in those two columns. Who supersedes whom is settled after every act by
//! [`edition::terms::succession`], so that no order of acts shows two editions of a document, or none by accident.
//!
//! # Earlier editions
//! Every edition has an address that never changes, `/tin/{slug}/ban/{number}` ([`channel::page::past`]): its words as
//! they stood, that it is old, and word by word what the next one changed ([`edition::compare`]: staff are shown
//! all that differs, readers the words). It is read while its text
//! shows and nothing but its successor ended it ([`edition::terms::readable`]). Words that must not be read any more are
//! taken back by withdrawing that edition, also when it is superseded: the text stays, and the edition's address gives
//! the reason. An old edition brings no file back: what the edition in force does not show stands there as its description.
//!
//! # Kept pages
//! Whoever finds something notes in the snapshot what it looked at, as topics ([`store::topic`]): this text, the list of
//! that section, which months hold anything. [`edition::change`] says in the same topics what rows of the log changed,
//! and [`web::kept`] compares: an answer is true while none of its topics has changed since it was made. So nobody clears
//! anything, an act makes anew the pages that show it and no other, and a draft none. The instant until which an
//! answer is true comes from the same topics. No page says which topics are its own, so none can forget one;
//! `tests/portal/kept.rs` holds every page after random stories of acts against the same page made anew.
//!
//! A process asks for the log's position at most every 30 ms, while readers go on being answered, and knows of its own
//! writes at once; that is how a running server sees what `bangtin import` did beside it, without a signal between them,
//! within 40 ms. A count of views is no event of the log: the page that tells it is true for a minute.
//!
//! No first page costs more the more there is: lists are steps of an index, and count no further than a thousand;
//! months are found one by one; a province's newest come from each of its units' own. A page far down a list costs the
//! steps to it.
//!
//! A list is looked at down to a date: what comes or goes below it changes other pages and not this one. How many
//! pages there are is looked at with so much to spare as is missing to one more or one less ([`store::topic::Look`]).
//! A month appears or vanishes only where no other text stands in it for ever.
//!
//! # Figures through time
//! [`report::heard`] asks the editions that show now what they say of one indicator in one unit: in its own reports, and wherever
//! its code is named on a day on which it bore it, so that a code that was given out again never brings another's figures.
//! [`report::line`] lets what was published last count and keeps what was said otherwise beside it; [`report::runs`] says which periods
//! may be read one below the other. What the units before a unit said stands apart ([`report::through_time`]), and is added up only
//! where all of each went in and the indicator adds over units, with the terms in sight. `observations` is made from the files on the
//! shelf and has an index for each of the three questions: of a file, of a code, of the days before.
//!
//! # Lists of postings
//! [`edition::find_shelf`] finds by unit and section together, what shows or what is over: all there is where that is
//! little, the newest of each place where there are few, else by date; an index each. What is over has topics of its own
//! ([`edition::change::over`]), so that an archive is made anew when something comes into it or leaves it.
//! [`channel::page::postings`] asks it in the words of a citizen; free words are looked for among a thousand at a time, and
//! such answers are not kept ([`web::answer::Answer::once`]). What applied on a day ([`posting::day`]) is asked of the
//! editions that hung then and of the keys that say when a text applies.
//!
//! # Feeds and site maps
//! [`channel::feed`] reads a feed's entries once and writes them as Atom, RSS or JSON Feed. What is gone again
//! ([`edition::find_gone`]) stays in them as a deleted entry for 90 days, from its instant on, in every feed where the
//! public has seen it. An entry's id is its text's first address: `first_address` of `site.toml` and
//! `documents.first_slug`, which whatever moves a text leaves alone. [`channel::sitemap`] is an index and a map of
//! every month, so that a new text touches one of them. `tests/schemas` holds what they are valid by.
//!
//! # A board's other forms
//! [`posting::board::now`] says what hangs in a unit and [`posting::board::words`] what each says and how it came; of that are made
//! its feeds ([`channel::feed::board`], whose entries are sheets on this board: another board's are others), its calendar
//! ([`channel::page::unit_calendar`]: a day is known by one name wherever it is told), its plain text ([`channel::plain`]) and its
//! warnings ([`channel::cap`], CAP 1.2: an edition is a message, and so is its end). What hung there and does not now is found
//! from editions and the unit's own word, without any list of it ([`posting::board::gone`]).
//!
//! # The screen of a board
//! `/bang-tin/{code}/man-hinh` is a shell without words of its own ([`web::screen`], on a floor that a device's program reaches
//! too: both serve the same page and scripts, and `Shell` says where each asks). `static/js/screen_rules.js` decides and
//! touches neither page nor line: what shows when, what a clock is worth, where a text may be cut, the lunar day.
//! `screen_line.js` knows: on the portal it follows the protocol by itself, with a pinned key and the last good bulletin in
//! the browser; on a device it asks the program beside it. `screen_text.js` cleans a text and cuts it into pages by what fits,
//! `screen.js` turns them, `screen_worker.js` keeps the shell and the pictures where the line is dead. Without scripts the
//! shell lists what hangs now.
//!
//! # What a reader sends
//! One thing: whether a text was useful ([`channel::page::useful`]). [`web::form`] takes it from pages of ours only,
//! [`web::limit`] hears one address so often and forgets it within the hour, and [`edition::answers`] adds one to a
//! count. It is no event of the log: no page shows it, and the office asks for it with `bangtin feedback`. How a page
//! looks is chosen without sending anything: `static/css/tools.css` asks `:has()`, and `static/js/reader.js` keeps the
//! choice in the browser and, loaded `async` from what is kept, sets it before the next page is painted.
//!
//! # What is shared
//! Every page names a share card and says of itself, in [`web::meta`] and in its noun's `page.rs`, what machines ask:
//! Open Graph, Dublin Core, schema.org. A card is an answer like any other ([`channel::card`]), drawn from the template in
//! `templates/card/` with lines that [`channel::card::lines`] breaks by the widths of the bundled font; it costs a core for
//! tens of milliseconds, so [`channel::card::draw::Painter`] gives out one turn at a time, before the database is asked.
//! The version in its address is the digest of what it shows.
//!
//! # People
//! Who works here is on [`person::roll`]; what a role may do, and where, is one table ([`person::access`]), asked in
//! the verb. A session ([`person::session`]) and a token ([`person::token`]) are asked for at each step, so what a
//! keeper takes is gone at once. Whoever shows anew who he is, or changes how he shows it, goes on under a new token.
//! Nobody chooses a password for anybody: a one-time link ([`person::link`]) is the only way in, for the first person
//! too; it is good while whoever gave it may still reach all that its owner may. Programs' tokens end with the password, and
//! are made against it. Mistakes cost time ([`person::throttle`]) and never the account, and at the first door nothing that
//! is said or counted tells who is known there. Every act on people seals what the person is
//! and may ([`person::proof`]), and `bangtin verify` compares.
//!
//! # What is written
//! Every write is [`store::Store::write`]: `BEGIN IMMEDIATE` on SQLite, one advisory lock on PostgreSQL. So positions in
//! the log are dense on both, and an act (`edition::verbs`) and its log row are one. Log rows and revisions are refused
//! change by triggers; the chain of digests shows whoever gets past them. Every row of an act seals the edition as the
//! act left it (words, HTML, filing, terms), so the chain vouches for all that citizens read, and `bangtin verify`
//! compares both ways. Two programs that start together on one database wait for each other: a lock file beside
//! SQLite, an advisory key of its own on PostgreSQL.
//!
//! # The road from draft to page
//! `edition::verbs` are acts that anybody may be let do, imports among them; [`approval`] is the road that persons walk
//! on them. Each of its verbs asks the table of roles, is given the seal of what was seen, and leaves a step beside the
//! log's row: who, when, why. What is submitted, approved and published is bound to that seal, and nobody approves what
//! he had a hand in ([`edition::step::writers`]). A save from a stale tab makes a revision beside the text; what
//! was sent when a session was over is held ([`approval::held`]) until its form is opened again, and goes into the history
//! beside whatever else is saved first. A correction may be filed in another unit: each unit sees the editions that are its
//! own ([`edition::find_history`], asked by pages and programs alike). An undone
//! publication ends at its own start, so that its span is empty and nobody can have seen it. What the desk's lists ask
//! of a text stands on its row of `documents`, written with every act ([`edition::entry`]). A draft may lack anything
//! that a file may not; as a file it is forgiven for it, so that an export is whole.
//!
//! # The desk
//! [`desk::ways`] is one table: every address, whom it is for, what reads it and what acts on it, so that a test can
//! walk all of them and no page can forget to ask. [`desk::door`] lets a visit in by its session, listens only to forms
//! that bear the session's mark and come from here, and has its answer kept by nobody; [`desk::outcome`] is what came
//! of it. A page is made by a plain function of a [`desk::door::Visit`]; the script (`static/js/desk.js`) only makes
//! quicker what works without it. What is typed is held while it is typed ([`approval::held`]), held when a session is
//! over, held when it is refused, and kept as a revision beside what somebody else saved first; each page holds what it
//! typed itself, and two of one text nothing over each other. What is held gives way to nothing but its day, and stands
//! on its owner's page ([`desk::unsaved`]) until he has gone on with it or dropped it. What cannot be held
//! is said while the browser still has it. A preview is the public page itself ([`channel::page::text::preview`]), with
//! its files lent by an address that asks who comes and sends them as the public is sent its own ([`web::file`]). A
//! draft's form and its checks ([`edition::checks`]) are read by one function whoever asks. Files come to a draft on a page of
//! their own ([`desk::files`]), each act a save of its own on the words as they stand, so that it is in no writer's way; what
//! a file is, is judged by what stands in it ([`kit::filetype`]), here and in an import. A country's units are listed
//! by pages from an index ([`unit::find`]), after those in which the reader works and those of the portal.
//!
//! # The rules of postings
//! What the law says is data: which days are off ([`posting::holidays`]), and how long, where and by which rule each kind
//! hangs ([`posting::kinds`]). [`kit::days`] only counts. Each is one text ([`store::settings`]) that is imported, exported
//! and proved like the site's description ([`app::exchange`] has the table of them), and that a keeper of the whole portal
//! changes at the desk: a form is written as the file, and judged as the file is, so that neither takes what the other
//! refuses. A year is sure only when somebody has said so and nothing is missing that the law gives; until then a
//! counted period says that it may change ([`posting::told`]). [`posting::kinds::Kind::check`] is the one place that
//! refuses a period, and quotes the rule.
//!
//! # Paper
//! [`kit::paper`] is the press: a template of `templates/paper/` and plain data become a PDF, tagged (PDF/UA-1) and fit for
//! archives (PDF/A-2a), or tagged alone with a warning for its author. The typesetter (`typst`) sees the program's templates
//! and fonts and the data, which it never reads as its language, and nothing else; the same data is the same bytes. A text
//! comes as a tree ([`kit::markdown::tree`]); [`kit::paper::fit`] measures its tables with the letters that print them, and
//! makes them smaller, turns their page or parts them. [`posting::paper`] is what goes onto it: sheets, records, registers.
//! Printing takes a core for tens of milliseconds: whoever answers readers keeps one [`kit::paper::Press`] and gives out turns.
//!
//! # Where postings hang
//! A unit's places ([`posting::places`]) are kept at the desk and in `places.csv`; each has a code that stands on its card and
//! in no file. What is done with a sheet there is a row that is never edited ([`posting::placements_note`]), noted at the desk
//! or at the board by whoever types the place's code; a wrong row is struck by another. What rows come to is one pure function
//! ([`posting::placements`]), which the order of their arrival changes only for what was told of one instant: phones send late and
//! twice. A board hangs only what is for its unit. The log says where
//! and when, and vouches for the rest, and for the places themselves, by seals that `bangtin verify` compares. Such a row touches the posting's own page and
//! no list ([`edition::change::BESIDE`]). The code on a sheet leads to `/n/{id}` for ever ([`channel::page::verdict`]); a
//! photograph is made anew without where it was taken, has no row of `media`, and so no address of the public's. Rows and
//! photographs go out with an export and come in again ([`posting::placements_file`]), each row known by its key.
//!
//! # Where a posting hangs
//! A posting may be for more than its own unit: for all below it, for codes, for groups ([`posting::groups`]).
//! [`posting::reach::Place::rule`] is the one pure question whether it hangs in a unit and by which rule; the store is only
//! asked for what may answer it, and [`posting::reach::units`] answers the other way. A code means who bore it on the day of
//! the posting. What a unit took in speaks on in it, as far as it was posted before ([`unit::lineage`]); a code that nobody
//! bears leads to what its unit became. What a unit does with what comes to it ([`posting::adopt`]) is rows, each an act in
//! the log; the topics of all this are in [`edition::reached`]: a province's posting touches one topic of the province, and
//! a commune's own line its own board only.
//!
//! # What must be disclosed
//! Nobody writes a register. [`posting::span`] finds what hung in a unit in a span of time by the same one question, and
//! [`posting::register`] tells of each its forms, days and places from the placements; what must not be named any more stands there
//! by its kind. A year's plan ([`posting::plan`]) is versions that are never edited, for changes are disclosed again; what became of
//! its days is a pure function of what was posted, each posting being the day that it is nearest to; what is on the portal alone,
//! where boards are asked for, is told apart. Both are pages,
//! papers ([`posting::paper::listing`]) and tables ([`kit::table`]: CSV and XLSX, in which nothing is ever a formula), and begin a posting
//! with everything in it. [`posting::coverage`] says of each place where a sheet is to hang one of eight things; number, list and tree
//! ([`posting::coverage_tree`]) are counts of that.
//!
//! # Figures
//! A report's figures are a file of its own on the shelf ([`report::observation`]): CSV, a line each, exact decimals, with indicator,
//! unit, period, members of dimensions, measure. The text names it and its digest seals it, so that an amendment is a new edition with a
//! new file and the old address keeps the old value. What a code means is one text of the whole portal ([`report::indicators`]): measures
//! with exact factors, indicators with what they are (stock, flow, ratio) and along what they add up, and identities that must hold.
//! It is kept at the desk or by a file ([`report::rules`]); what stored figures are of is neither taken away nor made to say something
//! else, whichever way it comes ([`report::uses`]).
//! [`report::check`] reckons them and mends nothing: what is off holds a report back ([`report::law`]) until somebody gives a reason, which
//! everybody reads. [`report::layout`] sets figures as tables by their own shape; page, CSV (described by CSVW), workbook and JSON are made
//! from the same [`report::loaded::Loaded`]. `observations` is made from the files, to ask across reports.
//!
//! No float stands between a file and a page. A workbook's number is an IEEE double, and the 15 digits that Excel shows of it are the
//! number ([`kit::sheet`]); what has more digits goes into a workbook as text.
//!
//! # Charts
//! [`kit::chart`] draws: names, figures and a width become an SVG whose every text was measured by the font that shows it
//! ([`kit::letters`]), so that none is clipped and none stands on another; it is drawn anew for each width. Of numbers it knows doubles, and
//! only to place marks: what is written is the report's own text. A page dresses a drawing by its sheet (`static/css/chart.css`), a file
//! bears its colours ([`kit::chart::Dress`]).
//!
//! # A clerk's spreadsheet
//! [`kit::sheet`] reads XLSX, XLS, ODS and CSV into one shape, whatever the bytes, within limits: readers of our own, because formats of
//! numbers, hidden rows and bounded memory are what libraries lack; one of them is the oracle in the tests. [`kit::figure`] reads what
//! offices write, both ways where there are two; [`kit::legacy`] the letters of before Unicode. [`report::intake`] guesses what rows and
//! columns are ([`report::intake::guess`]), makes figures by the answers ([`report::intake::take`], pure), and remembers the words of them
//! for the next file of that shape. [`desk::intake`] keeps nothing while a cell is open; files are read beside whoever waits
//! ([`desk::intake_job`]). A file that this portal gave is known by its heads and asks nothing ([`report::intake::own`]).
//!
//! # When figures come
//! An announced release ([`report::release_keep`]) is versions that are never edited: its date is confirmed, moved or cancelled, with
//! the reason. What became of it is a pure function of which reports of its series the public has seen since
//! ([`report::release::settle`]), so that nobody ticks anything off and nothing that waits for its hour settles anything before it.
//! The calendar ([`channel::page::releases`]) is a page and a file for phones; [`edition::of_units::releases`] is its topic.
//!
//! Who may see a report before its hour stands in the report itself and is public with it ([`report::early`]). Each has a link of his own,
//! asked anew at each step: whether the edition waits, whether he is on its list, whether the link was ended. It lends the page and the
//! files of that edition ([`desk::early`]), and notes each opening; nothing of it lies at another address.
//!
//! # The bulletin
//! What a unit publishes now, whole ([`bulletin::compose`]): what shows, and what will begin within the hours that `site.toml`
//! says, so that a board without a line begins in time; [`posting::Posting::held_back`] is in it from its own instant only. It is an answer
//! like any other, composed when asked for and kept while true, and never made for a unit that nobody asks about. Its bytes are signed
//! ([`web::signed`], [`kit::sign`]): Ed25519 over exactly what is sent, a strong ETag, a digest of each form, parts on request. A 304
//! proves nothing, so a small timestamp is signed anew each minute and names the bulletin by its `content`.
//!
//! Its number is the position of the last act that touched the unit or one above it. [`store::reaches`] has a row of each act for each
//! circle of those who see it ([`edition::reaching`]): a unit's own, all below a province, a group, everybody. So a province's posting is
//! one row with 166 communes as with 3,321, and a number is a step of an index for each circle in which a unit stands. The table
//! follows the log and can be made again from it. [`bulletin::changes`] tells these acts in their order, and between them what the clock
//! alone did, read from the terms as they stand: nobody keeps that feed, and its cursor is a position and an instant.
//!
//! Whoever waits or listens ([`channel::bulletin::hub`]) has one watcher a unit, which asks ten times a second whether the kept answer is still
//! true, and hands on only what is newest: a slow reader costs nothing. The private key is in a file of its own ([`store::ring`]) or in the
//! environment; its public half, who vouches for it and who revoked it are rows that the log seals ([`bulletin::keys`]). What a follower takes
//! and refuses is [`bulletin::judge`], without a line and without a store; [`bulletin::follow_take`] makes of another portal's items texts like any
//! other, which [`edition::entry`] lets nobody here change. The protocol is a document (`docs/protocol.md`, `docs/protocol.en.md`), and
//! `tests/follower` is a follower written from it alone.
//!
//! # A board
//! `bangtin board` is the same program without a database: a mirror in a folder, and the screen for a browser on that machine.
//! [`board::mirror`] takes a document that is the portal's own and newest, or nothing; [`board::folder`] keeps what must not be lost in two
//! copies, each swapped by one rename and read by its digest; files lie under theirs, and a cut download goes on. What power left half-written
//! or in one copy only is put right at the next start, before anything is heard ([`board::mirror::Mirror::open`]). What is over is taken
//! off the disk by the board's own time; the rest is then signed by the board itself, for a part of a signed document is signed by nobody.
//! [`board::time`] says whether that time is vouched for: by what the portal signed, by what went by since, or by a clock with a battery.
//! [`app::board`] keeps it up to date: it listens to the events and asks for a timestamp three times an hour, or every ten seconds where there is
//! no stream.
//!
//! What a board showed is its own word ([`board::record`]): the screen says every few seconds what can be seen on it, what comes round again
//! and again is one showing, and what nobody can answer for is a gap. What is over while nobody sees it ended at its own instant, and what only
//! a battery vouches for waits until the portal has borne the clock out. [`board::witness`] keeps that on the disk and sends it, signed by a key
//! that the board made itself; somebody at the desk typed the code on its screen and said where it stands ([`board::roll`]). The portal
//! makes of it rows of the posting record like any other ([`board::report`]), with the digest of what was shown, so that the record, the
//! register and the coverage need know nothing of machines, but for one thing: from a machine's last word on nobody answers for what it
//! showed ([`posting::screens`]). A place has a machine or paper, never both. An event has a name and is noted once.
//!
//! What is not well at a board is a state of its row at an instant ([`board::health`]), within the hours in which it is to be seen
//! ([`board::hours`]); which urgent posting is on no screen is asked of its coverage. [`app::alarms`] looks every twenty seconds
//! ([`board::watch`]) and keeps what it finds from when to when ([`board::alarms`]): the desk tells those who look after the board, webhooks
//! that want it are told, and a board has a history. It is no act of anybody, and in no log.
//!
//! # Pictures
//! [`kit::picture`] looks at a file before it decodes it, and makes renditions by a numbered recipe; a row of `media`
//! says which there are and by which recipe. Pages name what the row says, `/anh/…` serves what the row says, and a
//! text's HTML, made once, goes on naming what stood when it was saved: a name that was given is kept. An import makes
//! renditions before it publishes; whatever still lacks some is seen to by [`app::pictures`], away from any reader.
//!
//! # The log, read and taken along
//! [`store::log_find`] looks things up in it at a bounded cost, however long it is; [`edition::find_reach`] says which
//! rows somebody may know of who reads it for some units only, by the text that bore an address when the row was written; [`store::log_file`] says how a stranger checks the chain
//! from the file that [`desk::log`] gives. What is long is made while it is sent ([`web::stream`]).
//!
//! # Whom a unit has told
//! An office may have addresses told when its bulletin changes ([`bulletin::webhook`]). [`app::webhooks`] follows the log and
//! the clock by the change feed's own cursor: what is new is a row before it is sent, and a try is claimed in its row before it
//! is made ([`bulletin::webhook_tries`]), so that several processes send each once and none is lost with a process. One address
//! is sent one thing at a time, in order; when twenty wait, the cursor waits too. [`bulletin::webhook_line`] leads to the open network only: what a name
//! leads to is judged where the connection is made. Who is told is for the log; what was sent is not.
//!
//! # For programs
//! [`api::ways`] is one table: the addresses under `/api/v1` are served from it, and the OpenAPI document is made from it
//! and from the shapes in [`api::shape`], so that neither knows of an operation that the other does not. A token opens it,
//! never a cookie; every act on a text that is there names the edition that was seen (`If-Match`), by the seal that the log vouches for. The verbs
//! are those of the desk, and ask whether he may.
//!
//! # Content as files
//! [`app::exchange`] imports a folder or nothing: files are read in parallel, each by itself ([`edition::file`]), then
//! judged together with what is stored, then kept in one transaction, or judged again if somebody wrote meanwhile. A file alone is "the newest edition of its text";
//! `slug@2.md` is that edition and no other. A published edition is never edited: other words make the next one.
//! What hangs by the rules of its day is named in an export, and comes in unjudged by a kind's rule of today while it is unchanged.
//! `site.toml`, `holidays.toml`, `posting-kinds.toml` and the list of units are kept in the database too, so that an
//! export is whole and several nodes agree; after the first start the folder is no longer read unless somebody imports it.
//!
//! # Where this departs from the first design
//! * A document's unit and section are on its editions: a correction may move a text, and history keeps where it stood.
//! * A standing page is a kind of text of its own (`standing`), with a day of review.
//! * English has addresses of its own under `/en`, because no page may need a cookie to know its reader's language.
//! * Pictures are at `/anh/{digest}-{width}.webp` and `.jpg`, attachments at `/tep/{digest}/{name}`: by content, and only while a
//!   visible text shows them.
//! * Share cards are SVG drawn by `resvg`, the version that `typst` uses, and not one-page documents: balanced lines are
//!   our own either way, and it is three dozen crates instead of 161.
//! * A bulletin's signature stands in its answer too, so that one question is enough; and beside the bulletin there is a timestamp,
//!   because a line that only says "nothing new" cannot be told from one that somebody else answers.
//! * Words are `fluent-bundle` used directly, sixty lines in `kit/words.rs`: a missing word is an error that a test
//!   sees, and words can be overridden by the office's own files in `content/words/`.
//! * The configuration has no `clap` derive: help texts are words like any other, in the reader's language.

#[macro_use]
pub mod kit;
pub mod api;
pub mod app;
pub mod approval;
pub mod article;
pub mod board;
pub mod bulletin;
pub mod channel;
pub mod desk;
pub mod edition;
pub mod person;
pub mod posting;
pub mod report;
pub mod standing;
pub mod store;
pub mod unit;
pub mod web;
