"""How quick, accessible and sound the pages are, by Lighthouse."""
