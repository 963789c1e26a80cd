import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/Dialog';
import type { Summary } from '@/components/results/pages';
import { ExportForm } from './ExportForm';
import { ExportList } from './ExportList';
import { useAsking } from './useAsking';
import { useReadiness } from './useReadiness';

interface ExportsProps {
  /** What is to be put into a file; none, to see only those that were made; null while the dialog is closed. */
  results: readonly Summary[] | null;
  onOpen: () => void;
  onClose: () => void;
}

/** Asks for one file of many results, and tells when it is ready even if the dialog is closed by then. */
export function Exports({ results, onOpen, onClose }: ExportsProps) {
  const { t } = useTranslation('results');
  const asking = useAsking();
  const [askedFor, setAskedFor] = useState<readonly Summary[] | null>(null);
  const isOpen = results !== null;
  useReadiness(asking.data?.id ?? null, isOpen, onOpen);
  const isNew = isOpen && results.length > 0 && results !== askedFor;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={onClose}
      title={isNew ? t('exports.title', { count: results.length }) : t('exports.open')}
      description={isNew ? t('exports.text') : undefined}
    >
      {isNew && (
        <ExportForm
          count={results.length}
          isBusy={asking.isPending}
          error={asking.error}
          onAsk={(formats) =>
            asking.mutate(
              { ids: results.map(({ id }) => id), formats },
              { onSuccess: () => setAskedFor(results) },
            )
          }
        />
      )}
      <ExportList begun={isNew ? null : (asking.data?.id ?? null)} isBelowForm={isNew} />
    </Dialog>
  );
}
