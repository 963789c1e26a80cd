import { useTranslation } from 'react-i18next';
import { SunIcon } from '@/components/icons';
import { Menu, MenuChoice } from '@/components/Menu';
import { themes, useTheme } from '../theme';

export function ThemeMenu() {
  const { t } = useTranslation('app');
  const [theme, setTheme] = useTheme();
  return (
    <Menu icon={<SunIcon />} label={t('theme.label')}>
      <MenuChoice
        label={t('theme.label')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChange={setTheme}
      />
    </Menu>
  );
}
