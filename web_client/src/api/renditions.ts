/** Forms of a result's content. One that is gone, or was not made yet, is made once somebody asks for it. */
import type { News } from './events';
import { Problem } from './problem';

/** `made`: it can be loaded. `awaited`: it is being made; the news tell when it is there. */
export type Standing = 'made' | 'awaited';

const OF_RESULTS = '/api/v1/results/';
const AWAITED = 202;
/** The news may be held back on their way to us. */
export const LOOK_AGAIN_MS = 20_000;

/** The address of a form, which redirects to where it lies. */
export function renditionAddress(resultId: string, name: string): string {
  return `${OF_RESULTS}${resultId}/renditions/${name}`;
}

/** Whether an address is one of those that say how they stand; where they lead to, nobody would know. */
export function isRendition(address: string): boolean {
  return address.startsWith(OF_RESULTS);
}

/** Ask how a form stands, by which it is made where it isn't there; throws a `Problem` where it can't be had. */
export async function lookAt(address: string, signal?: AbortSignal): Promise<Standing> {
  // To redirect is to say that it is there; its bytes are not asked for.
  const asked = fetch(address, { redirect: 'manual', ...(signal ? { signal } : {}) });
  const answer = await asked.catch((error: unknown) => {
    throw error instanceof TypeError ? Problem.offline() : error;
  });
  if (answer.status === AWAITED) return 'awaited';
  if (answer.type === 'opaqueredirect' || answer.ok) return 'made';
  throw await Problem.of(answer);
}

/** Whether a form may stand otherwise after these news. */
export function changes(news: News, address: string): boolean {
  if (news.type === 'reset') return true;
  return news.type === 'renditions' && news.names.some((name) => renditionAddress(news.id, name) === address);
}
