// What the page can do more with a script. It works without: links and forms carry everything.

const find = (selector) => document.querySelector(selector);
const all = (selector) => document.querySelectorAll(selector);
const announce = (words) => {
  find("#status").textContent = words;
};

// Storage may be closed or hold what somebody else wrote: then it is taken for empty.
const load = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};
const save = (name, value) => {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // It holds for this page.
  }
};

// Folded passages open for a link to them and for paper, also in browsers that do not open them.
const unfold = () => {
  const target = document.getElementById(location.hash.slice(1));
  const fold = target?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();

let folded = [];
addEventListener("beforeprint", () => {
  folded = [...all("details:not([open])")];
  for (const each of folded) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of folded) each.open = false;
});
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The "/" key goes to the question box, with a switch to turn it off.
const box = find("[data-ask]");
const keys = find("[data-keys]");
if (box && keys) {
  const choice = keys.querySelector("input");
  choice.checked = load("slash") !== "off";
  choice.addEventListener("change", () => save("slash", choice.checked ? "on" : "off"));
  keys.hidden = false;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    const plain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || typing || !choice.checked) return;
    event.preventDefault();
    box.focus();
  });
}

// A new answer gets the focus and is announced once; one that is come back to is left as it was.
const answer = find("#answer");
const thanks = find("#thanks");
const [arrival] = performance.getEntriesByType("navigation");
const isNew = !arrival || arrival.type === "navigate";
if (thanks) {
  thanks.focus();
  announce(thanks.textContent);
} else if (answer && isNew) {
  const elsewhere = location.hash && location.hash !== "#answer";
  if (!elsewhere) answer.focus({ preventScroll: !location.hash });
  announce(answer.dataset.said);
}

// Copies are made by the server: the clipboard gets what a link beside the button opens.
const copied = async (url) => {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(String(reply.status));
  return new Blob([await reply.text()], { type: "text/plain" });
};
const tell = (words) => {
  announce(words);
  find("[data-told]").textContent = words;
};
for (const button of navigator.clipboard && window.ClipboardItem ? all("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      const text = copied(button.dataset.copy);
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
      tell(button.dataset.done);
    } catch {
      tell(button.dataset.failed);
    }
  });
}

// Earlier conversations, each with its questions and the address of its last answer, newest first.
const [MOST, SHOWN] = [30, 5];
const isAddress = (href) => typeof href === "string" && href.startsWith("/?");
const kept = () => {
  const found = load("conversations");
  if (!Array.isArray(found)) return [];
  return found.filter((each) => isAddress(each?.href) && Array.isArray(each.questions));
};
const holds = (list, part, from) => part.every((each, n) => each === list[from + n]);

// What is asked again, or looked back at, stays where it is; a follow-up goes to its conversation.
const remember = () => {
  const here = new URL(location.href);
  here.searchParams.delete("thanks");
  const before = here.searchParams.getAll("h");
  const asked = [...before, here.searchParams.get("q")];
  const count = Number(here.searchParams.get("dropped")) + asked.length;
  const conversations = kept();
  const continued = (part) => (each) =>
    each.count === count - asked.length + part.length &&
    holds(each.questions, part, each.questions.length - part.length);
  if (conversations.some((each) => each.count > count && holds(each.questions, asked, 0))) return;
  const same = conversations.find(continued(asked));
  const earlier = before.length > 0 && conversations.find(continued(before));
  const questions = same?.questions ?? (earlier ? [...earlier.questions, asked.at(-1)] : asked);
  const others = conversations.filter((each) => each !== (same ?? earlier));
  const newest = { questions, count, href: here.pathname + here.search };
  save("conversations", [newest, ...others].slice(0, MOST));
};
if (answer) remember();

const shelf = find("[data-history]");
if (shelf && kept().length > 0) {
  const [latest, older] = shelf.querySelectorAll("ul");
  const shape = shelf.querySelector("template");
  kept().forEach(({ questions, count, href }, place) => {
    const item = shape.content.cloneNode(true);
    item.querySelector("a").href = href;
    item.querySelector("bdi").textContent = questions[0];
    item.querySelector("span").textContent = count > 1 ? ` (${count})` : "";
    (place < SHOWN ? latest : older).append(item);
  });
  const clear = shelf.querySelector("button");
  clear.addEventListener("click", () => {
    save("conversations", []);
    shelf.hidden = true;
    announce(clear.dataset.cleared);
    box.focus();
  });
  shelf.querySelector("details").hidden = older.children.length === 0;
  shelf.hidden = false;
}
