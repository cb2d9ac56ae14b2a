// N and V lead to the next and the previous question. Only a comfort: the links stand on the page. Nothing is caught
// while somebody types, holds a modifier, or reads with a screen reader that sends no plain letters.

const LINKS = { n: "next", v: "prev" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  const target = event.target;
  if (target.isContentEditable || target.matches("textarea, select, input")) return;
  const rel = LINKS[event.key?.toLowerCase()];
  if (rel) document.querySelector(`main a[rel=${rel}]`)?.click();
});
