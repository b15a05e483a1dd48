// The page of one live chat: new lines are put under the others, what is written is sent without leaving the page,
// and the server is told that somebody is here.

import { fetchByItself } from "./console-here.js";

const SIGN_EVERY_MS = 30_000;

export function watchChat() {
  const main = document.querySelector("[data-keys=chat]");
  if (!main) return;
  const talk = main.querySelector("[data-talk]");
  const form = main.querySelector("[data-say]");
  toTheEnd(talk);
  document.addEventListener("perheovi-fetched", (event) => {
    const fresh = new DOMParser().parseFromString(event.detail, "text/html");
    // Taken, given back or ended elsewhere: the page is another one now.
    if (Boolean(form) !== Boolean(fresh.querySelector("[data-say]"))) return void location.reload();
    add(talk, fresh);
  });
  if (main.dataset.seen) setInterval(() => fetchByItself(main.dataset.seen, { method: "POST" }).catch(() => {}), SIGN_EVERY_MS);
  if (form) watchForm(form, talk);
}

function add(talk, fresh) {
  let added = false;
  for (const line of fresh.querySelectorAll("[data-line]")) {
    if (talk.querySelector(`[data-line="${line.dataset.line}"]`)) continue;
    talk.append(line);
    added = true;
  }
  if (added) toTheEnd(talk);
}

function toTheEnd(talk) {
  talk.parentElement.scrollTop = talk.parentElement.scrollHeight;
}

function watchForm(form, talk) {
  const box = form.elements.message;
  const problem = form.querySelector("[data-not-sent]");
  let sending = false;
  box.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending || !box.value.trim()) return;
    sending = true;
    const sent = box.value;
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    sending = false;
    problem.hidden = Boolean(response?.ok);
    problem.textContent = response?.ok ? "" : problem.dataset.words;
    if (!response?.ok) return;
    // The same id until it has arrived: what is sent again is not written twice.
    form.elements.message_id.value = crypto.randomUUID();
    if (box.value === sent) box.value = "";
    add(talk, new DOMParser().parseFromString(await response.text(), "text/html"));
    box.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
