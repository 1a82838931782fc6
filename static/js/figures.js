// Tables of figures are sorted by a column at a tap. Without a script they stand as the office has them.
const collator = new Intl.Collator("vi", { numeric: true });

// Figures have up to 28 digits, and a number of the browser's 15: both are made whole numbers of as many decimals.
function against(one, other) {
  const places = Math.max(...[one, other].map((figure) => (figure.split(".")[1] ?? "").length));
  const [a, b] = [one, other].map((figure) => {
    const [whole, rest = ""] = figure.split(".");
    return BigInt(whole + rest.padEnd(places, "0"));
  });
  return a < b ? -1 : a > b ? 1 : 0;
}

function order(table, head, column, back) {
  const body = table.tBodies[0];
  const cell = (row) => row.cells[column];
  const rank = (row) => (row.classList.contains("is-whole") ? 0 : cell(row).tagName === "TH" || cell(row).dataset.value ? 1 : 2);
  const compare = (one, other) => {
    const [a, b] = [cell(one), cell(other)];
    const by = a.dataset.value && b.dataset.value ? against(a.dataset.value, b.dataset.value) : collator.compare(a.textContent, b.textContent);
    // The whole stays above, what has no figure below, whichever way the rest runs.
    return rank(one) - rank(other) || (back ? -by : by);
  };
  body.append(...[...body.rows].sort(compare));
  for (const other of table.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", back ? "descending" : "ascending");
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const lines = table.tHead.rows;
  if (table.tBodies[0].rows.length < 3) continue;
  // The corner and the lowest heads: one for each column.
  const last = [...lines[lines.length - 1].cells];
  const heads = lines.length > 1 ? [lines[0].cells[0], ...last] : last;
  table.classList.add("is-sorted");
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    const [name, whole] = [document.createElement("span"), document.createElement("span")];
    button.type = "button";
    name.append(...head.childNodes);
    // On a phone the heads are a row of buttons apart from their groups: there each says its whole name.
    whole.textContent = table.tBodies[0].rows[0].cells[column].dataset.of ?? name.textContent;
    whole.className = "is-whole-name";
    button.append(name, whole);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    // Figures from the largest, names from the first; a second tap turns it round.
    button.onclick = () => {
      const now = head.getAttribute("aria-sort");
      order(table, head, column, now === "none" ? column > 0 : now === "ascending");
    };
  }
}
