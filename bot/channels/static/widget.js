// <perheovi-chat lang="fi" municipality="Mikkeli">: the chat on the page of another site, in a shadow tree of its own.
// Nothing is loaded from anywhere but the server this file came from.

import { start } from "./chat-talk.js";

const HERE = new URL(".", import.meta.url);
const BASE = HERE.origin;

class PerheoviChat extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const language = this.getAttribute("lang") ?? document.documentElement.lang ?? "";
    try {
      const response = await fetch(`${BASE}/embed/chat?lang=${encodeURIComponent(language.slice(0, 2))}`, { credentials: "omit" });
      if (!response.ok) throw new Error(String(response.status));
      const drawn = new DOMParser().parseFromString(await response.text(), "text/html");
      root.append(...drawn.body.children);
      const municipality = this.getAttribute("municipality");
      start(root.querySelector("[data-chat]"), { base: BASE, key: "perheovi-conversation", about: municipality ? { municipality } : {} });
      for (const link of root.querySelectorAll("[data-exit]")) link.addEventListener("click", () => sessionStorage.removeItem("perheovi-conversation"));
    } catch {
      // The element's own content stays to be seen: a link, or a number to ring.
      root.append(document.createElement("slot"));
    }
  }
}

if (!customElements.get("perheovi-chat")) customElements.define("perheovi-chat", PerheoviChat);
