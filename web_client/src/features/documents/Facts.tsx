import { useTranslation } from 'react-i18next';
import type { Document } from '@/api/documents';
import { When } from '@/components/list/When';
import { formatNumber } from '@/lib/format';
import { languageName } from '@/lib/languageName';

/** What a document is, in a line. */
export function Facts({ document }: { document: Document }) {
  const { t, i18n } = useTranslation('documents');
  const { language, origin, source_url, is_public, archived_at, sentence_count, created_at } = document;
  const shown = formatNumber(sentence_count, i18n.language);
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      <span>{languageName(language, i18n.language)}</span>
      <span>{t('sentences', { count: sentence_count, shown })}</span>
      <span>{t(is_public ? 'public' : 'private')}</span>
      {archived_at && <span className="text-warning">{t('archived')}</span>}
      {source_url && (
        <a
          href={source_url}
          target="_blank"
          rel="noreferrer"
          className="text-accent underline underline-offset-4"
        >
          {t(`origin.${origin}`)}
        </a>
      )}
      <When at={created_at} />
    </p>
  );
}
