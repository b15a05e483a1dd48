// Keys of the queue's own: arrows walk through the rows, C takes as O does, and F waits for the letter of a filter, which
// then stands beside each. U gives back what was taken last, here and on the page of the call.

import { inField, keysAreOff } from "./console-keys.js";
import { openMenu } from "./console-menus.js";

const rows = () => [...document.querySelectorAll("[data-row] [data-open]")];

export function watchQueueKeys() {
  const inQueue = Boolean(document.querySelector("[data-keys=queue]"));
  if (!inQueue && !document.querySelector("[data-keys=call]")) return;
  const words = document.querySelector("[data-polite]");
  let waits = false;
  const wait = (on) => {
    waits = on;
    document.body.toggleAttribute("data-filtering", on);
    words.textContent = on ? words.dataset.filterNow : "";
  };
  const press = (key) => {
    if (waits) {
      wait(false);
      return key === "Escape" || filter(key.toLowerCase());
    }
    if (key.toLowerCase() === "u") return click(document.querySelector("[data-key=u]"));
    if (!inQueue) return false;
    if (key === "ArrowDown" || key === "ArrowUp") return walk(key === "ArrowDown" ? 1 : -1);
    if (key.toLowerCase() === "c") return click(document.activeElement?.closest("[data-row]")?.querySelector("[data-take]"));
    if (key.toLowerCase() !== "f") return false;
    wait(true);
    return true;
  };
  // Before the keys of every page, so that a letter after F is a filter's.
  document.addEventListener(
    "keydown",
    (event) => {
      if (keysAreOff() || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
      if (["Shift", "CapsLock"].includes(event.key) || !press(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

function click(button) {
  button?.click();
  return Boolean(button);
}

function filter(letter) {
  const found = document.querySelector(`[data-letter="${CSS.escape(letter)}"]`);
  if (found?.matches("summary")) openMenu(found.parentElement);
  else found?.click();
  return true;
}

// Arrows scroll the page until somebody is in the list; in a menu they are the menu's.
function walk(step) {
  const row = document.activeElement?.closest("[data-row]");
  if (!row) return false;
  const all = rows();
  const next = all[all.indexOf(row.querySelector("[data-open]")) + step];
  next?.focus();
  next?.closest("[data-row]").scrollIntoView({ block: "nearest" });
  return true;
}
