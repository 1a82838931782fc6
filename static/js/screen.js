// A unit's board on a wall: turns what hangs now, page by page, says how old it is, and lets people look things up. What is
// shown when is a rule (screen_rules.js); what is known comes from the line (screen_line.js).
(function () {
  "use strict";

  const rules = ScreenRules;
  const { element, cleaned, blocks, paged, draw } = ScreenText;
  const root = document.documentElement;
  const settings = Object.assign({}, root.dataset, { keys: "/.well-known/bangtin.json" });
  const LIMIT = (Number(settings.limitHours) || 168) * 3600000;

  const TICK = 500;
  // Whoever went away leaves the board as it was.
  const IDLE = 60000;
  const LOOK_KEPT = 5 * 60000;
  const TELL_EVERY = 10000;
  const LARGER = 1.35;
  const SMALL_LARGER = 1.15;
  const FADE = 700;

  const words = {};
  const template = document.getElementById("words").content;
  template.querySelectorAll("[data-word]").forEach((word) => { words[word.dataset.word] = word.textContent; });
  const order = Array.from(template.querySelectorAll("[data-group]"), (group) => group.textContent);
  const say = (word, given) => rules.fill(words[word], given);

  const $ = (id) => document.getElementById(id);
  const stage = $("stage");
  const line = ScreenLine.start(settings);

  // ---- the state of the screen ----------------------------------------------------------------------------------------

  // What is looked at: "turn", "list", or "read" for one that was opened from the list.
  let mode = "turn";
  let known = line.now();
  let found = rules.shown(null, known.now, known.clock, NaN, LIMIT);
  // The item in sight, its pages, and which of them.
  let current = null;
  let place = 0;
  let due = 0;
  let lasts = 0;
  let isPaused = false;
  let touchedAt = -Infinity;
  let turning = 0;
  let shownSince = known.now;
  let lastKey = "";
  let wasUrgent = false;
  let toldAt = 0;

  const mono = () => performance.now();
  // With how many of its files are gone: they go by themselves, and the page that shows one with them.
  const keyOf = (item) => {
    const gone = (item.files || []).filter((file) => rules.isGone(file, known.now, known.clock)).length;
    return item.id + "@" + item.edition + " " + item.digest + " " + gone;
  };
  const isNews = (item) => item.byline !== undefined;

  // ---- look -----------------------------------------------------------------------------------------------------------

  const look = { large: false, contrast: false };

  function recallLook() {
    try {
      const kept = JSON.parse(localStorage.getItem("screen-look")) || {};
      if (Date.now() - kept.at < LOOK_KEPT) Object.assign(look, { large: !!kept.large, contrast: !!kept.contrast });
    } catch (error) {
      // Nothing is kept here, or nothing that can be read.
    }
  }

  function keepLook() {
    try {
      if (look.large || look.contrast) localStorage.setItem("screen-look", JSON.stringify(Object.assign({ at: Date.now() }, look)));
      else localStorage.removeItem("screen-look");
    } catch (error) {
      // It holds for as long as the page does.
    }
  }

  function wear() {
    const isSmall = Math.min(window.innerWidth, window.innerHeight) < 500;
    const size = rules.size(window.innerWidth, window.innerHeight) * (look.large ? (isSmall ? SMALL_LARGER : LARGER) : 1);
    root.style.fontSize = size + "px";
    root.classList.toggle("is-large", look.large);
    root.classList.toggle("is-contrast", look.contrast);
    root.classList.toggle("is-tall", window.innerHeight > window.innerWidth);
    root.classList.toggle("is-small", isSmall);
    ["large", "contrast"].forEach((name) => button(name).setAttribute("aria-pressed", String(look[name])));
  }

  const button = (value) => document.querySelector(".foot-controls [value=" + value + "]");

  // ---- one item -------------------------------------------------------------------------------------------------------

  // Where this screen has a file of the bulletin; null where it has not, or where the file is gone.
  function addressOf(file) {
    if (!file || rules.isGone(file, known.now, known.clock)) return null;
    if (settings.files) return known.files && known.files.indexOf(file.sha256) < 0 ? null : settings.files + file.sha256;
    return pathOf(file);
  }

  // The portal's own address may be another than the one by which this screen reaches it (protocol, §5).
  function pathOf(file) {
    try {
      return new URL(file.url).pathname;
    } catch (error) {
      return null;
    }
  }

  function qr(address, label) {
    const code = ScreenQr.make(address);
    if (!code) return null;
    const figure = element("figure", "qr");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "-4 -4 " + (code.size + 8) + " " + (code.size + 8));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label + ": " + address);
    svg.setAttribute("shape-rendering", "crispEdges");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", code.path);
    svg.append(path);
    figure.append(svg, element("figcaption", "", label));
    return figure;
  }

  function tags(item) {
    const row = element("p", "tags");
    if (item.priority === "urgent") row.append(element("span", "tag is-urgent", words.urgent));
    if (item.drill) row.append(element("span", "tag is-drill", words.drill));
    row.append(element("span", "kind", isNews(item) ? words.news : item.type && item.type.name));
    if (item.sample) row.append(element("span", "tag is-sample", words.sample));
    if (item.origin) row.append(element("span", "origin", item.origin.text.charAt(0).toUpperCase() + item.origin.text.slice(1)));
    return row;
  }

  function facts(item) {
    const list = element("dl", "facts");
    const fact = (name, text) => {
      if (!text) return;
      const pair = element("div");
      pair.append(element("dt", "", name), element("dd", "", text));
      list.append(pair);
    };
    fact(words.number, item.number);
    fact(words.issuer, item.issuer || item.byline);
    fact(words.posted, rules.dayWritten(rules.parsed(item.posted_at)));
    fact(words.until, rules.untilWords(item, words));
    return list;
  }

  // The frame of an item's pages: the first bears the whole title, those after it a line of it.
  function sheet(item) {
    const article = element("article", "sheet");
    if (item.priority === "urgent") article.classList.add("is-urgent");
    const text = element("div", "sheet-text");
    const title = element("h2", "title", item.title);
    const box = element("div", "words");
    text.append(tags(item), title, box);
    const side = element("aside", "side");
    const files = rules.attachments(item, known.now, known.clock).length;
    const code = qr(item.url, files ? say("phone-files", { n: files }) : words.phone);
    side.append(facts(item));
    if (code) side.append(code);
    article.append(text, side);
    title.classList.add(item.title.length > 90 ? "is-long" : item.title.length > 45 ? "is-middling" : "is-short");
    return { article: article, box: box, title: title };
  }

  function bodyOf(item) {
    const pictures = {};
    (item.files || []).forEach((file) => { if (file.shown_as) pictures[file.shown_as] = file; });
    const body = cleaned(item.html || "", (src) => addressOf(pictures[src]), words);
    const first = document.createDocumentFragment();
    if (item.line) {
      const said = element("p", "said");
      said.append(element("strong", "", words.here + ": "), item.line);
      first.append(said);
    }
    if (item.lead) first.append(element("p", "lead", item.lead));
    const above = item.picture && addressOf(item.picture);
    if (above) {
      const figure = element("figure", "above");
      const image = element("img");
      image.src = above;
      image.alt = item.picture.title || "";
      figure.append(image);
      first.append(figure);
    }
    body.insertBefore(first, body.firstChild);
    return body;
  }

  // Pictures take room only when they are there; one that does not come is told by its words.
  function pictured(body) {
    const waiting = Array.from(body.querySelectorAll("img"), (image) => new Promise((resolve) => {
      const missing = () => {
        image.replaceWith(element("em", "no-picture", image.alt ? say("picture", { text: image.alt }) : words["picture-gone"]));
        resolve();
      };
      if (image.complete && image.naturalWidth) return resolve();
      image.onload = resolve;
      image.onerror = missing;
      return setTimeout(() => (image.naturalWidth ? resolve() : missing()), 6000);
    }));
    return Promise.all(waiting);
  }

  // An item with its pages, in the type that suits how much it says.
  async function made(item) {
    const body = bodyOf(item);
    const fonts = document.fonts ? document.fonts.ready : null;
    await Promise.all([pictured(body), fonts]);
    const { article, box, title } = sheet(item);
    article.classList.add("is-measured");
    stage.append(article);
    const all = blocks(body, words);
    const frame = (index) => {
      article.classList.toggle("is-later", index > 0);
      return box;
    };
    frame(0);
    // A title is read first, and must leave room for what it announces.
    const side = article.querySelector(".side");
    settleSide(side);
    const room = box.parentElement.clientHeight;
    for (let size = 1; size > 0.5 && title.offsetHeight > room * 0.48; size -= 0.08) title.style.fontSize = size * 1.8 + "rem";
    if (box.clientHeight < 4 * parseFloat(getComputedStyle(box).lineHeight)) side.classList.add("is-gone");
    let pages = [];
    for (const scale of ["is-largest", "is-larger", "is-large-text", ""]) {
      article.classList.remove("is-largest", "is-larger", "is-large-text");
      if (scale) article.classList.add(scale);
      pages = paged(all, frame);
      if (pages.length <= 1) break;
    }
    article.remove();
    article.classList.remove("is-measured");
    if (!pages.length) pages = [[]];
    return { item: item, key: keyOf(item), article: article, box: box, blocks: all, pages: pages };
  }

  // Beside the text there is so much room: what does not go in is read where the code leads.
  function settleSide(side) {
    const facts = side.querySelector(".facts");
    const isOver = () => facts.scrollHeight > facts.clientHeight + 1;
    if (isOver()) side.classList.add("is-tight");
    while (isOver() && facts.children.length > 1) facts.lastChild.remove();
  }

  // What somebody reads on this page, for how long it stays.
  function textOf(shown, page) {
    return (page === 0 ? shown.item.title + " " : "") + shown.box.textContent;
  }

  function put(next, isCalm) {
    const last = Array.from(stage.children);
    stage.append(next);
    next.classList.toggle("is-coming", isCalm);
    last.forEach((old) => {
      if (!isCalm || !old.classList.contains("sheet")) return old.remove();
      old.classList.add("is-going");
      old.setAttribute("aria-hidden", "true");
      return setTimeout(() => old.remove(), FADE);
    });
  }

  const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function page(index) {
    place = Math.max(0, Math.min(current.pages.length - 1, index));
    const copy = current.article.cloneNode(true);
    copy.classList.toggle("is-later", place > 0);
    const box = copy.querySelector(".words");
    draw(box, current.pages[place], current.blocks);
    root.classList.toggle("is-urgent", current.item.priority === "urgent");
    put(copy, !isStill());
    shrink(box, current.pages[place]);
    current.box = box;
    begin(rules.readingTime(textOf(current, place)));
    tell(true);
  }

  // What fits on no page, made smaller until it does.
  function shrink(box, pieces) {
    if (!pieces.some((piece) => piece.forced)) return;
    for (let size = 0.95; size > 0.4 && (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1); size -= 0.05) box.style.fontSize = size + "em";
  }

  function begin(time) {
    lasts = time;
    due = mono() + time;
    shownSince = known.now;
    progress();
    where();
  }

  // ---- turning --------------------------------------------------------------------------------------------------------

  const list = () => (mode === "read" ? found.all : found.turn);
  const indexIn = (items) => (current ? items.findIndex((item) => item.id === current.item.id) : -1);

  // Shows an item from this page on. What is gone already has left the screen: its successor's title stands there until the rest is drawn.
  async function open(item, from) {
    const turn = turning += 1;
    if (!stage.firstElementChild) put(sheet(item).article, false);
    try {
      const next = await made(item);
      // Something else was opened while its pictures came.
      if (turn !== turning || mode === "list") return;
      current = next;
      page(from || 0);
    } catch (error) {
      // One text that cannot be drawn must not stop the others.
      if (turn === turning) begin(8000);
      console.error(error);
    }
  }

  function calm() {
    turning += 1;
    current = null;
    root.classList.remove("is-urgent");
    const article = element("article", "calm");
    if (known.pairing) {
      article.append(element("p", "calm-line", words.pairing), element("p", "code", known.pairing), element("p", "calm-small", words["pairing-text"]));
    } else {
      const why = found.reason === "clock" ? "nothing-clock" : found.reason === "limit" ? "nothing-limit" : known.bulletin ? "nothing" : "nothing-yet";
      const name = unitName();
      if (name) article.append(element("p", "calm-name", say("board", { unit: name })));
      article.append(element("p", "calm-line", words[why]));
      const code = settings.board ? qr(settings.board, words.phone) : null;
      if (code) article.append(code);
    }
    put(article, false);
    // The words come first.
    const code = article.querySelector(".qr");
    if (code && article.scrollHeight > article.clientHeight + 1) code.remove();
    begin(60000);
    tell(true);
  }

  function turn(step) {
    const items = list();
    if (!items.length) return calm();
    const at = indexIn(items);
    const next = at < 0 ? 0 : (at + step + items.length) % items.length;
    // A single page that stands there already stays.
    if (current && items[next].id === current.item.id && current.pages.length === 1) return begin(lasts);
    return open(items[next]);
  }

  function forward() {
    if (current && place < current.pages.length - 1) return page(place + 1);
    if (mode === "read") return page(0);
    return turn(1);
  }

  function back() {
    if (current && place > 0) return page(place - 1);
    if (mode === "read" || !current) return undefined;
    const items = list();
    const at = indexIn(items);
    return items.length ? open(items[(Math.max(at, 0) - 1 + items.length) % items.length], Infinity) : undefined;
  }

  // ---- looking things up ----------------------------------------------------------------------------------------------

  function listed() {
    mode = "list";
    turning += 1;
    current = null;
    root.classList.remove("is-urgent");
    const section = element("section", "list");
    section.append(element("h2", "list-title", words["look-up-title"]));
    const groups = rules.groups(found.all, order, words);
    groups.forEach((group) => {
      const part = element("section", group.urgent ? "list-part is-urgent" : "list-part");
      part.append(element("h3", "", group.name));
      const rows = element("ul");
      group.items.forEach((item) => {
        const row = element("li");
        const way = element("button", "way");
        way.type = "button";
        way.dataset.id = item.id;
        const more = [item.number && words.number + " " + item.number, item.until && words.until + " " + rules.untilWords(item, words), item.drill && words.drill, item.sample && words.sample];
        way.append(element("span", "way-title", item.title), element("span", "way-facts", more.filter(Boolean).join(" · ")));
        row.append(way);
        rows.append(row);
      });
      part.append(rows);
      section.append(part);
    });
    if (!groups.length) section.append(element("p", "calm-line", words[found.reason === "clock" ? "nothing-clock" : found.reason === "limit" ? "nothing-limit" : "nothing"]));
    put(section, false);
    begin(IDLE);
    const first = section.querySelector(".way");
    if (first) first.focus({ preventScroll: true });
    controls();
    tell(true);
  }

  function resume() {
    mode = "turn";
    isPaused = false;
    controls();
    turn(1);
  }

  function opened(id) {
    const item = found.all.find((item) => item.id === id);
    if (!item) return;
    mode = "read";
    controls();
    open(item);
  }

  // ---- what is always in sight ----------------------------------------------------------------------------------------

  const unitName = () => (known.bulletin && known.bulletin.unit && known.bulletin.unit.name) || settings.unit;

  function set(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  function head() {
    const isUnset = known.clock === "unset";
    const here = rules.local(known.now);
    set($("clock"), isUnset ? "--:--" : rules.clockTime(known.now));
    set($("day"), isUnset ? words["no-time"] : words["weekday-" + here.weekday] + ", " + rules.dayWritten(known.now));
    set($("lunar"), isUnset ? "" : rules.lunarWords(known.now, words));
    if (unitName()) set($("unit"), say("board", { unit: unitName() }));
  }

  function notice() {
    const at = isNaN(known.updatedAt) ? "" : rules.when(known.updatedAt, known.now);
    const said = [];
    if (found.reason === "clock") said.push(say(known.clock === "unset" ? "why-unset" : "why-jumped", { n: found.hidden }));
    if (found.reason === "limit") said.push(say("why-limit", { at: at, n: found.hidden }));
    if (found.reason === "stale") said.push(say("why-stale", { at: at, age: rules.age(Math.max(0, known.now - known.updatedAt), words) }));
    if (known.fault && words["fault-" + known.fault]) said.push(words["fault-" + known.fault]);
    if (known.pairing && known.bulletin) said.push(words.pairing + ": " + known.pairing + ".");
    const text = said.join(" ");
    const node = $("notice");
    set(node, text);
    if (node.hidden !== (text === "")) {
      node.hidden = text === "";
      again();
    }
    const isClear = known.clock !== "unset" && at;
    set($("updated"), at ? say("updated", { at: isClear ? at : rules.clockTime(known.updatedAt) + " " + rules.dayWritten(known.updatedAt) }) : words["updated-never"]);
  }

  function where() {
    const items = list();
    const at = indexIn(items);
    const parts = [];
    if (isPaused) parts.push(words.paused);
    if (mode !== "list" && current && at >= 0) {
      if (mode === "turn" && items.length > 1) parts.push(say("text", { n: at + 1, of: items.length }));
      parts.push(say("page", { n: place + 1, of: current.pages.length }));
    }
    set($("where"), parts.join(" · "));
  }

  function progress() {
    const bar = $("progress").firstElementChild;
    const isBare = mode !== "turn" || isPaused || !current || isStill();
    const passed = isBare ? 0 : Math.min(1, 1 - (due - mono()) / lasts);
    bar.style.transform = "scaleX(" + passed.toFixed(4) + ")";
  }

  function controls() {
    set(button("list"), mode === "turn" ? words["look-up"] : mode === "read" ? words.list : words.turning);
    set(button("pause"), mode === "read" ? words.turning : isPaused ? words.resume : words.pause);
    button("pause").hidden = mode === "list";
    root.dataset.mode = mode;
    where();
  }

  // ---- what is told to the device -------------------------------------------------------------------------------------

  // Whether the browser paints at all: a covered or sleeping window gets no frames.
  function painted() {
    return new Promise((resolve) => {
      requestAnimationFrame(() => resolve(true));
      setTimeout(() => resolve(false), 2000);
    });
  }

  async function tell(isTurn) {
    if (!settings.shown || (!isTurn && mono() - toldAt < TELL_EVERY)) return;
    toldAt = mono();
    const item = current ? current.item : null;
    const what = {
      page: current ? place + 1 : 0,
      items: item ? [{ id: item.id, edition: item.edition, digest: item.digest }] : [],
      since: rules.rfc3339(shownSince),
      fraction: current ? [place + 1, current.pages.length] : [0, 0],
    };
    const isPainted = await painted();
    line.tell(Object.assign({ visible: isPainted && document.visibilityState === "visible", upright: window.innerHeight > window.innerWidth }, what));
  }

  // ---- every half second ----------------------------------------------------------------------------------------------

  function tick() {
    known = line.now();
    found = rules.shown(known.bulletin, known.now, known.clock, known.freshUntil, LIMIT);
    const isCode = known.pairing && !known.bulletin;
    const key = [found.reason, known.pairing || "", found.urgent, !known.bulletin].concat(found.all.map(keyOf)).join("\n");
    head();
    notice();
    if (key !== lastKey) {
      lastKey = key;
      changed(isCode);
    } else if (mode !== "turn" && mono() - touchedAt > IDLE) resume();
    else if (isPaused && mono() - touchedAt > IDLE) {
      isPaused = false;
      controls();
      begin(lasts);
    } else if (mode === "turn" && !isPaused && mono() >= due) {
      // The next one comes when it is drawn; until then nobody asks again.
      due = Infinity;
      forward();
    }
    if (mono() - touchedAt > LOOK_KEPT && (look.large || look.contrast)) chosen({ large: false, contrast: false });
    progress();
    tell(false);
  }

  // What hangs has changed: what does not hang any more leaves the screen at once, and the urgent comes to it at once.
  function changed(isCode) {
    // Whoever is looking something up must hear it too.
    const isAlarm = found.urgent && !wasUrgent;
    wasUrgent = found.urgent;
    if (isAlarm && mode !== "turn") {
      mode = "turn";
      controls();
    }
    if (mode === "list") return listed();
    const items = list();
    const held = current && items.find((item) => keyOf(item) === current.key);
    if (held && !isCode) return where();
    if (mode === "read") {
      mode = "turn";
      controls();
    }
    if (isCode || !found.turn.length) return calm();
    const successor = current && found.turn.find((item) => item.id === current.item.id);
    stage.textContent = "";
    return open(successor || found.turn[0]);
  }

  // After what changes how much fits.
  let soon = 0;
  function again() {
    clearTimeout(soon);
    soon = setTimeout(() => {
      wear();
      if (mode === "list") return;
      if (current) open(current.item, place);
      else if (stage.querySelector(".calm")) calm();
    }, 150);
  }

  // ---- whoever stands before it ---------------------------------------------------------------------------------------

  function chosen(next) {
    Object.assign(look, next);
    keepLook();
    wear();
    again();
  }

  const acts = {
    list: () => (mode === "list" ? resume() : listed()),
    pause: () => {
      if (mode === "read") return resume();
      isPaused = !isPaused;
      if (!isPaused) begin(lasts);
      controls();
      return progress();
    },
    large: () => chosen({ large: !look.large }),
    contrast: () => chosen({ contrast: !look.contrast }),
  };

  function leave() {
    if (mode === "read") return listed();
    if (mode === "list") return resume();
    return undefined;
  }

  // Rows of the list, by arrows, as a remote control has them.
  function move(step) {
    const ways = Array.from(stage.querySelectorAll(".way"));
    const at = ways.indexOf(document.activeElement);
    const next = ways[Math.max(0, Math.min(ways.length - 1, at + step))];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isButton = event.target.closest && event.target.closest("button");
    const isList = mode === "list";
    const keys = {
      ArrowRight: isList ? null : forward,
      ArrowLeft: isList ? null : back,
      ArrowDown: isList ? () => move(1) : () => (mode === "turn" ? turn(1) : forward()),
      ArrowUp: isList ? () => move(-1) : () => (mode === "turn" ? turn(-1) : back()),
      PageDown: isList ? () => move(5) : forward,
      PageUp: isList ? () => move(-5) : back,
      Enter: isButton ? null : () => acts.list(),
      " ": isButton || isList ? null : () => acts.pause(),
      Escape: leave, Backspace: leave, GoBack: leave, BrowserBack: leave,
    };
    // As sets of two makers name their key for going back.
    const act = event.keyCode === 461 || event.keyCode === 10009 ? leave : keys[event.key];
    touchedAt = mono();
    if (!act) return;
    event.preventDefault();
    act();
  }

  let down = null;

  function onDown(event) {
    touchedAt = mono();
    down = { x: event.clientX, y: event.clientY };
  }

  function onUp(event) {
    touchedAt = mono();
    if (!down || mode === "list" || !stage.contains(event.target)) return;
    const x = event.clientX - down.x;
    const isSwipe = Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(event.clientY - down.y);
    down = null;
    if (isSwipe ? x < 0 : event.clientX > window.innerWidth / 2) forward();
    else back();
  }

  function onClick(event) {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    touchedAt = mono();
    if (pressed.dataset.id) opened(pressed.dataset.id);
    else if (acts[pressed.value]) acts[pressed.value]();
  }

  // ---- for months -----------------------------------------------------------------------------------------------------

  // A set that dims its screen would show nothing.
  function stayAwake() {
    if (navigator.wakeLock && document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {});
  }

  function keepShell() {
    if (!settings.worker || !navigator.serviceWorker) return;
    navigator.serviceWorker.register(settings.worker, { scope: location.pathname }).catch(() => {});
  }

  // Which pictures are to be kept, and which no longer.
  function keepPictures() {
    const worker = settings.worker && navigator.serviceWorker && navigator.serviceWorker.controller;
    if (!worker || !known.bulletin) return;
    const items = (known.bulletin.items || []).concat(known.bulletin.articles || []);
    const files = [].concat(...items.map((item) => (item.files || []).filter((file) => file.shown_as).concat(item.picture || [])));
    worker.postMessage({ files: files.map((file) => ({ path: pathOf(file), sha256: file.sha256 })).filter((file) => file.path) });
  }

  // Once a night, where the shell can be had: it may be newer, and a page that lives for months should not.
  const nightly = Math.floor(Math.random() * 120);
  let loadedOn = "";
  function renew() {
    const here = rules.local(known.now);
    const today = rules.dayWritten(known.now);
    if (!loadedOn) loadedOn = today;
    if (loadedOn === today || known.clock !== "sure" || here.hour * 60 + here.minute < 120 + nightly || mode !== "turn") return;
    loadedOn = today;
    fetch(location.href, { cache: "no-store", redirect: "manual" })
      .then((response) => response.status === 200 && response.headers.get("bulletin-screen") === "1" && location.reload())
      .catch(() => {});
  }

  function start() {
    root.classList.add("is-live");
    document.querySelectorAll(".top-time, .foot").forEach((part) => { part.hidden = false; });
    recallLook();
    if (look.large || look.contrast) touchedAt = mono();
    wear();
    controls();
    head();
    notice();
    window.addEventListener("resize", again);
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onDown);
    document.addEventListener("pointerup", onUp);
    document.addEventListener("click", onClick);
    document.addEventListener("contextmenu", (event) => event.preventDefault());
    document.addEventListener("visibilitychange", () => {
      stayAwake();
      tell(true);
    });
    stage.addEventListener("scroll", () => { touchedAt = mono(); }, true);
    stayAwake();
    keepShell();
    setInterval(tick, TICK);
    setInterval(renew, 60000);
    setInterval(keepPictures, 30000);
    if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("controllerchange", keepPictures);
    // What is kept is read before the first look at it.
    setTimeout(tick, 60);
  }

  start();
})();
