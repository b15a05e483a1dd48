// The page of the queue: a search that stays out of the address, and what a screen reader hears of those who come in.

import { fetchWith, refresh } from "./console-live.js";
import { ring, signal } from "./console-signals.js";

const RING_AGAIN_MS = 20_000;
const known = new Set();
let total = 0;
let newOnes = 0;

const rows = () => [...document.querySelectorAll("[data-row]")];
const fresh = () => rows().filter((row) => !known.has(row.id));
const standing = () => document.querySelector("[data-standing]");

export function watchQueue() {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  watchSearch(form);
  for (const row of rows()) known.add(row.id);
  total = Number(standing().dataset.total);
  tell();
  document.addEventListener("perheovi-fetched", () => look(Number(standing().dataset.total) - total));
  // They come before the rest, in which they are counted too.
  document.addEventListener("perheovi-crises", () => look(fresh().length));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) newOnes = 0;
    tell();
  });
  setInterval(() => document.querySelector("[data-row][data-crisis]") && ring("crisis"), RING_AGAIN_MS);
}

function watchSearch(form) {
  const box = form.elements.q;
  // The words that were asked for, which are not always those in the box.
  let asked = box.value.trim();
  fetchWith(() => {
    const here = standing().dataset.here;
    return asked ? new Request(here, { method: "POST", body: new URLSearchParams({ q: asked }) }) : new Request(here);
  });
  const ask = async (words) => {
    asked = words;
    await refresh();
    for (const row of rows()) known.add(row.id);
    total = Number(standing().dataset.total);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(box.value.trim());
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-search-end]")) return;
    event.preventDefault();
    box.value = "";
    box.focus();
    ask("");
  });
}

/** Tells of what has come: `more` wait than before, the fresh rows among them. */
function look(more) {
  const crisis = fresh().find((row) => row.dataset.crisis);
  for (const row of rows()) known.add(row.id);
  total += more;
  if (crisis) say("[data-urgent]", crisis.dataset.crisis);
  else if (more > 0) say("[data-polite]", document.querySelector("[data-polite]").dataset.new);
  if (more > 0 && document.hidden) newOnes += more;
  if (crisis) ring("crisis");
  else if (more > 0) ring("new");
  tell();
}

/** Says `words` to screen readers, also when they are the same as before. */
function say(region, words) {
  const place = document.querySelector(region);
  place.textContent = "";
  setTimeout(() => (place.textContent = words), 50);
}

function tell() {
  signal("queue", newOnes, Boolean(document.querySelector("[data-row][data-crisis]")));
}
