import { useTranslation } from 'react-i18next';
import { ROLES } from '../search';

const KNOWN = [
  'old',
  'new',
  'role',
  'email',
  'name',
  'scope',
  'provider',
  'path',
  'fields',
  'version',
  'most_uses',
  'share',
  'results',
] as const;

/** The database keeps no order of its own; what we don't know comes last. */
function rank(key: string): number {
  const order: readonly string[] = KNOWN;
  const place = order.indexOf(key);
  return place === -1 ? order.length : place;
}

/** What was noted besides, each under a name that people understand. */
export function Details({ details }: { details: Record<string, unknown> }) {
  const { t } = useTranslation('admin');
  const noted = Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .sort(([one], [other]) => rank(one) - rank(other));
  if (noted.length === 0) return '–';
  return (
    <dl className="flex flex-col gap-0.5 text-sm">
      {noted.map(([key, value]) => {
        const name = KNOWN.find((one) => one === key);
        const role = ROLES.find((one) => one === value);
        return (
          <div key={key} className="flex flex-wrap justify-end gap-x-1.5 sm:justify-start">
            <dt className="text-muted">{name ? t(`audit.noted.${name}`) : key}</dt>
            <dd className="[overflow-wrap:anywhere]">
              <bdi>{role ? t(`roles.${role}`) : String(value)}</bdi>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
