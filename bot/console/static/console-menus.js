// Menus that open under a button: one at a time, closed by Esc or by a press elsewhere, walked through with arrows.

const open = () => document.querySelector("[data-menu][open]");

export function watchMenus() {
  document.addEventListener("click", (event) => {
    const menu = open();
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener(
    "toggle",
    (event) => {
      if (!event.target.matches?.("[data-menu]") || !event.target.open) return;
      for (const other of document.querySelectorAll("[data-menu][open]")) if (other !== event.target) other.open = false;
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    const menu = open();
    if (!menu || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && menu.contains(document.activeElement)) {
      walk(menu, event.key === "ArrowDown" ? 1 : -1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function walk(menu, step) {
  const all = [...menu.querySelectorAll("a, button, input")];
  const at = all.indexOf(document.activeElement);
  all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
}

/** Opens a menu and goes to what is chosen in it, or to the first. */
export function openMenu(menu) {
  menu.open = true;
  (menu.querySelector("[aria-current]") || menu.querySelector("a"))?.focus();
}
