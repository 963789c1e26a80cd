import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { RetryIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { useToast } from '@/components/Toast';
import { DeadLetters } from './DeadLetters';
import { MessageQueues } from './MessageQueues';
import { useQueues, useSweep } from './queues';
import { TaskList } from './TaskList';
import { TaskQueues } from './TaskQueues';

const route = getRouteApi('/_member/admin/queues');

/** How work stands, what is stuck, and what to do about it. */
export function QueuesPage() {
  const { t } = useTranslation('admin');
  const { queue, state = 'failed', kind } = route.useSearch();
  const navigate = route.useNavigate();
  const queues = useQueues();
  const opened = queues.data?.messages.find(({ name }) => name === queue);
  return (
    <>
      <PageTitle title={t('queues.title')} actions={<SweepButton />}>
        {t('queues.text')}
      </PageTitle>
      {queues.isPending && (
        <div className="flex justify-center py-16 text-2xl">
          <Spinner />
        </div>
      )}
      <ProblemNote
        error={queues.error}
        namespace="admin"
        className="mb-8"
        onRetry={() => void queues.refetch()}
      />
      {queues.data && (
        <>
          <TaskQueues queues={queues.data.tasks} />
          <MessageQueues queues={queues.data.messages} />
        </>
      )}
      {opened && (
        <DeadLetters
          key={opened.name}
          name={opened.name}
          count={opened.dead_letters ?? 0}
          onClose={() =>
            void navigate({ search: (before) => ({ ...before, queue: undefined }), resetScroll: false })
          }
        />
      )}
      <TaskList
        state={state}
        kind={kind}
        onWant={(wanted) =>
          void navigate({
            search: (before) => ({
              ...before,
              ...wanted,
              state: wanted.state === 'failed' ? undefined : wanted.state,
            }),
            replace: true,
            resetScroll: false,
          })
        }
      />
    </>
  );
}

function SweepButton() {
  const { t } = useTranslation('admin');
  const toast = useToast();
  const sweep = useSweep();
  const begin = () =>
    sweep.mutate(undefined, {
      onSuccess: ({ due, overdue }) =>
        toast({
          text: [t('queues.swept', { count: due }), overdue > 0 && t('queues.overdue', { count: overdue })]
            .filter(Boolean)
            .join(' '),
        }),
    });
  return (
    <Button busy={sweep.isPending} onClick={begin} title={t('queues.sweepHint')}>
      <RetryIcon />
      {t('queues.sweep')}
    </Button>
  );
}
