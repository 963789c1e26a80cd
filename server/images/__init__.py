"""Still pictures, decoded and written in a confined child process."""
