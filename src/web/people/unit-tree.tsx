import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../kit/locale.ts';
import type { Organisation } from '../../model/organisation.ts';
import { branchesOf, unfolded } from './unit-shape.ts';

/** The organisation as a list of folding lines: each line is a key that chooses the unit. Not drawn anew by what is typed beside it. */
export const UnitTree = memo(function UnitTree({
  data,
  chosen,
  onChoose,
}: {
  readonly data: Organisation;
  readonly chosen: string | null;
  readonly onChoose: (unit: string | null) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const branches = useMemo(() => branchesOf(data.units, data.members), [data]);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(branches, chosen));
  const toggle = (id: string): void =>
    setOpen((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const active = data.members.filter((member) => !member.disabled).length;
  return (
    <ul className="tree" aria-label={t('organisation.units')}>
      <li>
        <span className="twist" aria-hidden="true" />
        <button type="button" className="leaf" aria-current={chosen === null} onClick={() => onChoose(null)}>
          <span>{t('organisation.allUnits')}</span>
          <small>{active}</small>
        </button>
      </li>
      {unfolded(branches, open).map(({ unit, depth, children, members }) => {
        const name = locale === 'en' ? unit.name_en : unit.name;
        return (
          <li key={unit.id} style={{ paddingLeft: 14 * depth }}>
            {children === 0 ? (
              <span className="twist" aria-hidden="true" />
            ) : (
              <button type="button" className="twist" aria-expanded={open.has(unit.id)} aria-label={name} onClick={() => toggle(unit.id)}>
                {open.has(unit.id) ? '▾' : '▸'}
              </button>
            )}
            <button type="button" className="leaf" aria-current={chosen === unit.id} title={name} onClick={() => onChoose(unit.id)}>
              <span className={unit.retired ? 'gone' : ''}>{name}</span>
              <small>{unit.retired ? t('organisation.retired') : members || ''}</small>
            </button>
          </li>
        );
      })}
    </ul>
  );
});

/** The top two levels, and the way to what is chosen. */
function firstOpen(branches: ReturnType<typeof branchesOf>, chosen: string | null): ReadonlySet<string> {
  const path = branches.find((branch) => branch.unit.id === chosen)?.unit.path ?? '';
  return new Set(
    branches.filter(({ unit, depth }) => depth === 0 || (path !== unit.path && path.startsWith(unit.path))).map(({ unit }) => unit.id),
  );
}
