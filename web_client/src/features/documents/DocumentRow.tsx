import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { ProgressBar } from '@/components/ProgressBar';
import { formatNumber } from '@/lib/format';
import { languageName } from '@/lib/languageName';
import type { Summary } from './documents';

/** One document: what it is, and how much of it is read. */
export function DocumentRow({ document }: { document: Summary }) {
  const { t, i18n } = useTranslation('documents');
  const { id, title, language, is_public, archived_at, sentence_count, read_sentence_count } = document;
  return (
    <li className="relative flex items-center gap-4 border-line border-b px-2 py-4 hover:bg-raised sm:gap-6 sm:px-3">
      <div className="min-w-0 flex-1">
        <Link
          to="/documents/$documentId"
          params={{ documentId: id }}
          className="line-clamp-2 font-semibold text-lg after:absolute after:inset-0"
        >
          <bdi lang={language}>{title}</bdi>
        </Link>
        <p className="mt-0.5 flex flex-wrap gap-x-4 text-muted text-sm">
          <span>{languageName(language, i18n.language)}</span>
          <span>
            {t('sentences', { count: sentence_count, shown: formatNumber(sentence_count, i18n.language) })}
          </span>
          {!is_public && <span>{t('private')}</span>}
          {archived_at && <span>{t('archived')}</span>}
        </p>
        <ProgressBar
          label={t('read', { title })}
          value={sentence_count === 0 ? 0 : read_sentence_count / sentence_count}
          className="mt-2 !h-1.5 max-w-xs"
        />
      </div>
      {!archived_at && (
        <Link
          to="/recite/$documentId"
          params={{ documentId: id }}
          aria-label={t('readAloudOf', { title })}
          className={buttonClasses('secondary', 'small').concat(' relative shrink-0')}
        >
          {t('readAloud')}
        </Link>
      )}
    </li>
  );
}
