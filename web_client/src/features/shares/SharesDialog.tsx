import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OnceDialog } from '@/components/copy/OnceDialog';
import { Dialog } from '@/components/Dialog';
import { Endless } from '@/components/list/Endless';
import { MakeShare } from './MakeShare';
import { RevokeDialog } from './RevokeDialog';
import { ShareRow } from './ShareRow';
import { type Share, type ShareMade, sharesQuery } from './shares';

interface SharesDialogProps {
  resultId: string;
  /** Whether there is anything to be heard. */
  hasSound: boolean;
  onClose: () => void;
}

/** Makes a link by which others may read a result, and shows those that there are. */
export function SharesDialog({ resultId, hasSound, onClose }: SharesDialogProps) {
  const { t } = useTranslation('shares');
  const list = useInfiniteQuery(sharesQuery(resultId));
  const [made, setMade] = useState<ShareMade | null>(null);
  const [doomed, setDoomed] = useState<Share | null>(null);
  if (made) {
    return (
      <OnceDialog
        title={t('made.title')}
        text={t('made.text')}
        label={t('made.link')}
        value={made.url}
        done={t('made.kept')}
        onClose={() => setMade(null)}
      />
    );
  }
  return (
    <>
      <Dialog open onOpenChange={onClose} title={t('title')} description={t('text')}>
        <MakeShare resultId={resultId} hasSound={hasSound} onMade={setMade} />
        <section aria-labelledby="shares" className="border-line border-t pt-4">
          <h3 id="shares" className="mb-1 font-medium">
            {t('list')}
          </h3>
          <Endless list={list} namespace="shares" empty={<p className="text-muted">{t('none')}</p>}>
            {(shares) => (
              <ul className="divide-y divide-line">
                {shares.map((share) => (
                  <ShareRow key={share.id} share={share} onRevoke={() => setDoomed(share)} />
                ))}
              </ul>
            )}
          </Endless>
        </section>
      </Dialog>
      {doomed && <RevokeDialog resultId={resultId} share={doomed} onClose={() => setDoomed(null)} />}
    </>
  );
}
