import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Document, Sentence } from '@/api/documents';

/** What will be read, and where it begins. */
export function FirstSentence({ document, sentence }: { document: Document; sentence: Sentence }) {
  const { t } = useTranslation('recite');
  const count = document.sentence_count - sentence.index;
  return (
    <header className="px-1">
      <p className="text-muted">{t('first.label')}</p>
      <p lang={document.language} dir="auto" className="mt-1 font-semibold text-2xl tracking-tight">
        {document.title}
      </p>
      <blockquote
        lang={document.language}
        dir="auto"
        className="mt-4 line-clamp-3 border-accent border-s-4 ps-4 font-reading text-lg"
      >
        {sentence.text}
      </blockquote>
      <p className="mt-3 flex flex-wrap gap-x-4 text-muted text-sm">
        <span>
          {t(sentence.index === 0 ? 'first.fromBeginning' : 'first.from', { number: sentence.index + 1 })}
        </span>
        <span>{t('first.left', { count })}</span>
        <Link
          to="/documents/$documentId"
          params={{ documentId: document.id }}
          hash="sentences"
          className="text-accent underline underline-offset-4"
        >
          {t('first.elsewhere')}
        </Link>
      </p>
    </header>
  );
}
