/** The stretches of a recital, from its sound's beginning on, and what may still become of them. */
import type { Recital, Segment } from './recital';

/** What a press of a key may lie behind the sound: less than that of a stretch's end is missing. */
const NO_LOSS_MS = 100;

export function endOf(segments: readonly Segment[]): number {
  return segments.at(-1)?.endMs ?? 0;
}

/** Where the last sentence stands that counts, or -1. */
export function lastKept(segments: readonly Segment[]): number {
  return segments.findLastIndex(({ doesNotCount }) => !doesNotCount);
}

/** Which sentence comes next. */
export function nextSentence({ from }: Pick<Recital, 'from'>, segments: readonly Segment[]): number {
  const last = segments[lastKept(segments)];
  return last ? last.sentence + 1 : from;
}

/** How many segments may be sent: those that nothing will change, once the sound that they speak of is kept. */
export function sendable(
  segments: readonly Segment[],
  { soundMs, settled, ending }: Pick<Recital, 'soundMs' | 'settled' | 'ending'>,
): number {
  if (ending) return segments.length;
  const uncovered = segments.slice(0, settled).findIndex(({ endMs }) => endMs > soundMs);
  return uncovered === -1 ? Math.min(settled, segments.length) : uncovered;
}

/** Take the last sentence back, and all since then with it; null where another has been read since. */
export function takeBack(segments: readonly Segment[], settled: number, nowMs: number): Segment[] | null {
  const at = lastKept(segments);
  const taken = segments[at];
  if (!taken || at < settled) return null;
  return [...segments.slice(0, at), { ...taken, endMs: nowMs, doesNotCount: true }];
}

/**
 * The segments as the sound that was kept bears them out, after its recording broke off: a sentence whose end is
 * lost does not count, and neither does what came after the last one.
 */
export function mend(
  segments: readonly Segment[],
  { soundMs, segmentsSent }: Pick<Recital, 'soundMs' | 'segmentsSent'>,
  underWay: Pick<Segment, 'sentence' | 'text'> | null,
): Segment[] {
  const borne = segments.map((segment, index) => {
    if (index < segmentsSent || segment.endMs <= soundMs) return segment;
    const isLost = segment.endMs > soundMs + NO_LOSS_MS;
    return { ...segment, endMs: soundMs, doesNotCount: segment.doesNotCount || isLost };
  });
  if (!underWay || endOf(borne) >= soundMs) return borne;
  return [...borne, { ...underWay, endMs: soundMs, doesNotCount: true }];
}

/** How many segments at the end are to be discarded so that the last sentence is not kept. */
export function withoutLast(segments: readonly Segment[]): number {
  const at = lastKept(segments);
  return at === -1 ? 0 : segments.length - at;
}
