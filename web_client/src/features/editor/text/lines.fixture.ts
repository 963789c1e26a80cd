/** Lines for tests: one second each, one after the other. */
import type { TranscriptText } from './lines';

/** `'Ada: Good morning.'` has a speaker, `'Good morning.'` has none; each word takes an even share of its second. */
export function textSaying(version: number, ...said: string[]): TranscriptText {
  const segments = said.map((whole, index) => {
    const [, speaker = null, text = ''] = /^(?:(\w+): )?(.*)$/s.exec(whole) ?? [];
    const start_ms = index * 1000;
    return { index, start_ms, end_ms: start_ms + 1000, text, speaker, confidence: 0.9 };
  });
  const words = segments.flatMap(({ index, start_ms, text }) => {
    const parts = text.split(' ').filter(Boolean);
    return parts.map((word, at) => ({
      segment: index,
      start_ms: start_ms + Math.round((1000 * at) / parts.length),
      end_ms: start_ms + Math.round((1000 * (at + 1)) / parts.length),
      text: word,
      confidence: 0.9,
    }));
  });
  return { version, segments, words };
}
