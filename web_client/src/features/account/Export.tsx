import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Button, buttonClasses } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { DownloadIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { formatDateTime, formatSize } from '@/lib/format';
import { Section } from './Section';

type Shown = Schemas['ExportShown'];

const EXPORTS = ['me', 'exports'];
const WHILE_PENDING_MS = 3_000;
/** The address of a file is good for an hour at most. */
const WHILE_READY_MS = 30 * 60_000;

/** Everything that is held about the person, in one file. */
export function Export() {
  const { t } = useTranslation('account');
  const queries = useQueryClient();
  const latest = useQuery({
    queryKey: EXPORTS,
    queryFn: async ({ signal }) => {
      const page = await answer(api.GET('/api/v1/me/exports', { params: { query: { limit: 1 } }, signal }));
      return page.items[0] ?? null;
    },
    refetchInterval: ({ state }) => pauseFor(state.data),
  });
  const asking = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/me/export')),
    meta: { shownInPlace: true },
    onSuccess: (begun) => queries.setQueryData(EXPORTS, begun),
  });
  const isPending = latest.data?.status === 'pending';
  return (
    <Section title={t('export.title')} text={t('export.text')}>
      <div className="flex flex-col items-start gap-4">
        <div role="status" className="empty:-mb-4">
          {latest.data && <State shown={latest.data} />}
        </div>
        <ProblemNote error={latest.error} namespace="account" onRetry={() => void latest.refetch()} />
        <ProblemNote error={asking.error} namespace="account" />
        {latest.data?.url && (
          <a href={latest.data.url} download className={buttonClasses('primary')}>
            <DownloadIcon />
            {t('export.download')}
          </a>
        )}
        {latest.isSuccess && !isPending && (
          <Button busy={asking.isPending} onClick={() => asking.mutate()}>
            {t(latest.data ? 'export.again' : 'export.ask')}
          </Button>
        )}
      </div>
    </Section>
  );
}

function pauseFor(shown: Shown | null | undefined): number | false {
  if (shown?.status === 'pending') return WHILE_PENDING_MS;
  return shown?.status === 'ready' ? WHILE_READY_MS : false;
}

function State({ shown }: { shown: Shown }) {
  const { t, i18n } = useTranslation('account');
  if (shown.status === 'pending')
    return (
      <p className="flex items-center gap-2">
        <Spinner quiet />
        {t('export.pending')}
      </p>
    );
  if (shown.status === 'ready')
    return (
      <p>
        {t('export.ready', {
          size: formatSize(shown.size ?? 0, i18n.language),
          at: shown.expires_at ? formatDateTime(shown.expires_at, i18n.language) : '',
        })}
      </p>
    );
  if (shown.status === 'failed')
    return (
      <p className="text-danger">
        {t('export.failed')} <bdi>{shown.error}</bdi>
      </p>
    );
  return <p className="text-muted">{t('export.expired')}</p>;
}
