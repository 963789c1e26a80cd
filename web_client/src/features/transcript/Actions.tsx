import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button, buttonClasses, IconButton } from '@/components/Button';
import { Menu, MenuItem, MenuLine } from '@/components/Menu';
import { CopyIcon, MoreIcon, RetryIcon, TrashIcon } from '@/components/pageIcons';
import { type Paragraph, plainText } from '@/components/reading/paragraphs';
import { nameOfSpeaker } from '@/components/reading/speakers';
import { useToast } from '@/components/Toast';
import { DownloadMenu } from './DownloadMenu';
import { EditIcon, FindIcon, HistoryIcon, ShareIcon, TagIcon } from './icons';
import { isUnderWay, type Result } from './queries';
import { finishedOf, type Opened } from './slots';

interface ActionsProps {
  result: Result;
  paragraphs: readonly Paragraph[];
  onOpen: (what: Opened) => void;
}

/** What can be done with a result. */
export function Actions({ result, paragraphs, onOpen }: ActionsProps) {
  const { t } = useTranslation('transcript');
  const isThere = paragraphs.length > 0;
  const isFinished = finishedOf(result) !== null;
  return (
    <>
      {isThere && isFinished && (
        <Link
          from="/results/$resultId"
          to="."
          search={(before) => ({ ...before, edit: true as const })}
          className={buttonClasses()}
        >
          <EditIcon />
          {t('actions.edit')}
        </Link>
      )}
      {isThere && <CopyButton paragraphs={paragraphs} />}
      {isThere && (
        <IconButton look="secondary" label={t('actions.find')} onClick={() => onOpen('find')}>
          <FindIcon />
        </IconButton>
      )}
      <DownloadMenu result={result} />
      <MoreMenu result={result} isFinished={isFinished} onOpen={onOpen} />
    </>
  );
}

interface MoreMenuProps extends Pick<ActionsProps, 'result' | 'onOpen'> {
  isFinished: boolean;
}

function MoreMenu({ result, isFinished, onOpen }: MoreMenuProps) {
  const { t } = useTranslation('transcript');
  // What has no sound has no length either, unless it failed before that was known.
  const hasSound = result.kind !== 'image' && (result.duration_ms !== null || result.status === 'failed');
  return (
    <Menu label={t('actions.more')} icon={<MoreIcon />} look="secondary">
      <MenuItem icon={<TagIcon />} onSelect={() => onOpen('details')}>
        {t('actions.details')}
      </MenuItem>
      {isFinished && (
        <>
          <MenuItem icon={<ShareIcon />} onSelect={() => onOpen('shares')}>
            {t('actions.share')}
          </MenuItem>
          <MenuItem icon={<HistoryIcon />} onSelect={() => onOpen('versions')}>
            {t('actions.versions')}
          </MenuItem>
        </>
      )}
      {hasSound && !isUnderWay(result) && (
        <MenuItem icon={<RetryIcon />} onSelect={() => onOpen('transcribe')}>
          {t('actions.transcribe')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={<TrashIcon />} danger onSelect={() => onOpen('delete')}>
        {t('actions.delete')}
      </MenuItem>
    </Menu>
  );
}

function CopyButton({ paragraphs }: Pick<ActionsProps, 'paragraphs'>) {
  const { t } = useTranslation('transcript');
  const { t: inPlayer } = useTranslation('player');
  const toast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(
        plainText(paragraphs, (speaker) => nameOfSpeaker(speaker, inPlayer)),
      );
      toast({ text: t('actions.copied') });
    } catch {
      toast({ kind: 'failure', text: t('actions.notCopied') });
    }
  };
  return (
    <Button onClick={() => void copy()} className="max-sm:!px-2 max-sm:min-w-11">
      <CopyIcon />
      <span className="max-sm:sr-only">{t('actions.copy')}</span>
    </Button>
  );
}
