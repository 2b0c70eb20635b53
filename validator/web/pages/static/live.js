// Answers as they come: the page is fetched again every few seconds, and its living part put in the place of the one that stands here.
"use strict";
const pause = document.getElementById("live-pause");
const every = 3000; // milliseconds
let going = true;
const say = () => {
  pause.textContent = going ? pause.dataset.on : pause.dataset.off;
};
const fetchAgain = async () => {
  if (!going || document.hidden) return;
  const here = document.getElementById("live");
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  } catch {
    return; // the service is away for a moment: the next turn asks again
  }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  if (found && found.innerHTML !== here.innerHTML && !here.contains(document.activeElement)) here.replaceChildren(...found.childNodes);
};
pause.hidden = false;
pause.addEventListener("click", () => {
  going = !going;
  say();
  fetchAgain();
});
say();
setInterval(fetchAgain, every);
