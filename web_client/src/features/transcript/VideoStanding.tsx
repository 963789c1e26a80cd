import { useTranslation } from 'react-i18next';
import { renditionAddress } from '@/api/renditions';
import { useStanding } from '@/components/rendition/useStanding';
import { Spinner } from '@/components/Spinner';
import { isEnded, isGoing, type Result, renditionOf } from './queries';
import { Failed } from './Standing';

/** How far that is which is to be seen of a video, while it can't be seen. */
export function VideoStanding({ result }: { result: Result }) {
  const { t } = useTranslation('transcript');
  const address = renditionAddress(result.id, 'web');
  // One that was sent before there were pictures of videos has them made once somebody wants to see it.
  const isOld = result.pictures === 'none' && isEnded(result);
  const { standing } = useStanding(address, isOld);
  if (isGoing(result)) return null;
  // What failed as a whole has said so.
  const { id, error, pictures_error: reason } = result;
  if (reason) return error ? null : <Failed resultId={id} error={reason} />;
  const isAwaited = result.pictures === 'under_way' || standing === 'awaited';
  const isComing = isAwaited && renditionOf(result, 'web') === null;
  return (
    <div role="status">
      {isComing && (
        <p className="mb-4 flex items-center gap-3 text-muted">
          <Spinner quiet />
          {t('standing.video')}
        </p>
      )}
    </div>
  );
}
