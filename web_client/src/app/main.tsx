import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { Failures } from './failures';
import { beginTexts } from './i18n';
import { makeQueryClient } from './queries';
import { makeRouter } from './router';
import './styles.css';

/** Draw the page once its words, its code and its data are here; they come side by side. */
async function start(root: HTMLElement): Promise<void> {
  const failures = new Failures();
  const queries = makeQueryClient(failures.tell);
  const router = makeRouter(queries);
  await Promise.all([beginTexts(), router.load()]);
  const page = (
    <StrictMode>
      <App queries={queries} router={router} failures={failures} />
    </StrictMode>
  );
  // In small steps: a slow phone hears touches between them.
  startTransition(() => createRoot(root).render(page));
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
// Not awaited at the top: the pages' code stands on this module, and would wait for it.
void start(root);
