import { summary } from '@/components/results/summary.fixture';
import type { Result } from './queries';

/** A result with forms of its content, for tests. */
export function resultWith(names: readonly string[], rest: Partial<Result> = {}): Result {
  const { hits: _hits, title_snippet: _title, excerpt: _excerpt, ...facts } = summary('r1');
  return {
    ...facts,
    transcript_id: null,
    transcripts: [],
    model: null,
    version: null,
    notes: '',
    pictures_error: null,
    text: '',
    segments: [],
    words: [],
    internal: null,
    renditions: names.map((name) => ({
      name,
      content_type: 'video/mp4',
      size: 1000,
      url: `/api/v1/results/r1/renditions/${name}`,
    })),
    ...rest,
  };
}
