// Draws the bench as the server tells it, and sends what is touched. Holds no state of its own.

import { loadWords, make, plain, say, sayIfKnown } from "./words.js";

const drawn = {}; // device → what redraws it

async function send(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`/api/${path}`, { method, headers, body: JSON.stringify(body) });
  const said = await answer.json();
  const refused = document.getElementById("refused");
  refused.hidden = answer.ok;
  if (answer.ok) draw(said);
  else refused.textContent = `${plain("refused")} ${JSON.stringify(said.detail)}`;
}

const set = (device, control, value) => send("PUT", `${device}/${control}`, { value });

function makePlug(device) {
  const button = make("button", "plug");
  button.addEventListener("click", () => {
    set(device, "plugged", button.dataset.plugged !== "true");
  });
  drawn[device].push(({ plugged }) => {
    button.dataset.plugged = plugged;
    say(button, plugged ? "unplug" : "plug");
    button.title = plain(plugged ? "plugged" : "unplugged");
  });
  return button;
}

function makeCard(device, key, value, words, person) {
  const button = make("button", "person");
  const name = make("b", "", person?.name);
  button.append(name);
  if (person) {
    const note = make("span", "note", person.note.zh);
    note.append(make("span", "en", person.note.en, "en"));
    button.append(make("span", "number", person.number), note);
  } else say(name, words, value);
  button.addEventListener("click", () => {
    set(device, key, button.getAttribute("aria-pressed") === "true" ? "none" : value);
  });
  drawn[device].push(({ controls }) => {
    const lies = controls[key] === value;
    button.setAttribute("aria-pressed", String(lies));
    name.querySelector(".lies")?.remove();
    if (lies) name.append(say(make("span", "lies"), words, "lies"));
  });
  return button;
}

function makeCards(device, key, { values, words }, people) {
  const list = make("div", "people");
  const known = new Map(people.map((person) => [person.slug, person]));
  const cards = values.filter((value) => value !== "none");
  list.append(...cards.map((value) => makeCard(device, key, value, words, known.get(value))));
  return list;
}

function makeChoices(device, key, { values, words }) {
  const fieldset = make("fieldset", "options");
  fieldset.append(say(make("legend"), "control", key));
  values.forEach((value, place) => {
    const label = make("label", place > 0 ? "trouble" : "");
    const input = make("input");
    input.type = "radio";
    input.name = `${device}-${key}`;
    input.addEventListener("change", () => set(device, key, value));
    label.append(input, say(make("span"), words, value));
    fieldset.append(label);
    drawn[device].push(({ controls }) => { input.checked = controls[key] === value; });
  });
  return fieldset;
}

function makeField(name, values, words) {
  const label = make("label", "field");
  const input = make(values.length ? "select" : "input");
  input.name = name;
  for (const value of values) {
    const option = make("option", "", plain(words, value));
    option.value = value;
    input.append(option);
  }
  label.append(say(make("span"), words, name), input);
  return label;
}

function makeAct(device, act, { fields, words }) {
  const form = make("form", "act");
  form.append(...Object.entries(fields).map(([name, values]) => makeField(name, values, words)));
  form.append(say(make("button"), words, act));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send("POST", `${device}/${act}`, Object.fromEntries(new FormData(form)));
  });
  return form;
}

function makePrintOut(device, suffix, sheet) {
  const figure = make("figure");
  figure.dataset.number = sheet.number;
  const caption = say(make("figcaption"), "number", undefined, sheet);
  if (sheet.torn) caption.append(say(make("span", "torn"), "torn"));
  const url = `/api/${device}/print-outs/${sheet.number}.${suffix}`;
  figure.append(caption, (suffix === "png" ? makePicture : makeDocument)(url, caption.textContent));
  return figure;
}

function makePicture(url, alt) {
  const picture = make("img");
  picture.src = url;
  picture.alt = alt;
  return picture;
}

// The browser draws the PDF itself; one that does not shows the link.
function makeDocument(url, title) {
  const sheet = make("object");
  sheet.type = "application/pdf";
  sheet.data = `${url}#toolbar=0&navpanes=0&view=FitH`;
  sheet.title = title;
  const link = say(make("a"), "open");
  link.href = url;
  link.target = "_blank";
  sheet.append(link.cloneNode(true));
  const box = make("div");
  box.append(link, sheet);
  return box;
}

function makePrints(device, suffix) {
  const place = make("div", "print-outs");
  const nothing = say(make("p", "hint"), "nothing");
  drawn[device].push(({ print_outs: sheets }) => {
    const there = new Map([...place.children].map((figure) => [figure.dataset.number, figure]));
    place.replaceChildren(
      ...sheets.map(
        (sheet) => there.get(String(sheet.number)) ?? makePrintOut(device, suffix, sheet),
      ),
    );
    nothing.hidden = sheets.length > 0;
  });
  const box = make("div");
  box.append(say(make("h3"), "print_outs"), nothing, place);
  return box;
}

function makeSound(device, name) {
  const player = make("audio");
  player.controls = true;
  player.preload = "none";
  const button = say(make("button"), "sound", "listen");
  button.addEventListener("click", () => {
    player.src = `/api/${device}/sounds/${name}.wav?${Date.now()}`;
    player.play();
  });
  const line = make("div", "act");
  line.append(say(make("span"), "sound", name), button, player);
  return line;
}

function makeFacts(device) {
  const list = make("dl", "facts");
  drawn[device].push(({ facts }) => {
    list.replaceChildren(
      ...Object.entries(facts).flatMap(([name, text]) => [
        say(make("dt"), "fact", name), sayIfKnown(make("dd"), "fact_value", text),
      ]),
    );
  });
  return list;
}

function makeDevice({ device, controls, acts, prints, sounds }, people) {
  drawn[device] = [];
  const section = make("section");
  section.id = device;
  section.setAttribute("aria-labelledby", `${device}-title`);
  const title = say(make("h2"), "device", device);
  title.id = `${device}-title`;
  const head = make("div", "head");
  head.append(title, makePlug(device));
  section.append(head, say(make("p", "hint"), "hint", device));
  for (const [act, kind] of Object.entries(acts)) section.append(makeAct(device, act, kind));
  for (const [key, kind] of Object.entries(controls)) {
    const ofCards = kind.values.some((value) => people.some(({ slug }) => slug === value));
    section.append(
      ofCards ? makeCards(device, key, kind, people) : makeChoices(device, key, kind),
    );
  }
  section.append(makeFacts(device), ...sounds.map((name) => makeSound(device, name)));
  if (prints.length) section.append(makePrints(device, prints[0]));
  return section;
}

function draw(state) {
  for (const [device, now] of Object.entries(state)) drawn[device].forEach((part) => part(now));
}

async function begin() {
  await loadWords();
  const [people, devices] = await Promise.all(
    ["/api/people", "/api/devices"].map(async (path) => (await fetch(path)).json()),
  );
  for (const element of document.querySelectorAll("[data-word]")) say(element, element.dataset.word);
  const place = document.getElementById("devices");
  place.append(...devices.map((device) => makeDevice(device, people)));
  const events = new EventSource("/api/events");
  const lost = document.getElementById("lost");
  events.onmessage = (event) => draw(JSON.parse(event.data));
  events.onopen = () => { lost.hidden = true; };
  events.onerror = () => { lost.hidden = false; };
}

begin();
