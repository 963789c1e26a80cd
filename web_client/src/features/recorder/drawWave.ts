/** Draws the last seconds of sound as bars, the newest at the end. */
const BAR = 3;
const GAP = 2;

export function drawWave(canvas: HTMLCanvasElement, levels: readonly number[]): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const dense = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * dense) || canvas.height !== Math.round(height * dense)) {
    canvas.width = Math.round(width * dense);
    canvas.height = Math.round(height * dense);
  }
  pen.setTransform(dense, 0, 0, dense, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.fillStyle = getComputedStyle(canvas).color;
  const isMirrored = document.dir === 'rtl';
  const shown = levels.slice(-Math.floor(width / (BAR + GAP)));
  for (const [index, level] of shown.entries()) {
    const fromEnd = (shown.length - index) * (BAR + GAP);
    const tall = Math.max(BAR, level * height);
    pen.beginPath();
    pen.roundRect(
      isMirrored ? fromEnd - BAR - GAP : width - fromEnd,
      (height - tall) / 2,
      BAR,
      tall,
      BAR / 2,
    );
    pen.fill();
  }
}
