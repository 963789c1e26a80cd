import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ResultSummary } from '@/api/results';
import { Length } from '@/components/list/Length';
import { PlayIcon } from '@/components/pageIcons';
import { Thumbnail } from '@/components/rendition/Thumbnail';
import { shapeOf } from './shape';

/** A picture or a video, as a link to it. It is as wide for its height as what it shows. */
export function Tile({ result }: { result: ResultSummary }) {
  const { t } = useTranslation('gallery');
  const shape = shapeOf(result);
  return (
    <li
      className="min-w-0"
      style={{ flexGrow: shape, flexBasis: `calc(var(--row) * ${shape})`, maxInlineSize: '100%' }}
    >
      <Link to="/results/$resultId" params={{ resultId: result.id }} className="group block rounded-xl">
        <span
          className="relative block overflow-hidden rounded-xl border border-line group-hover:border-edge"
          style={{ aspectRatio: shape }}
        >
          <Thumbnail result={result} className="size-full" />
          {result.kind === 'video' && (
            <span className="absolute end-1.5 bottom-1.5 flex items-center gap-1 rounded-md bg-[rgb(0_0_0/75%)] px-1.5 text-[#fff] text-sm">
              <PlayIcon className="size-[0.8em]" />
              <span className="sr-only">{t('video')}</span>
              {result.duration_ms !== null && <Length ms={result.duration_ms} />}
            </span>
          )}
        </span>
        <span dir="auto" className="mt-1 block w-fit max-w-full truncate text-sm group-hover:underline">
          {result.title}
        </span>
      </Link>
    </li>
  );
}
