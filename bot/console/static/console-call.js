// The page of a call: the number and the earlier calls come without losing what is typed, the claim is kept.
import { fetchByItself } from "./console-here.js";
import { swap } from "./console-live.js";
import { watchDraft } from "./console-call-draft.js";
import { watchCallKeys } from "./console-call-keys.js";
import { watchServices } from "./console-call-services.js";

const RENEW_EVERY = 60_000;
const LONGEST_TALK = 90 * 60_000;

export function watchCall() {
  const main = document.querySelector("[data-keys=call]");
  if (!main) return;
  // A page drawn as the answer to a form is looked at again at its own address.
  history.replaceState(history.state, "", main.dataset.here);
  if (main.dataset.renew) keepClaim(main.dataset.renew);
  const draft = watchDraft(main);
  main.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fetch]");
    if (button) fetchPart(event, button, draft);
  });
  watchServices(main);
  watchWeeks(main);
  watchCallKeys(main);
}

// The claim is kept while somebody uses the page, and through a talk: a page left open gives the call back.
function keepClaim(address) {
  let usedAt = Date.now();
  let rangAt = 0;
  for (const kind of ["pointerdown", "pointermove", "keydown", "input", "wheel", "touchstart"]) {
    addEventListener(kind, () => (usedAt = Date.now()), { passive: true });
  }
  setInterval(() => {
    if (!rangAt && document.querySelector("[data-part=number] a")) rangAt = Date.now();
    const used = Date.now() - usedAt < RENEW_EVERY;
    const talks = rangAt && Date.now() - rangAt < LONGEST_TALK;
    if (!document.hidden && (used || talks)) fetchByItself(address, { method: "POST" }).catch(() => {});
  }, RENEW_EVERY);
}

async function fetchPart(event, button, draft) {
  event.preventDefault();
  const response = await fetch(button.formAction, { method: "POST", body: new FormData(button.form) }).catch(() => null);
  if (!response || response.status === 401) return draft?.failed(response?.status);
  const html = await response.text();
  swap(html, "data-live");
  // Only the part that was asked for: a number that is shown stays while something else comes.
  const part = `[data-part="${button.dataset.fetch}"]`;
  const found = new DOMParser().parseFromString(html, "text/html").querySelector(part);
  if (found) document.querySelector(part).replaceWith(found);
  document.querySelector(`${part} :is(a, [tabindex])`)?.focus();
}

function watchWeeks(main) {
  const weeks = main.querySelector("[data-weeks]");
  if (!weeks) return;
  weeks.hidden = false;
  weeks.addEventListener("click", (event) => {
    const day = event.target.closest("[data-day]")?.dataset.day;
    if (!day) return;
    const field = main.querySelector("[name=follow_up_on]");
    field.value = day;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
