// Makes one piece of a page like another and touches nothing that is alike already: so focus, an open menu, a half
// chosen list and the place in the page stay, and rows with the same id are never there twice.

/** Makes `old`, which stands in the page, like `fresh`, which does not. */
export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) return void old.replaceWith(fresh);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  takeAttributes(old, fresh);
  takeChildren(old, fresh);
}

function takeAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    // What its reader has opened stays open.
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function takeChildren(old, fresh) {
  const byId = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  const wanted = new Set([...fresh.children].map((child) => child.id));
  let at = old.firstChild;
  const next = () => {
    const here = at;
    at = at.nextSibling;
    return here;
  };
  for (const child of [...fresh.childNodes]) {
    while (at?.id && !wanted.has(at.id)) next().remove();
    const same = child.id && byId.get(child.id);
    if (same) {
      if (same === at) next();
      else old.insertBefore(same, at);
      morph(same, child);
    } else if (at && !at.id && !child.id && at.nodeName === child.nodeName) {
      morph(next(), child);
    } else {
      old.insertBefore(child, at);
    }
  }
  while (at) next().remove();
}
