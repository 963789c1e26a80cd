import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { CopyField } from '@/components/copy/CopyField';
import { ProblemNote } from '@/components/ProblemNote';
import { useCallbackSecret } from './endpoints/endpoints';

/** What the callbacks are signed by that an upload itself may ask for. */
export function CallbackSecret() {
  const { t } = useTranslation('webhooks');
  const secret = useCallbackSecret();
  return (
    <section aria-labelledby="callbacks" className="mb-12">
      <h2 id="callbacks" className="font-semibold text-xl">
        {t('callbacks.title')}
      </h2>
      <p className="mt-1 mb-4 max-w-prose text-muted">{t('callbacks.text')}</p>
      {secret.data ? (
        <div className="max-w-xl">
          <CopyField label={t('secret.label')} value={secret.data.secret} />
        </div>
      ) : (
        <Button busy={secret.isPending} onClick={() => secret.mutate()}>
          {t('callbacks.show')}
        </Button>
      )}
      <ProblemNote error={secret.error} namespace="webhooks" />
    </section>
  );
}
