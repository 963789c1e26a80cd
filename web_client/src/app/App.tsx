import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemSentence } from '@/components/problemSentence';
import { Toasts, useToast } from '@/components/Toast';
import { makeQueryClient } from './queries';
import { makeRouter } from './router';

export function App() {
  return (
    <Toasts>
      <Pages />
    </Toasts>
  );
}

function Pages() {
  const toast = useToast();
  const { i18n } = useTranslation();
  const [{ queries, router }] = useState(() => {
    const queries = makeQueryClient((error) =>
      toast({ kind: 'failure', text: problemSentence(error, i18n) }),
    );
    return { queries, router: makeRouter(queries) };
  });
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
