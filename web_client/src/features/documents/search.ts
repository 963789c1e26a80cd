/** What the addresses of these pages say. */
export interface DocumentsSearch {
  q?: string;
  language?: string;
  mine?: boolean;
  archived?: boolean;
}

export function readDocumentsSearch(search: Record<string, unknown>): DocumentsSearch {
  return {
    ...wordOf('q', search.q),
    ...wordOf('language', search.language),
    ...(search.mine === true ? { mine: true } : {}),
    ...(search.archived === true ? { archived: true } : {}),
  };
}

function wordOf<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  // What looks like a number in the address is read as one.
  const isWord = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return isWord ? ({ [name]: String(value) } as Record<Name, string>) : {};
}
