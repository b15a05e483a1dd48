// The chat: sends what is written, shows what is answered. Everything is put in as text, never as markup.

const chat = document.querySelector("[data-chat]");
const log = chat.querySelector(".chat-log");
const scroller = chat.querySelector(".chat-scroll");
const form = chat.querySelector("[data-composer]");
const box = form.elements.message;
const note = chat.querySelector("[data-note]");
const typing = chat.querySelector("[data-typing]");
const page = { language: chat.dataset.language, words: JSON.parse(chat.dataset.words) };
const KEY = "conversation";
const MAX_CHARACTERS = 8000;
const TYPING_AFTER_MS = 600;
const GIVE_UP_AFTER_MS = 30000;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

let words = page.words;
let waiting = 0;
let state = load() ?? { sender: form.elements.sender.value, turns: [] };

function load() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    return /^[0-9a-f]{32}$/.test(kept?.sender) && Array.isArray(kept.turns) ? kept : null;
  } catch {
    return null;
  }
}

function save() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state, (key, value) => (key === "own" ? undefined : value)));
  } catch {
    // Full or closed: the conversation then lasts until the page is left.
  }
}

// Building

function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function icon(name, more = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `icon ${more}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

const bdi = (text) => el("bdi", {}, text);
const safe = (href) => (/^(tel:|sms:|mailto:|https:\/\/)/.test(href ?? "") ? href : null);
const pair = (label, value) => el("div", {}, el("dt", {}, label), el("dd", {}, value));

const PHONE = /(\+358[\d ]{6,12}\d|\b0\d{1,3}[ ]\d[\d ]{3,9}\d|\b11[26](?: ?\d{3})?\b)/;

function linked(text) {
  return text.split(PHONE).map((part, index) =>
    index % 2 ? el("a", { href: `tel:${part.replace(/ /g, "")}` }, bdi(part)) : part);
}

function pills(buttons) {
  return el("div", { class: "pills" }, ...buttons.map((button) => {
    const pill = el("button", { class: "pill", type: "button" }, button.title);
    pill.addEventListener("click", () => send(button.payload, button.title));
    return pill;
  }));
}

function way(contact) {
  const value = safe(contact.href) ? el("a", { href: contact.href, rel: "noreferrer" }, bdi(contact.value)) : bdi(contact.value);
  return el("li", {}, el("span", { class: "label" }, contact.label), value, contact.note && el("span", { class: "label" }, contact.note));
}

function service(card) {
  const foreign = card.lang ? { lang: card.lang, dir: "ltr" } : {};
  const about = [card.provider && bdi(card.provider), card.provider && card.checked && " · ", card.checked];
  const body = el("div", { class: "service-body" },
    el("h3", foreign, card.name),
    el("p", { class: "label" }, ...about.filter(Boolean)),
    el("p", { class: "service-summary", ...foreign }, card.summary),
    el("dl", { class: "facts" }, ...[card.cost, card.referral, card.client].map((value, at) => pair(card.labels[at], value))));
  const made = el("article", { class: "card service" }, body);
  if (card.contacts.length || card.notes.length || card.opening) {
    const more = el("summary", {},
      card.opening && el("span", { class: `opening${card.open_now ? " opening-now" : ""}` }, card.opening),
      el("span", { class: "service-contact" }, card.contacts.length ? words.contact : words.more, icon("forward", "icon-mirrored")));
    made.append(el("details", { class: "service-more" }, more,
      card.contacts.length ? el("ul", { class: "contacts" }, ...card.contacts.map(way)) : null,
      ...card.notes.map((text) => el("p", { class: "service-note" }, text))));
  }
  return made;
}

function summary(card) {
  const made = el("section", { class: "card summary", "aria-label": card.heading },
    el("div", { class: "summary-body" },
      el("p", { class: "label" }, card.heading),
      el("p", { class: "summary-when" }, card.when),
      el("dl", { class: "rows" }, ...card.rows.map(([label, value]) => pair(label, bdi(value))))));
  if (card.code) {
    const copy = el("button", { class: "button button-outlined copy", type: "button" }, icon("copy"), el("span", {}, words.copy));
    const done = words.copied;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(card.code);
        copy.lastChild.textContent = done;
      } catch {
        getSelection().selectAllChildren(made.querySelector(".code"));
      }
    });
    made.append(el("div", { class: "summary-code" },
      el("p", { class: "label" }, card.code_label),
      el("div", { class: "code-row" }, el("p", { class: "code" }, bdi(card.code)), copy),
      card.code_note && el("p", {}, card.code_note)));
  }
  return made;
}

function crisis(card, fresh) {
  const rows = card.contacts.map((contact, at) => {
    const href = safe(contact.href);
    const about = contact.note ? `${contact.label}. ${contact.note}` : contact.label;
    return el("li", {}, el(href ? "a" : "span", { class: `helpline${at ? "" : " helpline-first"}`, href },
      icon(contact.kind === "phone" ? "phone" : "chat"),
      el("span", {}, el("strong", {}, bdi(contact.value)), " ", el("span", { class: "helpline-name" }, about))));
  });
  return el("section", { class: "crisis", role: fresh ? "alert" : null },
    el("p", { class: "said-heard" }, card.heard),
    ...card.steps.map((step) => el("p", {}, ...linked(step))),
    el("ul", { class: "helplines" }, ...rows),
    ...card.after.map((line) => el("p", {}, ...linked(line))));
}

function reply(found, fresh) {
  const { card } = found;
  if (card?.kind === "service") return service(card);
  if (card?.kind === "summary") return summary(card);
  if (card?.kind === "crisis") return crisis(card, fresh);
  if (found.style === "note") return el("p", { class: "said note said-note" }, icon("tick"), el("span", {}, ...linked(found.text)));
  return found.text ? el("p", { class: `said said-${found.style}` }, ...linked(found.text)) : null;
}

function answerParts(answer, fresh) {
  words = answer.words ?? page.words;
  const parts = answer.replies.flatMap((found) => [reply(found, fresh), found.buttons.length ? pills(found.buttons) : null]);
  if (answer.language !== page.language && answer.page_exists) {
    parts.push(el("p", {}, el("a", { href: `?lang=${answer.language}` }, words.switch)));
  }
  words = page.words;
  return parts.filter(Boolean);
}

// Showing

function showTurn(turn, fresh) {
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
  for (const old of log.querySelectorAll(".pills")) old.remove();
  log.append(el("div", { class: `answer${fresh ? " arriving" : ""}`, lang: turn.answer.language, dir: turn.answer.direction },
    ...answerParts(turn.answer, fresh)));
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
  document.body.classList.add("begun");
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

function hex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
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
    const response = await fetch("/chat/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sender: state.sender, message: turn.text, message_id: turn.id, language: page.language }),
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
  save();
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
}
