import { useTranslation } from 'react-i18next';
import { formatShare } from '@/lib/format';
import { classes } from './classes';

interface ProgressBarProps {
  /** What is under way; read out with the share. */
  label: string;
  /** 0 to 1, or null where nobody knows. */
  value: number | null;
  className?: string;
}

/** How far something is. Not a live region: say milestones in a text of your own. */
export function ProgressBar({ label, value, className }: ProgressBarProps) {
  const { i18n } = useTranslation();
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...(share === null
        ? {}
        : {
            'aria-valuemin': 0,
            'aria-valuemax': 100,
            'aria-valuenow': Math.round(share * 100),
            'aria-valuetext': formatShare(share, i18n.language),
          })}
      className={classes('h-2 overflow-hidden rounded-full bg-raised', className)}
    >
      <div
        className={classes(
          'h-full rounded-full bg-accent transition-[inline-size] duration-300',
          share === null && 'w-full animate-pulse opacity-50',
        )}
        style={share === null ? undefined : { inlineSize: `${share * 100}%` }}
      />
    </div>
  );
}
