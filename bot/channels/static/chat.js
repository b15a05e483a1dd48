// The chat on our own pages.

import { start } from "./chat-talk.js";

start(document.querySelector("[data-chat]"), { begun: () => document.body.classList.add("begun") });
