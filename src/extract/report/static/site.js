// Filters of lists, and on a release's page the light that leads from a figure to its words and back.
"use strict";

function filterList(input) {
  const list = document.getElementById(input.dataset.filter);
  const said = document.querySelector(`[data-filtered="${input.dataset.filter}"]`);
  const rows = [...list.querySelectorAll("tbody tr, li")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    said.textContent = words.length ? `${shown} of ${rows.length}` : "";
  });
}

function lights() {
  const text = document.getElementById("text");
  const cards = [...document.querySelectorAll(".card")];
  if (!text || !cards.length) return;
  const marks = [...text.querySelectorAll("[data-m]")];
  const parts = [...text.querySelectorAll("[data-s]")];
  const boxes = [...document.querySelectorAll(".boxes a")];
  const said = document.getElementById("said");
  const split = (value) => (value || "").split(" ").filter(Boolean);

  function clear() {
    document.querySelectorAll(".lit, .lit-s").forEach((one) => one.classList.remove("lit", "lit-s"));
    document.querySelectorAll("[aria-current='true']").forEach((one) => one.removeAttribute("aria-current"));
    said.textContent = "";
  }

  function show(chosen, keys, origin) {
    clear();
    const sentences = new Set(chosen.map((card) => card.dataset.s).filter((one) => one !== undefined));
    chosen.forEach((card) => card.classList.add("lit"));
    const lit = marks.filter((mark) => keys.has(mark.dataset.m));
    lit.forEach((mark) => mark.classList.add("lit"));
    const chosenKeys = new Set(chosen.map((card) => card.dataset.o));
    boxes.filter((box) => split(box.dataset.o).some((one) => chosenKeys.has(one))).forEach((box) => box.classList.add("lit"));
    parts.filter((part) => split(part.dataset.s).some((one) => sentences.has(one))).forEach((part) => part.classList.add("lit-s"));
    origin.setAttribute("aria-current", "true");
    const figures = chosen.length === 1 ? "1 figure" : `${chosen.length} figures`;
    said.textContent = `Lit: ${figures}, ${keys.size === 1 ? "1 mention" : `${keys.size} mentions`}.`;
    return lit;
  }

  function fromCard(card, scroll) {
    const keys = split(card.dataset.m);
    const lit = show([card], new Set(keys), card.querySelector(".pick"));
    const figure = lit.find((mark) => mark.dataset.m === keys[0]);
    if (scroll && figure) figure.scrollIntoView({ block: "center" });
  }

  function fromMark(mark) {
    const key = mark.dataset.m;
    const chosen = cards.filter((card) => split(card.dataset.m).includes(key));
    show(chosen, new Set([key]), mark);
    if (chosen.length) chosen[0].scrollIntoView({ block: "nearest" });
  }

  function fromBox(box, scroll) {
    const chosen = cards.filter((card) => split(box.dataset.o).includes(card.dataset.o));
    show(chosen, new Set(chosen.flatMap((card) => split(card.dataset.m))), box);
    if (scroll && chosen.length) chosen[0].scrollIntoView({ block: "nearest" });
  }

  function fromAddress() {
    const named = (one) => `#${one.id}` === decodeURIComponent(location.hash);
    const card = cards.find(named);
    const box = boxes.find(named);
    if (card) fromCard(card, true);
    if (box) fromBox(box, false);
  }

  cards.forEach((card) => card.querySelector(".pick").addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `#${card.id}`);
    fromCard(card, true);
  }));
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-m]");
    if (!mark) return;
    event.preventDefault();
    fromMark(mark);
  });
  boxes.forEach((box) => box.addEventListener("click", (event) => { event.preventDefault(); fromBox(box, true); }));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  document.querySelectorAll("[data-label]").forEach((box) => box.addEventListener("change", () => {
    text.classList.toggle(`hide-${box.dataset.label}`, !box.checked);
  }));
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
}

document.querySelectorAll("[data-filter]").forEach(filterList);
lights();
