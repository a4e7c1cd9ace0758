// Folded passages open for a link to them and for paper, also in browsers that do not open them.
const unfold = () => {
  const target = document.getElementById(location.hash.slice(1));
  const fold = target?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", unfold);
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
});
unfold();

// The "/" key goes to the question box, with a switch to turn it off. The page works without it.
const box = document.querySelector("[data-ask]");
const place = document.getElementById("keys");
const off = () => {
  try {
    return localStorage.getItem("slash") === "off";
  } catch {
    return false;
  }
};

if (box && place) {
  const label = document.createElement("label");
  const choice = document.createElement("input");
  choice.type = "checkbox";
  choice.checked = !off();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem("slash", choice.checked ? "on" : "off");
    } catch {
      // Storage is closed: the choice holds for this page.
    }
  });
  label.append(choice, " The / key goes to the question box");
  place.append(label);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const plain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || typing || !choice.checked) return;
    event.preventDefault();
    box.focus();
  });
}
