// The page of a call: the number and the search come without losing what is typed; the claim is kept while it is open.
import { nodes, swap } from "./console-live.js";

const RENEW_EVERY = 60_000;
const WAIT = 200;

export function watchCall() {
  const main = document.querySelector("[data-keys=call]");
  if (!main) return;
  if (main.dataset.renew) keepClaim(main.dataset.renew);
  main.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fetch]");
    if (button) fetchPart(event, button);
  });
  const form = main.querySelector("[data-find]");
  if (form) watchSearch(form, main.querySelector("[data-found]"));
}

function keepClaim(address) {
  setInterval(() => {
    if (!document.hidden) fetch(address, { method: "POST" }).catch(() => {});
  }, RENEW_EVERY);
}

async function fetchPart(event, button) {
  event.preventDefault();
  const response = await fetch(button.formAction, { method: "POST", body: new FormData(button.form) }).catch(() => null);
  if (!response?.ok || response.redirected) return void location.reload();
  swap(await response.text(), "data-part");
  document.querySelector(`[data-part="${button.dataset.fetch}"] a`)?.focus();
}

function watchSearch(form, list) {
  const first = [...list.children].map((item) => item.cloneNode(true));
  let timer;
  const look = async () => {
    const asked = new URLSearchParams(new FormData(form));
    const ticked = [...list.querySelectorAll("input:checked")].map((box) => box.closest("li"));
    const found = document.createElement("ul");
    if (asked.get("q").trim().length < 2) {
      found.append(...first.map((item) => item.cloneNode(true)));
    } else {
      const response = await fetch(`${form.action}?${asked}`).catch(() => null);
      if (!response?.ok) return;
      found.append(...nodes(await response.text()));
    }
    // What is ticked already stays on top.
    const chosen = ticked.map((item) => item.querySelector("input").value);
    for (const box of found.querySelectorAll("input")) if (chosen.includes(box.value)) box.closest("li").remove();
    list.replaceChildren(...ticked, ...found.children);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
}
