import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Document } from '@/api/documents';
import { Button, buttonClasses } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { MicrophoneIcon } from '@/components/icons';
import { Menu, MenuItem } from '@/components/Menu';
import { MoreIcon } from '@/components/pageIcons';
import { useChange } from './documents';
import { EditDialog } from './EditDialog';

interface ActionsProps {
  document: Document;
  etag: string | null;
  mayEdit: boolean;
}

/** What can be done with a document. */
export function Actions({ document, etag, mayEdit }: ActionsProps) {
  const { t } = useTranslation('documents');
  const [open, setOpen] = useState<'edit' | 'archive' | null>(null);
  const change = useChange(document.id, etag);
  const isArchived = document.archived_at !== null;
  const setArchived = (archived: boolean) => change.mutate({ archived }, { onSuccess: () => setOpen(null) });
  return (
    <>
      {isArchived && mayEdit && (
        <Button busy={change.isPending} onClick={() => setArchived(false)}>
          {t('unarchive')}
        </Button>
      )}
      {!isArchived && (
        <Link
          to="/recite/$documentId"
          params={{ documentId: document.id }}
          className={buttonClasses('primary')}
        >
          <MicrophoneIcon />
          {t('readAloud')}
        </Link>
      )}
      {mayEdit && (
        <Menu label={t('actions')} icon={<MoreIcon />}>
          <MenuItem onSelect={() => setOpen('edit')}>{t('edit.open')}</MenuItem>
          {!isArchived && <MenuItem onSelect={() => setOpen('archive')}>{t('archive.open')}</MenuItem>}
        </Menu>
      )}
      <EditDialog document={document} etag={etag} open={open === 'edit'} onClose={() => setOpen(null)} />
      <ConfirmDialog
        open={open === 'archive'}
        onOpenChange={() => setOpen(null)}
        title={t('archive.title')}
        description={t('archive.text')}
        confirm={t('archive.confirm')}
        busy={change.isPending}
        error={change.error}
        onConfirm={() => setArchived(true)}
      />
    </>
  );
}
