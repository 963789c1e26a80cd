/** Keeps the page installed, and finds out when there is a newer one. */

/** Take the newer version, which reloads the page. */
export type Take = () => void;

/** Whether this page is what the service has now: it often is, and only its copy for times without network is not. */
async function isNewest(): Promise<boolean> {
  const own = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src;
  const page = await fetch('/?newest').then(
    (answer) => answer.text(), // with a query, so that it is not that copy which answers
    () => '',
  );
  return own !== undefined && page.includes(new URL(own).pathname);
}

/** Install the page, and call `tell` whenever a newer version waits; nothing is reloaded unasked. */
export async function keepInstalled(tell: (take: Take) => void): Promise<void> {
  const workers = navigator.serviceWorker;
  const registration = await workers.register('/sw.js', { updateViaCache: 'none' });

  const tellOf = async (waiting: ServiceWorker) => {
    if (await isNewest()) return;
    tell(() => {
      workers.addEventListener('controllerchange', () => window.location.reload(), { once: true });
      waiting.postMessage({ type: 'SKIP_WAITING' });
    });
  };

  // The first version there is has nobody to replace.
  if (registration.waiting && workers.controller) void tellOf(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const next = registration.installing;
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed' && workers.controller) void tellOf(next);
    });
  });

  // A page that stays open for days never navigates, and that is when browsers look.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => {}); // without network: later
  });
}
