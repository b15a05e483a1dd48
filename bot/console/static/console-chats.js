// Who waits for a person in the chat, on every page of the console: a band with a button, a number in the title of
// the tab, and, where sound is on, a small one that comes again until somebody takes the chat.

import { fetchByItself } from "./console-here.js";
import { ring, signal } from "./console-signals.js";

const AGAIN_EVERY_MS = 20_000;
const known = new Set();
let waiting = 0;

export function watchChats() {
  const band = document.querySelector("[data-chats]");
  if (!band) return;
  document.addEventListener("perheovi-chats", () => look(band));
  setInterval(() => waiting && ring("chat"), AGAIN_EVERY_MS);
  look(band);
}

async function look(band) {
  const response = await fetchByItself("/staff/chats", { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
  if (!response?.ok) return;
  const list = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-waiting]");
  const rows = list ? [...list.querySelectorAll("[data-chat]")] : [];
  const fresh = rows.map((row) => row.dataset.chat).filter((id) => !known.has(id));
  known.clear();
  for (const row of rows) known.add(row.dataset.chat);
  waiting = rows.length;
  // The page of chats has the same list itself.
  const here = document.querySelector("main.chats");
  band.replaceChildren(...(list && !here ? [list] : []));
  band.hidden = !waiting || Boolean(here);
  signal("chats", waiting);
  if (fresh.length) ring("chat");
}
