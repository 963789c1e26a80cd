import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/components/Button';
import { CloseIcon } from '@/components/icons';
import { DownloadIcon, TrashIcon } from '@/components/pageIcons';
import type { Summary } from '@/components/results/pages';
import { TagIcon } from './TagIcon';
import { TagsDialog } from './TagsDialog';

interface BulkBarProps {
  chosen: readonly Summary[];
  onExport: () => void;
  onDelete: () => void;
  onClear: () => void;
}

/** What can be done with the results that are chosen. */
export function BulkBar({ chosen, onExport, onDelete, onClear }: BulkBarProps) {
  const { t } = useTranslation('results');
  const [isTagging, setTagging] = useState(false);
  return (
    <div className="flex">
      <IconButton label={t('tags.open')} onClick={() => setTagging(true)}>
        <TagIcon />
      </IconButton>
      <IconButton label={t('exports.chosen')} onClick={onExport}>
        <DownloadIcon />
      </IconButton>
      <IconButton label={t('choose.delete')} onClick={onDelete} className="hover:text-danger">
        <TrashIcon />
      </IconButton>
      <IconButton label={t('choose.none')} onClick={onClear}>
        <CloseIcon />
      </IconButton>
      {isTagging && <TagsDialog results={chosen} onClose={() => setTagging(false)} />}
    </div>
  );
}
