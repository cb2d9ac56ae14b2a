// Keeps what is typed into a form on this device until it is saved: a lost connection, a closed window or a session
// that ended costs nothing. One entry per field, under the form's name; with the fingerprint the field was loaded
// with, so that a wording somebody else saved meanwhile is shown, never overwritten.

const PREFIX = "andock/keep/";
const saved = document.querySelector("[data-kept-saved]");
if (saved) clear(`${PREFIX}${saved.dataset.keptSaved}/`);
const form = document.querySelector("form[data-keep]");
if (form) keep(form);

function keep(form) {
  const name = `${PREFIX}${form.dataset.keep}/`;
  const notice = form.querySelector("[data-kept]");
  const fields = [...form.elements].filter((field) => field.name && isText(field));
  const loaded = new Map(fields.map((field) => [field, { value: field.value, base: baseOf(field)?.value ?? "" }]));

  if ("saved" in form.dataset) clear(name);
  const entries = read(name);
  if ("unsaved" in form.dataset) {
    for (const field of fields) if (entries.has(field.name)) store(name, field);
  } else {
    restore(entries);
  }
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (!loaded.has(field)) return;
    if (field.value === loaded.get(field).value && !("unsaved" in form.dataset)) localStorage.removeItem(name + field.name);
    else store(name, field);
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    show(form.querySelector("[data-offline]"));
  });
  notice.querySelector("[data-kept-discard]").addEventListener("click", () => {
    for (const [field, { value, base }] of loaded) {
      field.value = value;
      if (baseOf(field)) baseOf(field).value = base;
    }
    clear(name);
    notice.hidden = true;
    fields[0].focus();
  });

  function restore(entries) {
    let latest = 0;
    for (const [fieldName, entry] of entries) {
      const field = fields.find((one) => one.name === fieldName);
      if (field && same(field.value, entry.value)) {
        localStorage.removeItem(name + fieldName);
        continue;
      }
      if (field) put(field, entry);
      else if (entry.value.trim()) showLost(entry.value);
      latest = Math.max(latest, entry.at);
    }
    if (!latest) return;
    const time = notice.querySelector("time");
    time.dateTime = new Date(latest).toISOString();
    time.textContent = new Date(latest).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    show(notice);
  }

  function put(field, entry) {
    field.value = entry.value;
    if (baseOf(field)) baseOf(field).value = entry.base;
  }

  function showLost(text) {
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.value = text;
    area.setAttribute("aria-label", notice.querySelector("[data-kept-label]").textContent);
    notice.querySelector("[data-kept-lost]").append(area);
  }

  function store(name, field) {
    const entry = { value: field.value, base: baseOf(field)?.value ?? "", at: Date.now() };
    try {
      localStorage.setItem(name + field.name, JSON.stringify(entry));
    } catch {
      // No room or not allowed: the page works on, it only cannot keep text.
    }
  }

  // The field that carries the fingerprint; rows of sources and slots share one.
  function baseOf(field) {
    const [, prefix, own] = field.name.match(/^(b-[0-9a-f-]{36}-)?(.*)$/);
    const list = own.match(/^(sources|parameters)-\d+-/);
    return form.elements[`${prefix ?? ""}base_${list ? list[1] : own}`];
  }
}

function isText(field) {
  return field.matches("textarea, select, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=submit])");
}

function read(name) {
  const entries = new Map();
  for (let place = 0; place < localStorage.length; place += 1) {
    const key = localStorage.key(place);
    if (!key.startsWith(name)) continue;
    try {
      entries.set(key.slice(name.length), JSON.parse(localStorage.getItem(key)));
    } catch {
      // Not ours, or torn: leave it.
    }
  }
  return entries;
}

function clear(name) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(name)) localStorage.removeItem(key);
}

// As the server compares: runs of blanks and blanks at line ends do not count.
function same(one, other) {
  const plain = (text) => text.normalize("NFC").replace(/\r\n/g, "\n").replace(/[^\S\n]+/g, " ").replace(/ ?\n ?/g, "\n").trim();
  return plain(one) === plain(other);
}

function show(box) {
  box.hidden = false;
  box.focus();
}
