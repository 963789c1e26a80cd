/** The outline of a waveform: https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md, version 2. */
export interface Peaks {
  bits: number;
  /** The lowest and the highest sample of each stretch, in turns. */
  data: number[];
}

/** Below this even the loudest moment is not drawn at full height: silence is to look like silence. */
const LEAST_LOUD = 0.05;

/** Heights between 0 and 1 of so many bars, the loudest being as high as can be. */
export function barsOf({ bits, data }: Peaks, count: number): number[] {
  const stretches = Math.floor(data.length / 2);
  const full = 2 ** (bits - 1);
  const bars = Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * stretches) / count);
    const until = Math.max(from + 1, Math.floor(((bar + 1) * stretches) / count));
    let loudest = 0;
    for (let at = 2 * from; at < 2 * until; at += 1) loudest = Math.max(loudest, Math.abs(data[at] ?? 0));
    return loudest / full;
  });
  const most = Math.max(LEAST_LOUD, ...bars);
  return bars.map((height) => height / most);
}

/** The drawing of bars, as the path of an SVG. */
export function pathOf(bars: readonly number[], pitch: number, height: number): string {
  const middle = height / 2;
  return bars
    .map((bar, at) => {
      const half = Math.max(0.5, bar * (middle - pitch / 2));
      const x = at * pitch + pitch / 2;
      return `M${x} ${(middle - half).toFixed(1)}V${(middle + half).toFixed(1)}`;
    })
    .join('');
}
