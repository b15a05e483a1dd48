// The catalogue beside a call: searched while typing, picked with the arrows and Enter or with P and a digit.
import { nodes } from "./console-live.js";

const WAIT = 200;

const boxes = (list) => [...list.querySelectorAll("input[type=checkbox]")];

export function watchServices(main) {
  const form = main.querySelector("[data-find]");
  if (!form) return;
  const list = main.querySelector("[data-found]");
  watchSearch(form, list);
  list.addEventListener("change", () => guidedIfNothingElse(list));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    boxes(list)[0]?.focus();
  });
  list.addEventListener("keydown", (event) => {
    const all = boxes(list);
    const at = all.indexOf(event.target);
    if (at < 0) return;
    if (event.key === "ArrowDown") all[at + 1]?.focus();
    else if (event.key === "ArrowUp") (all[at - 1] ?? form.querySelector("[type=search]")).focus();
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.target.click();
    else return;
    event.preventDefault();
  });
}

/** Ticks or unticks the service with this number; whether there is one. */
export function pick(list, number) {
  const box = boxes(list)[number - 1];
  box?.focus();
  box?.click();
  return Boolean(box);
}

// Somebody who ticks a service has guided the family there, unless they have said otherwise.
function guidedIfNothingElse(list) {
  const ticked = boxes(list).some((box) => box.checked);
  if (!ticked || document.querySelector("[name=what]:checked")) return;
  const guided = document.querySelector("[name=what][value='outcome:guided']");
  if (guided) guided.checked = true;
}

function watchSearch(form, list) {
  const first = [...list.children].map((item) => item.cloneNode(true));
  let timer;
  const look = async () => {
    const asked = new URLSearchParams(new FormData(form));
    const found = document.createElement("ul");
    if (asked.get("q").trim().length < 2) {
      found.append(...first.map((item) => item.cloneNode(true)));
    } else {
      const response = await fetch(`${form.action}?${asked}`).catch(() => null);
      if (!response?.ok) return;
      found.append(...nodes(await response.text()));
    }
    // What is ticked already stays on top.
    const ticked = boxes(list).filter((box) => box.checked);
    const chosen = ticked.map((box) => box.value);
    for (const box of boxes(found)) {
      if (chosen.includes(box.value)) box.closest("li").remove();
      else box.checked = false;
    }
    list.replaceChildren(...ticked.map((box) => box.closest("li")), ...found.children);
    list.querySelectorAll("[data-number]").forEach((mark, at) => (mark.textContent = at + 1));
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
