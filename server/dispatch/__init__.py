"""Wake-up calls to workers through arq: "look at task N now"."""
