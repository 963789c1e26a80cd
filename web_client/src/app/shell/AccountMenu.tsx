import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Session, useSignOut } from '@/api/session';
import { PersonIcon, SignOutIcon } from '@/components/icons';
import { Menu, MenuItem, MenuLine, MenuLink } from '@/components/Menu';

export function AccountMenu({ session }: { session: Session }) {
  const { t } = useTranslation('app');
  const signOut = useSignOut();
  return (
    <Menu icon={<PersonIcon />} label={t('account.label')}>
      <div className="px-3 py-1.5">
        {session.name && <p className="font-medium">{session.name}</p>}
        <p className="text-muted text-sm">
          <bdi>{session.email}</bdi>
        </p>
      </div>
      <MenuLine />
      <MenuLink>
        <Link to="/account">
          <PersonIcon />
          {t('account.open')}
        </Link>
      </MenuLink>
      <MenuItem icon={<SignOutIcon />} onSelect={() => signOut.mutate({})}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  );
}
