import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { Section } from './Section';

/** The way to the page on which programs are made known. */
export function Webhooks() {
  const { t } = useTranslation('account');
  return (
    <Section title={t('webhooks.title')} text={t('webhooks.text')}>
      <Link to="/webhooks" className={buttonClasses()}>
        {t('webhooks.open')}
      </Link>
    </Section>
  );
}
