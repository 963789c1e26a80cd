import { Icon, type IconProps } from '@/components/icons';

export function TagIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3.5 12.5v-8h8l9 9-8 8zM7.8 8.8h.01" />
    </Icon>
  );
}
