import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const keysQuery = queryOptions({
  queryKey: ['me', 'keys'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/auth/keys', { signal })),
});
