import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fullMoment } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useOnce } from '../kit/use-once.ts';
import { MemberForm } from './member-form.tsx';
import { inviteMember } from './people-api.ts';
import type { MemberDraft, SignInLink, UnitRow } from '../../model/organisation.ts';
import { ShownOnce } from './shown-once.tsx';

/** A new member and the one link that lets it in. */
export function Invite({
  units,
  unit,
  onClose,
}: {
  readonly units: readonly UnitRow[];
  readonly unit: string | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const [made, setMade] = useState<{ readonly name: string; readonly link: SignInLink } | null>(null);
  const invite = useOnce({
    mutationFn: (draft: MemberDraft) => inviteMember(draft),
    onSuccess: ({ link }, draft) => setMade({ name: draft.name, link }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['organisation'] }),
  });
  const first: MemberDraft = {
    login: '',
    name: '',
    email: null,
    staff_no: null,
    unit: unit ?? units[0]?.id ?? '',
    roles: ['agent'],
    scope: 'own',
  };
  return (
    <Modal open title={made === null ? t('organisation.invite') : t('member.linkTitle')} onCancel={onClose} footer={null} width={640}>
      {made === null ? (
        <MemberForm
          units={units}
          given={first}
          fresh
          submit={t('organisation.inviteSubmit')}
          busy={invite.isPending}
          error={invite.error}
          onSubmit={(draft) => invite.mutate(draft)}
          onCancel={onClose}
        />
      ) : (
        <div className="stack wide">
          <ShownOnce
            text={location.origin + made.link.path}
            help={t('member.linkHelp', { name: made.name, until: fullMoment(made.link.expires_at, locale) })}
          />
          <div className="row">
            <Button onClick={onClose}>{t('common.close')}</Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
