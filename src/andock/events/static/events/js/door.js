// Check-in at the door, with or without a network. The names are kept on this device for this event only; what somebody
// notes becomes a report of its own, without a name, and stays until the server has it. A report says "this seat of this
// registration is taken": sent twice, or by two phones, it still counts once. Without this script the forms do the same.

const door = document.querySelector("[data-door]");
const LIST = `andock:device:door:${door.dataset.door}`; // the accounts' script forgets it at its time and at sign-out
const REPORT = `andock:door:${door.dataset.door}:`;
const EVERY = 15_000; // milliseconds
const PATIENCE = 10_000;
const SHOWN = 20;
const BATCH = 200;
const until = Number(door.dataset.until);
const find = (name, place = door) => place.querySelector(`[data-${name}]`);
const search = door.querySelector("[name=suche]");
let people = [];
let token = door.querySelector("[name=csrfmiddlewaretoken]")?.value ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
let etag = "";
let isBusy = false;
let isAgain = false;
let isOver = !canKeep() || Date.now() >= until;

if (!isOver) start();

function start() {
  people = stored();
  find("device", document).hidden = false;
  find("forget", document).addEventListener("click", forget);
  door.addEventListener("submit", submitted);
  search.addEventListener("input", render);
  addEventListener("online", sync);
  addEventListener("offline", sync);
  document.addEventListener("visibilitychange", () => document.hidden || sync());
  setInterval(sync, EVERY);
  if (people.length) render();
  sync();
}

// --- what somebody does ---------------------------------------------------------------------------------------------

function submitted(event) {
  if (isOver || !people.length) return;
  if (event.target.matches(".door-search")) {
    event.preventDefault();
    return render();
  }
  const person = people.find((one) => one.id === event.target.elements.registration.value);
  if (!person) return;
  event.preventDefault();
  if (event.submitter.value === "take_back") takeBack(person, event.target);
  else note(person, event.submitter.value.split(",").map(Number));
}

function note(person, seats) {
  const here = seatsOf(person);
  const at = new Date().toISOString();
  for (const seat of seats.filter((one) => !here.has(one))) {
    localStorage.setItem(REPORT + crypto.randomUUID(), JSON.stringify({ registration: person.id, seat, at }));
  }
  say(words("here", { name: person.name }));
  if (seatsOf(person).size === person.seats) search.value = "";
  search.focus();
  render();
  sync();
}

async function takeBack(person, form) {
  const mine = reports().filter((one) => one.registration === person.id);
  if (person.came.length || isBusy) {
    const data = new FormData(form);
    data.set("act", "take_back");
    data.set("csrfmiddlewaretoken", token);
    try {
      const answer = await ask(location.pathname, { method: "POST", body: data });
      if (!answer.ok) throw new Error(String(answer.status));
    } catch {
      return say(words("needs-network"));
    }
    person.came = [];
  }
  for (const one of mine) localStorage.removeItem(REPORT + one.id);
  say(words("back"));
  render();
  sync();
}

function forget() {
  localStorage.removeItem(LIST);
  people = [];
  isOver = true;
  find("people").replaceChildren();
  find("device", document).hidden = true;
  say(words("forgotten"));
}

// --- the server -----------------------------------------------------------------------------------------------------

async function sync() {
  if (Date.now() >= until && !isOver) forget();
  if (isBusy) {
    isAgain = true;
    return;
  }
  isBusy = true;
  let state = "online";
  try {
    state = (await send()) ?? (isOver ? state : await fetchList()) ?? state;
  } catch {
    state = "offline";
  }
  isBusy = false;
  tell(state);
  if (isAgain && state === "online") {
    isAgain = false;
    sync();
  }
}

// Sends what is noted; what stands in the way, if anything does.
async function send() {
  for (let waiting = reports().slice(0, BATCH); waiting.length; waiting = reports().slice(0, BATCH)) {
    let answer = await report(waiting);
    if (answer.status === 403) {
      etag = "";
      const obstacle = await fetchList(); // somebody signed in anew: the page's token is no longer good, the list brings another
      if (obstacle) return obstacle;
      answer = await report(waiting);
    }
    if (answer.status === 401) return "signed-out";
    if (!answer.ok) return "refused";
    settle(waiting, await answer.json());
  }
}

function report(waiting) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  return ask(door.dataset.reports, { method: "POST", headers, body: JSON.stringify({ arrivals: waiting }) });
}

function settle(sent, { settled, unknown }) {
  for (const one of sent.filter(({ id }) => settled.includes(id))) {
    localStorage.removeItem(REPORT + one.id);
    const person = people.find(({ id }) => id === one.registration);
    if (person && !unknown.includes(one.id) && !person.came.includes(one.seat)) person.came.push(one.seat);
  }
  store();
  if (unknown.length) say(words("unknown", { unknown: unknown.length }));
}

