import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { ProblemNote } from '@/components/ProblemNote';
import { ProgressBar } from '@/components/ProgressBar';
import { Spinner } from '@/components/Spinner';
import { formatNumber, formatSize } from '@/lib/format';
import { Section } from './Section';

const MEBIBYTE = 2 ** 20;

/** How much was brought in the last days, and how much may be. */
export function UsageMeters() {
  const { t, i18n } = useTranslation('account');
  const usage = useQuery({
    queryKey: ['me', 'usage'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/me/usage', { signal })),
  });
  const days = usage.data?.days;
  return (
    <Section
      title={t('usage.title')}
      text={days === undefined ? undefined : t('usage.days', { count: days })}
    >
      {usage.isPending && <Spinner />}
      <ProblemNote error={usage.error} namespace="account" onRetry={() => void usage.refetch()} />
      {usage.data && (
        <div className="flex flex-col gap-6">
          <MeterBar
            label={t('usage.minutes')}
            meter={usage.data.minutes}
            show={(minutes) =>
              t('usage.minutesOf', { number: formatNumber(Math.ceil(minutes), i18n.language) })
            }
          />
          <MeterBar
            label={t('usage.uploads')}
            meter={usage.data.mb}
            show={(mebibytes) => formatSize(mebibytes * MEBIBYTE, i18n.language)}
          />
        </div>
      )}
    </Section>
  );
}

interface MeterBarProps {
  label: string;
  meter: Schemas['Meter'];
  show: (amount: number) => string;
}

function MeterBar({ label, meter, show }: MeterBarProps) {
  const { t } = useTranslation('account');
  const used = show(meter.used);
  return (
    <div>
      <p className="mb-2 flex flex-wrap justify-between gap-x-4">
        <span>{label}</span>
        <span className="text-muted tabular-nums">
          {meter.limit === null
            ? t('usage.free', { used })
            : t('usage.of', { used, limit: show(meter.limit) })}
        </span>
      </p>
      {meter.limit !== null && (
        <ProgressBar label={label} value={meter.limit ? meter.used / meter.limit : 1} />
      )}
    </div>
  );
}
