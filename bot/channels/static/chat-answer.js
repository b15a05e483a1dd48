// Draws an answer: sentences, cards, pills. Everything is put in as text, never as markup.

export function el(name, attributes = {}, ...children) {
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
// Only Finnish stands in for a language that lacks a text.
const tongue = (lang) => (lang ? { lang, dir: "ltr" } : {});

const PHONE = /(\+358[\d ]{6,12}\d|\b0\d{1,3}[ ]\d[\d ]{3,9}\d|\b11[26](?: ?\d{3})?\b)/;

function linked(text) {
  return text.split(PHONE).map((part, index) =>
    index % 2 ? el("a", { href: `tel:${part.replace(/ /g, "")}` }, bdi(part)) : part);
}

function pills(buttons, send) {
  return el("div", { class: "pills" }, ...buttons.map((button) => {
    const pill = el("button", { class: "pill", type: "button" }, button.title);
    pill.addEventListener("click", () => send(button.payload, button.title));
    return pill;
  }));
}

function way(contact) {
  const value = safe(contact.href) ? el("a", { href: contact.href, rel: "noreferrer" }, bdi(contact.value)) : bdi(contact.value);
  return el("li", {}, el("span", { class: "label", dir: "auto" }, contact.label), value, contact.note && el("span", { class: "label", dir: "auto" }, contact.note));
}

function fact(label, value) {
  const found = pair(label, value);
  found.lastChild.dir = "auto";
  if (value.length > 30) found.className = "long";
  return found;
}

// The page of a service on our server, wherever the chat stands.
const whole = (card) => new URL(`/services/${encodeURIComponent(card.id)}`, import.meta.url).href;

function service(card, words) {
  const foreign = tongue(card.lang);
  const about = [card.provider && bdi(card.provider), card.provider && card.checked && " · ", card.checked];
  const body = el("div", { class: "service-body" },
    el("h3", foreign, card.name),
    el("p", { class: "label" }, ...about.filter(Boolean)),
    el("p", { class: "service-summary", ...foreign }, card.summary),
    el("dl", { class: "facts" }, ...[card.cost, card.referral, card.client].map((value, at) => fact(card.labels[at], value))));
  const made = el("article", { class: "card service" }, body);
  if (card.contacts.length || card.notes.length || card.opening) {
    const more = el("summary", {},
      card.opening && el("span", { class: `opening${card.open_now ? " opening-now" : ""}` }, card.opening),
      el("span", { class: "service-contact" }, card.contacts.length ? words.contact : words.more, icon("forward", "icon-mirrored")));
    made.append(el("details", { class: "service-more" }, more,
      card.contacts.length ? el("ul", { class: "contacts" }, ...card.contacts.map(way)) : null,
      ...card.notes.map((text) => el("p", { class: "service-note", dir: "auto" }, text)),
      el("p", { class: "service-note" }, el("a", { href: whole(card) }, words.more, el("span", { class: "visually-hidden" }, ` ${card.name}`)))));
  }
  return made;
}

function summary(card, words) {
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

const sentences = (spoken) => spoken.map(([lang, text]) => el("span", { class: "helpline-name", lang, dir: "auto" }, text));

function tongues(card) {
  const { emergency } = card;
  return el("section", { class: "tongues" },
    el("a", { class: "helpline helpline-first", href: safe(emergency.href) }, icon("phone"),
      el("span", {}, el("strong", {}, bdi(emergency.value)), ...sentences(card.danger))),
    el("div", { class: "tongues-call" }, icon("chat"), icon("phone"), el("span", {}, ...sentences(card.call))));
}

function reply(found, words, fresh) {
  const { card } = found;
  if (card?.kind === "service") return service(card, words);
  if (card?.kind === "summary") return summary(card, words);
  if (card?.kind === "crisis") return crisis(card, fresh);
  if (card?.kind === "languages") return tongues(card);
  if (found.style === "note") return el("p", { class: "said note said-note", ...tongue(found.lang) }, icon("tick"), el("span", {}, ...linked(found.text)));
  return found.text ? el("p", { class: `said said-${found.style}`, ...tongue(found.lang) }, ...linked(found.text)) : null;
}

// One reply of an answer. `page`: the page's language and words; `send`: what a pill does when pressed; `fresh`: it has
// just come, so that a crisis is announced at once.
export function replyParts(found, answer, page, send, fresh) {
  return [reply(found, answer.words ?? page.words, fresh), found.buttons.length ? pills(found.buttons, send) : null].filter(Boolean);
}

// What stands beneath a whole answer: the way to its language, where the page is in another.
export function lastParts(answer, page) {
  if (answer.language === page.language || !answer.page_exists) return [];
  return [el("p", {}, el("a", { href: `?lang=${answer.language}` }, (answer.words ?? page.words).switch))];
}

// Everything an answer shows, in order.
export function answerParts(answer, page, send, fresh) {
  return [...answer.replies.flatMap((found) => replyParts(found, answer, page, send, fresh)), ...lastParts(answer, page)];
}
