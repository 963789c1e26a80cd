import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { CloseIcon } from '@/components/icons';
import { formatDate, formatDuration } from '@/lib/format';
import type { Active } from './active';
import type { FindProps } from './FindBar';
import { NO_FILTER, type Origin } from './filter';
import { type NameOfStatus, useNames } from './useNames';

interface ChipsProps extends Pick<FindProps, 'filter' | 'onChange' | 'nameOfStatus'> {
  active: Active[];
}

/** What a list is filtered by; each can be taken away, and all at once. */
export function Chips({ active, onChange, nameOfStatus }: ChipsProps) {
  const { t } = useTranslation('find');
  const nameOf = useNameOfActive(nameOfStatus);
  return (
    <ul aria-label={t('chips.label')} className="flex flex-wrap items-center gap-2">
      {active.map((one) => {
        const name = nameOf(one);
        return (
          <li key={`${one.what} ${one.value}`} className="min-w-0">
            <Button
              size="small"
              aria-label={t('chips.remove', { filter: name })}
              onClick={({ currentTarget }) => {
                passFocus(currentTarget);
                onChange(one.without);
              }}
              className="max-w-full !rounded-full !border-transparent !bg-accent-soft"
            >
              <bdi className="truncate">{name}</bdi>
              <CloseIcon />
            </Button>
          </li>
        );
      })}
      {active.length > 1 && (
        <li>
          <Button
            size="small"
            look="quiet"
            onClick={({ currentTarget }) => {
              fieldOf(currentTarget)?.focus();
              onChange(NO_FILTER);
            }}
          >
            {t('clear')}
          </Button>
        </li>
      )}
    </ul>
  );
}

/** What is pressed goes, and the focus is not to go with it. */
function passFocus(pressed: HTMLElement): void {
  const item = pressed.closest('li');
  const other = item?.previousElementSibling ?? item?.nextElementSibling;
  (other?.querySelector('button') ?? fieldOf(pressed))?.focus();
}

function fieldOf(pressed: HTMLElement): HTMLElement | null | undefined {
  return pressed.closest('search')?.querySelector('input');
}

function useNameOfActive(nameOfStatus: NameOfStatus): (one: Active) => string {
  const { t, i18n } = useTranslation('find');
  const nameOf = useNames(nameOfStatus);
  return ({ what, value }) => {
    if (what === 'origin') return t(`origin.${value as Origin}`);
    if (what === 'from' || what === 'to')
      return t(`chips.${what}`, { day: formatDate(`${value}T00:00`, i18n.language) });
    if (what === 'shortest' || what === 'longest')
      return t(`chips.${what}`, { length: formatDuration(Number(value) * 60_000, i18n.language) });
    return nameOf(what, value);
  };
}
