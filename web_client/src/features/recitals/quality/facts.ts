import type { Measures } from '@/api/recitals';
import { formatNumber, formatSeconds, formatShare } from '@/lib/format';

/** What is told of a recording, in the order in which it is of interest. */
const TOLD = ['words', 'noise', 'loudness', 'distorted', 'pace', 'speech', 'before', 'after'] as const;

export interface Fact {
  name: (typeof TOLD)[number];
  /** A number with its unit; `unit` names one that is a word of the page's language. */
  value: string;
  unit?: 'decibels' | 'letters';
}

/** Measures as people speak of them; what could not be measured is left out. */
export function factsOf(measures: Partial<Measures>, language: string): Fact[] {
  const told: Record<Fact['name'], Omit<Fact, 'name'> | null> = {
    // More may be heard than is written, and then more words are wrong than there are.
    words: share(1 - Math.min(1, measures.word_error_rate ?? Number.NaN)),
    noise: decibels(measures.signal_to_noise_db),
    loudness: decibels(measures.rms_db),
    distorted: share(measures.clipping_share, 2),
    pace: letters(measures.seconds_per_character),
    speech: share(measures.speech_share),
    before: seconds(measures.leading_silence_ms),
    after: seconds(measures.trailing_silence_ms),
  };
  return TOLD.flatMap((name) => (told[name] ? { name, ...told[name] } : []));

  function share(part: number | null | undefined, digits = 0) {
    return known(part) ? { value: formatShare(part, language, digits) } : null;
  }
  function decibels(level: number | null | undefined) {
    return known(level)
      ? { value: formatNumber(Math.round(level), language), unit: 'decibels' as const }
      : null;
  }
  function letters(pace: number | null | undefined) {
    return known(pace) && pace > 0
      ? { value: formatNumber(Math.round(1 / pace), language), unit: 'letters' as const }
      : null;
  }
  function seconds(ms: number | null | undefined) {
    return known(ms) ? { value: formatSeconds(ms, language) } : null;
  }
}

function known(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
