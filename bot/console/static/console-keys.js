// Single keys for the queue and the call. Never inside a field, and they can be switched off.

const SWITCH = "perheovi-keys-off";

let off = false;

/** Whether this person has switched single keys off. */
export const keysAreOff = () => off;

const page = () => document.querySelector("[data-keys]")?.dataset.keys;
const rows = () => [...document.querySelectorAll("[data-row] [data-open]")];

/** Whether somebody types there, so that no single key may act. */
export function inField(target) {
  return target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable], dialog");
}

function move(step) {
  const all = rows();
  const row = document.activeElement?.closest?.("[data-row]");
  const at = row ? all.indexOf(row.querySelector("[data-open]")) : -1;
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.focus();
  next?.closest("[data-row]").scrollIntoView({ block: "nearest" });
}

function take() {
  const row = document.activeElement?.closest?.("[data-row]");
  const button = row ? row.querySelector("[data-take]") : document.querySelector("[data-keys=call] [data-take]");
  button?.click();
}

function help() {
  const dialog = document.getElementById("keys");
  if (dialog && !dialog.open) dialog.showModal();
}

function choose(digit) {
  const choice = document.querySelector(`[data-digit="${digit}"]`);
  if (!choice) return false;
  choice.checked = true;
  choice.focus();
  return true;
}

function press(event) {
  const key = event.key.toLowerCase();
  if (/^[0-9]$/.test(key) && page() === "call") return choose(key);
  if (key === "j") return move(1);
  if (key === "k") return move(-1);
  if (key === "o") return take();
  if (key === "?") return help();
  if (key === "/" || key === "n") return document.querySelector(`[data-key="${key}"]`)?.[key === "n" ? "click" : "focus"]();
  return false;
}

export function watchKeys() {
  if (!page()) return;
  try {
    off = localStorage.getItem(SWITCH) === "yes";
  } catch {
    // Without storage the keys are on, as on every first visit.
  }
  const switching = document.querySelector("[data-keys-switch]");
  if (switching) {
    switching.checked = !off;
    switching.addEventListener("change", () => {
      off = !switching.checked;
      try {
        localStorage.setItem(SWITCH, off ? "yes" : "no");
      } catch {
        // Then it holds for this page only.
      }
    });
  }
  document.querySelector("[data-keys-help]")?.addEventListener("click", help);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && inField(event.target) && !event.target.closest("dialog")) event.target.blur();
    if (off || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    if (press(event) !== false) event.preventDefault();
  });
}
