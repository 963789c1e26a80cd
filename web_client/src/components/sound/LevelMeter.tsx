import { type Ref, useImperativeHandle, useRef } from 'react';

/** Show a share of the loudest there is, 0 to 1. */
export type ShowLevel = (share: number) => void;

interface LevelMeterProps {
  label: string;
  /** Called many times a second, so that it draws by itself and nothing around it is drawn anew. */
  ref: Ref<ShowLevel>;
}

/** How loud it is at this moment. */
export function LevelMeter({ label, ref }: LevelMeterProps) {
  const bar = useRef<HTMLDivElement>(null);
  useImperativeHandle(
    ref,
    () => (share) => {
      if (!bar.current) return;
      bar.current.style.inlineSize = `${share * 100}%`;
      bar.current.parentElement?.setAttribute('aria-valuenow', String(Math.round(share * 100)));
    },
    [],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> can't be given our colours in every browser
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className="h-2 overflow-hidden rounded-full bg-raised"
    >
      <div ref={bar} className="h-full w-0 rounded-full bg-accent" />
    </div>
  );
}
