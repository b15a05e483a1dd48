// The chat: sends what is written, shows what is answered, keeps the conversation in its tab.

import { answerParts, el } from "./chat-answer.js";
import { hear } from "./chat-live.js";

const KEY = "conversation";
const MAX_CHARACTERS = 8000;
const TYPING_AFTER_MS = 600;
const GIVE_UP_AFTER_MS = 30000;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

function hex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Brings a chat to life. `chat`: its section as the server drew it; `base`: where the server is ("" on its own pages);
// `key`: under which the tab keeps the conversation; `about`: what goes with every message; `begun`: called when
// there is something in the log.
export function start(chat, { base = "", key = KEY, about = {}, begun = () => {} } = {}) {
  const log = chat.querySelector(".chat-log");
  const scroller = chat.querySelector(".chat-scroll");
  const form = chat.querySelector("[data-composer]");
  const box = form.elements.message;
  const note = chat.querySelector("[data-note]");
  const typing = chat.querySelector("[data-typing]");
  const page = { language: chat.dataset.language, words: JSON.parse(chat.dataset.words) };

  const { words } = page;
  let waiting = 0;
  let following = false;
  // A conversation that the server has drawn is the one to go on with, whatever this tab kept before.
  const drawn = "drawn" in chat.dataset;
  const state = (drawn ? null : load()) ?? { sender: form.elements.sender.value, turns: [] };
  if (drawn) save();

  function load() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(key));
      return /^[0-9a-f]{32}$/.test(kept?.sender) && Array.isArray(kept.turns) ? kept : null;
    } catch {
      return null;
    }
  }

  function save() {
    try {
      sessionStorage.setItem(key, JSON.stringify(state, (name, value) => (name === "own" ? undefined : value)));
    } catch {
      // Full or closed: the conversation then lasts until the page is left.
    }
  }

  // Showing

  function showTurn(turn, fresh) {
    if (turn.line) return void showLine(turn, fresh);
    const bubble = el("p", { class: "bubble", dir: "auto" }, turn.shown);
    const status = el("p", { class: "label", "data-status": true });
    const own = el("div", { class: `own${fresh ? " arriving" : ""}` }, bubble, status);
    log.append(own);
    turn.own = own;
    if (turn.answer) showAnswer(turn, fresh);
    else showState(turn, turn.state ?? "failed");
  }

  function showState(turn, name) {
    turn.state = name;
    const status = turn.own.querySelector("[data-status]");
    turn.own.querySelector(".link-button")?.remove();
    status.textContent = name === "sending" ? words.sending : name === "failed" ? turn.why ?? words.failed : "";
    status.hidden = !status.textContent;
    if (name === "failed") {
      const again = el("button", { class: "link-button", type: "button" }, words.again);
      again.addEventListener("click", () => {
        box.focus();
        deliver(turn);
      });
      turn.own.append(again);
    }
  }

  function showAnswer(turn, fresh) {
    showState(turn, "sent");
    if (!turn.answer.replies.length) return;
    for (const old of log.querySelectorAll(".pills")) old.remove();
    log.append(el("div", { class: `answer${fresh ? " arriving" : ""}`, lang: turn.answer.language, dir: turn.answer.direction },
      ...answerParts(turn.answer, page, send, fresh)));
    if (fresh) bringIntoView(turn.own);
  }

  // What came by itself: a person's words, or the bot telling of the person.
  function showLine(turn, fresh) {
    const { line } = turn;
    if (line.replies.some((one) => one.buttons.length)) for (const old of log.querySelectorAll(".pills")) old.remove();
    turn.own = el("div", { class: `answer${fresh ? " arriving" : ""}`, lang: line.language, dir: line.direction, "data-from": line.from },
      line.from ? el("p", { class: "label", dir: "auto" }, line.from) : null, ...answerParts(line, page, send, fresh));
    log.append(turn.own);
    if (fresh) bringIntoView(turn.own);
  }

  function bringIntoView(own) {
    const behavior = CALM.matches ? "auto" : "smooth";
    // In the doorway the chat scrolls by itself and the page must stay where it is; on a phone the page scrolls.
    if (getComputedStyle(scroller).overflowY === "auto") scroller.scrollTo({ top: own.offsetTop - 16, behavior });
    else {
      const top = own.getBoundingClientRect().top + scrollY - 76;
      const last = chat.getBoundingClientRect().bottom + scrollY - innerHeight;
      scrollTo({ top: Math.max(0, Math.min(top, last)), behavior });
    }
  }

  function begin() {
    begun();
    chat.querySelector("[data-starts]")?.remove();
  }

  function say(text) {
    note.textContent = text;
  }

  // Sending

  function send(text, shown = text) {
    say("");
    begin();
    const turn = { id: hex(16), text, shown };
    state.turns.push(turn);
    showTurn(turn, true);
    bringIntoView(turn.own);
    deliver(turn);
  }

  async function deliver(turn) {
    showState(turn, "sending");
    save();
    waiting += 1;
    const slow = setTimeout(() => {
      typing.textContent = words.typing;
    }, TYPING_AFTER_MS);
    try {
      // The same id on every try: a message that arrived although its answer was lost is not taken twice.
      const response = await fetch(`${base}/chat/messages`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ sender: state.sender, message: turn.text, message_id: turn.id, language: page.language, ...about }),
        signal: AbortSignal.timeout?.(GIVE_UP_AFTER_MS),
      });
      const body = await response.json();
      turn.why = response.ok ? undefined : body.detail;
      if (!response.ok) throw new Error(String(response.status));
      turn.answer = body;
    } catch {
      // Said beneath the message, with a button to try again.
    } finally {
      clearTimeout(slow);
      waiting -= 1;
      if (!waiting) typing.textContent = "";
    }
    if (turn.answer) showAnswer(turn, true);
    else showState(turn, "failed");
    if (turn.answer?.live) state.live = true;
    save();
    follow();
  }

  // A person in the chat

  function follow() {
    if (!state.live || following) return;
    following = true;
    hear(`${base}/chat/events?sender=${state.sender}`, () => state.heard ?? 0, {
      line(number, line) {
        state.heard = number;
        const turn = { line };
        state.turns.push(turn);
        showTurn(turn, true);
        save();
      },
      over() {
        following = state.live = false;
        save();
      },
      lost(is) {
        say(is ? words.lost : "");
      },
    });
  }

  // The box

  function grow() {
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    box.focus();
    if (!text) return say(words.empty);
    if (text.length > MAX_CHARACTERS) return say(words.long);
    box.value = "";
    grow();
    return send(text);
  });

  box.addEventListener("input", () => {
    say("");
    grow();
  });

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  for (const kind of ["drop", "paste"]) {
    box.addEventListener(kind, (event) => {
      if (!(event.dataTransfer ?? event.clipboardData)?.files.length) return;
      event.preventDefault();
      say(words.attachment);
    });
  }

  for (const pill of chat.querySelectorAll("[data-starts] button")) {
    pill.addEventListener("click", (event) => {
      event.preventDefault();
      send(pill.value);
      box.focus({ preventScroll: true });
    });
  }

  if (state.turns.length) {
    begin();
    const turns = state.turns;
    for (const turn of turns) showTurn(turn, false);
    bringIntoView(turns.at(-1).own);
    follow();
  }
}
