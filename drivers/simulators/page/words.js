// What the page says: Chinese first, English beside it.

let words = {};

export async function loadWords() {
  words = await (await fetch("/api/words")).json();
}

// Table and key apart: values such as "utf-8" are keys too.
function word(language, table, key) {
  const group = key === undefined ? words[language] : words[language][table];
  return group[key ?? table];
}

export function say(element, table, key, places = {}) {
  const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => places[name]);
  const zh = fill(word("zh", table, key));
  const en = fill(word("en", table, key));
  element.replaceChildren(zh);
  if (en !== zh) element.append(make("span", "en", en, "en"));
  return element;
}

// A device may tell more than there are words for: a number, a path.
export function sayIfKnown(element, table, text) {
  if (text in words.zh[table]) return say(element, table, text);
  element.textContent = text;
  return element;
}

export function plain(table, key) {
  const [zh, en] = ["zh", "en"].map((language) => word(language, table, key));
  return zh === en ? zh : `${zh} ${en}`;
}

export function make(name, className = "", text = "", language = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  if (language) element.lang = language;
  return element;
}
