import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAct, useSession } from '@/api/session';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { Actions } from './Actions';
import { Coverage } from './Coverage';
import { useDocument } from './documents';
import { Facts } from './Facts';
import { Readers } from './Readers';
import { SentenceList } from './SentenceList';

const route = getRouteApi('/_member/documents/$documentId');

/** One document: what it is, how much of it is read, and its sentences. */
export function DocumentPage() {
  const { t } = useTranslation('documents');
  const { documentId } = route.useParams();
  const query = useDocument(documentId);
  const session = useSession();
  if (!query.data) {
    return (
      <>
        <PageTitle title={t('one')} hidden />
        {query.isPending && <Spinner className="text-2xl text-muted" />}
        <ProblemNote error={query.error} namespace="documents" onRetry={() => void query.refetch()} />
      </>
    );
  }
  const { document, etag } = query.data;
  const mayEdit = document.is_mine || mayAct(session, 'admin');
  return (
    <article>
      <PageTitle title={document.title} actions={<Actions {...{ document, etag, mayEdit }} />}>
        <Facts document={document} />
      </PageTitle>
      <Coverage document={document} />
      {mayEdit && <Readers documentId={document.id} />}
      <SentenceList document={document} />
    </article>
  );
}
