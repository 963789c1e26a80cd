/** A file on its way to the service, as it is kept to outlast a reload. */
export interface Sending {
  id: string;
  /** Whoever brought it: people may share a browser, and not see each other's. */
  ownerId: string;
  filename: string;
  contentType: string;
  size: number;
  /** With name and size, how the same file is known when it is picked again. */
  lastModified: number;
  title: string | null;
  /** The same for each attempt to begin, so that a lost answer makes no second upload. */
  key: string;
  uploadId: string | null;
  /** All bytes are with the store; what is left is to say so. */
  arrived: boolean;
  /** Where a browser gives one: the file can be opened again, once the person agrees. */
  handle: FileSystemFileHandle | null;
  onlyHere: boolean;
  addedAt: number;
}

/** What somebody brought: a file from the disk, or a recording. */
export interface Brought {
  file: File;
  title?: string;
  handle?: FileSystemFileHandle | null;
  /** It exists nowhere else, so it has to be kept here until the service has it. */
  onlyHere?: boolean;
}

/** Larger ones are found on the disk again, rather than copied into the browser. */
const MOST_KEPT_BYTES = 100 * 1024 * 1024;

/** Whether the bytes themselves are to outlast a reload. */
export function isKept({ file, onlyHere = false }: Brought): boolean {
  return onlyHere || file.size <= MOST_KEPT_BYTES;
}

export function sendingOf(
  { file, title, handle, onlyHere = false }: Brought,
  contentType: string,
  ownerId: string,
): Sending {
  return {
    id: crypto.randomUUID(),
    ownerId,
    filename: file.name,
    contentType,
    size: file.size,
    lastModified: file.lastModified,
    title: title ?? null,
    key: crypto.randomUUID(),
    uploadId: null,
    arrived: false,
    handle: handle ?? null,
    onlyHere,
    addedAt: Date.now(),
  };
}

/** Whether a file that was picked is the one that an interrupted upload waits for. */
export function isSameFile(sending: Sending, file: File): boolean {
  return (
    file.name === sending.filename && file.size === sending.size && file.lastModified === sending.lastModified
  );
}
