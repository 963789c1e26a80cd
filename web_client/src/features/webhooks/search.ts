/** What the address of the page says. */
import type { Schemas } from '@/api/client';

export type DeliveryStatus = Schemas['DeliveryStatus'];

export const STATUSES = [
  'pending',
  'delivered',
  'failed',
  'given_up',
] as const satisfies readonly DeliveryStatus[];

export interface WebhooksSearch {
  /** Whose deliveries are listed; left out, those of all. */
  endpoint?: string | undefined;
  status?: DeliveryStatus | undefined;
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readWebhooksSearch({ endpoint, status }: Record<string, unknown>): WebhooksSearch {
  return {
    endpoint: typeof endpoint === 'string' && ID.test(endpoint) ? endpoint : undefined,
    status: STATUSES.find((one) => one === status),
  };
}
