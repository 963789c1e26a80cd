/** How uploads end that don't become a result. */
import { Problem } from '@/api/problem';

/** Whether trying again makes sense: the service has looked at the file itself, and would say the same. */
export function isFinal(error: unknown): boolean {
  return error instanceof Problem && (error.status === 422 || error.status === 403);
}

/** The service's word on a file that it has looked at. */
export function rejection({ code, message }: { code: string; message: string }): Problem {
  return new Problem({ code, status: 422, detail: message });
}

/** What was to be given up has ended by itself meanwhile. */
export function ignoreWhatIsOver(error: unknown): void {
  const isOver = error instanceof Problem && (error.status === 404 || error.code === 'upload_closed');
  if (!isOver) throw error;
}
