// Keeps a page up to date: a server-sent event says that something changed, the page is fetched again, and only its
// parts marked data-live are put in. Focus stays where it was; fields are never touched.

const state = document.querySelector("[data-live-state]");
let fetching = false;
let again = false;

/** The nodes of a fragment; a parsed document runs no script and loads nothing. */
export function nodes(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

/** Puts the parts of `html` named by `attribute` in the place of the same parts of this page. */
export function swap(html, attribute) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement;
  const kept = focused?.id || "";
  const row = focused?.closest?.("[data-row]");
  const rows = [...document.querySelectorAll("[data-row]")];
  const place = row ? rows.indexOf(row) : -1;
  for (const part of document.querySelectorAll(`[${attribute}]`)) {
    const name = part.getAttribute(attribute);
    const found = fresh.querySelector(`[${attribute}="${name}"]`);
    if (found && found.outerHTML !== part.outerHTML && !busy(part)) part.replaceWith(found);
  }
  if (document.activeElement === document.body && kept) restore(kept, place);
}

// Somebody chooses in a list or a menu of this part: it waits for the next change.
function busy(part) {
  return part.querySelector("details[open]") || part.querySelector("select:focus");
}

function restore(id, place) {
  const same = document.getElementById(id);
  if (same) return same.focus({ preventScroll: true });
  // The row is gone (a colleague took it): stay at the same place in the list.
  const rows = [...document.querySelectorAll("[data-row]")];
  rows[Math.min(place, rows.length - 1)]?.querySelector("[data-open]")?.focus({ preventScroll: true });
}

async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    do {
      again = false;
      const response = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
      if (response.type === "opaqueredirect") return void location.reload();
      if (response.ok || response.status === 404) {
        const html = await response.text();
        swap(html, "data-live");
        document.dispatchEvent(new CustomEvent("perheovi-fetched", { detail: html }));
      }
    } while (again);
  } catch {
    now("");
  } finally {
    fetching = false;
  }
}

// `time` is the server's clock as it came with an event; without it the connection is lost.
function now(time) {
  if (!state) return;
  const at = state.querySelector("[data-live-time]");
  if (time) at.textContent = time;
  state.classList.toggle("live-lost", !time);
  const words = state.querySelector("[data-live-words]");
  const said = time ? state.dataset.on : state.dataset.off.replace("{time}", at.textContent);
  if (words.textContent !== said) words.textContent = said;
  at.hidden = !time;
}

export function listen() {
  const chats = document.querySelector("[data-chats]");
  if (!state && !chats) return;
  let source;
  const open = () => {
    source = new EventSource("/staff/live");
    for (const name of ["ready", "queue", "live-chat", "beat"]) {
      source.addEventListener(name, (event) => {
        now(event.data);
        // What is said in a chat concerns its own page; a page without a live state is a form and is left alone.
        const concerned = name === "live-chat" ? document.querySelector("[data-keys=chat]") : state && name !== "beat";
        if (concerned) refresh();
        if (name === "ready" || name === "queue") document.dispatchEvent(new Event("perheovi-queue"));
      });
    }
    source.addEventListener("signed-out", () => location.reload());
    source.addEventListener("error", () => {
      now("");
      // A refused stream is not tried again by the browser; the sign-in may have ended, which a fetch will show.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => refresh().then(open), 3000);
    });
  };
  open();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && open());
}
