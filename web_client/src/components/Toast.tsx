import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToastCard, type ToastWish } from './ToastCard';

interface Shown extends ToastWish {
  id: number;
}

type Show = (wish: ToastWish) => void;

const Context = createContext<Show | null>(null);

/** How to tell people something in passing: `const toast = useToast(); toast({ text })`. */
export function useToast(): Show {
  const show = use(Context);
  if (!show) throw new Error('There is no <Toasts> around this.');
  return show;
}

/** The place of toasts, and what is around everything that may show one. */
export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation('components');
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const last = useRef(0);
  const place = useRef<HTMLElement>(null);

  const show = useCallback<Show>((wish) => {
    last.current += 1;
    const id = last.current;
    setShown((before) => [...before, { ...wish, id }]);
  }, []);

  useEffect(() => {
    // Toasts come at the end of the page; those without a pointer would be long in getting there.
    const jump = (event: KeyboardEvent) => {
      if (event.key === 'F8') place.current?.querySelector('button')?.focus();
    };
    window.addEventListener('keydown', jump);
    return () => window.removeEventListener('keydown', jump);
  }, []);

  const said = (kind: 'news' | 'failure') =>
    shown
      .filter((toast) => (toast.kind ?? 'news') === kind)
      .map((toast) => <p key={toast.id}>{[toast.text, toast.action?.hint].filter(Boolean).join(' ')}</p>);

  return (
    <Context value={show}>
      {children}
      {/* Live regions are heard only if they were there before what is said in them. */}
      <div role="status" className="sr-only">
        {said('news')}
      </div>
      <div role="alert" className="sr-only">
        {said('failure')}
      </div>
      <section
        ref={place}
        aria-label={t('toasts')}
        className="pointer-events-none fixed inset-x-0 bottom-20 z-60 mx-auto flex max-w-md flex-col gap-2 p-3 sm:bottom-4"
      >
        {shown.map((toast) => (
          <ToastCard
            key={toast.id}
            toast={toast}
            onGone={() => setShown((before) => before.filter(({ id }) => id !== toast.id))}
          />
        ))}
      </section>
    </Context>
  );
}
