// The codes that were found can be put into the answer: the first empty line takes the one that is pressed.
"use strict";
const results = document.getElementById("results");
const lines = [...document.querySelectorAll("#answer input[name^=code-]")];
document.getElementById("new-window")?.remove(); // here it stays in this one
results?.addEventListener("shown", () => {
  for (const link of results.querySelectorAll("th a")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-primary btn-sm";
    button.textContent = link.textContent;
    button.setAttribute("aria-label", results.dataset.use.replace("{}", link.textContent));
    link.replaceWith(button);
  }
});
results?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const line = lines.find((one) => one.value.trim() === "") ?? lines.at(-1);
  line.value = button.textContent;
  line.focus();
});
