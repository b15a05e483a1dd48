// Keys of the call's own: Ctrl + Enter saves from anywhere, M goes to the note, P and a digit pick a service.
import { inField, keysAreOff } from "./console-keys.js";
import { pick } from "./console-call-services.js";

export function watchCallKeys(main) {
  const form = document.getElementById("record");
  const list = main.querySelector("[data-found]");
  if (!form || !list) return;
  let armed = false;
  const arm = (on) => {
    armed = on;
    list.toggleAttribute("data-armed", on);
  };
  const press = (event) => {
    const key = event.key.toLowerCase();
    if (armed && /^[1-9]$/.test(key)) {
      arm(false);
      return pick(list, Number(key));
    }
    arm(key === "p");
    if (armed) list.scrollIntoView({ block: "nearest" });
    if (key === "m") document.getElementById("note")?.focus();
    if (key === "s") main.querySelector("[data-key=s]")?.click();
    return key === "m" || key === "s" || armed;
  };
  // Before the keys of every page, so that a digit after P is not taken for an outcome.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target.closest("dialog")) return;
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
        event.preventDefault();
        return void form.requestSubmit(form.querySelector(".save"));
      }
      if (keysAreOff() || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
      if (!press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}
