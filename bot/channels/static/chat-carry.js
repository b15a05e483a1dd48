// Carries a message to the server and its answer back, reply by reply. A connection lost while the answer comes is
// taken up again: the same id gets the same answer, sent on from the last reply known.

const AGAIN_AFTER_MS = [300, 1500, 4000];
const GIVE_UP_AFTER_MS = 30000;

// The server did not take the message; its own words for that are in `message`, if it has any.
export class Refused extends Error {}

async function* events(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) yield Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s, 2)));
  }
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function once(address, message, heard, on) {
  const response = await fetch(address, {
    method: "POST",
    headers: {
      "Accept": "text/event-stream",
      "Content-Type": "application/json",
      ...(heard() ? { "Last-Event-ID": String(heard()) } : {}),
    },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout?.(GIVE_UP_AFTER_MS),
  });
  if (!response.ok) throw new Refused((await response.json().catch(() => ({}))).detail);
  on.taken();
  for await (const { event, id, data } of events(response.body)) {
    if (event === "answer") on.answer(JSON.parse(data));
    // A reply that comes twice is shown once.
    else if (event === "reply" && Number(id) > heard()) {
      on.reply(JSON.parse(data));
      if (heard() === 1) await pause(0); // the first words are painted before the rest is drawn
    } else if (event === "end") return;
  }
  throw new Error("cut off");
}

// `heard()`: how many replies of this answer are known. `on.taken()`, `on.answer(whole)` and `on.reply(reply)` are told
// what comes. Ends when the whole answer is there; throws `Refused`, or another error when there is no connection. A
// message that may not have arrived is not sent again by itself.
export async function carry(address, message, heard, on) {
  let taken = false;
  const noting = { ...on, taken: () => {
    taken = true;
    on.taken();
  } };
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(address, message, heard, noting);
    } catch (error) {
      if (error instanceof Refused || !taken || tries === AGAIN_AFTER_MS.length) throw error;
    }
    await pause(AGAIN_AFTER_MS[tries]);
  }
}
