import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ListIcon } from '@/components/icons';
import { NO_FILTER } from './filter';
import type { Change } from './useFilter';

/** There are results, but none like this. */
export function NothingFound({ onChange }: { onChange: Change }) {
  const { t } = useTranslation('find');
  return (
    <EmptyState
      icon={<ListIcon />}
      title={t('nothing.title')}
      action={
        <Button
          onClick={({ currentTarget }) => {
            // It goes, and the focus is not to go with it.
            currentTarget.closest('main')?.querySelector<HTMLElement>('search input')?.focus();
            onChange({ ...NO_FILTER, q: undefined });
          }}
        >
          {t('nothing.action')}
        </Button>
      }
    >
      {t('nothing.text')}
    </EmptyState>
  );
}
