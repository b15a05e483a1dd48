// What is typed of a call goes to the server as a draft: soon after a pause, and at once when a field is left.

const PAUSE = 2_000;
const AGAIN = 10_000;

/** Watches the form of the call; gives how to tell that something could not be sent, null when there is no draft. */
export function watchDraft(main) {
  const note = main.querySelector("[data-draft]");
  const form = document.getElementById("record");
  if (!note || !form) return null;
  const state = note.querySelector("[data-draft-state]");
  let timer = 0;
  let dirty = false;
  let sending = null;

  const say = (words, lost) => {
    state.classList.toggle("draft-lost", lost);
    if (state.textContent !== words) state.textContent = words;
  };
  const failed = (status) => {
    say({ 401: note.dataset.signedOut, 409: note.dataset.lost, 404: note.dataset.lost }[status] ?? note.dataset.offline, true);
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  };
  async function save() {
    clearTimeout(timer);
    if (!dirty) return;
    dirty = false;
    sending = new AbortController();
    const { signal } = sending;
    const sent = { method: "POST", body: new FormData(form), keepalive: true, signal };
    // The answer's text may be cut off too, when the form is sent just then.
    const answer = await fetch(note.dataset.draft, sent)
      .then(async (response) => ({ status: response.status, ok: response.ok, said: await response.text() }))
      .catch(() => null);
    if (signal.aborted) return;
    if (answer?.ok) say(answer.said, false);
    else failed(answer?.status);
  }

  const typed = (event) => {
    if (event.target.form !== form) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  main.addEventListener("input", typed);
  main.addEventListener("change", typed);
  main.addEventListener("focusout", save);
  addEventListener("pagehide", save);
  form.addEventListener("submit", () => {
    // What is recorded now is no draft any more.
    dirty = false;
    clearTimeout(timer);
    sending?.abort();
  });
  return { failed };
}
