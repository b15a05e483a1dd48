// Runs before the page is drawn: the colours chosen in the footer, when any were.
(() => {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage is closed to us; the system's colours are used.
  }
  document.documentElement.classList.add("js");
})();
