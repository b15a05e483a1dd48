// Keeps a page up to date: a server-sent event says that something changed and which change was the last, the page is
// fetched again unless it has that change already, and only its parts marked data-live are put in. Events may come
// late, twice, in any order or not at all: what is shown is always what the server last said of the whole.

import { fetchByItself } from "./console-here.js";
import { morph } from "./console-morph.js";
import { leave } from "./console-typed.js";

/** So long the rest waits when a crisis has come: first every console of the region shall show it. */
const REST_AFTER_MS = 1000;
const REST_WITHIN_MS = 1000;

const state = document.querySelector("[data-live-state]");
const standing = () => document.querySelector("[data-standing]");
let fetching = false;
let again = false;
/** The last change known of, and the last one that this page shows; -1 for not known. */
let known = -1;
let shown = Number(standing()?.dataset.revision ?? -1);
/** The change with which the crises were put in by themselves. */
let crisesAt = -1;
let timer;
let rest;
let asks = () => new Request(standing()?.dataset.here || location.href);

/** What is fetched to see the page as it is now; a search asks with its words. */
export function fetchWith(request) {
  asks = request;
}

/** The nodes of a fragment; a parsed document runs no script and loads nothing. */
export function nodes(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

/** Makes the parts named by `attribute` like the same parts of `html`. */
export function swap(html, attribute) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement;
  const kept = focused?.id || "";
  const row = focused?.closest?.("[data-row]");
  const place = row ? [...document.querySelectorAll("[data-row]")].indexOf(row) : -1;
  const steady = holdStill();
  for (const part of document.querySelectorAll(`[${attribute}]`)) {
    const name = part.getAttribute(attribute);
    const found = fresh.querySelector(`[${attribute}="${name}"]`);
    if (found && !part.querySelector("select:focus")) morph(part, found);
  }
  if (document.activeElement === document.body && kept) restore(kept, place);
  steady();
}

// What is read stays where it is when rows come in above it; at the top of the page the newest is what is to be seen.
function holdStill() {
  if (scrollY < 40) return () => {};
  const inView = [...document.querySelectorAll("[data-row]")].find((row) => row.getBoundingClientRect().top > 0);
  const anchor = document.activeElement?.closest?.("[data-row]") || inView;
  if (!anchor?.id) return () => {};
  const before = anchor.getBoundingClientRect().top;
  return () => {
    const now = document.getElementById(anchor.id);
    if (now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: "instant" });
  };
}

function restore(id, place) {
  const same = document.getElementById(id);
  if (same) return same.focus({ preventScroll: true });
  // The row is gone (a colleague took it): stay at the same place in the list.
  const rows = [...document.querySelectorAll("[data-row]")];
  rows[Math.min(place, rows.length - 1)]?.querySelector("[data-open]")?.focus({ preventScroll: true });
}

/** Fetches the page and shows it; while one fetch is under way the next one waits for its end. */
export async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    do {
      again = false;
      clearTimeout(rest);
      rest = undefined;
      const atLeast = known;
      const request = asks();
      request.headers.set("Accept", "text/html");
      const response = await fetchByItself(request, { headers: Object.fromEntries(request.headers), redirect: "manual" });
      if (response.type === "opaqueredirect") return void leave();
      if (response.ok || response.status === 404) {
        const html = await response.text();
        if (revisionOf(html) < crisesAt) {
          // Asked for before a crisis came, answered after: it knows less than what is shown.
          again = true;
          continue;
        }
        swap(html, "data-live");
        shown = Math.max(Number(standing()?.dataset.revision ?? -1), atLeast);
        document.dispatchEvent(new CustomEvent("perheovi-fetched", { detail: html }));
      }
    } while (again);
  } catch {
    now("");
  } finally {
    fetching = false;
    lookAgain();
  }
}

function revisionOf(html) {
  const found = html.match(/data-standing [^>]*data-revision="(\d+)"/);
  return found ? Number(found[1]) : Infinity;
}

// A crisis is first on every console within a second. So the crises come by themselves, which is little work for the
// server, and everything else a moment later, not on all consoles at once.
async function showCrises() {
  clearTimeout(rest);
  rest = setTimeout(refresh, REST_AFTER_MS + Math.random() * REST_WITHIN_MS);
  const address = standing()?.dataset.crises;
  if (!address) return;
  const atLeast = known;
  const response = await fetchByItself(address, { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
  if (!response?.ok) return;
  const found = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-found]");
  const number = Number(found.dataset.revision || atLeast);
  // In the meantime somebody may have begun to search, or the whole page may have come.
  if (number < Math.max(shown, crisesAt) || !standing()?.dataset.crises) return;
  crisesAt = number;
  putFirst(found.firstElementChild);
  document.dispatchEvent(new CustomEvent("perheovi-crises"));
}

function putFirst(group) {
  const old = document.getElementById("group-of-crisis");
  const steady = holdStill();
  if (old && group) morph(old, group);
  else if (old) old.remove();
  else if (group) {
    const place = document.querySelector("[data-live=rows]");
    place.insertBefore(document.importNode(group, true), place.querySelector(".group, .empty"));
  }
  steady();
}

// A row becomes late although nobody does anything.
function lookAgain() {
  clearTimeout(timer);
  const seconds = Number(standing()?.dataset.lookAgain);
  if (seconds) timer = setTimeout(refresh, seconds * 1000);
}

// `time` is the server's clock as it came with an event; without it the connection is lost.
function now(time) {
  if (!state) return;
  const at = state.querySelector("[data-live-time]");
  if (time) at.textContent = time;
  state.classList.toggle("live-lost", !time);
  const words = state.querySelector("[data-live-words]");
  const said = time ? state.dataset.on : state.dataset.off.replace("{time}", at.textContent);
  if (words.textContent !== said) words.textContent = said;
  at.hidden = !time;
}

function hear(name, event) {
  now(event.data);
  if (name === "live-chat") {
    // What is said in a chat concerns its own page.
    if (document.querySelector("[data-keys=chat]")) refresh();
    return;
  }
  if (name === "ready" || name === "chats") document.dispatchEvent(new Event("perheovi-chats"));
  if (name === "chats") {
    if (document.querySelector("main.chats")) refresh();
    return;
  }
  const number = event.lastEventId === "" ? NaN : Number(event.lastEventId);
  if (number > known) known = number;
  const isNew = Number.isNaN(number) ? name !== "beat" : number > shown;
  if (name !== "beat" || isNew) document.dispatchEvent(new Event("perheovi-queue"));
  // A page without a live state is a form and is left alone.
  if (!state || !isNew) return;
  if (name === "crisis") showCrises();
  else if (!rest) refresh();
}

export function listen() {
  const chats = document.querySelector("[data-chats]");
  if (!state && !chats) return;
  lookAgain();
  let source;
  const open = () => {
    source = new EventSource("/staff/live");
    for (const name of ["ready", "crisis", "queue", "chats", "live-chat", "beat"]) {
      source.addEventListener(name, (event) => hear(name, event));
    }
    source.addEventListener("signed-out", leave);
    source.addEventListener("error", () => {
      now("");
      // A refused stream is not tried again by the browser; the sign-in may have ended, which a fetch will show.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => refresh().then(open), 3000);
    });
  };
  open();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && open());
}
