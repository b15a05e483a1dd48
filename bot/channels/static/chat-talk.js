// The chat: sends what is written, shows what is answered, keeps the conversation in its tab.

import { answerParts, el, lastParts, replyParts } from "./chat-answer.js";
import { carry, Refused } from "./chat-carry.js";
import { hear } from "./chat-live.js";

const KEY = "conversation";
const MAX_CHARACTERS = 8000;
const TYPING_AFTER_MS = 600;
// What a turn has only while it is on the page.
const UNKEPT = new Set(["own", "coming"]);
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
  const awaited = new Set();
  const underWay = new Set();
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
      sessionStorage.setItem(key, JSON.stringify(state, (name, value) => (UNKEPT.has(name) ? undefined : value)));
    } catch {
      // Full or closed: the conversation then lasts until the page is left.
    }
  }

  // Showing

  function showTurn(turn, fresh) {
    if (turn.line) return void showLine(turn, fresh);
    turn.own = el("div", { class: `own${fresh ? " arriving" : ""}` }, el("p", { class: "bubble", dir: "auto" }, turn.shown));
    log.append(turn.own);
    showState(turn, turn.answer ? "delivered" : turn.why ? "failed" : "sending");
    if (!turn.answer?.replies.length) return;
    clearPills();
    log.append(answerBox(turn.answer, fresh, ...answerParts(turn.answer, page, send, fresh)));
  }

  // `sending`, `delivered`; `offline` (leaves when the connection is back), `failed`, `cut` (the answer is missing).
  // `sending`, `delivered`; `offline` (leaves when the connection is back), `failed`, `cut` (the answer is missing).
  function showState(turn, name) {
    const calm = name === "sending" || name === "delivered";
    const status = turn.own.querySelector("[data-status]");
    turn.own.querySelector(".link-button")?.remove();
    if (status && calm) {
      status.textContent = words[name];
      status.dataset.status = name;
      return;
    }
    status?.remove();
    // The log tells of what is added to it: of trouble, but not of every step.
    turn.own.append(el("p", { class: "label", "data-status": name }, turn.why ?? words[name]));
    if (calm) return;
    const again = el("button", { class: "link-button", type: "button" }, words.again);
    again.addEventListener("click", () => {
      box.focus();
      deliver(turn);
    });
    turn.own.append(again);
  }

  function clearPills() {
    for (const old of log.querySelectorAll(".pills")) old.remove();
  }

  function answerBox(answer, fresh, ...parts) {
    return el("div", { class: `answer${fresh ? " arriving" : ""}`, lang: answer.language, dir: answer.direction }, ...parts);
  }

  // One more reply of an answer that is on its way.
  function showReply(turn, found) {
    const { coming } = turn;
    coming.answer.replies.push(found);
    if (!coming.box) {
      clearPills();
      coming.box = answerBox(coming.answer, true);
      coming.box.dataset.coming = "";
      log.append(coming.box);
    }
    coming.box.append(...replyParts(found, coming.answer, page, send, true));
    if (coming.answer.replies.length === 1) bringIntoView(turn.own);
  }

  function showWhole(turn) {
    const { answer, box: place } = turn.coming;
    turn.answer = answer;
    delete turn.coming;
    if (!place) return;
    place.append(...lastParts(answer, page));
    delete place.dataset.coming;
    bringIntoView(turn.own);
  }

  // What came by itself: a person's words, or the bot telling of the person.
  function showLine(turn, fresh) {
    const { line } = turn;
    if (line.replies.some((one) => one.buttons.length)) clearPills();
    turn.own = answerBox(line, fresh, line.from ? el("p", { class: "label", dir: "auto" }, line.from) : null, ...answerParts(line, page, send, fresh));
    if (line.from) turn.own.dataset.from = line.from;
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
    deliver(turn); // on its way before the page is laid out anew
    grow();
    bringIntoView(turn.own);
  }

  // The same id on every try: a message that arrived although its answer was lost is not taken twice.
  async function deliver(turn) {
    if (underWay.has(turn)) return;
    underWay.add(turn);
    delete turn.why;
    showState(turn, turn.taken ? "delivered" : "sending");
    const message = { sender: state.sender, message: turn.text, message_id: turn.id, language: page.language, ...about };
    const quiet = typingLater();
    try {
      const carried = carry(`${base}/chat/messages`, message, () => turn.coming?.answer.replies.length ?? 0, {
        taken() {
          turn.taken = true;
          showState(turn, "delivered");
        },
        answer(whole) {
          turn.coming ??= { answer: { ...whole, replies: [] } };
        },
        reply(found) {
          quiet();
          showReply(turn, found);
        },
      });
      save();
      await carried;
      showWhole(turn);
      if (turn.answer.live) state.live = true;
    } catch (error) {
      if (error instanceof Refused && error.message) turn.why = error.message;
      showState(turn, turn.taken ? "cut" : navigator.onLine ? "failed" : "offline");
    } finally {
      quiet();
      underWay.delete(turn);
    }
    save();
    follow();
  }

  // Shows that an answer is being written, if it takes a while; never while a person is asked for or there. Gives
  // what takes the sign away.
  function typingLater() {
    const sign = {};
    const slow = setTimeout(() => {
      if (state.live) return;
      awaited.add(sign);
      typing.textContent = words.typing;
    }, TYPING_AFTER_MS);
    return () => {
      clearTimeout(slow);
      awaited.delete(sign);
      if (!awaited.size) typing.textContent = "";
    };
  }

  // What has no answer yet and was not refused, in order: after a reload, and when the connection is back.
  async function takeUp() {
    for (const turn of state.turns.filter((one) => !one.line && !one.answer && !one.why)) await deliver(turn);
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
    takeUp();
  }
  addEventListener("online", takeUp);
}
