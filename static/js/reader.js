// Reader's tools. A choice stays in this browser and is sent nowhere; where nothing can be stored it holds for one page.
// Loaded `async`: kept from the page before, it runs while this one is read, so that nothing is painted in another look.
const root = document.documentElement;
const bars = document.querySelectorAll("[name=theme-color]");

// Without a script the inputs are asked (tools.css); what is written here speaks before they are there.
function show(chosen) {
  const look = Object.values(chosen);
  root.dataset.look = look.join(" ");
  const theme = look.find((value) => value === "light" || value === "dark");
  ["light", "dark"].forEach((scheme, index) => {
    bars[index].media = theme ? (theme === scheme ? "all" : "not all") : `(prefers-color-scheme: ${scheme})`;
  });
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem("display")) ?? {};
    show(kept);
    return kept;
  } catch {
    return {};
  }
}

recall();

function start() {
  const tools = document.querySelector(".tools");
  const inputs = [...tools.querySelectorAll("input")];

  function set() {
    const kept = recall();
    for (const input of inputs) {
      const chosen = (kept[input.name] ?? "") === input.value;
      // A browser that goes back must not bring an older choice with it.
      input.autocomplete = "off";
      if (chosen || input.type === "checkbox") input.checked = chosen;
    }
  }

  function keep() {
    const chosen = Object.fromEntries(inputs.filter((input) => input.checked && input.value).map((input) => [input.name, input.value]));
    show(chosen);
    try {
      if (Object.keys(chosen).length) localStorage.setItem("display", JSON.stringify(chosen));
      else localStorage.removeItem("display");
    } catch {}
  }

  set();
  onpageshow = (event) => event.persisted && set();
  onstorage = set;
  onclick = (event) => {
    if (!tools.contains(event.target)) tools.open = false;
  };
  onkeydown = (event) => {
    if (event.key !== "Escape" || !tools.open) return;
    tools.open = false;
    tools.firstElementChild.focus();
  };
  tools.onchange = keep;

  const share = document.querySelector(".share");
  const url = document.querySelector("[rel=canonical]")?.href;
  const acts = {
    copy: async (button) => {
      await navigator.clipboard.writeText(url);
      return button.dataset.done;
    },
    share: () => navigator.share({ title: document.title, url }).catch(() => {}),
    print: async () => print(),
  };
  for (const button of share?.querySelectorAll("button") ?? []) {
    button.hidden = button.value === "share" && !navigator.share;
    button.onclick = async () => {
      // Without https there is no clipboard: the address is shown, to be copied by hand.
      share.lastElementChild.value = (await acts[button.value](button).catch(() => url)) ?? "";
    };
  }

  const useful = document.querySelector(".useful");
  let sent;
  if (useful) useful.onsubmit = (event) => {
    if (sent === "plainly" || !event.submitter) return;
    event.preventDefault();
    const { name, value } = event.submitter;
    sent ??= fetch(useful.action, { method: "POST", redirect: "manual", body: new URLSearchParams([[name, value]]) })
      .catch(() => ({}))
      .then(({ type }) => {
        if (type !== "opaqueredirect") {
          // Whatever is wrong, the server's own page or the browser's says it best.
          sent = "plainly";
          return event.submitter.click();
        }
        // In the place of the answers, and as high as they were: nothing below moves.
        const said = document.createElement("p");
        said.tabIndex = -1;
        said.textContent = useful.dataset.done;
        useful.replaceChildren(useful.firstElementChild, said);
        said.focus();
      });
  };
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
