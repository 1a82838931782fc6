// The rules of a screen: what shows at an instant, what the clock is worth, how long a page stays and where a text may be cut.
// Nothing here looks at the page or at the line, so that every rule can be asked in a test. Old television sets run it too:
// the syntax is that of 2018. Instants are milliseconds since 1970; words are given by whoever asks.
(function (root) {
  "use strict";

  var SECOND = 1000;
  var MINUTE = 60 * SECOND;
  var HOUR = 60 * MINUTE;
  var DAY = 24 * HOUR;
  // Two clocks that differ by less say the same (protocol, §4).
  var TOLERANCE = 5 * MINUTE;
  // Viet Nam keeps one time, without summer time, since 1975.
  var OFFSET = 7 * HOUR;
  // No screen ran before this: a clock that says so was never set.
  var FIRST = Date.UTC(2026, 0, 1);

  // ---- what shows -----------------------------------------------------------------------------------------------------

  function parsed(instant) {
    return instant === null || instant === undefined || instant === "" ? NaN : Date.parse(instant);
  }

  // Why less is shown than the bulletin holds, or `stale` where all is and its age must be told.
  function reason(now, clock, freshUntil, limit) {
    if (clock === "unset" || clock === "jumped") return "clock";
    if (isNaN(freshUntil) || now < freshUntil) return "";
    return now - freshUntil > limit ? "limit" : "stale";
  }

  // `why` is of `reason`. Whether a period can be told at all depends on the clock.
  function isIn(item, now, why, issuedAt) {
    var from = parsed(item.from);
    if (why === "clock") return item.until === null && from <= issuedAt;
    if (why === "limit" && item.until !== null) return false;
    return from <= now && (item.until === null || now < parsed(item.until));
  }

  function newest(items) {
    var highest = {};
    items.forEach(function (item) {
      if (!highest[item.id] || highest[item.id].edition < item.edition) highest[item.id] = item;
    });
    return items.filter(function (item) { return highest[item.id] === item; });
  }

  // `all`: what may be looked up. `turn`: what turns by itself, the urgent alone where there is any. `next`: the first
  // instant at which one of these answers changes by itself.
  function shown(bulletin, now, clock, freshUntil, limit) {
    var why = reason(now, clock, freshUntil, limit);
    var held = bulletin ? (bulletin.items || []).concat(bulletin.articles || []) : [];
    var issuedAt = bulletin ? parsed(bulletin.issued_at) : NaN;
    var all = newest(held.filter(function (item) { return isIn(item, now, why, issuedAt); }));
    var urgent = all.filter(function (item) { return item.priority === "urgent"; });
    var turns = [freshUntil, freshUntil + limit + 1];
    held.forEach(function (item) { turns.push(parsed(item.from), parsed(item.until)); });
    var next = turns.reduce(function (next, at) { return at > now && at < next ? at : next; }, Infinity);
    var full = why === "" || why === "stale" ? all.length : newest(held.filter(function (item) { return isIn(item, now, "", issuedAt); })).length;
    return { all: all, turn: urgent.length ? urgent : all, urgent: urgent.length > 0, reason: why, hidden: Math.max(0, full - all.length), next: next };
  }

  // Files that have not gone, without those that stand as pictures in the text.
  function attachments(item, now, clock) {
    var isTrusted = clock !== "unset" && clock !== "jumped";
    return (item.files || []).filter(function (file) { return !file.shown_as && (file.until === null || (isTrusted && now < parsed(file.until))); });
  }

  function isGone(file, now, clock) {
    return file.until !== null && (clock === "unset" || clock === "jumped" || now >= parsed(file.until));
  }

  // The words of what is over are not kept, also while the line is down (protocol, §10). Null: nothing is over.
  function pruned(bulletin, now, clock) {
    if (!bulletin || clock === "unset" || clock === "jumped") return null;
    var isOver = function (item) { return item.until !== null && parsed(item.until) <= now; };
    var items = (bulletin.items || []).filter(function (item) { return !isOver(item); });
    var articles = (bulletin.articles || []).filter(function (item) { return !isOver(item); });
    if (items.length === (bulletin.items || []).length && articles.length === (bulletin.articles || []).length) return null;
    return Object.assign({}, bulletin, { items: items, articles: articles });
  }

  // As the unit's board stands: the urgent, the groups of what must be disclosed in their order, the rest, the news.
  function groups(items, order, words) {
    var urgent = { name: words.urgent, urgent: true, items: [] };
    var others = { name: words.others, items: [] };
    var news = { name: words.news, items: [] };
    var named = {};
    var names = order.slice();
    items.forEach(function (item) {
      if (item.priority === "urgent") urgent.items.push(item);
      else if (item.byline !== undefined) news.items.push(item);
      else if (!item.group) others.items.push(item);
      else {
        if (names.indexOf(item.group) < 0) names.push(item.group);
        (named[item.group] = named[item.group] || { name: item.group, items: [] }).items.push(item);
      }
    });
    var between = names.map(function (name) { return named[name]; });
    return [urgent].concat(between, [others, news]).filter(function (group) { return group && group.items.length > 0; });
  }

  // ---- which document is taken ----------------------------------------------------------------------------------------

  // Protocol, §4 and §8: the first reason for which a document is refused, or "". `now` is NaN where the clock proves nothing.
  function refusal(found, kind, code, held, now) {
    if (!found || typeof found !== "object" || found.protocol !== "bangtin/1" || found.kind !== kind) return "not-understood";
    if (!found.unit || typeof found.series !== "string" || typeof found.number !== "number" || isNaN(parsed(found.issued_at))) return "not-understood";
    if (kind === "bulletin" && !Array.isArray(found.items)) return "not-understood";
    if (found.unit.code !== code) return "wrong-unit";
    if (held) {
      if (found.series < held.series) return "replayed";
      var isSame = found.series === held.series;
      if (isSame && found.number < held.number) return "replayed";
      var last = parsed(kind === "bulletin" ? held.bulletin_at : held.timestamp_at);
      if (isSame && found.number === held.number && parsed(found.issued_at) < last) return "replayed";
    }
    if (parsed(found.issued_at) > now + TOLERANCE) return "from-the-future";
    return "";
  }

  // RFC 8785 for what a bulletin holds: numbers are whole, and keys are compared as JavaScript compares them.
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    var member = function (key) { return JSON.stringify(key) + ":" + canonical(value[key]); };
    return "{" + Object.keys(value).sort().map(member).join(",") + "}";
  }

  // Protocol, §7: after the n-th failure in a row, drawn at random.
  function pause(failures, random, retryAfter) {
    var told = retryAfter > 0 && retryAfter < 3600 ? retryAfter : 0;
    return (told + random * Math.min(300, Math.pow(2, failures))) * SECOND;
  }

  // ---- what the clock is worth ----------------------------------------------------------------------------------------

  // `wall` and `mono`: now, by the set clock and by the one that only counts. `start`: both when the page began. `heard`: both
  // when the last signed timestamp came, and its `issued` instant, or null. `known`: the latest instant that is known to have been.
  function time(seen) {
    var wall = seen.wall;
    var heard = seen.heard;
    var since = heard || seen.start;
    var hasJumped = Math.abs(wall - seen.mono - (since.wall - since.mono)) > TOLERANCE;
    if (heard) {
      var counted = heard.issued + (seen.mono - heard.mono);
      var isAlive = seen.mono - heard.mono < TOLERANCE;
      var agrees = Math.abs(wall - counted) <= TOLERANCE;
      if (agrees) return { now: wall, clock: "sure" };
      // A set that slept: its counting stood still, and its clock did not. Which of the two went wrong is not to be told.
      if (hasJumped && !isAlive) return { now: Math.max(wall, counted), clock: "jumped" };
      return { now: counted, clock: "sure" };
    }
    if (wall < FIRST || wall < (seen.known || 0) - TOLERANCE) return { now: Math.max(seen.known || 0, FIRST), clock: "unset" };
    if (hasJumped) return { now: wall, clock: "jumped" };
    return { now: wall, clock: "unproved" };
  }

  // ---- how long a page stays ------------------------------------------------------------------------------------------

  function syllables(text) {
    var found = text.trim().split(/\s+/);
    return found[0] === "" ? 0 : found.length;
  }

  // Of somebody who reads slowly, standing: 180 syllables a minute, and a moment to find the beginning.
  function readingTime(text) {
    return Math.max(8, Math.min(60, 4 + syllables(text) / 3)) * SECOND;
  }

  // ---- where a text may be cut ----------------------------------------------------------------------------------------

  // Longer sentences are cut at their commas, or no page could hold them.
  var LONGEST = 260;
  // What ends in a point and ends no sentence: "1.", "TP.", "Q.", "Đ.".
  var SHORTENED = /(^|[\s(“"])([0-9]+|[A-ZĐ]|TP|TX|TT|Tp|ThS|TS|PGS|GS|BS|tr|Đ\/c)\.$/;

  // Where each sentence ends, the blank after it included: rising offsets, the last of them the text's length.
  function sentences(text) {
    var ends = [];
    var end = /[.?!…;][”"’)\]]*\s+(?=\S)/g;
    for (var found = end.exec(text); found; found = end.exec(text)) {
      var before = text.slice(0, found.index + 1);
      if (!(text[found.index] === "." && SHORTENED.test(before.slice(-12)))) ends.push(found.index + found[0].length);
    }
    ends.push(text.length);
    var cuts = [];
    var from = 0;
    ends.forEach(function (to) {
      while (to - from > LONGEST) {
        var piece = text.slice(from, from + LONGEST);
        var at = Math.max(piece.lastIndexOf("; "), piece.lastIndexOf(", "), piece.lastIndexOf(": "));
        var blank = piece.lastIndexOf(" ");
        // Where there is no comma nearby, between two words; where there is no blank, nowhere better than here.
        from += at > LONGEST / 3 ? at + 2 : blank > 0 ? blank + 1 : LONGEST;
        cuts.push(from);
      }
      if (to > from) cuts.push(to);
      from = to;
    });
    return cuts;
  }

  // Blocks are `{ kind, parts }`: a heading has one part, a text its sentences, a list its items, a table its rows. A page is a
  // list of `{ block, from, to }`. `fits(page, index)`: whether it does, as the page of this number; `lines(piece)`: how many lines it takes (of texts only).
  function pages(blocks, fits, lines) {
    var done = [];
    var page = [];
    var block = 0;
    var from = 0;

    function piece(to) { return { block: block, from: from, to: to }; }

    // A line alone at the foot of a page or at its head reads badly; a piece that is short as a whole is left alone.
    function isOrphan(to) {
      if (blocks[block].kind !== "text") return false;
      return lines(piece(to)) < 2 || lines({ block: block, from: to, to: blocks[block].parts }) < 2;
    }

    function most() {
      var least = from;
      var beyond = blocks[block].parts;
      while (beyond - least > 1) {
        var middle = (least + beyond) >> 1;
        if (fits(page.concat([piece(middle)]), done.length)) least = middle;
        else beyond = middle;
      }
      while (least > from && isOrphan(least)) least -= 1;
      // One row under its heading and the next ones overleaf: better all of them overleaf.
      if (blocks[block].kind === "table" && page.length > 0 && least - from < 2) least = from;
      return least;
    }

    function close() {
      // What announces something goes with it.
      var tail = [];
      while (page.length > 0 && blocks[page[page.length - 1].block].kind === "heading") tail.unshift(page.pop());
      if (page.length === 0) { page = tail; tail = []; }
      done.push(page);
      page = tail;
    }

    while (block < blocks.length) {
      var parts = blocks[block].parts;
      if (fits(page.concat([piece(parts)]), done.length)) {
        page.push(piece(parts));
        block += 1;
        from = 0;
        continue;
      }
      var to = parts - from > 1 ? most() : from;
      if (to > from) {
        page.push(piece(to));
        from = to;
        close();
      } else if (page.some(function (one) { return blocks[one.block].kind !== "heading"; })) {
        close();
      } else {
        // Not even a part of it fits under what must stand above it: as it is, and whoever draws it makes it smaller.
        var whole = piece(from + 1);
        whole.forced = true;
        page.push(whole);
        from += 1;
        if (from >= parts) { block += 1; from = 0; }
        close();
      }
    }
    if (page.length > 0) done.push(page);
    return done;
  }

  // The size of a line of text for a window, in CSS pixels: read from four metres on a television set, from the hand on a phone.
  function size(width, height) {
    return Math.max(18, Math.round(Math.min(width, height) * 3.7) / 100);
  }

  // ---- days, ages, words ----------------------------------------------------------------------------------------------

  function local(at) {
    var day = new Date(at + OFFSET);
    return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate(), weekday: day.getUTCDay(), hour: day.getUTCHours(), minute: day.getUTCMinutes() };
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function clockTime(at) { var here = local(at); return two(here.hour) + ":" + two(here.minute); }

  function dayWritten(at) { var here = local(at); return two(here.day) + "/" + two(here.month) + "/" + here.year; }

  // RFC 3339 as the protocol writes it.
  function rfc3339(at) { return new Date(Math.floor(at / SECOND) * SECOND + OFFSET).toISOString().slice(0, 19) + "+07:00"; }

  // Midnight in Viet Nam, as an instant on a day that a document bears, is that day alone.
  function when(at, now) {
    return Math.floor((at + OFFSET) / DAY) === Math.floor((now + OFFSET) / DAY) ? clockTime(at) : clockTime(at) + " " + dayWritten(at);
  }

  function fill(text, given) {
    return (text || "").replace(/\{(\w+)\}/g, function (whole, name) { return given && given[name] !== undefined ? given[name] : whole; });
  }

  function age(span, words) {
    if (span < MINUTE) return words["age-now"];
    if (span < HOUR) return fill(words["age-minutes"], { n: Math.floor(span / MINUTE) });
    if (span < 2 * DAY) return fill(words["age-hours"], { n: Math.floor(span / HOUR) });
    return fill(words["age-days"], { n: Math.floor(span / DAY) });
  }

  // The last day on which it shows, or the instant where it ends within a day.
  function untilWords(item, words) {
    if (item.until === null || item.until === undefined) return "";
    var at = parsed(item.until);
    var isMidnight = (at + OFFSET) % DAY === 0;
    return isMidnight ? dayWritten(at - 1) : clockTime(at) + " " + dayWritten(at);
  }

  // ---- the lunar day --------------------------------------------------------------------------------------------------
  // Written anew after the algorithm that Hồ Ngọc Đức published ("Thuật toán tính âm lịch", informatik.uni-leipzig.de/~duc/amlich),
  // which follows Jean Meeus, Astronomical Algorithms (1998): new moons and the sun's longitude as they fall at UTC+7.

  var TURN = Math.PI / 180;

  // Of the Gregorian calendar, which is all that a screen will live in.
  function julianDay(day, month, year) {
    return Math.floor(Date.UTC(year, month - 1, day) / DAY) + 2440588;
  }

  // The local day of the k-th new moon since 1 January 1900.
  function newMoon(k) {
    var t = k / 1236.85;
    var t2 = t * t;
    var t3 = t2 * t;
    var mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3 + 0.00033 * Math.sin((166.56 + 132.87 * t - 0.009173 * t2) * TURN);
    var sun = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * TURN;
    var moon = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * TURN;
    var node = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * TURN;
    var shift = (0.1734 - 0.000393 * t) * Math.sin(sun) + 0.0021 * Math.sin(2 * sun) - 0.4068 * Math.sin(moon) + 0.0161 * Math.sin(2 * moon) -
      0.0004 * Math.sin(3 * moon) + 0.0104 * Math.sin(2 * node) - 0.0051 * Math.sin(sun + moon) - 0.0074 * Math.sin(sun - moon) +
      0.0004 * Math.sin(2 * node + sun) - 0.0004 * Math.sin(2 * node - sun) - 0.0006 * Math.sin(2 * node + moon) +
      0.001 * Math.sin(2 * node - moon) + 0.0005 * Math.sin(2 * moon + sun);
    var drift = -0.000278 + 0.000265 * t + 0.000262 * t2;
    return Math.floor(mean + shift - drift + 0.5 + OFFSET / DAY);
  }

  // In which twelfth of its way the sun stands when a local day begins; 9 is where the winter solstice begins.
  function sunTwelfth(day) {
    var t = (day - 2451545.5 - OFFSET / DAY) / 36525;
    var t2 = t * t;
    var anomaly = (357.5291 + 35999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2) * TURN;
    var centre = (1.9146 - 0.004817 * t - 0.000014 * t2) * Math.sin(anomaly) + (0.019993 - 0.000101 * t) * Math.sin(2 * anomaly) + 0.00029 * Math.sin(3 * anomaly);
    var longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t2 + centre;
    return Math.floor((longitude - 360 * Math.floor(longitude / 360)) / 30);
  }

  // The first day of the eleventh month, in which the winter solstice falls.
  function eleventh(year) {
    var k = Math.floor((julianDay(31, 12, year) - 2415021) / 29.530588853);
    var first = newMoon(k);
    return sunTwelfth(first) >= 9 ? newMoon(k - 1) : first;
  }

  // How many months after the eleventh the leap month stands: the first in which the sun enters no twelfth.
  function leapAfter(eleventhDay) {
    var k = Math.floor((eleventhDay - 2415021.076998695) / 29.530588853 + 0.5);
    var i = 1;
    var last;
    var twelfth = sunTwelfth(newMoon(k + i));
    do {
      last = twelfth;
      i += 1;
      twelfth = sunTwelfth(newMoon(k + i));
    } while (twelfth !== last && i < 14);
    return i - 1;
  }

  function lunar(day, month, year) {
    var today = julianDay(day, month, year);
    var k = Math.floor((today - 2415021.076998695) / 29.530588853);
    var first = newMoon(k + 1);
    // A mean month is a day away from the true one at times.
    while (first > today) {
      k -= 1;
      first = newMoon(k + 1);
    }
    var before = eleventh(year);
    var after = before;
    var lunarYear = year;
    if (before >= first) before = eleventh(year - 1);
    else {
      lunarYear = year + 1;
      after = eleventh(year + 1);
    }
    var months = Math.floor((first - before) / 29);
    var number = months + 11;
    var isLeap = false;
    if (after - before > 365) {
      var leap = leapAfter(before);
      if (months >= leap) {
        number = months + 10;
        isLeap = months === leap;
      }
    }
    if (number > 12) number -= 12;
    if (number >= 11 && months < 4) lunarYear -= 1;
    return { day: today - first + 1, month: number, year: lunarYear, leap: isLeap };
  }

  function list(text) { return (text || "").split(",").map(function (one) { return one.trim(); }); }

  // "Rằm tháng Bảy năm Bính Ngọ", "Mùng 5 tháng Giêng …", "23 tháng Chạp …", "… tháng Sáu nhuận …".
  function lunarWords(at, words) {
    var here = local(at);
    var found = lunar(here.day, here.month, here.year);
    var dayKey = found.day === 15 ? "lunar-full" : found.day <= 10 ? "lunar-early" : "lunar-day";
    var month = list(words["lunar-months"])[found.month - 1];
    return fill(words[found.leap ? "lunar-leap" : "lunar"], {
      day: fill(words[dayKey], { n: found.day }),
      month: month,
      year: list(words["lunar-stems"])[(found.year + 6) % 10] + " " + list(words["lunar-branches"])[(found.year + 8) % 12],
    });
  }

  root.ScreenRules = {
    TOLERANCE: TOLERANCE, FIRST: FIRST,
    parsed: parsed, shown: shown, attachments: attachments, isGone: isGone, pruned: pruned, groups: groups, refusal: refusal, canonical: canonical, pause: pause,
    time: time, syllables: syllables, readingTime: readingTime, sentences: sentences, pages: pages, size: size,
    local: local, clockTime: clockTime, dayWritten: dayWritten, rfc3339: rfc3339, when: when, fill: fill, age: age, untilWords: untilWords,
    lunar: lunar, lunarWords: lunarWords,
  };
})(typeof globalThis === "object" ? globalThis : self);
