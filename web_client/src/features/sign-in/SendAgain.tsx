import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { RULES } from './rules';

interface SendAgainProps {
  email: string;
  send: (email: string) => Promise<unknown>;
}

/** For those whom no code has reached. */
export function SendAgain({ email, send }: SendAgainProps) {
  const { t } = useTranslation('sign-in');
  const [isMissing, setIsMissing] = useState(false);
  const sending = useMutation({ mutationFn: send, meta: { shownInPlace: true } });
  const address = email.trim();
  const press = () => {
    const isWhole = RULES.email(address);
    setIsMissing(!isWhole);
    if (isWhole) sending.mutate(address);
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <Button look="quiet" className="-ms-4" busy={sending.isPending} onClick={press}>
        {t('again.send')}
      </Button>
      <p role="status" className="text-muted text-sm">
        {isMissing && t('again.addressFirst')}
        {!isMissing && sending.isSuccess && t('again.sent', { email: sending.variables })}
      </p>
      <ProblemNote error={sending.error} namespace="sign-in" className="w-full" />
    </div>
  );
}
