import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { OnceDialog } from '@/components/copy/OnceDialog';
import { Dialog } from '@/components/Dialog';
import { CheckField, Field } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import {
  type Endpoint,
  type EndpointWish,
  EVENTS,
  type Event,
  useChangeEndpoint,
  useMakeEndpoint,
} from './endpoints';

interface EndpointDialogProps {
  /** The one that is changed; without, one is made. */
  endpoint?: Endpoint;
  onClose: () => void;
}

/** Asks where messages are to go and which, and shows what they will be signed by, this once. */
export function EndpointDialog({ endpoint, onClose }: EndpointDialogProps) {
  const { t } = useTranslation('webhooks');
  const make = useMakeEndpoint();
  const change = useChangeEndpoint(endpoint?.id ?? '');
  const saving = endpoint ? change : make;
  const form = useId();
  if (make.data) return <SecretDialog secret={make.data.secret} onClose={onClose} />;
  const save = (wish: EndpointWish) =>
    endpoint ? change.mutate(wish, { onSuccess: onClose }) : make.mutate(wish);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(endpoint ? 'endpoints.change' : 'endpoints.make')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={saving.isPending}>
            {t(endpoint ? 'form.save' : 'form.make')}
          </Button>
        </>
      }
    >
      <EndpointForm id={form} {...(endpoint ? { endpoint } : {})} onSubmit={save} />
      <ProblemNote error={saving.error} namespace="webhooks" />
    </Dialog>
  );
}

interface EndpointFormProps {
  id: string;
  endpoint?: Endpoint;
  onSubmit: (wish: EndpointWish) => void;
}

function EndpointForm({ id, endpoint, onSubmit }: EndpointFormProps) {
  const { t } = useTranslation('webhooks');
  const [faults, setFaults] = useState<{ url: boolean; events: boolean }>({ url: false, events: false });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const url = String(data.get('url')).trim();
    const events = data.getAll('events') as Event[];
    const found = { url: url === '', events: events.length === 0 };
    setFaults(found);
    if (!found.url && !found.events)
      onSubmit({ url, events, description: String(data.get('description')).trim() });
  };
  return (
    <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-5">
      <Field
        label={t('form.url')}
        hint={t('form.urlHint')}
        name="url"
        type="url"
        inputMode="url"
        dir="ltr"
        maxLength={2048}
        autoComplete="off"
        spellCheck={false}
        required
        defaultValue={endpoint?.url}
        error={faults.url ? t('form.urlMissing') : undefined}
      />
      <fieldset>
        <legend className="mb-1 font-medium">{t('form.events')}</legend>
        {EVENTS.map((event) => (
          <CheckField
            key={event}
            label={t(`events.${event}`)}
            name="events"
            value={event}
            defaultChecked={endpoint ? endpoint.events.includes(event) : event.startsWith('result')}
          />
        ))}
        {faults.events && (
          <p role="alert" className="text-danger text-sm">
            {t('form.eventsMissing')}
          </p>
        )}
      </fieldset>
      <Field
        label={t('form.description')}
        optional={t('form.optional')}
        name="description"
        dir="auto"
        maxLength={300}
        autoComplete="off"
        defaultValue={endpoint?.description}
      />
    </form>
  );
}

/** What messages are signed by, to be taken along. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  return (
    <OnceDialog
      title={t('secret.title')}
      text={t('secret.text')}
      label={t('secret.label')}
      value={secret}
      done={t('secret.done')}
      onClose={onClose}
    />
  );
}
