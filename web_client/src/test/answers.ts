/** An API that answers what a test says: `answering({ 'GET /api/v1/me': me, 'POST /api/v1/me/stay': problem(409, 'not_leaving') })`. */
import { vi } from 'vitest';

type Reply = unknown | ((request: Request) => unknown);

/** Answer requests by method and path; returns what was asked. A request that no test foresaw fails it. */
export function answering(replies: Record<string, Reply>): Request[] {
  const asked: Request[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request =
      input instanceof Request ? input : new Request(new URL(String(input), location.href), init);
    asked.push(request.clone());
    const name = `${request.method} ${new URL(request.url).pathname}`;
    if (!(name in replies)) throw new Error(`Nobody said what ${name} is to be answered.`);
    const reply = replies[name];
    const body = typeof reply === 'function' ? await reply(request) : reply;
    if (body instanceof Response) return body.clone();
    return body === undefined ? new Response(null, { status: 204 }) : Response.json(body);
  });
  return asked;
}

/** A failure, as the API tells it. */
export function problem(status: number, code: string, detail = code, members: object = {}): Response {
  const body = { type: 'about:blank', title: code, status, code, detail, ...members };
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}
