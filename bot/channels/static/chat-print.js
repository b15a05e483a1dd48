// The advice and the services of a talk as a sheet to print, or to save from the browser's print window: nothing that
// the family has written, no number, no code.

import { el } from "./chat-answer.js";

function distinct(log, selector) {
  const seen = new Set();
  return [...log.querySelectorAll(selector)].filter((one) => !seen.has(one.textContent) && seen.add(one.textContent));
}

function copied(one) {
  const copy = one.cloneNode(true);
  const answer = one.closest(".answer");
  if (!copy.lang) Object.assign(copy, { lang: answer.lang, dir: answer.dir });
  for (const folded of copy.querySelectorAll("details")) folded.open = true;
  for (const further of copy.querySelectorAll(".service-note:has(> a)")) further.remove(); // paper leads nowhere
  return copy;
}

function drawn(told, found, words) {
  const day = new Date().toLocaleDateString(document.documentElement.lang);
  const part = (heading, all) => all.length ? [el("h2", {}, heading), ...all.map(copied)] : [];
  return el("section", { class: "sheet" },
    el("h1", {}, words.title),
    el("p", { class: "label" }, "Perheovi · ", el("bdi", {}, day)),
    ...part(words.advice, told),
    ...part(words.services, found),
    el("p", { class: "label" }, words.last));
}

// Makes a chat printable, by the button and by the browser's own command. Without advice or services the page itself
// is printed. `button` carries the sheet's words.
export function printable(chat, button) {
  const log = chat.querySelector(".chat-log");
  let sheet = null;
  // The sheet stays, unseen on the screen, until the next one: not every browser tells when paper is done with.
  addEventListener("beforeprint", () => {
    sheet?.remove();
    sheet = null;
    document.body.classList.remove("printing");
    const told = distinct(log, ".said-advice");
    const found = distinct(log, ".service");
    if (!told.length && !found.length) return;
    sheet = drawn(told, found, button.dataset);
    document.body.append(sheet);
    document.body.classList.add("printing");
  });
  button.addEventListener("click", () => print());
  button.hidden = false;
}
