// What is being typed when the sign-in ends goes along to the sign-in page, in the page itself and nowhere else.

const MARK = "resumed";
let typed = null;

export function watchTyping() {
  document.addEventListener("input", ({ target }) => {
    if (target.form?.method === "post") typed = target.form;
  });
  document.addEventListener("submit", () => (typed = null));
}

/**
 * The sign-in is over: what families have told leaves the screen. A form that was being filled in is sent with a mark,
 * so that nothing is done with it: the server asks to sign in again and then shows it as it was.
 */
export function leave() {
  if (!typed?.isConnected) return void location.reload();
  const mark = Object.assign(document.createElement("input"), { type: "hidden", name: MARK, value: "1" });
  typed.append(mark);
  typed.submit();
}
