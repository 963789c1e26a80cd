import { useTranslation } from 'react-i18next';

/** What the queues that we know are for; others go by their name. */
const KNOWN = {
  'lectern:work': 'work',
  'lectern:whisper': 'whisper',
  'lectern:sending': 'sending',
  'lectern:pictures': 'pictures',
  uploads: 'uploads',
  'transcribe-events': 'transcribeEvents',
  'mail-events': 'mailEvents',
  preprocessing: 'preprocessing',
} as const;

/** How a queue is called, for sentences. */
export function useQueueName(): (name: string) => string {
  const { t } = useTranslation('admin');
  return (name) => (isKnown(name) ? t(`queues.names.${KNOWN[name]}`) : name);
}

function isKnown(name: string): name is keyof typeof KNOWN {
  return Object.hasOwn(KNOWN, name);
}

/** What a queue is for, and below it its name as operators know it. */
export function QueueName({ name }: { name: string }) {
  const call = useQueueName();
  return (
    <>
      <span className="block font-medium">{call(name)}</span>
      <code dir="ltr" className="text-muted text-sm">
        {name}
      </code>
    </>
  );
}
