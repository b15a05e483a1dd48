// The chat on our own pages.

import { start } from "./chat-talk.js";

const chat = document.querySelector("[data-chat]");
start(chat, { begun: () => document.body.classList.add("begun") });

// Printing is not needed for the first words, so it is not waited for. Where the connection is lost before it has come,
// the chat goes on without the button, and it is fetched when the connection is back: by another name, as a browser
// keeps what has failed.
function bringPrinting(again = "") {
  import(`./chat-print.js${again}`).then(
    ({ printable }) => printable(chat, chat.querySelector("[data-print]")),
    () => addEventListener("online", () => bringPrinting(`?${Date.now()}`), { once: true }),
  );
}
bringPrinting();
