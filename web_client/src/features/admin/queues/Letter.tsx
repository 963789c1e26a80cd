import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { When } from '@/components/list/When';
import type { DeadLetter } from './queues';

interface LetterProps {
  letter: DeadLetter;
  busy: boolean;
  onRedrive: () => void;
}

/** One message, as it was sent. */
export function Letter({ letter: { id, body, sent_at, received }, busy, onRedrive }: LetterProps) {
  const { t } = useTranslation('admin');
  return (
    <li className="rounded-xl bg-raised p-3 sm:p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-muted text-sm">
          <When at={sent_at} /> · {t('letters.received', { count: received })}
        </p>
        <Button
          busy={busy}
          className="bg-surface"
          aria-label={t('letters.redriveWhich', { id })}
          onClick={onRedrive}
        >
          {t('letters.redrive')}
        </Button>
      </div>
      <pre
        dir="ltr"
        className="mt-3 max-h-64 overflow-y-auto whitespace-pre-wrap text-start text-sm [overflow-wrap:anywhere]"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long one is scrolled by keys
        tabIndex={0}
      >
        {laidOut(body)}
      </pre>
    </li>
  );
}

/** JSON in lines of its own; what is cut off or is no JSON, as it is. */
function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
