import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Menu, MenuItem, MenuLine } from '@/components/Menu';
import { CopyIcon, MoreIcon, RetryIcon, TrashIcon } from '@/components/pageIcons';
import { useToast } from '@/components/Toast';
import { DeleteDialog } from './DeleteDialog';
import { DownloadMenu } from './DownloadMenu';
import { isUnderWay, type Result } from './queries';
import { TranscribeDialog } from './TranscribeDialog';
import { type Paragraph, plainText } from './text/paragraphs';
import { nameOfSpeaker } from './text/speakers';

/** What can be done with a result. */
export function Actions({ result, paragraphs }: { result: Result; paragraphs: readonly Paragraph[] }) {
  const { t } = useTranslation('transcript');
  const [asked, setAsked] = useState<'transcribe' | 'delete' | null>(null);
  const close = () => setAsked(null);
  // What has no sound has no length either, unless it failed before that was known.
  const hasSound = result.duration_ms !== null || result.status === 'failed';
  return (
    <>
      {paragraphs.length > 0 && <CopyButton paragraphs={paragraphs} />}
      <DownloadMenu result={result} />
      <Menu label={t('actions.more')} icon={<MoreIcon />} look="secondary">
        {hasSound && !isUnderWay(result) && (
          <>
            <MenuItem icon={<RetryIcon />} onSelect={() => setAsked('transcribe')}>
              {t('actions.transcribe')}
            </MenuItem>
            <MenuLine />
          </>
        )}
        <MenuItem icon={<TrashIcon />} danger onSelect={() => setAsked('delete')}>
          {t('actions.delete')}
        </MenuItem>
      </Menu>
      <TranscribeDialog result={result} open={asked === 'transcribe'} onClose={close} />
      <DeleteDialog result={result} open={asked === 'delete'} onClose={close} />
    </>
  );
}

function CopyButton({ paragraphs }: { paragraphs: readonly Paragraph[] }) {
  const { t } = useTranslation('transcript');
  const toast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(plainText(paragraphs, (speaker) => nameOfSpeaker(speaker, t)));
      toast({ text: t('actions.copied') });
    } catch {
      toast({ kind: 'failure', text: t('actions.notCopied') });
    }
  };
  return (
    <Button onClick={() => void copy()}>
      <CopyIcon />
      {t('actions.copy')}
    </Button>
  );
}