async function fetchList() {
  const answer = await ask(door.dataset.list, { headers: etag ? { "If-None-Match": etag } : {} });
  if (answer.redirected) return "signed-out";
  if (answer.status === 304) return;
  if (!answer.ok) return "refused";
  const list = await answer.json();
  token = list.token;
  etag = answer.headers.get("ETag") ?? "";
  people = list.people;
  store();
  render();
}

function ask(address, options) {
  return fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
}

// --- this device ----------------------------------------------------------------------------------------------------

function canKeep() {
  try {
    localStorage.setItem(`${REPORT}try`, "");
    localStorage.removeItem(`${REPORT}try`);
    return "randomUUID" in crypto;
  } catch {
    return false;
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(LIST))?.people ?? [];
  } catch {
    return [];
  }
}

function store() {
  if (isOver) return;
  try {
    localStorage.setItem(LIST, JSON.stringify({ people, until }));
  } catch {
    // No room for the names: they stay in this page as long as it is open.
  }
}

function reports() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(REPORT));
  return keys.map((key) => ({ id: key.slice(REPORT.length), ...JSON.parse(localStorage.getItem(key)) }));
}

function seatsOf(person, noted = reports()) {
  return new Set([...person.came, ...noted.filter((one) => one.registration === person.id).map((one) => one.seat)]);
}

// --- what is shown --------------------------------------------------------------------------------------------------

function render() {
  const wanted = search.value.trim();
  const found = wanted ? people.filter((person) => fits(person, wanted)) : [];
  const noted = reports();
  find("people").replaceChildren(...found.slice(0, SHOWN).map((person) => row(person, noted)));
  hint("nothing", wanted && !found.length, words("nobody", { search: wanted }));
  hint("more", found.length > SHOWN, words("more", { more: found.length - SHOWN }));
  const here = people.map((person) => seatsOf(person, noted).size);
  const expected = people.map(({ state, seats }, place) => (state && !here[place] ? 0 : seats));
  find("count").textContent = words("count", { came: sum(here), expected: sum(expected) });
}

// As the server compares: no difference between Müller, MULLER and muller.
function folded(text) {
  return text.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");
}

function fits(person, wanted) {
  const place = folded([person.name, person.code, ...person.companions].join("\n"));
  return folded(wanted).split(/\s+/).every((word) => place.includes(word));
}

function row(person, noted) {
  const made = copy("person");
  find("name", made).textContent = person.name;
  find("code", made).textContent = person.code;
  made.querySelector("[name=registration]").value = person.id;
  const here = seatsOf(person, noted);
  if (person.state && !here.size) {
    find("seats", made).replaceWith(waits(person));
    return made;
  }
  const numbers = [...Array(person.seats).keys()];
  const parts = numbers.map((seat) => (here.has(seat) ? isHere(person, seat) : button(person, seat)));
  if (person.seats > 1 && !here.size) parts.push(all(numbers));
  if (here.size) parts.push(copy("mistake"));
  find("seats", made).append(...parts);
  return made;
}

function waits(person) {
  const made = copy("waits");
  made.textContent = words("waits", { state: person.state });
  return made;
}

function isHere(person, seat) {
  const made = copy("here");
  made.querySelector("span").textContent = words("seat", { name: nameOf(person, seat) });
  return made;
}

function button(person, seat) {
  const made = copy("seat");
  made.value = seat;
  if (person.seats === 1) made.append(copy("one"));
  else made.textContent = words("seat", { name: nameOf(person, seat) });
  made.classList.toggle("quiet", person.seats > 1);
  return made;
}

function all(numbers) {
  const made = copy("all");
  made.value = numbers.join(",");
  return made;
}

function nameOf(person, seat) {
  return [person.name, ...person.companions][seat] || words("person", { number: seat + 1 });
}

function copy(name) {
  return document.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
}

function hint(name, isShown, text) {
  find(name).hidden = !isShown;
  if (isShown) find(name).textContent = text;
}

function say(text) {
  find("said").textContent = text;
  find("said").className = "door-said note success";
}

function tell(state) {
  const waiting = reports().length;
  const text = [words(state), ...(waiting ? [words("waiting", { waiting })] : [])].join(" ");
  const place = find("network");
  place.classList.toggle("note", state !== "online" || waiting > 0);
  if (place.textContent !== text) place.textContent = text;
}

function sum(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}

function words(name, values = {}) {
  return door.getAttribute(`data-say-${name}`).replace(/\{(\w+)\}/g, (_all, key) => values[key]);
}
