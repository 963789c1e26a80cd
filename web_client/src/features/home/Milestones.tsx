import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from './latest';

type Known = Record<'underWay' | 'failed' | 'finished', readonly Result[]>;

/** Says, to those who don't see the rows move, what of that which was under way is done or has failed. */
export function Milestones({ underWay, failed, finished }: Known) {
  const { t } = useTranslation('home');
  const [said, setSaid] = useState('');
  const awaited = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const isAwaited = ({ id }: Result) => awaited.current.has(id);
    const news = [
      ...finished
        .filter(isAwaited)
        .map(({ kind, title }) => t(kind === 'image' ? 'said.ready' : 'said.finished', { title })),
      ...failed.filter(isAwaited).map(({ title }) => t('said.failed', { title })),
    ];
    if (news.length > 0) setSaid(news.join(' '));
    awaited.current = new Set(underWay.map(({ id }) => id));
  });
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
