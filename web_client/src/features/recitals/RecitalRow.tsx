import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { RecitalSummary } from '@/api/recitals';
import { Length } from '@/components/list/Length';
import { When } from '@/components/list/When';
import { FlagMarks } from '@/components/recital/FlagMarks';
import { RecitalStatusMark } from '@/components/recital/RecitalStatusMark';
import { Reason } from './Reason';

/** One recital in a line or two; all of it leads there. */
export const RecitalRow = memo(function RecitalRow({ recital }: { recital: RecitalSummary }) {
  const { id, title, language, status, duration_ms, created_at, flags, error } = recital;
  return (
    <li className="relative flex flex-col gap-1.5 border-line border-b px-2 py-4 hover:bg-raised sm:px-3">
      <Link
        to="/recitals/$recitalId"
        params={{ recitalId: id }}
        className="line-clamp-2 font-semibold text-lg after:absolute after:inset-0"
      >
        <bdi lang={language}>{title}</bdi>
      </Link>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
        <RecitalStatusMark status={status} />
        {duration_ms !== null && <Length ms={duration_ms} />}
        <When at={created_at} />
      </div>
      <FlagMarks flags={flags} />
      {error && <Reason error={error} className="text-sm" />}
    </li>
  );
});
