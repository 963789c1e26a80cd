/** What can keep a recording from beginning or going on; each has a sentence in the texts. */
export const FAULTS = ['refused', 'missing', 'busy', 'unplugged', 'disk', 'unsupported', 'unknown'] as const;
export type Fault = (typeof FAULTS)[number];

/** Names: https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia and the storage's own. */
const BY_NAME: Record<string, Fault> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  QuotaExceededError: 'disk',
  NotSupportedError: 'unsupported',
};

export function faultOf(error: unknown): Fault {
  return (error instanceof Error && BY_NAME[error.name]) || 'unknown';
}
