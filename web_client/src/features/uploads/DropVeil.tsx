import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UploadIcon } from '@/components/icons';
import { filesOf } from './dropped';
import type { Brought } from './sending';

/** Takes files that are dropped anywhere on the page, and says so while they are held over it. */
export function DropVeil({ onBrought }: { onBrought: (brought: Brought[]) => void }) {
  const { t } = useTranslation('uploads');
  const [isOver, setOver] = useState(false);
  const take = useEffectEvent(onBrought);

  useEffect(() => {
    // Each element under the pointer is entered before the one around it is left.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const over = (event: DragEvent) => {
      if (bringsFiles(event)) event.preventDefault(); // else the browser would open the file in our place
    };
    const leave = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!bringsFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      void filesOf(event.dataTransfer).then((brought) => take(brought));
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-40 flex bg-veil p-4" aria-hidden="true">
      <p className="flex flex-1 items-center justify-center gap-3 rounded-2xl border-4 border-accent border-dashed bg-surface font-semibold text-2xl text-accent">
        <UploadIcon />
        {t('pick.drop')}
      </p>
    </div>
  );
}

function bringsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
