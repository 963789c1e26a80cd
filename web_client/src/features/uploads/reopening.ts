/** Opens the file of an interrupted upload again, where the browser gave us a handle of it. */
import { isSameFile, type Sending } from './sending';

/** Chromium's, not in TypeScript's library yet: https://wicg.github.io/file-system-access/ */
interface AskableHandle extends FileSystemFileHandle {
  queryPermission?: (wish: { mode: 'read' }) => Promise<PermissionState>;
  requestPermission?: (wish: { mode: 'read' }) => Promise<PermissionState>;
}

/** The file, unless it may not be read or is another by now; only a press of a button may lead to a question. */
export async function openAgain(sending: Sending, { mayAsk }: { mayAsk: boolean }): Promise<File | null> {
  const handle: AskableHandle | null = sending.handle;
  if (!handle) return null;
  try {
    const wish = { mode: 'read' } as const;
    const permission = await (mayAsk ? handle.requestPermission?.(wish) : handle.queryPermission?.(wish));
    if (permission !== 'granted') return null;
    const file = await handle.getFile();
    return isSameFile(sending, file) ? file : null;
  } catch {
    return null; // it was moved or deleted, and has to be picked
  }
}
