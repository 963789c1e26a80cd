import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CheckIcon, ForwardIcon } from '@/components/icons';
import { formatClock, formatWhen } from '@/lib/format';
import type { Result } from './latest';

/** A finished result, as a link to it. */
export function FinishedRow({ result }: { result: Result }) {
  const { i18n } = useTranslation('home');
  const when = formatWhen(result.created_at, i18n.language);
  return (
    <li className="border-line border-b">
      <Link
        to="/results/$resultId"
        params={{ resultId: result.id }}
        className="-mx-3 flex items-center gap-3 rounded-xl px-3 py-3.5 hover:bg-raised"
      >
        <CheckIcon className="text-success" />
        <span className="min-w-0 flex-1">
          <span dir="auto" className="block w-fit max-w-full truncate font-medium">
            {result.title}
          </span>
          <span className="block text-muted text-sm tabular-nums">
            {result.duration_ms === null ? when : `${when} · ${formatClock(result.duration_ms)}`}
          </span>
        </span>
        <ForwardIcon className="text-muted" />
      </Link>
    </li>
  );
}
