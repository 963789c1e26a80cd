import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Document, type Sentence, sentencesQuery } from '@/api/documents';
import { CheckIcon, MicrophoneIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { directionOf } from '@/lib/direction';

/** A document's sentences in its paragraphs: which are read, and a way to begin with any of them. */
export function SentenceList({ document }: { document: Document }) {
  const { t } = useTranslation('documents');
  const list = useInfiniteQuery(sentencesQuery(document.id));
  return (
    <section aria-labelledby="sentences">
      <h2 id="sentences" className="font-semibold text-lg">
        {t('contents.title')}
      </h2>
      {!document.archived_at && <p className="mb-3 text-muted text-sm">{t('contents.hint')}</p>}
      <Endless list={list} namespace="documents" empty={null}>
        {(sentences) => (
          <ol
            lang={document.language}
            dir={directionOf(document.language)}
            className="font-reading text-lg leading-relaxed"
          >
            {sentences.map((sentence, at) => (
              <Row
                key={sentence.index}
                document={document}
                sentence={sentence}
                isFirst={at > 0 && sentences[at - 1]?.paragraph !== sentence.paragraph}
              />
            ))}
          </ol>
        )}
      </Endless>
    </section>
  );
}

interface RowProps {
  document: Document;
  sentence: Sentence;
  /** It begins a paragraph, other than the very first. */
  isFirst: boolean;
}

const Row = memo(function Row({ document, sentence, isFirst }: RowProps) {
  const { t } = useTranslation('documents');
  const { index, text, is_read, is_read_by_me } = sentence;
  const state = is_read_by_me ? 'mine' : is_read ? 'others' : null;
  return (
    <li
      data-first={isFirst}
      className="group relative flex items-start gap-3 rounded-lg px-2 py-1.5 hover:bg-raised data-[first=true]:mt-5 [contain-intrinsic-size:auto_2.75rem] [content-visibility:auto]"
    >
      <span className="flex h-[1.625em] w-5 shrink-0 items-center">
        {state && (
          <>
            <CheckIcon className={state === 'mine' ? 'text-success' : 'text-muted'} />
            <span className="sr-only">{t(`state.${state}`)}</span>
          </>
        )}
      </span>
      {document.archived_at ? (
        <span className="min-w-0 flex-1">{text}</span>
      ) : (
        <Link
          to="/recite/$documentId"
          params={{ documentId: document.id }}
          search={{ from: index }}
          title={t('beginHere')}
          className="min-w-0 flex-1 [overflow-wrap:anywhere]"
        >
          {text}
          <MicrophoneIcon className="ms-2 inline text-accent opacity-0 group-focus-within:opacity-100 group-hover:opacity-100" />
        </Link>
      )}
    </li>
  );
});
