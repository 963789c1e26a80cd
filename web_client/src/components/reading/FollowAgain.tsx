import { useTranslation } from 'react-i18next';
import { Button } from '../Button';
import type { Unit } from '../player/ShortcutsDialog';

/** Goes back to what is spoken, once the reader has scrolled away from it. */
export function FollowAgain({ unit, onFollow }: { unit: Unit; onFollow: () => void }) {
  const { t } = useTranslation('player');
  return (
    <div className="pointer-events-none sticky bottom-24 z-20 mt-4 flex justify-center sm:bottom-6">
      <Button
        size="small"
        className="!rounded-full pointer-events-auto min-h-11 shadow-float"
        onClick={onFollow}
      >
        {t(`follow.${unit}`)}
      </Button>
    </div>
  );
}
