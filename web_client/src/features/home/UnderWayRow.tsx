import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from '@/components/ProgressBar';
import { formatClock, formatDuration, formatShare } from '@/lib/format';
import type { Result } from './latest';
import { WordsSoFar } from './WordsSoFar';

/** A result that is being worked on: how far it is, and its words as they come. */
export function UnderWayRow({ result }: { result: Result }) {
  const { t } = useTranslation('home');
  return (
    <li className="flex flex-col gap-2 border-line border-b py-4">
      <p dir="auto" className="w-fit max-w-full truncate font-medium">
        <Link to="/results/$resultId" params={{ resultId: result.id }} className="hover:underline">
          {result.title}
        </Link>
      </p>
      <Stage result={result} />
      <ProgressBar
        label={t('underWay.progress', { title: result.title })}
        value={result.status === 'received' || result.kind === 'image' ? null : result.progress}
      />
      {result.status === 'transcribing' && <WordsSoFar result={result} />}
    </li>
  );
}

function Stage({ result: { kind, status, progress, heard_ms, duration_ms } }: { result: Result }) {
  const { t, i18n } = useTranslation('home');
  if (status === 'received') return <p className="text-muted text-sm">{t('stage.received')}</p>;
  if (kind === 'image') return <p className="text-muted text-sm">{t('stage.picture')}</p>;
  if (status === 'transcoding') {
    const share = formatShare(progress, i18n.language);
    return <p className="text-muted text-sm tabular-nums">{t('stage.transcoding', { share })}</p>;
  }
  return (
    <p className="text-muted text-sm tabular-nums">
      <span aria-hidden="true">
        {t('stage.transcribing', { heard: formatClock(heard_ms), whole: formatClock(duration_ms ?? 0) })}
      </span>
      <span className="sr-only">
        {t('stage.transcribing', {
          heard: formatDuration(heard_ms, i18n.language),
          whole: formatDuration(duration_ms ?? 0, i18n.language),
        })}
      </span>
    </p>
  );
}
