// Questions that are asked only of those who chose a certain answer come and go in place. Without this script all stand there,
// each with a line that says for whom it is; the server asks the same rule again.
const asked = [...document.querySelectorAll(".asked[data-question]")];
const followUps = asked.filter((part) => part.dataset.if);

const chosen = (name) =>
  [...document.querySelectorAll(`[name="${name}"]:checked`)].filter((field) => !field.closest(".asked[hidden]"));

function update() {
  for (const part of followUps) {
    part.hidden = !chosen(part.dataset.if).some((field) => field.value === part.dataset.is);
    part.classList.add("is-shown");
  }
}

if (followUps.length) {
  document.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}
