import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { DayChart } from './DayChart';
import { Figures } from './Figures';
import { readStatisticsSearch, SPANS } from './search';
import { daysQuery, mineQuery, totalsQuery } from './standings';

const route = getRouteApi('/_member/_reading/recitals/statistics');

/** How much was read: by oneself, by all, and on each day. */
export function StatisticsPage() {
  const { t } = useTranslation('standings');
  const mine = useQuery(mineQuery);
  const totals = useQuery(totalsQuery);
  return (
    <>
      <PageTitle title={t('statistics.title')}>{t('statistics.text')}</PageTitle>
      <div className="mb-10 grid gap-6 sm:grid-cols-2">
        <Figures title={t('statistics.mine')} query={mine} />
        <Figures title={t('statistics.everybody')} query={totals} />
      </div>
      <DayByDay />
    </>
  );
}

function DayByDay() {
  const { t } = useTranslation('standings');
  const { days = 30, everybody = false } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ ...daysQuery(days, !everybody), placeholderData: (before) => before });
  const want = (wanted: Record<string, unknown>) =>
    void navigate({ search: readStatisticsSearch({ days, everybody, ...wanted }), replace: true });
  const whose = everybody ? 'everybody' : 'mine';
  return (
    <section aria-labelledby="days">
      <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
        <h2 id="days" className="font-semibold text-lg">
          {t('chart.title')}
        </h2>
        <div className="flex flex-wrap gap-3">
          <SelectField
            label={t('chart.whose')}
            value={whose}
            onChange={({ target }) => want({ everybody: target.value === 'everybody' })}
          >
            <option value="mine">{t('statistics.mine')}</option>
            <option value="everybody">{t('statistics.everybody')}</option>
          </SelectField>
          <SelectField
            label={t('chart.span')}
            value={days}
            onChange={({ target }) => want({ days: Number(target.value) })}
          >
            {SPANS.map((span) => (
              <option key={span} value={span}>
                {t(`chart.spans.${span}`)}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
      {query.isPending && <Spinner className="text-2xl text-muted" />}
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data && (
        <DayChart days={query.data} caption={`${t('chart.title')}: ${t(`statistics.${whose}`)}`} />
      )}
    </section>
  );
}
