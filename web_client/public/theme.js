// Before anything is painted, so that a page that was made dark does not flash white.
const theme = localStorage.getItem('lectern.theme');
if (theme) document.documentElement.dataset.theme = theme;
