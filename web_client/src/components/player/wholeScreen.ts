/** Phones that show nothing but videos on their whole screen have a way of their own. */
interface OnPhones {
  webkitEnterFullscreen?: () => void;
}

/** Show it on the whole screen, where the browser brings the buttons. */
export function fillScreen(video: HTMLVideoElement & OnPhones): void {
  // Whoever may not is left with the page as it is.
  if (video.requestFullscreen) video.requestFullscreen().catch(() => {});
  else video.webkitEnterFullscreen?.();
}
