import type { Summary } from './pages';

/** A result of the list, for tests. */
export function summary(id: string, rest: Partial<Summary> = {}): Summary {
  return {
    id,
    title: `Title ${id}`,
    kind: 'audio',
    status: 'completed',
    progress: 1,
    heard_ms: 7100,
    duration_ms: 7100,
    language: 'en',
    content_type: 'audio/wav',
    size: 227_244,
    created_at: '2026-11-21T19:23:09Z',
    error: null,
    owner: null,
    excerpt: null,
    origin: 'upload',
    engine: 'whisper',
    tags: [],
    flags: [],
    confidence: 0.9,
    revision: 0,
    width: null,
    height: null,
    pictures: 'none',
    hits: [],
    title_snippet: null,
    ...rest,
  };
}
