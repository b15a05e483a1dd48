// The page of a catalogue entry: the card beside the form follows what is typed.
import { nodes } from "./console-live.js";

const WAIT = 250;

export function watchStudio() {
  const form = document.querySelector("[data-studio]");
  const card = document.querySelector("[data-preview]");
  if (!form || !card) return;
  let timer;
  let asked = 0;
  const draw = async () => {
    const mine = ++asked;
    const body = new FormData(form);
    body.set("preview_language", document.querySelector("[name=preview_language]:checked")?.value || "fi");
    const response = await fetch(form.dataset.studio, { method: "POST", body }).catch(() => null);
    if (response?.ok && !response.redirected && mine === asked) card.replaceChildren(...nodes(await response.text()));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT);
  };
  // Most fields are for languages and parts this entry does not have: what was empty and still is stays at home.
  form.addEventListener("formdata", ({ formData }) => {
    if (form.dataset.whole) return;
    for (const field of form.elements) {
      const typed = field.matches("textarea, input:not([type=radio], [type=checkbox], [type=hidden])");
      if (typed && !field.value && !field.defaultValue) formData.delete(field.name);
    }
  });
  form.addEventListener("input", soon);
  document.querySelector("[data-preview-languages]")?.addEventListener("change", draw);
}
