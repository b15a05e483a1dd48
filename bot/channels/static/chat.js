// The chat on our own pages.

import { start } from "./chat-talk.js";

const chat = document.querySelector("[data-chat]");
start(chat, { begun: () => document.body.classList.add("begun") });
// Not needed for the first words, so it is not waited for.
import("./chat-print.js").then(({ printable }) => printable(chat, chat.querySelector("[data-print]")));
