import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { DeliveryDialog } from './deliveries/DeliveryDialog';
import { EndpointsPart } from './endpoints/EndpointsPart';

const ENDPOINT = {
  id: '0199b3a0-0000-7000-8000-000000000001',
  url: 'https://example.com/lectern',
  events: ['result.completed'],
  description: 'The archive',
  is_enabled: true,
  disabled: null,
  former_secret_until: null,
  created_at: '2026-11-22T12:00:00Z',
};
const DELIVERY = {
  id: '0199b3a0-0000-7000-8000-000000000002',
  webhook_id: 'msg_1',
  endpoint_id: ENDPOINT.id,
  url: ENDPOINT.url,
  type: 'HTTP',
  event: 'result.completed',
  subject_id: null,
  status: 'failed',
  attempt_count: 1,
  next_at: null,
  created_at: '2026-11-22T12:00:00Z',
  ended_at: '2026-11-22T12:00:01Z',
  payload: { type: 'result.completed' },
  attempts: [
    { number: 1, at: '2026-11-22T12:00:00Z', status_code: 500, error: 'It answered 500.', took_ms: 120 },
  ],
};
const LIST = 'GET /api/v1/webhook-endpoints';

test('an endpoint needs an address and an event, and its secret is shown once it is made', async () => {
  const asked = answering({
    [LIST]: { items: [] },
    'POST /api/v1/webhook-endpoints': { ...ENDPOINT, secret: 'whsec_1' },
  });
  const { person } = await renderPage(<EndpointsPart />);
  await person.click(screen.getByRole('button', { name: 'Add an endpoint' }));
  const dialog = within(screen.getByRole('dialog'));
  await person.click(dialog.getByRole('checkbox', { name: 'A text is there' }));
  await person.click(dialog.getByRole('checkbox', { name: 'A recording has failed' }));
  await person.click(dialog.getByRole('button', { name: 'Add it' }));
  expect(dialog.getAllByRole('alert')).toHaveLength(2);
  await person.type(dialog.getByLabelText(/Address/), ENDPOINT.url);
  await person.click(dialog.getByRole('checkbox', { name: 'A text is there' }));
  await person.click(dialog.getByRole('button', { name: 'Add it' }));
  expect(await screen.findByDisplayValue('whsec_1')).toBeVisible();
  const made = asked.filter(({ method }) => method === 'POST');
  expect(await made[0]?.json()).toEqual({ url: ENDPOINT.url, events: ['result.completed'], description: '' });
});

test('a refusal of an address is told where it was written', async () => {
  answering({
    [LIST]: { items: [ENDPOINT] },
    [`PATCH /api/v1/webhook-endpoints/${ENDPOINT.id}`]: problem(422, 'target_refused', 'It is not public.'),
  });
  const { person } = await renderPage(<EndpointsPart />);
  await person.click(await screen.findByRole('button', { name: /What to do with/ }));
  await person.click(screen.getByRole('menuitem', { name: 'Change' }));
  await person.click(screen.getByRole('button', { name: 'Save' }));
  expect(await within(screen.getByRole('dialog')).findByText(/It is not public/)).toBeVisible();
});

test('a message tells how each attempt went, and is sent again', async () => {
  const asked = answering({
    [`GET /api/v1/deliveries/${DELIVERY.id}`]: DELIVERY,
    [`POST /api/v1/deliveries/${DELIVERY.id}/redeliver`]: DELIVERY,
  });
  const { person } = await renderPage(<DeliveryDialog id={DELIVERY.id} onClose={() => {}} />);
  expect(await screen.findByText('It answered 500.')).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'Send again' }));
  expect(asked.map(({ method }) => method)).toContain('POST');
});
