/** Reads what was dropped on the page. */
import type { Brought } from './sending';

/** Chromium's, not in TypeScript's library yet: https://wicg.github.io/file-system-access/ */
interface HandingItem extends DataTransferItem {
  getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** The files among what was dropped, with a handle where the browser gives one; folders are left out. */
export async function filesOf(transfer: DataTransfer): Promise<Brought[]> {
  // All is asked for before the first wait: the browser empties the transfer afterwards.
  const asked = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item: HandingItem) => ({
      isFolder: item.webkitGetAsEntry?.()?.isDirectory ?? false,
      file: item.getAsFile(),
      handle: item.getAsFileSystemHandle?.().catch(() => null) ?? null,
    }));
  const brought: Brought[] = [];
  for (const { isFolder, file, handle } of asked) {
    if (isFolder || !file) continue;
    const given = await handle;
    brought.push({ file, handle: given?.kind === 'file' ? (given as FileSystemFileHandle) : null });
  }
  return brought;
}
