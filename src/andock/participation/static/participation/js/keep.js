// What somebody types survives a closed browser for seven days, on this device only. The page of thanks deletes it.
// A code from a letter does not: it is as good as a key.
const PREFIX = "andock-keep:";
const WEEK = 7 * 24 * 60 * 60 * 1000;
const form = document.querySelector("form[data-keep-week]");

const fields = () =>
  [...form.elements].filter(
    (field) => field.name && field.name !== "code" && !["hidden", "file", "submit", "password"].includes(field.type),
  );

function tidy() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const kept = JSON.parse(localStorage.getItem(key));
    if (!form || Date.now() - kept.at > WEEK) localStorage.removeItem(key);
  }
}

function restore(key) {
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  if (!kept || document.querySelector(".errs")) return; // what was refused comes back from the server
  for (const field of fields()) {
    if (!(field.name in kept.values)) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept.values[field.name].includes(field.value);
    else if (!field.value || field.tagName === "SELECT" || field.tagName === "TEXTAREA") [field.value] = kept.values[field.name];
  }
}

function keep(key) {
  const values = {};
  for (const field of fields()) {
    if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
    (values[field.name] ??= []).push(field.value);
  }
  localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
}

try {
  tidy();
  if (form) {
    const key = PREFIX + location.pathname;
    restore(key);
    form.addEventListener("input", () => keep(key));
  }
} catch {
  // No storage (private window): the form works without it.
}
