// Every family page: leaving at once, and the switch between light and dark.

const TWICE_MS = 1000;

function leave() {
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was kept then.
  }
  document.title = "";
  document.body.replaceChildren();
  location.replace("/exit");
}

for (const link of document.querySelectorAll("[data-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
}

let escaped = -Infinity;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - escaped < TWICE_MS) leave();
  escaped = event.timeStamp;
});

const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  const name = () => {
    button.textContent = dark() ? button.dataset.light : button.dataset.dark;
  };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    const chosen = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
    try {
      localStorage.setItem("theme", chosen);
    } catch {
      // It lasts for this page only.
    }
    name();
  });
}
