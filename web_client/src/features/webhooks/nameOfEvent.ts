import type { TFunction } from 'i18next';
import { EVENTS } from './endpoints/endpoints';

/** An event in words; one that the page does not know, by the name that programs know it by. */
export function nameOfEvent(t: TFunction<'webhooks'>, event: string): string {
  const known = [...EVENTS, 'ping' as const].find((one) => one === event);
  return known ? t(`events.${known}`) : event;
}
