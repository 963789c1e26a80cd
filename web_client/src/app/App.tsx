import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { problemSentence } from '@/components/problemSentence';
import { Toasts, useToast } from '@/components/Toast';
import type { Failures } from './failures';
import type { makeRouter } from './router';

interface Parts {
  queries: QueryClient;
  router: ReturnType<typeof makeRouter>;
  failures: Failures;
}

export function App({ queries, router, failures }: Parts) {
  return (
    <Toasts>
      <FailureToasts failures={failures} />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Toasts>
  );
}

function FailureToasts({ failures }: Pick<Parts, 'failures'>) {
  const toast = useToast();
  const { i18n } = useTranslation();
  useEffect(
    () => failures.hear((error) => toast({ kind: 'failure', text: problemSentence(error, i18n) })),
    [failures, toast, i18n],
  );
  return null;
}
