// Before anything is painted, so that a page that was made dark does not flash white.
const theme = localStorage.getItem('lectern.theme');
if (theme) document.documentElement.dataset.theme = theme;

// What the page at this address is going to ask for, in the language that it will most likely speak: written into the
// document when it is built. It is on its way then while the script that would ask for it still is.
const pages = JSON.parse(document.getElementById('early').textContent);
const { pathname } = window.location;
const page = pages[pathname] ?? pages[pathname.replace(/[^/]+$/, '')];
const language = localStorage.getItem('lectern.language') ?? navigator.language.slice(0, 2);
for (const file of page ? [...page.scripts, ...(page.texts[language] ?? page.texts.en)] : []) {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: file }));
}
