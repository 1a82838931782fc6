// What makes the desk quicker for those who have a script. Every form works without it.

// What was saved needs no copy in this browser any more.
for (const mark of document.querySelectorAll("[data-saved]")) {
  try {
    localStorage.removeItem(`typed ${mark.dataset.saved}`);
  } catch {
    // There was none.
  }
}

// What was typed is kept: at the office's server while one is signed in, and in this browser when it cannot be reached.
const editor = document.querySelector("form[data-keep]");
if (editor) keepWriting(editor);

function keepWriting(form) {
  const status = form.querySelector("[data-kept]");
  const others = document.querySelector("[data-others]");
  const offer = document.querySelector("[data-offer]");
  const preview = document.querySelector("[data-preview]");
  const words = form.dataset;
  // Whoever signs in next at this machine is not offered another's words.
  const place = `typed ${words.who} ${words.keep}`;
  // These are this visit's; what the words stand on is kept beside them, so that they are never taken for newer than they are.
  const given = ["mark", "base", "trang", "tren"];
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !given.includes(name)));
  let saved = typed().toString();
  let kept = saved;
  let leaving = false;
  let over = false;
  let timer = 0;

  function here(text) {
    try {
      if (text) localStorage.setItem(place, JSON.stringify({ base: form.elements.base.value, text, at: Date.now() }));
      else localStorage.removeItem(place);
    } catch {
      // A browser that keeps nothing leaves the server's copy.
    }
  }

  function left(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  // What an earlier visit could not save lies aside until it is taken or dropped: saving what stands here is neither.
  const aside = `${place} aside`;
  function put(copy) {
    try {
      if (copy) localStorage.setItem(aside, JSON.stringify(copy));
      else localStorage.removeItem(aside);
    } catch {
      // As above.
    }
  }

  let lost = left(aside);
  if (!lost.text && (lost = left(place)).text) put(lost);
  here("");
  if (lost.text === saved) put(null);
  else if (lost.text && offer) {
    offer.hidden = false;
    if (lost.at) offer.querySelector("[data-at]").textContent = new Date(lost.at).toLocaleString("vi-VN", { timeStyle: "short", dateStyle: "short" });
    offer.querySelector("[data-take]").addEventListener("click", () => {
      const were = new URLSearchParams(lost.text);
      for (const field of form.elements) {
        if (field.type === "checkbox") field.checked = were.getAll(field.name).includes(field.value);
        else if (were.has(field.name) && field.type !== "hidden") field.value = were.get(field.name);
      }
      form.elements.base.value = lost.base;
      offer.hidden = true;
      here(lost.text);
      put(null);
      changed();
      form.querySelector("textarea").focus();
    });
    offer.querySelector("[data-drop]").addEventListener("click", () => {
      put(null);
      offer.hidden = true;
    });
  }

  async function keep() {
    const text = typed().toString();
    if (text === kept) return;
    here(text);
    if (over) return;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(words.keep, { method: "POST", body, redirect: "manual" });
      if (isOver(answer)) return;
      if (answer.ok) {
        const told = await answer.json();
        kept = text;
        status.textContent = `${words.keptAt} ${told.at}`;
        tell(told.others);
      } else {
        status.textContent = words.keptHere;
      }
    } catch {
      status.textContent = words.keptHere;
    }
  }

  // Whoever is not let in any more is told once, and asks no more: what he types stays in this browser until he saves.
  function isOver(answer) {
    const said = answer.type === "opaqueredirect" ? words.signedOut : [403, 404].includes(answer.status) ? words.cutOff : "";
    if (said && !over) {
      over = true;
      clearInterval(asking);
      status.textContent = said;
    }
    return over;
  }

  function tell(names) {
    if (!others) return;
    others.hidden = names.length === 0;
    others.querySelector("[data-names]").textContent = names.join(", ");
  }

  async function show() {
    if (!preview || over) return;
    const body = new URLSearchParams({ body: form.elements.body.value, mark: form.elements.mark.value });
    // How much of a name the web shows.
    if (form.elements.web) body.set("web", form.elements.web.value);
    try {
      const answer = await fetch(words.set, { method: "POST", body, redirect: "manual" });
      // Made and cleaned by the server, as the public page is.
      if (answer.ok) preview.innerHTML = await answer.text();
    } catch {
      // The last preview stands until there is a line again.
    }
  }

  function changed() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      show();
      keep();
    }, 700);
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    // Should the line break now, it is still here; the next page of this text drops it.
    here(typed().toString());
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && typed().toString() !== saved && typed().toString() !== kept) event.preventDefault();
  });
  // Who else is here may change while nobody types.
  const asking = setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(words.present, { redirect: "manual" });
      if (!isOver(answer) && answer.ok) tell((await answer.json()).others);
    } catch {
      // Told again at the next turn.
    }
  }, 20_000);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    }
  });
  show();
}

// Marks of Markdown around what is selected; undone with the browser's own undo.
const bar = document.querySelector("[data-marks]");
if (bar) {
  bar.hidden = false;
  const text = document.getElementById(bar.dataset.marks);
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const [before, after = ""] = button.dataset.mark.split("|");
    text.focus();
    const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
    const isBlock = /^[#>\-1]/.test(before);
    const lines = isBlock ? (chosen || button.dataset.example).split("\n").map((line) => before + line).join("\n") : before + (chosen || button.dataset.example) + after;
    const starts = isBlock && text.selectionStart > 0 && text.value[text.selectionStart - 1] !== "\n" ? "\n\n" : "";
    document.execCommand("insertText", false, starts + lines);
  });
}

// One tick for all.
for (const all of document.querySelectorAll("[data-all]")) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of all.form.querySelectorAll(`input[name="${all.dataset.all}"]`)) box.checked = all.checked;
  });
}

// Whoever fills in an hour means it; and whoever then chooses at once means that.
for (const hour of document.querySelectorAll("input[name=starts]")) {
  for (const way of hour.form.querySelectorAll("input[name=when]")) {
    if (way.value === "later") hour.addEventListener("input", () => (way.checked ||= hour.value !== ""));
    if (way.value === "now") way.addEventListener("change", () => (hour.value = ""));
  }
}

// A page wider than its place is shown smaller, as a whole; without a script it is moved sideways.
for (const frame of document.querySelectorAll(".preview-frame[data-width] iframe")) {
  const fit = () => {
    frame.style.zoom = 1;
    const room = frame.parentElement.clientWidth;
    frame.style.zoom = Math.min(1, room / frame.offsetWidth);
  };
  fit();
  addEventListener("resize", fit);
}

// What is too large is told before it is on its way.
for (const file of document.querySelectorAll("input[type=file][data-most]")) {
  file.addEventListener("change", () => {
    const isTooLarge = [...file.files].some((one) => one.size > Number(file.dataset.most));
    file.setCustomValidity(isTooLarge ? file.dataset.tooLarge : "");
    file.reportValidity();
  });
}

// A file that is being read: the page looks again by itself.
for (const waits of document.querySelectorAll("[data-refresh]")) setTimeout(() => location.reload(), Number(waits.dataset.refresh) * 1000);
