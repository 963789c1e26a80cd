/** A failure that the API tells of (RFC 9457), or that kept us from reaching it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** For programs; texts of the page are chosen by it. */
  readonly code: string;
  /** 0 where no answer came. */
  readonly status: number;
  /** A sentence that says what to do. */
  readonly detail: string;
  readonly requestId: string | null;
  /** Seconds after which it may be tried again, where the API says so. */
  readonly retryAfter: number | null;
  /** What else the problem tells, such as `errors` of fields. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(told: {
    code: string;
    status: number;
    detail: string;
    requestId?: string | null;
    retryAfter?: number | null;
    members?: Record<string, unknown>;
  }) {
    super(told.detail);
    this.code = told.code;
    this.status = told.status;
    this.detail = told.detail;
    this.requestId = told.requestId ?? null;
    this.retryAfter = told.retryAfter ?? null;
    this.members = told.members ?? {};
  }

  /** Read an answer that is no success. */
  static async of(answer: Response): Promise<Problem> {
    const body = await answer.json().catch(() => null);
    const { code, detail, title: _title, type: _type, status: _status, ...members } = asRecord(body);
    const wait = Number(answer.headers.get('Retry-After') ?? Number.NaN);
    return new Problem({
      code: typeof code === 'string' ? code : 'internal_error',
      status: answer.status,
      detail: typeof detail === 'string' ? detail : `${answer.status} ${answer.statusText}`.trim(),
      requestId: answer.headers.get('X-Request-ID'),
      retryAfter: Number.isFinite(wait) ? wait : null,
      members,
    });
  }

  /** Tell that no answer came at all. */
  static offline(): Problem {
    return new Problem({
      code: 'offline',
      status: 0,
      detail: 'The service can’t be reached. Check your connection.',
    });
  }

  /** Whether the same request may succeed a little later. */
  get passes(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  /** What is wrong with each field of a form, by the field's name. */
  get fields(): Record<string, string> {
    const errors = Array.isArray(this.members.errors) ? this.members.errors.map(asRecord) : [];
    return Object.fromEntries(errors.map(({ field, problem }) => [String(field), String(problem)]));
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
