// Copies the paper as text, from the same address that opens it. Without this script that address is enough.
const link = document.querySelector("a[data-copy]");
const button = document.querySelector("[data-copy-button]");
const status = document.querySelector("[data-copied]");

async function copy() {
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(String(answer.status));
    await navigator.clipboard.writeText(await answer.text());
    status.textContent = status.dataset.copied;
  } catch {
    status.textContent = status.dataset.notCopied;
  }
}

if (link && button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
