// Tells when the session is about to end, keeps what was typed on this device, and puts it back after sign-in.
// Without this script a form that arrives too late is answered with the typed text, to be copied.
const WARN_AT = 5 * 60; // seconds
const PREFIX = "andock:typed:";
const box = document.getElementById("session");
let timer;

function start() {
  const form = document.querySelector("form[data-keep-form]");
  const key = `${PREFIX}${box.dataset.user}:${location.pathname}`;
  forgetSaved(form, key);
  forgetOthers();
  if (form) {
    restore(form, key);
    form.addEventListener("input", () => keep(form, key, false));
    form.addEventListener("submit", () => keep(form, key, true));
  }
  box.querySelector("[data-renew]").addEventListener("submit", renew);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  ask();
}

// --- time ---------------------------------------------------------------------------------------------------------

async function ask(method = "GET") {
  clearTimeout(timer);
  const token = box.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(box.dataset.url, { method, headers: { Accept: "application/json", "X-CSRFToken": token } });
    show(answer.ok ? (await answer.json()).seconds : 0);
  } catch {
    timer = setTimeout(ask, 60_000); // offline: ask again later
  }
}

function renew(event) {
  event.preventDefault();
  ask("POST");
}

function show(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const ending = seconds > 0 && seconds <= WARN_AT;
  box.querySelector("[data-renew]").hidden = !ending;
  box.querySelector("[data-sign-in]").hidden = seconds > 0;
  if (seconds <= 0) say(box.dataset.over);
  else if (ending) say(box.dataset.left.replace("{minutes}", minutes));
  else if (box.dataset.said !== "restored") say("");
  // At the warning, then each minute, then at the end. Signed out: look again when the page is.
  if (seconds > WARN_AT) timer = setTimeout(ask, (seconds - WARN_AT) * 1000);
  else if (seconds > 0) timer = setTimeout(ask, Math.min(seconds, 60) * 1000 + 500);
}

function say(text, kind = "") {
  const status = box.querySelector("[data-status]");
  box.dataset.said = kind;
  if (status.textContent !== text) status.textContent = text;
  status.className = text ? "note" : "";
}

// --- what was typed -------------------------------------------------------------------------------------------------
function fields(form) {
  return [...form.elements].filter((field) => field.name && "keep" in field.dataset);
}

function keep(form, key, sent) {
  const values = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
  if (Object.keys(values).length) localStorage.setItem(key, JSON.stringify({ values, sent, at: Date.now() }));
}

// A form that was sent while signed in and is shown without errors has been saved.
function forgetSaved(form, key) {
  const kept = read(key);
  if (kept?.sent && !document.getElementById("errors")) localStorage.removeItem(key);
}

// Whatever was sent from another page of this person is saved too; what is older than a week is forgotten.
function forgetOthers() {
  const week = 7 * 24 * 3600 * 1000;
  forEachKept((key, kept) => {
    const mine = key.startsWith(`${PREFIX}${box.dataset.user}:`);
    if ((mine && kept.sent && !key.endsWith(`:${location.pathname}`)) || Date.now() - kept.at > week) localStorage.removeItem(key);
  });
}

function restore(form, key) {
  const kept = read(key);
  if (!kept || kept.sent) return;
  const changed = fields(form).filter((field) => field.name in kept.values && field.value !== kept.values[field.name]);
  for (const field of changed) field.value = kept.values[field.name];
  if (changed.length) say(box.dataset.restored, "restored");
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forEachKept(act) {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const kept = read(key);
    if (kept) act(key, kept);
  }
}

// --- what pages keep on this device to work without a network --------------------------------------------------------
// Entries under this prefix hold names of people. They go at the time they carry, and when somebody signs out.
const DEVICE = "andock:device:";

function forgetDevice(isLeaving) {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(DEVICE))) {
    if (isLeaving || !(read(key)?.until > Date.now())) localStorage.removeItem(key);
  }
}

forgetDevice(false);
document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => forgetDevice(true));

// The page that answers a form sent too late: what was kept must wait until somebody is signed in again.
if (document.querySelector("script[data-signed-out]")) {
  forEachKept((key, kept) => localStorage.setItem(key, JSON.stringify({ ...kept, sent: false })));
}
if (box) start();
