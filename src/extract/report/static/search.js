// Searches titles and the sentences that carry figures; the index is loaded, part by part, with the first search.
"use strict";

const index = [];
let waiting = null;

// Each part of the index calls this.
function searchPart(part) { for (const release of part) index.push(release); } // eslint-disable-line no-unused-vars

function load(parts) {
  if (waiting) return waiting;
  waiting = Promise.all(Array.from({ length: parts }, (_, number) => new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `assets/search-${number}.js`;
    script.onload = done;
    script.onerror = () => fail(new Error(`assets/search-${number}.js cannot be loaded`));
    document.head.append(script);
  })));
  return waiting;
}

function marked(text, words) {
  const node = document.createElement("span");
  const lower = text.toLowerCase();
  let at = 0;
  while (at < text.length) {
    const next = words.map((word) => [lower.indexOf(word, at), word.length]).filter((one) => one[0] >= 0).sort((a, b) => a[0] - b[0])[0];
    if (!next) break;
    node.append(text.slice(at, next[0]));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(next[0], next[0] + next[1]);
    node.append(mark);
    at = next[0] + next[1];
  }
  node.append(text.slice(at));
  return node;
}

function line(href, text, words, date) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  link.append(marked(text, words));
  item.append(link);
  if (date) item.append(` ${date}`);
  return item;
}

function find(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text) => { const lower = text.toLowerCase(); return words.every((word) => lower.includes(word)); };
  const results = document.getElementById("results");
  results.replaceChildren();
  let number = 0;
  let shown = 0;
  if (words.length) {
    for (const [href, title, date, sentences] of index) {
      const hits = sentences.filter((one) => has(one[1]));
      if (!hits.length && !has(title)) continue;
      number += 1;
      if (shown >= 200) continue;
      const item = line(href, title, words, date);
      const inner = document.createElement("ul");
      hits.slice(0, 10).forEach((one) => inner.append(line(`${href}#o-${one[0]}`, one[1], words, "")));
      item.append(inner);
      results.append(item);
      shown += 1;
    }
  }
  const rest = number > shown ? `, the first ${shown} shown` : "";
  document.getElementById("found").textContent = words.length ? `${number} ${number === 1 ? "release" : "releases"}${rest}` : "";
}

const form = document.getElementById("search");
const field = document.getElementById("q");

function run() {
  load(Number(form.dataset.parts)).then(() => find(field.value), (error) => { document.getElementById("found").textContent = error.message; });
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
field.addEventListener("input", () => { if (field.value.length > 2) run(); });
field.value = new URLSearchParams(location.search).get("q") || "";
if (field.value) run();
