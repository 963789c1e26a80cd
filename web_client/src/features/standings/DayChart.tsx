import { useTranslation } from 'react-i18next';
import { Disclosure } from '@/components/Disclosure';
import { formatDay, formatDuration, formatNumber } from '@/lib/format';
import { ceilingOf } from './scale';
import type { Day } from './standings';

const HEIGHT = 160;
const PITCH = 10;
const GAP = 2;
/** What is little beside the rest is still to be seen. */
const LOWEST = 2;

/** How much was read on each day: bars for who sees them, and the same as a table. */
export function DayChart({ days, caption }: { days: readonly Day[]; caption: string }) {
  const { t, i18n } = useTranslation('standings');
  const ceiling = ceilingOf(Math.max(0, ...days.map(({ duration_ms }) => duration_ms)));
  const [first, last] = [days.at(0), days.at(-1)];
  return (
    <figure>
      <figcaption className="sr-only">{caption}</figcaption>
      <div aria-hidden="true" className="grid grid-cols-[auto_1fr] gap-x-3 text-muted text-xs tabular-nums">
        <div className="flex h-40 flex-col justify-between text-end">
          {[ceiling, ceiling / 2, 0].map((ms) => (
            <span key={ms} className="-translate-y-1/2">
              {ms > 0 && formatDuration(ms, i18n.language)}
            </span>
          ))}
        </div>
        <Bars days={days} ceiling={ceiling} />
        <div className="col-start-2 mt-1.5 flex justify-between">
          <span>{first && formatDay(first.date, i18n.language)}</span>
          <span>{last && formatDay(last.date, i18n.language)}</span>
        </div>
      </div>
      <div className="mt-3">
        <Disclosure summary={t('chart.asTable')}>
          <DayTable days={days} caption={caption} />
        </Disclosure>
      </div>
    </figure>
  );
}

function Bars({ days, ceiling }: { days: readonly Day[]; ceiling: number }) {
  const { i18n } = useTranslation('standings');
  const width = days.length * PITCH;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="mirrored h-40 w-full text-line"
      fill="currentColor"
    >
      {[0, HEIGHT / 2, HEIGHT].map((y) => (
        <path key={y} d={`M0 ${y}H${width}`} stroke="currentColor" vectorEffect="non-scaling-stroke" />
      ))}
      {days.map(({ date, duration_ms }, at) => {
        const height = duration_ms === 0 ? 0 : Math.max(LOWEST, (duration_ms / ceiling) * HEIGHT);
        return (
          <g key={date} className="text-accent hover:text-accent-strong">
            <title>{`${formatDay(date, i18n.language)}: ${formatDuration(duration_ms, i18n.language)}`}</title>
            <rect x={at * PITCH} width={PITCH} height={HEIGHT} className="fill-transparent" />
            <rect x={at * PITCH + GAP / 2} y={HEIGHT - height} width={PITCH - GAP} height={height} />
          </g>
        );
      })}
    </svg>
  );
}

function DayTable({ days, caption }: { days: readonly Day[]; caption: string }) {
  const { t, i18n } = useTranslation('standings');
  return (
    <table className="w-full max-w-md text-sm tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-muted">
        <tr>
          <th className="py-1 pe-4 text-start font-medium">{t('chart.day')}</th>
          <th className="py-1 pe-4 text-start font-medium">{t('amount.length')}</th>
          <th className="py-1 text-end font-medium">{t('amount.recitals')}</th>
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map(({ date, duration_ms, recital_count }) => (
          <tr key={date} className="border-line border-t">
            <th scope="row" className="py-1 pe-4 text-start font-normal">
              {formatDay(date, i18n.language)}
            </th>
            <td className="py-1 pe-4">{formatDuration(duration_ms, i18n.language)}</td>
            <td className="py-1 text-end">{formatNumber(recital_count, i18n.language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
