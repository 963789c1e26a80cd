import type { Recording } from './tape';

/** What a recording is called as a file: by its time, so that several lie in order. */
export function fileNameOf({ contentType, startedAt }: Recording): string {
  const at = new Date(startedAt);
  const digits = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), digits(at.getMonth() + 1), digits(at.getDate())].join('-');
  const time = [digits(at.getHours()), digits(at.getMinutes()), digits(at.getSeconds())].join('-');
  return `recording-${day}-${time}.${contentType.startsWith('audio/mp4') ? 'm4a' : 'webm'}`;
}
