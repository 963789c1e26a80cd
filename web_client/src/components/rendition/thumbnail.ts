import { renditionAddress } from '@/api/renditions';
import type { ResultSummary } from '@/api/results';

/** The smallest form in which a result is to be seen; null where it is only heard. */
export function thumbnailOf({ id, kind }: Pick<ResultSummary, 'id' | 'kind'>): string | null {
  if (kind === 'audio') return null;
  return renditionAddress(id, kind === 'image' ? 'thumbnail' : 'poster');
}
