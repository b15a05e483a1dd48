// Hears what a person writes to the family, for as long as one is asked for or there.

const AGAIN_AFTER_MS = 3000;

// `address`: of the stream; `heard`: gives the number of the last line known; `on.line(number, line)`, `on.over()`
// and `on.lost(is)` are told what comes.
export function hear(address, heard, on) {
  const source = new EventSource(`${address}&after=${heard()}`);
  source.addEventListener("open", () => on.lost(false));
  source.addEventListener("line", (event) => {
    const number = Number(event.lastEventId);
    // After a lost connection the server sends on from the last number; a line that comes twice is shown once.
    if (number > heard()) on.line(number, JSON.parse(event.data));
  });
  source.addEventListener("over", () => {
    source.close();
    on.over();
  });
  source.addEventListener("error", () => {
    on.lost(true);
    // The browser tries again by itself, but not when the server refused.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => hear(address, heard, on), AGAIN_AFTER_MS);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
  addEventListener("pageshow", (event) => event.persisted && source.readyState === EventSource.CLOSED && hear(address, heard, on), { once: true });
}
