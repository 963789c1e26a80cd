"""Files told apart, probed and rendered by ffmpeg, each in a confined child process."""
