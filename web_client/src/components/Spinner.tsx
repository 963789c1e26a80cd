import { useTranslation } from 'react-i18next';
import { classes } from './classes';

/** Something is on its way, and nobody knows how far; `quiet` where a text beside it says so. */
export function Spinner({ quiet = false, className }: { quiet?: boolean; className?: string }) {
  const { t } = useTranslation('components');
  return (
    <span
      className={classes('inline-flex', className)}
      {...(quiet ? { 'aria-hidden': true } : { role: 'status' })}
    >
      <svg viewBox="0 0 24 24" fill="none" className="size-[1.25em] animate-turn" aria-hidden="true">
        <circle cx="12" cy="12" r="9" stroke="currentColor" strokeWidth="3" opacity=".25" />
        <path d="M12 3a9 9 0 0 1 9 9" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      </svg>
      {!quiet && <span className="sr-only">{t('loading')}</span>}
    </span>
  );
}
