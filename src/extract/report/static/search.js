// Searches titles and the sentences that carry figures. The index is loaded part by part, the latest releases first,
// and no further than the results that are shown need it.
"use strict";

const index = [];
const MOST = 50;
let loaded = 0;
let waiting = Promise.resolve();
// Counts the searches: an answer to an older one is dropped.
let asked = 0;

// Each part of the index calls this.
function searchPart(part) { index.push(part); } // eslint-disable-line no-unused-vars

function load(number) {
  if (number < loaded) return Promise.resolve();
  waiting = waiting.then(() => number < loaded || new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `assets/search-${number}.js`;
    script.onload = () => { loaded += 1; script.remove(); done(); };
    script.onerror = () => fail(new Error(`assets/search-${number}.js cannot be loaded`));
    document.head.append(script);
  }));
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

function sentencesWith(release, words) {
  const has = (text) => { const lower = text.toLowerCase(); return words.every((word) => lower.includes(word)); };
  const hits = release[3].filter((one) => has(one[1]));
  return hits.length || has(release[1]) ? hits : null;
}

function shown([href, title, date], hits, words) {
  const item = line(href, title, words, date);
  const inner = document.createElement("ul");
  hits.slice(0, 10).forEach((one) => inner.append(line(`${href}#o-${one[0]}`, one[1], words, "")));
  item.append(inner);
  return item;
}

// Shows results from a place in the index on, until enough are shown or no part is left.
async function find(words, mine, start, number) {
  const parts = Number(form.dataset.parts);
  const most = number + MOST;
  let [part, at] = start;
  for (; part < parts && number < most; at = 0, part += 1) {
    found.textContent = `${number} found; searching part ${part + 1} of ${parts}`;
    await load(part);
    if (mine !== asked) return;
    for (; at < index[part].length && number < most; at += 1) {
      const hits = sentencesWith(index[part][at], words);
      if (hits) { results.append(shown(index[part][at], hits, words)); number += 1; }
    }
    if (at < index[part].length) break;
  }
  const end = part >= parts;
  found.textContent = `${number} ${number === 1 ? "release" : "releases"}${end ? "" : ", the latest; older ones are not searched yet"}`;
  more.hidden = end;
  more.onclick = () => { more.hidden = true; find(words, mine, [part, at], number).catch(failed); };
}

const form = document.getElementById("search");
const field = document.getElementById("q");
const results = document.getElementById("results");
const found = document.getElementById("found");
const more = document.getElementById("more");

function failed(error) { found.textContent = error.message; }

function run() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  asked += 1;
  results.replaceChildren();
  found.textContent = "";
  more.hidden = true;
  if (words.length) find(words, asked, [0, 0], 0).catch(failed);
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
field.addEventListener("input", () => { if (field.value.length > 2) run(); });
field.value = new URLSearchParams(location.search).get("q") || "";
if (field.value) run();
