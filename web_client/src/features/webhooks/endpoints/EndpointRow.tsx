import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/components/Mark';
import { Menu, MenuItem, MenuLine, MenuLink } from '@/components/Menu';
import { MoreIcon } from '@/components/pageIcons';
import { useToast } from '@/components/Toast';
import { formatDateTime } from '@/lib/format';
import { EndpointDialog } from './EndpointDialog';
import { type Endpoint, useChangeEndpoint, useTryEndpoint } from './endpoints';
import { RemoveDialog } from './RemoveDialog';
import { RotateDialog } from './RotateDialog';

type Asked = 'change' | 'rotate' | 'remove';

/** An endpoint: where, of what, and whether it is told anything. */
export function EndpointRow({ endpoint }: { endpoint: Endpoint }) {
  const { t, i18n } = useTranslation('webhooks');
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <li className="flex items-start justify-between gap-3 py-4">
      <div className="min-w-0">
        <p className="font-medium [overflow-wrap:anywhere]" dir="ltr">
          {endpoint.url}
        </p>
        <p className="mt-1 text-muted text-sm">
          {endpoint.description && (
            <>
              <bdi>{endpoint.description}</bdi> ·{' '}
            </>
          )}
          {endpoint.events.map((event) => t(`events.${event}`)).join(' · ')}
        </p>
        {endpoint.former_secret_until && (
          <p className="mt-1 text-muted text-sm">
            {t('endpoints.former', { until: formatDateTime(endpoint.former_secret_until, i18n.language) })}
          </p>
        )}
        {endpoint.disabled && (
          <p className="mt-2">
            <Mark look="warning">{t(`endpoints.disabled.${endpoint.disabled}`)}</Mark>
          </p>
        )}
      </div>
      <Actions endpoint={endpoint} onAsk={setAsked} />
      {asked === 'change' && <EndpointDialog endpoint={endpoint} onClose={close} />}
      {asked === 'rotate' && <RotateDialog endpoint={endpoint} onClose={close} />}
      {asked === 'remove' && <RemoveDialog endpoint={endpoint} onClose={close} />}
    </li>
  );
}

function Actions({ endpoint, onAsk }: { endpoint: Endpoint; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('webhooks');
  const toast = useToast();
  const change = useChangeEndpoint(endpoint.id, { shownInPlace: false });
  const trying = useTryEndpoint(endpoint.id);
  return (
    <Menu icon={<MoreIcon />} label={t('endpoints.actions', { url: endpoint.url })}>
      <MenuItem
        disabled={!endpoint.is_enabled}
        onSelect={() => trying.mutate(undefined, { onSuccess: () => toast({ text: t('endpoints.tried') }) })}
      >
        {t('endpoints.try')}
      </MenuItem>
      <MenuLink>
        <Link to="/webhooks" search={{ endpoint: endpoint.id }}>
          {t('endpoints.log')}
        </Link>
      </MenuLink>
      <MenuItem onSelect={() => onAsk('change')}>{t('endpoints.change')}</MenuItem>
      <MenuItem onSelect={() => change.mutate({ is_enabled: !endpoint.is_enabled })}>
        {t(endpoint.is_enabled ? 'endpoints.disable' : 'endpoints.enable')}
      </MenuItem>
      <MenuItem onSelect={() => onAsk('rotate')}>{t('rotate.begin')}</MenuItem>
      <MenuLine />
      <MenuItem danger onSelect={() => onAsk('remove')}>
        {t('remove.begin')}
      </MenuItem>
    </Menu>
  );
}
