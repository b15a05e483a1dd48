// Whether somebody is here. A sign-in ends when nobody has used it for a while: what a page asks for by itself is marked
// and does not count, what a person does in the page (types, reads, moves) is told now and then, and who seems to be
// away is warned before the end.

import { leave } from "./console-typed.js";

const BY_ITSELF = { "Perheovi-By-Itself": "1" };
const TELL_EVERY_MS = 60_000;
const WARN_SECONDS = 5 * 60;
let toldAt = Date.now();
let timer;
let warns = false;

/** A fetch that nobody has asked for. */
export function fetchByItself(request, init = {}) {
  return fetch(new Request(request, { ...init, headers: { ...init.headers, ...BY_ITSELF } }));
}

export function watchPresence() {
  const band = document.querySelector("[data-ending]");
  if (!band) return;
  const used = () => {
    if (Date.now() - toldAt < TELL_EVERY_MS && !warns) return;
    toldAt = Date.now();
    look(band, { method: "POST" });
  };
  for (const kind of ["pointerdown", "pointermove", "keydown", "input", "wheel", "touchstart"]) {
    addEventListener(kind, used, { passive: true });
  }
  const idle = Number(band.dataset.ending);
  timer = setTimeout(() => look(band), (idle - WARN_SECONDS) * 1000);
}

// Another tab may be in use, so the server is asked before anybody is warned.
async function look(band, init) {
  const sent = { redirect: "manual", ...init };
  const response = await (init ? fetch(band.dataset.here, sent) : fetchByItself(band.dataset.here, sent)).catch(() => null);
  clearTimeout(timer);
  if (response?.type === "opaqueredirect" || response?.status === 401) return void leave();
  if (!response?.ok) return void (timer = setTimeout(() => look(band), TELL_EVERY_MS));
  const { seconds, at, idle } = await response.json();
  warns = seconds <= WARN_SECONDS && idle;
  show(band, seconds <= WARN_SECONDS ? band.dataset[idle ? "idle" : "whole"].replace("{time}", at) : "", idle);
  const next = seconds > WARN_SECONDS ? seconds - WARN_SECONDS : seconds + 1;
  timer = setTimeout(() => look(band), next * 1000);
}

function show(band, words, idle) {
  const said = band.querySelector("[data-ending-words]");
  if (said.textContent !== words) said.textContent = words;
  band.querySelector("button").hidden = !idle;
  band.hidden = !words;
}
