/** What a link gives to whoever has it. */
import { queryOptions, useMutation } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type SharedResult = Schemas['SharedResult'];

/** Those for reading first. */
export const FORMATS = ['txt', 'docx', 'srt', 'vtt', 'tsv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

const LONGEST_NAME = 80;

export function sharedQuery(secret: string) {
  return queryOptions({
    queryKey: ['shared', secret],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/shared/look', { body: { secret }, signal })),
    enabled: secret !== '',
    // Each look is counted as another opening.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Save the text in a format. The link's secret goes in a body: what stands in addresses is kept in logs. */
export function useSaving(secret: string, title: string) {
  return useMutation({
    mutationFn: async (extension: Format) => {
      const file = await answer(
        api.POST('/api/v1/shared/transcript.{extension}', {
          params: { path: { extension } },
          body: { secret },
          parseAs: 'blob',
        }),
      );
      save(file as unknown as Blob, `${title.slice(0, LONGEST_NAME)}.${extension}`);
    },
  });
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
