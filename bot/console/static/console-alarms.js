// What waits too long, on every page of the console: a band that leads to the alarms, and, where sound is on, a sound
// that comes again until somebody has acknowledged it.

import { fetchByItself } from "./console-here.js";
import { ring } from "./console-signals.js";

const AGAIN_EVERY_MS = 30_000;
const NOT_SOONER_MS = 5_000;
let loud = 0;
let timer;

export function watchAlarms() {
  const band = document.querySelector("[data-alarms]");
  if (!band) return;
  document.addEventListener("perheovi-queue", () => {
    timer ??= setTimeout(() => look(band), NOT_SOONER_MS);
  });
  setInterval(() => loud && ring("crisis"), AGAIN_EVERY_MS);
  look(band);
}

async function look(band) {
  timer = undefined;
  const response = await fetchByItself("/staff/alarms", { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
  if (!response?.ok) return;
  const found = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-loud]");
  const number = Number(found?.dataset.loud ?? 0);
  // The page of alarms shows them itself.
  const here = document.querySelector("[data-live='alarms']");
  band.replaceChildren(...(number && !here ? [...found.content.childNodes].map((node) => document.importNode(node, true)) : []));
  band.hidden = !number || Boolean(here);
  if (number > loud) ring("crisis");
  loud = number;
}
