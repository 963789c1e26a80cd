import { useTranslation } from 'react-i18next';
import { CheckIcon } from '@/components/icons';
import { WarningIcon } from '@/components/pageIcons';
import type { Shown } from './reading';

/** What is to be said of the sentence that was read last. */
export function VerdictNote({ verdict }: Pick<Shown, 'verdict'>) {
  const { t } = useTranslation('recite');
  const told = verdict?.verdict ?? null;
  return (
    <p
      role="status"
      className="flex min-h-12 items-center justify-center gap-2 text-balance text-center text-sm"
    >
      {told === 'good' && <CheckIcon className="text-success" />}
      {told && told !== 'good' && <WarningIcon className="text-warning" />}
      {told && (
        <span className={told === 'good' ? 'text-muted' : 'text-warning'}>{t(`verdict.${told}`)}</span>
      )}
    </p>
  );
}
