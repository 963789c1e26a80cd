import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/me';
import { Button } from '@/components/Button';
import { CheckField } from '@/components/Field';
import { Section } from './Section';
import { useChangeMe } from './useChangeMe';

/** Which mails come; each is changed as soon as it is pressed. */
export function Mails({ me }: { me: Me }) {
  const { t } = useTranslation('account');
  return (
    <Section title={t('mails.title')} text={t('mails.text')}>
      {me.mail_refused_reason && <Refused reason={me.mail_refused_reason} />}
      <Mail name="mails_texts" me={me} label={t('mails.texts')} />
      <Mail name="mails_failures" me={me} label={t('mails.failures')} />
    </Section>
  );
}

interface MailProps {
  name: 'mails_texts' | 'mails_failures';
  me: Me;
  label: string;
}

function Mail({ name, me, label }: MailProps) {
  const { t } = useTranslation('account');
  const saving = useChangeMe();
  // Shown as wished at once, and as it was if that fails, of which a toast tells.
  const isWished = saving.isPending ? saving.variables[name] : me[name];
  return (
    <div className="flex items-center justify-between gap-3">
      <CheckField
        label={label}
        name={name}
        checked={isWished ?? false}
        onChange={(event) => saving.mutate({ [name]: event.target.checked })}
      />
      <p role="status" className="text-success text-sm">
        {saving.isSuccess && t('profile.saved')}
      </p>
    </div>
  );
}

/** Nothing is sent to an address that gave mail back, until whoever has it says that it takes mail again. */
function Refused({ reason }: { reason: NonNullable<Me['mail_refused_reason']> }) {
  const { t } = useTranslation('account');
  const saving = useChangeMe();
  return (
    <div className="mb-4 rounded-xl bg-warning-soft p-4 text-warning">
      <p className="mb-3">{t(`mails.refused.${reason}`)}</p>
      <Button busy={saving.isPending} onClick={() => saving.mutate({ mails_texts: true })}>
        {t('mails.refused.again')}
      </Button>
    </div>
  );
}
