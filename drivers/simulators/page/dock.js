// Draws the bench as the server tells it, and sends what is touched. Holds no state of its own.

const reader = { path: "/api/reader" };
const printer = { path: "/api/printer" };
const devices = { reader, printer };
let words = {};

const word = (language, key) => key.split(".").reduce((part, name) => part[name], words[language]);

function say(element, key, places = {}) {
  const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => places[name]);
  const english = document.createElement("span");
  english.className = "en";
  english.lang = "en";
  english.textContent = fill(word("en", key));
  element.replaceChildren(fill(word("zh", key)), english);
  return element;
}

async function put(device, key, value) {
  const body = JSON.stringify({ [key === "card" ? "person" : key]: value });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${devices[device].path}/${key}`, { method: "PUT", headers, body });
  if (answer.ok) draw(await answer.json());
}

function makePerson(person) {
  const button = document.createElement("button");
  button.className = "person";
  button.dataset.slug = person.slug;
  const name = document.createElement("b");
  name.textContent = person.name;
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = person.number;
  const note = document.createElement("span");
  note.className = "note";
  const english = document.createElement("span");
  english.className = "en";
  english.lang = "en";
  english.textContent = person.note.en;
  note.append(person.note.zh, english);
  button.append(name, number, note);
  button.addEventListener("click", () => {
    put("reader", "card", button.getAttribute("aria-pressed") === "true" ? null : person.slug);
  });
  return button;
}

const options = {
  cover: [
    { key: "printer.cover_closed", value: false },
    { key: "printer.cover_open", value: true },
  ],
};

function makeOptions(fieldset) {
  const { device, key, words: group } = fieldset.dataset;
  const choices = options[group]
    ?? Object.keys(words.zh[group]).map((value) => ({ key: `${group}.${value}`, value }));
  choices.forEach((choice, place) => {
    const label = document.createElement("label");
    label.classList.toggle("trouble", place > 0);
    const input = document.createElement("input");
    input.type = "radio";
    input.name = `${device}-${key}`;
    input.value = String(choice.value);
    input.addEventListener("change", () => put(device, key, choice.value));
    label.append(input, say(document.createElement("span"), choice.key));
    fieldset.append(label);
  });
}

function makePrintOut(sheet) {
  const figure = document.createElement("figure");
  figure.dataset.number = sheet.number;
  const caption = document.createElement("figcaption");
  say(caption, "printer.number", { number: sheet.number });
  if (sheet.torn) {
    const torn = document.createElement("span");
    torn.className = "torn";
    caption.append(say(torn, "printer.torn"));
  }
  const picture = document.createElement("img");
  picture.src = `/api/printer/print-outs/${sheet.number}.png`;
  picture.alt = caption.textContent;
  figure.append(caption, picture);
  return figure;
}

function drawPrintOuts(sheets) {
  const place = document.getElementById("print-outs");
  const there = new Map([...place.children].map((figure) => [figure.dataset.number, figure]));
  place.replaceChildren(
    ...sheets.map((sheet) => there.get(String(sheet.number)) ?? makePrintOut(sheet)),
  );
  document.getElementById("nothing").hidden = sheets.length > 0;
}

function drawCard(slug) {
  for (const button of document.querySelectorAll(".person")) {
    const lies = button.dataset.slug === slug;
    button.setAttribute("aria-pressed", String(lies));
    button.querySelector(".lies")?.remove();
    if (lies) {
      const mark = document.createElement("span");
      mark.className = "lies";
      button.querySelector("b").append(say(mark, "reader.lies"));
    }
  }
}

function draw(state) {
  for (const button of document.querySelectorAll(".plug")) {
    const { plugged } = state[button.dataset.device];
    button.dataset.plugged = plugged;
    say(button, plugged ? "unplug" : "plug");
    button.title = `${word("zh", plugged ? "plugged" : "unplugged")} ${word("en", plugged ? "plugged" : "unplugged")}`;
  }
  for (const input of document.querySelectorAll(".options input")) {
    const { device, key } = input.closest("fieldset").dataset;
    input.checked = input.value === String(state[device][key]);
  }
  drawCard(state.reader.card);
  drawPrintOuts(state.printer.print_outs);
}

async function begin() {
  const [theWords, people] = await Promise.all(
    ["/api/words", "/api/people"].map(async (path) => (await fetch(path)).json()),
  );
  words = theWords;
  for (const element of document.querySelectorAll("[data-word]")) say(element, element.dataset.word);
  document.getElementById("people").append(...people.map(makePerson));
  document.querySelectorAll(".options").forEach(makeOptions);
  for (const button of document.querySelectorAll(".plug")) {
    button.addEventListener("click", () => {
      put(button.dataset.device, "plugged", button.dataset.plugged !== "true");
    });
  }
  const events = new EventSource("/api/events");
  const lost = document.getElementById("lost");
  events.onmessage = (event) => draw(JSON.parse(event.data));
  events.onopen = () => { lost.hidden = true; };
  events.onerror = () => { lost.hidden = false; };
}

begin();
