import { useTranslation } from 'react-i18next';
import type { ResultStatus } from '@/api/results';
import { CheckIcon } from '@/components/icons';
import { WarningIcon } from '@/components/pageIcons';
import { isUnderWay } from '@/components/results/pages';
import { Spinner } from '@/components/Spinner';

/** What has become of a result, in a word with a sign. */
export function StatusMark({ status }: { status: ResultStatus }) {
  const { t } = useTranslation('results');
  const name = t(`status.${status}`);
  if (status === 'failed') {
    return (
      <span className="inline-flex items-center gap-1.5 text-danger">
        <WarningIcon />
        {name}
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      {isUnderWay(status) ? (
        <Spinner quiet className="text-accent" />
      ) : (
        <CheckIcon className="text-success" />
      )}
      {name}
    </span>
  );
}
