import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { Mark } from '@/components/Mark';
import { formatNumber } from '@/lib/format';
import { type Column, DataTable } from '../list/DataTable';
import { QueueName, useQueueName } from './QueueName';
import type { MessageQueue } from './queues';
import { Section } from './Section';

/** What other services tell us, and what of it could not be handled. */
export function MessageQueues({ queues }: { queues: MessageQueue[] }) {
  const { t, i18n } = useTranslation('admin');
  const call = useQueueName();
  const number = (value: number) => formatNumber(value, i18n.language);
  const columns: Column<MessageQueue>[] = [
    { key: 'name', head: t('queues.queue'), main: true, cell: ({ name }) => <QueueName name={name} /> },
    { key: 'waiting', head: t('queues.waiting'), cell: ({ waiting }) => number(waiting) },
    { key: 'flight', head: t('queues.inFlight'), cell: ({ in_flight }) => number(in_flight) },
    { key: 'delayed', head: t('queues.delayed'), cell: ({ delayed }) => number(delayed) },
    {
      key: 'dead',
      head: t('queues.deadLetters'),
      cell: ({ dead_letters: dead }) => {
        if (dead === null) return t('queues.notKept');
        return dead > 0 ? <Mark look="danger">{number(dead)}</Mark> : number(dead);
      },
    },
    {
      key: 'actions',
      head: t('actions'),
      actions: true,
      cell: ({ name, dead_letters }) =>
        dead_letters !== null && (
          <Link
            from="/admin/queues"
            to="/admin/queues"
            search={(before) => ({ ...before, queue: name })}
            resetScroll={false}
            className={`${buttonClasses()} whitespace-nowrap`}
            aria-label={t('letters.lookAt', { queue: call(name) })}
          >
            {t('letters.look')}
          </Link>
        ),
    },
  ];
  return (
    <Section title={t('queues.messages.title')} text={t('queues.messages.text')}>
      <DataTable
        caption={t('queues.messages.title')}
        columns={columns}
        rows={queues}
        keyOf={({ name }) => name}
      />
    </Section>
  );
}
