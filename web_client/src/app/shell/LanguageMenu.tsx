import { useTranslation } from 'react-i18next';
import { GlobeIcon } from '@/components/icons';
import { Menu, MenuChoice } from '@/components/Menu';
import { languages, nameOf } from '@/lib/languages';
import { changeLanguage } from '../i18n';

export function LanguageMenu() {
  const { t } = useTranslation('app');
  return (
    <Menu icon={<GlobeIcon />} label={t('language')}>
      <Languages />
    </Menu>
  );
}

/** On its own, so that they are named once they are asked for. */
function Languages() {
  const { t, i18n } = useTranslation('app');
  return (
    <MenuChoice
      label={t('language')}
      value={i18n.language}
      options={languages.map((code) => ({ value: code, label: nameOf(code), lang: code }))}
      onChange={(code) => void changeLanguage(code)}
    />
  );
}
