import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Document, documentQuery } from '@/api/documents';
import { mayAct, useSession } from '@/api/session';
import { EmptyState } from '@/components/EmptyState';
import { MicrophoneIcon } from '@/components/icons';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { EndingRecital } from './EndingRecital';
import { LeftRecital } from './LeftRecital';
import { Recite } from './Recite';
import { useOutbox } from './useOutbox';

const route = getRouteApi('/_member/recite/$documentId');

/** Read a document aloud. */
export function RecitePage() {
  const { t } = useTranslation('recite');
  const { documentId } = route.useParams();
  const document = useQuery(documentQuery(documentId));
  if (document.data) return <Allowed document={document.data.document} />;
  return (
    <>
      <PageTitle title={t('title')} hidden />
      {document.isPending && <Spinner className="text-2xl text-muted" />}
      <ProblemNote error={document.error} namespace="recite" onRetry={() => void document.refetch()} />
      {document.error && <Orphan documentId={documentId} />}
    </>
  );
}

function Allowed({ document }: { document: Document }) {
  const { t } = useTranslation('recite');
  const { from } = route.useSearch();
  const isAllowed = mayAct(useSession(), 'speaker');
  return (
    <>
      <PageTitle title={t('titleOf', { title: document.title })} hidden />
      {isAllowed ? (
        <Recite key={document.id} document={document} wished={from ?? null} />
      ) : (
        <EmptyState icon={<MicrophoneIcon />} title={t('speakersOnly.title')}>
          {t('speakersOnly.text')}
        </EmptyState>
      )}
    </>
  );
}

/** What was read of a document that is not there any more, or not to be seen: it can still be saved. */
function Orphan({ documentId }: { documentId: string }) {
  const unsent = useOutbox().find(({ recital }) => recital.documentId === documentId);
  if (!unsent) return null;
  return (
    <div className="mx-auto mt-5 max-w-2xl">
      {unsent.stage === 'ending' ? <EndingRecital unsent={unsent} /> : <LeftRecital unsent={unsent} />}
    </div>
  );
}
