// The keys go to the terminal as soon as it is there, without a click.
new MutationObserver((_changes, watching) => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys && document.body.classList.contains("-first-byte")) {
    keys.focus();
    watching.disconnect();
  }
}).observe(document.documentElement, { attributes: true, childList: true, subtree: true });
