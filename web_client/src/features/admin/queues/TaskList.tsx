import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { SelectField } from '@/components/Field';
import { CheckIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { When } from '@/components/list/When';
import { type Column, DataTable } from '../list/DataTable';
import { KINDS, type QueuesSearch, STATES, type TaskKind, type TaskState } from '../search';
import { type Task, useTasks } from './queues';
import { Section } from './Section';

interface TaskListProps {
  state: TaskState;
  kind: TaskKind | undefined;
  onWant: (wanted: Pick<QueuesSearch, 'state' | 'kind'>) => void;
}

/** Kinds whose work is on a result, so that there is a page to look at. */
const ON_RESULTS: readonly string[] = ['transcode', 'transcribe', 'submit', 'collect'] satisfies TaskKind[];

/** Pieces of work one by one: by default those that have failed for good, with the reason. */
export function TaskList({ state, kind, onWant }: TaskListProps) {
  const { t } = useTranslation('admin');
  const columns = useColumns();
  return (
    <Section title={t('tasks.title')} text={t('tasks.text')}>
      <search className="mb-4 flex flex-col gap-4 sm:flex-row">
        <SelectField
          label={t('tasks.state')}
          value={state}
          onChange={({ target }) => onWant({ state: STATES.find((one) => one === target.value), kind })}
          className="sm:w-56"
        >
          {STATES.map((one) => (
            <option key={one} value={one}>
              {t(`tasks.states.${one}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('tasks.kind')}
          value={kind ?? ''}
          onChange={({ target }) => onWant({ state, kind: KINDS.find((one) => one === target.value) })}
          className="sm:w-56"
        >
          <option value="">{t('tasks.everyKind')}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`tasks.kinds.${one}`)}
            </option>
          ))}
        </SelectField>
      </search>
      <Endless
        namespace="admin"
        list={useTasks(state, kind)}
        empty={<EmptyState icon={<CheckIcon />} title={t(`tasks.empty.${state}`)} />}
      >
        {(tasks) => (
          <DataTable caption={t('tasks.title')} columns={columns} rows={tasks} keyOf={({ id }) => id} />
        )}
      </Endless>
    </Section>
  );
}

function useColumns(): Column<Task>[] {
  const { t } = useTranslation('admin');
  return [
    { key: 'kind', head: t('tasks.kind'), main: true, cell: (task) => <TaskName task={task} /> },
    {
      key: 'error',
      head: t('tasks.reason'),
      cell: ({ error }) =>
        error ? (
          <span dir="auto" className="[overflow-wrap:anywhere]">
            {error}
          </span>
        ) : (
          '–'
        ),
    },
    {
      key: 'attempts',
      head: t('tasks.attempts'),
      cell: ({ attempts, failures }) => t('tasks.attemptsOf', { attempts, failures }),
    },
    {
      key: 'when',
      head: t('tasks.when'),
      cell: ({ finished_at, run_after }) => <When at={finished_at ?? run_after} />,
    },
  ];
}

function TaskName({ task: { kind, subject_id } }: { task: Task }) {
  const { t } = useTranslation('admin');
  const known = KINDS.find((one) => one === kind);
  return (
    <>
      <span className="block font-medium">{known ? t(`tasks.kinds.${known}`) : kind}</span>
      {ON_RESULTS.includes(kind) && (
        <Link
          to="/results/$resultId"
          params={{ resultId: subject_id }}
          className="inline-flex min-h-11 items-center text-accent underline"
        >
          {t('tasks.toResult')}
        </Link>
      )}
    </>
  );
}
