// A text made into pages of a screen: cleaned of all that does not belong on a wall, taken apart where it may be cut, and put
// into pages by what fits. What may be cut where is a rule (screen_rules.js); what fits is measured here.
(function (root) {
  "use strict";

  const rules = root.ScreenRules;

  // What the portal's own cleaner lets through (kit/markdown), and what each becomes here; "" leaves its words only.
  const ALLOWED = {
    P: "p", BR: "br", HR: "hr", H1: "h3", H2: "h3", H3: "h4", H4: "h4", H5: "h4", H6: "h4", UL: "ul", OL: "ol", LI: "li", BLOCKQUOTE: "blockquote",
    PRE: "pre", CODE: "code", EM: "em", I: "em", STRONG: "strong", B: "strong", DEL: "del", S: "del", SUP: "sup", SUB: "sub", TABLE: "table", CAPTION: "caption",
    THEAD: "thead", TBODY: "tbody", TFOOT: "tbody", TR: "tr", TH: "th", TD: "td", FIGURE: "figure", FIGCAPTION: "figcaption", DL: "dl", DT: "dt", DD: "dd",
    A: "span", ABBR: "", SPAN: "", DIV: "", SECTION: "", U: "", MARK: "", SMALL: "", PICTURE: "", TIME: "", Q: "",
  };
  const NUMBERS = { colSpan: "colspan", rowSpan: "rowspan", start: "start" };
  // Longer addresses say nothing to whoever stands before a wall; the QR code leads to them all.
  const SHORT_ADDRESS = 48;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined && text !== "") made.textContent = text;
    return made;
  }

  // A link leads nowhere from a wall: its words stay, with its address where that is short and says more.
  function spoken(link, href) {
    const said = href.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
    const isTold = /^https?:/.test(href) && said.length <= SHORT_ADDRESS && link.textContent.indexOf(said) < 0;
    if (isTold) link.append(" (" + said + ")");
    return link;
  }

  // `picture(src)`: the address under which this screen has it, or null.
  function cleaned(html, picture, words) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const copy = (from, to) => {
      from.childNodes.forEach((node) => {
        if (node.nodeType === 3) return to.append(node.data);
        if (node.nodeType !== 1) return undefined;
        const name = ALLOWED[node.tagName];
        if (node.tagName === "IMG") return to.append(image(node.getAttribute("src") || "", node.getAttribute("alt") || "", picture, words));
        // Scripts, frames, forms and whatever nobody thought of: gone with what is in them.
        if (name === undefined) return undefined;
        if (name === "") return copy(node, to);
        const made = document.createElement(name);
        Object.keys(NUMBERS).forEach((key) => {
          const number = parseInt(node.getAttribute(NUMBERS[key]), 10);
          if (number > 0 && number < 1000 && key in made) made[key] = number;
        });
        if (node.tagName === "TH" || node.tagName === "TD") {
          if (node.classList.contains("right")) made.className = "right";
          if (node.classList.contains("center")) made.className = "center";
          const scope = node.getAttribute("scope");
          if (scope === "col" || scope === "row") made.scope = scope;
        }
        copy(node, made);
        return to.append(node.tagName === "A" ? spoken(made, node.getAttribute("href") || "") : made);
      });
    };
    const body = element("div");
    copy(parsed.body, body);
    return body;
  }

  function image(src, alt, picture, words) {
    const address = picture(src);
    if (!address) return element("em", "no-picture", alt ? rules.fill(words.picture, { text: alt }) : words["picture-gone"]);
    const made = element("img");
    made.alt = alt;
    made.src = address;
    return made;
  }

  // ---- blocks: what may be cut, and how a part of it is made ----------------------------------------------------------

  function whole(kind, node) {
    return { kind: kind, parts: 1, make: () => node.cloneNode(true) };
  }

  function paragraph(node) {
    const ends = rules.sentences(node.textContent);
    if (ends.length < 2) return whole("text", node);
    // Where an offset of the whole text falls.
    const at = (offset, range, isStart) => {
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      let passed = 0;
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (offset <= passed + text.length && (!isStart || offset < passed + text.length)) {
          return isStart ? range.setStart(text, offset - passed) : range.setEnd(text, offset - passed);
        }
        passed += text.length;
      }
      return isStart ? range.setStart(node, node.childNodes.length) : range.setEnd(node, node.childNodes.length);
    };
    const make = (from, to) => {
      const part = node.cloneNode(false);
      const range = document.createRange();
      range.selectNodeContents(node);
      if (from > 0) at(ends[from - 1], range, true);
      if (to < ends.length) at(ends[to - 1], range, false);
      part.append(range.cloneContents());
      return part;
    };
    return { kind: "text", parts: ends.length, make: make };
  }

  function listed(node) {
    const items = Array.from(node.children);
    const first = node.start || 1;
    const make = (from, to) => {
      const part = node.cloneNode(false);
      if (node.tagName === "OL") part.start = first + from;
      items.slice(from, to).forEach((item) => part.append(item.cloneNode(true)));
      return part;
    };
    return items.length > 1 ? { kind: "list", parts: items.length, make: make } : whole("text", node);
  }

  // Rows that share a cell stay together.
  function rowGroups(rows) {
    const groups = [];
    let held = 0;
    rows.forEach((row) => {
      if (held > 0) groups[groups.length - 1].push(row);
      else groups.push([row]);
      const most = Math.max(1, ...Array.from(row.cells, (cell) => cell.rowSpan || 1));
      held = Math.max(held, most) - 1;
    });
    return groups;
  }

  function table(node, caption, words) {
    const head = node.tHead;
    const groups = rowGroups(Array.from(node.rows).filter((row) => !head || !head.contains(row)));
    const title = caption || (node.caption ? node.caption.textContent : "");
    const block = { kind: "table", parts: groups.length, size: "", stacked: false };
    const titles = head && head.rows.length ? Array.from(head.rows[head.rows.length - 1].cells, (cell) => cell.textContent) : [];
    // Where no size of type would fit its columns side by side: a list of each row's cells.
    const stack = (rows) => {
      const made = element("div", "stack");
      rows.forEach((row) => {
        const list = element("dl");
        Array.from(row.cells).forEach((cell, index) => {
          list.append(element("dt", "", titles[index] || ""), element("dd", "", cell.textContent));
        });
        made.append(list);
      });
      return made;
    };
    block.make = (from, to) => {
      const figure = element("figure", "table" + block.size);
      if (title) figure.append(element("figcaption", "", from > 0 ? title + " (" + words.continued + ")" : title));
      const rows = [].concat(...groups.slice(from, to));
      if (block.stacked) {
        figure.append(stack(rows));
        return figure;
      }
      const made = element("table");
      if (head) made.append(head.cloneNode(true));
      const body = element("tbody");
      rows.forEach((row) => body.append(row.cloneNode(true)));
      made.append(body);
      figure.append(made);
      return figure;
    };
    return groups.length ? block : whole("figure", node);
  }

  function blocks(body, words) {
    const found = [];
    let loose = null;
    const close = () => {
      if (loose && loose.textContent.trim() !== "") found.push(paragraph(loose));
      loose = null;
    };
    body.childNodes.forEach((node) => {
      const inner = node.nodeType === 1 ? node.querySelector("table") : null;
      if (node.nodeType !== 1 || /^(EM|STRONG|SPAN|CODE|SUP|SUB|DEL|BR)$/.test(node.tagName)) {
        loose = loose || element("p");
        loose.append(node.cloneNode(true));
        return;
      }
      close();
      if (/^H\d$/.test(node.tagName)) found.push(whole("heading", node));
      else if (node.tagName === "UL" || node.tagName === "OL" || node.tagName === "BLOCKQUOTE") found.push(listed(node));
      else if (node.tagName === "TABLE") found.push(table(node, "", words));
      else if (inner && node.tagName === "FIGURE") {
        const caption = node.querySelector("figcaption");
        found.push(table(inner, caption ? caption.textContent : "", words));
      } else if (node.tagName === "P" && node.querySelector("img")) {
        const figure = element("figure");
        node.childNodes.forEach((child) => figure.append(child.cloneNode(true)));
        found.push(whole("figure", figure));
      } else if (node.tagName === "P") found.push(paragraph(node));
      else if (node.tagName !== "HR") found.push(whole("figure", node));
    });
    close();
    return found;
  }

  // ---- pages ----------------------------------------------------------------------------------------------------------

  // Type of a table, from that of the text down to what is still read from three metres.
  const TABLE_SIZES = ["", " smaller", " small", " smallest"];

  function settle(block, box) {
    const fits = (mode) => {
      box.textContent = "";
      const made = block.make(0, block.parts);
      box.append(made);
      const isNarrow = made.scrollWidth <= box.clientWidth + 1 && made.lastChild.scrollWidth <= box.clientWidth + 1;
      return isNarrow && (mode === "width" || box.scrollHeight <= box.clientHeight + 1);
    };
    const choose = (mode) => TABLE_SIZES.some((size) => {
      block.size = size;
      return fits(mode);
    });
    // All of it on one page where a smaller type makes that so; else pages are few where the type is a little smaller.
    if (choose("both")) return;
    if (!choose("width")) {
      block.stacked = true;
      block.size = "";
    } else if (block.size !== TABLE_SIZES[3]) block.size = TABLE_SIZES[2];
  }

  function draw(box, page, all) {
    box.textContent = "";
    page.forEach((piece) => box.append(all[piece.block].make(piece.from, piece.to)));
  }

  // `frame(index)`: the box, in the page, into which the words of the page with this number go.
  function paged(all, frame) {
    all.filter((block) => block.kind === "table").forEach((block) => settle(block, frame(1)));
    const fits = (page, index) => {
      const box = frame(index);
      draw(box, page, all);
      return box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
    };
    const lines = (piece) => {
      const box = frame(1);
      draw(box, [piece], all);
      const made = box.firstChild;
      return made ? Math.round(made.offsetHeight / parseFloat(getComputedStyle(made).lineHeight)) : 0;
    };
    return rules.pages(all, fits, lines);
  }

  root.ScreenText = { element: element, cleaned: cleaned, blocks: blocks, paged: paged, draw: draw };
})(typeof globalThis === "object" ? globalThis : self);
