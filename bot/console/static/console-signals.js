// What tells somebody who looks elsewhere that a family has come: a sound, a number in the title of the tab and a mark
// on its icon. The sound is off until it is turned on; each browser keeps its own choice. Nothing blinks.

const OFF = { sound: "no", badge: "yes" };
const NOTES = {
  new: { tones: [523, 659], loud: 0.05 },
  chat: { tones: [660], loud: 0.08 },
  crisis: { tones: [784, 988, 784], loud: 0.2 },
};
const TONE_SECONDS = 0.22;
const title = document.title;
const icon = document.querySelector("link[rel=icon]");
const plain = icon?.href;
const parts = new Map();
let sound;

function chosen(name) {
  try {
    return (localStorage.getItem(`perheovi-${name}`) ?? OFF[name]) === "yes";
  } catch {
    return OFF[name] === "yes";
  }
}

function choose(name, on) {
  try {
    localStorage.setItem(`perheovi-${name}`, on ? "yes" : "no");
  } catch {
    // Without storage it stays as it was.
  }
}

/** Sounds for `kind`, when sound is wanted. */
export function ring(kind) {
  // A page nobody has touched may make no sound.
  if (chosen("sound") && navigator.userActivation?.hasBeenActive) play(NOTES[kind]);
}

function play({ tones, loud }) {
  sound ??= new AudioContext();
  sound.resume();
  tones.forEach((height, number) => {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    const from = sound.currentTime + number * TONE_SECONDS;
    tone.type = "sine";
    tone.frequency.value = height;
    volume.gain.setValueAtTime(0.0001, from);
    volume.gain.exponentialRampToValueAtTime(loud, from + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + TONE_SECONDS * 1.6);
    tone.connect(volume).connect(sound.destination);
    tone.start(from);
    tone.stop(from + TONE_SECONDS * 1.7);
  });
}

/** Shows in the tab that `count` of a kind (`queue`, `chats`) are new or wait, and whether one is a crisis. */
export function signal(kind, count, crisis = false) {
  parts.set(kind, { count, crisis });
  show();
}

function show() {
  const on = chosen("badge");
  const all = [...parts.values()];
  const number = on ? all.reduce((sum, part) => sum + part.count, 0) : 0;
  const crisis = on && all.some((part) => part.crisis);
  const words = document.querySelector("[data-title-crisis]")?.dataset.titleCrisis;
  document.title = `${crisis ? `(${words}) ` : ""}${number ? `(${number}) ` : ""}${title}`;
  const wanted = crisis ? icon?.dataset.crisis : number ? icon?.dataset.new : plain;
  if (icon && wanted && icon.href !== new URL(wanted, location.href).href) icon.href = wanted;
}

export function watchSignals() {
  const place = document.querySelector("[data-signals]");
  if (!place) return;
  place.hidden = false;
  const words = place.querySelector("[data-sound-words]");
  const draw = () => {
    words.textContent = chosen("sound") ? words.dataset.on : words.dataset.off;
    for (const box of place.querySelectorAll("[data-signal]")) box.checked = chosen(box.dataset.signal);
    show();
  };
  place.addEventListener("change", (event) => {
    const box = event.target.closest("[data-signal]");
    if (!box) return;
    choose(box.dataset.signal, box.checked);
    if (box.dataset.signal === "sound" && box.checked) play(NOTES.new);
    draw();
  });
  place.querySelector("[data-sound-try]").addEventListener("click", () => play(NOTES.new));
  addEventListener("storage", draw);
  draw();
}
