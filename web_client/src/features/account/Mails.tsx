import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/me';
import { CheckField } from '@/components/Field';
import { Section } from './Section';
import { useChangeMe } from './useChangeMe';

/** Which mails come; each is changed as soon as it is pressed. */
export function Mails({ me }: { me: Me }) {
  const { t } = useTranslation('account');
  return (
    <Section title={t('mails.title')} text={t('mails.text')}>
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
