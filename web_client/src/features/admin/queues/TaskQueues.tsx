import { useTranslation } from 'react-i18next';
import { Mark } from '@/components/Mark';
import { formatDuration, formatNumber } from '@/lib/format';
import { type Column, DataTable } from '../list/DataTable';
import { QueueName } from './QueueName';
import type { TaskQueue } from './queues';
import { Section } from './Section';

/** From then on people notice that they wait. */
const LONG_SECONDS = 300;

/** What workers have to do, by the kind of worker. */
export function TaskQueues({ queues }: { queues: TaskQueue[] }) {
  const { t, i18n } = useTranslation('admin');
  const number = (value: number) => formatNumber(value, i18n.language);
  const columns: Column<TaskQueue>[] = [
    { key: 'name', head: t('queues.queue'), main: true, cell: ({ name }) => <QueueName name={name} /> },
    { key: 'due', head: t('queues.due'), cell: ({ due }) => number(due) },
    {
      key: 'oldest',
      head: t('queues.oldest'),
      cell: ({ oldest_due_seconds: seconds }) => {
        if (seconds === null) return t('queues.nothingWaits');
        const said = formatDuration(seconds * 1000, i18n.language);
        return seconds < LONG_SECONDS ? said : <Mark look="warning">{said}</Mark>;
      },
    },
    { key: 'running', head: t('queues.running'), cell: ({ running }) => number(running) },
    { key: 'later', head: t('queues.later'), cell: ({ later }) => number(later) },
    {
      key: 'failed',
      head: t('queues.failed'),
      cell: ({ failed }) => (failed > 0 ? <Mark look="danger">{number(failed)}</Mark> : number(failed)),
    },
  ];
  return (
    <Section title={t('queues.tasks.title')} text={t('queues.tasks.text')}>
      <DataTable
        caption={t('queues.tasks.title')}
        columns={columns}
        rows={queues}
        keyOf={({ name }) => name}
      />
    </Section>
  );
}
