// For whoever stands at a board. The place's code stays on this phone; what could not be sent waits here with its own time
// and key, and is sent when the line is back. Without this script each tap is a page of its own.
const CODE = "place-code";
const EVERY = 30_000;

function recall() {
  try {
    return localStorage.getItem(CODE) ?? "";
  } catch {
    return "";
  }
}

function remember(code) {
  try {
    localStorage.setItem(CODE, code);
    return true;
  } catch {
    return false;
  }
}

// A card's address bears the code behind its `#`, which is sent to nobody.
const card = document.getElementById("remembered");
const shown = (code) => `${code.slice(0, 4)}-${code.slice(4)}`;
const given = location.hash.slice(1).toUpperCase();
if (card && /^[0-9A-Z]{8}$/.test(given) && remember(shown(given))) {
  card.textContent = `${card.dataset.kept} ${shown(given)}`;
  history.replaceState(null, "", location.pathname);
}

const asked = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

async function waiting(mode) {
  const opening = indexedDB.open("board", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: "khoa" });
  return (await asked(opening)).transaction("waiting", mode).objectStore("waiting");
}

const keep = async (one) => asked((await waiting("readwrite")).put(one));
const drop = async (one) => asked((await waiting("readwrite")).delete(one.khoa));

// "sent", "later", or what the server says is wrong.
async function send(one) {
  const body = new FormData();
  for (const name of ["ban", "ma", "viec", "khoa", "ten"]) body.append(name, one[name]);
  // How long ago, for a phone's clock may be wrong.
  body.append("tuoi", Math.max(0, Math.round((Date.now() - one.at) / 1000)));
  if (one.anh) body.append("anh", one.anh, "anh.jpg");
  let reply;
  try {
    reply = await fetch(one.to, { method: "POST", redirect: "manual", body, signal: AbortSignal.timeout(60_000) });
  } catch {
    return "later";
  }
  if (reply.type === "opaqueredirect") return "sent";
  if (reply.status === 429 || reply.status === 408 || reply.status >= 500) return "later";
  const page = new DOMParser().parseFromString(await reply.text().catch(() => ""), "text/html");
  return (page.querySelector("[role=alert]") ?? page.querySelector("h1"))?.textContent || String(reply.status);
}

const form = document.querySelector(".board-ask");
const bar = document.querySelector(".board-waiting");

function tell(text) {
  bar.textContent = text;
  bar.hidden = !text;
  bar.classList.remove("is-done");
}

let turn = false;
async function sendWaiting() {
  if (turn || !navigator.onLine) return;
  turn = true;
  try {
    let [sent, left, wrong] = [0, 0, ""];
    for (const one of await asked((await waiting("readonly")).getAll())) {
      const outcome = await send(one);
      if (outcome === "later") {
        left += 1;
        continue;
      }
      await drop(one);
      if (outcome === "sent") sent += 1;
      else wrong = outcome;
    }
    if (wrong) tell(`${bar.dataset.refused} ${wrong}`);
    else if (left) tell(bar.dataset.one);
    else if (sent) tell(bar.dataset.sent);
  } catch {
    // Where nothing can be kept, nothing waits.
  } finally {
    turn = false;
  }
}

// No larger than the server keeps it: a photograph of some megabytes does not come through a bad line.
async function reduced(file) {
  if (!file?.size) return null;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const part = Math.min(1, 1280 / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.max(1, Math.round(image.width * part)), Math.max(1, Math.round(image.height * part))];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  } catch {
    return file;
  }
}

function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Whose code it is, where there is a line: a wrong code is seen before the second tap.
async function named(button) {
  try {
    const body = new URLSearchParams(new FormData(form, button));
    const reply = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(10_000) });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const text = (part) => page.querySelector(part)?.textContent.trim() ?? "";
    return { place: reply.ok ? text(".board-place") : "", wrong: reply.status === 422 ? text("[role=alert]") : "" };
  } catch {
    return { place: "", wrong: "" };
  }
}

function confirm(button) {
  const second = document.querySelector("template").content.cloneNode(true).querySelector("form");
  const field = (name) => second.elements[name];
  field("ma").value = form.elements.ma.value.trim().toUpperCase();
  field("viec").value = button.value;
  field("khoa").value = key();
  const will = second.querySelector(".board-will");
  will.textContent = `${will.dataset.will} ${button.textContent.trim()} · ${field("ma").value}`;
  const at = Date.now();
  const asking = named(button).then(({ place, wrong }) => {
    if (!second.isConnected) return place;
    if (wrong) {
      second.remove();
      form.hidden = false;
      tell(wrong);
      form.elements.ma.focus();
    } else if (place) will.textContent = `${will.dataset.will} ${button.textContent.trim()} · ${place}`;
    return place;
  });
  second.onsubmit = async (event) => {
    event.preventDefault();
    second.querySelector("button").disabled = true;
    const one = { to: second.action, at, anh: await reduced(field("anh").files[0]) };
    for (const name of ["ban", "ma", "viec", "khoa", "ten"]) one[name] = field(name).value;
    const kept = await keep(one).then(() => true, () => false);
    const outcome = await send(one);
    if (outcome !== "later" && kept) await drop(one).catch(() => {});
    if (outcome === "sent") {
      remember(one.ma);
      const place = await Promise.race([asking, Promise.resolve("")]);
      tell(place ? `${second.dataset.done} ${button.textContent.trim()} · ${place}.` : second.dataset.done);
      bar.classList.add("is-done");
    } else if (outcome === "later") {
      if (!kept) {
        // Nothing can wait here: the browser's own page says that there is no line.
        second.submit();
        return;
      }
      tell(second.dataset.later);
    } else {
      tell(`${bar.dataset.refused} ${outcome}`);
    }
    second.remove();
    form.hidden = false;
    bar.tabIndex = -1;
    bar.focus();
  };
  const leave = second.querySelector("[type=button]");
  leave.hidden = false;
  leave.onclick = () => {
    second.remove();
    form.hidden = false;
    form.elements.ma.focus();
  };
  form.after(second);
  form.hidden = true;
  second.querySelector("button").focus();
}

if (form) {
  if (!form.elements.ma.value) form.elements.ma.value = recall();
  form.onsubmit = (event) => {
    if (!event.submitter || !window.indexedDB) return;
    event.preventDefault();
    confirm(event.submitter);
  };
  addEventListener("online", sendWaiting);
  setInterval(sendWaiting, EVERY);
  sendWaiting();
}
