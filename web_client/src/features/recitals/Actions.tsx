import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recital } from '@/api/recitals';
import { useSession } from '@/api/session';
import { Button, buttonClasses } from '@/components/Button';
import { ListIcon, MicrophoneIcon } from '@/components/icons';
import { TrashIcon } from '@/components/pageIcons';
import { DisavowDialog } from './DisavowDialog';

/** What can be done with a recital. */
export function Actions({ recital }: { recital: Recital }) {
  const { t } = useTranslation('recitals');
  const [isTakingBack, setTakingBack] = useState(false);
  const { user_id } = useSession();
  const { status, document_id, result_id, owner } = recital;
  const isMine = owner === null || owner.id === user_id;
  return (
    <>
      {status === 'active' && isMine && document_id && (
        <Link
          to="/recite/$documentId"
          params={{ documentId: document_id }}
          className={buttonClasses('primary')}
        >
          <MicrophoneIcon />
          {t('actions.goOn')}
        </Link>
      )}
      {result_id && (
        <Link to="/results/$resultId" params={{ resultId: result_id }} className={buttonClasses()}>
          <ListIcon />
          {t('actions.result')}
        </Link>
      )}
      {status !== 'discarded' && (
        <Button className="!text-danger" onClick={() => setTakingBack(true)}>
          <TrashIcon />
          {t('actions.disavow')}
        </Button>
      )}
      <DisavowDialog recital={recital} open={isTakingBack} onClose={() => setTakingBack(false)} />
    </>
  );
}
