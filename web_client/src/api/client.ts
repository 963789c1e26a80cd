import createClient from 'openapi-fetch';
import { Problem } from './problem';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

let proof: string | null = null;

/** Keep what proves that a change comes from this page, for browsers that do not say so by themselves. */
export function keepProof(token: string | null | undefined): void {
  proof = token ?? null;
}

/** The API, by paths and types of its own document; every failure is thrown as a `Problem`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  // Looked up at each call, so that tests can put theirs in its place.
  fetch: (request) => globalThis.fetch(request),
  credentials: 'same-origin',
});

api.use({
  onRequest({ request }) {
    if (proof && request.method !== 'GET') request.headers.set('X-CSRF-Token', proof);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await Problem.of(response);
    return response;
  },
  onError({ error }) {
    // `fetch` throws a TypeError where no answer came; whoever aborts a request wants to know that they did.
    return error instanceof TypeError ? Problem.offline() : undefined;
  },
});

/** What a request was answered: `await answer(api.GET('/api/v1/me'))`. */
export async function answer<Body>(request: Promise<{ data?: Body }>): Promise<NonNullable<Body>> {
  const { data } = await request;
  // Failures were thrown above; an answer without a body, 204, has nothing that anybody reads.
  return data as NonNullable<Body>;
}
