import { useTranslation } from 'react-i18next';
import { GlobeIcon } from '@/components/icons';
import { Menu, MenuChoice } from '@/components/Menu';
import { languages } from '@/lib/languages';
import { changeLanguage } from '../i18n';

const options = languages.map(({ code, name }) => ({ value: code, label: name, lang: code }));

export function LanguageMenu() {
  const { t, i18n } = useTranslation('app');
  return (
    <Menu icon={<GlobeIcon />} label={t('language')}>
      <MenuChoice
        label={t('language')}
        value={i18n.language}
        options={options}
        onChange={(code) => void changeLanguage(code)}
      />
    </Menu>
  );
}
