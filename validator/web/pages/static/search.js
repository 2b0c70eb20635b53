// Search as one types: the page that the form would open is fetched, and its results put in the place of those that stand here.
// A form with `data-part` is on a page about something else: it takes that part of the results only, and leaves the address alone.
"use strict";
for (const form of document.querySelectorAll("form[data-live]")) {
  const results = document.getElementById(form.dataset.live);
  const told = document.getElementById(form.dataset.live + "-told");
  const input = form.querySelector("input[type=search]");
  let waiting = 0;
  let asked = null;
  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form));
    let answer;
    try {
      answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asked.signal });
    } catch {
      return; // a later letter has asked anew, or the service is away: the button still opens the page
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(form.dataset.live);
    if (!found) {
      told.textContent = page.querySelector("main")?.textContent.trim() ?? "";
      results.replaceChildren(told.textContent);
      return;
    }
    const { part } = form.dataset;
    results.replaceChildren(...(part ? found.querySelectorAll(part) : found.childNodes));
    told.textContent = page.getElementById(told.id).textContent;
    results.dispatchEvent(new Event("shown"));
    if (part) return;
    document.title = page.title;
    history.replaceState(null, "", address);
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  if (form.dataset.part) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
    });
  }
}
