import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organisation } from '../api/calls.ts';
import type { OrgMember, OrgUnit } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';

export function OrganisationPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['organisation'], queryFn: organisation });
  const found = query.data;
  return (
    <div className="page">
      <PageHead
        name={t('nav.organisation')}
        words={
          found === undefined
            ? t('nav.organisation')
            : t('organisation.words', { units: found.units.length, members: found.members.length })
        }
      />
      <Answered query={query} rows={10}>
        {({ units, members }) => (
          <>
            <section className="block">
              <h2>{t('organisation.members')}</h2>
              <Members rows={members} units={units} />
            </section>
            <section className="block">
              <h2>{t('organisation.units')}</h2>
              <Units rows={units} />
            </section>
          </>
        )}
      </Answered>
    </div>
  );
}

function Members({ rows, units }: { readonly rows: readonly OrgMember[]; readonly units: readonly OrgUnit[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (rows.length === 0)
    return (
      <div className="panel">
        <Empty why={t('organisation.empty')} next={t('organisation.emptyNext')} />
      </div>
    );
  const unitName = (member: OrgMember) =>
    locale === 'en' ? (units.find((u) => u.id === member.unit.id)?.name_en ?? member.unit.name) : member.unit.name;
  return (
    <div className="panel scroller">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">{t('organisation.name')}</th>
            <th scope="col">{t('organisation.login')}</th>
            <th scope="col">{t('organisation.roles')}</th>
            <th scope="col">{t('organisation.unit')}</th>
            <th scope="col">{t('organisation.scope')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((member) => (
            <tr key={member.id}>
              <td>
                <strong>{member.name}</strong>
                {member.disabled ? (
                  <>
                    {' '}
                    <span className="tag">{t('organisation.disabled')}</span>
                  </>
                ) : null}
              </td>
              <td data-label={t('organisation.login')}>{member.login}</td>
              <td data-label={t('organisation.roles')}>{member.roles.map((role) => t(`roles.${role}`)).join('、')}</td>
              <td data-label={t('organisation.unit')}>{unitName(member)}</td>
              <td data-label={t('organisation.scope')}>{member.scope_words[locale]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Depth of each unit below the topmost one that the viewer sees. */
export function depthsOf(units: readonly OrgUnit[]): ReadonlyMap<string, number> {
  const parents = new Map(units.map((u) => [u.id, u.parent]));
  const depth = (id: string, seen: number): number => {
    const parent = parents.get(id);
    return parent === null || parent === undefined || !parents.has(parent) || seen > 12 ? 0 : 1 + depth(parent, seen + 1);
  };
  return new Map(units.map((u) => [u.id, depth(u.id, 0)]));
}

function Units({ rows }: { readonly rows: readonly OrgUnit[] }) {
  const locale = useLocale();
  const depths = depthsOf(rows);
  return (
    <ul className="plain-list panel tight">
      {rows.map((unit) => (
        <li key={unit.id} style={{ paddingLeft: 16 + 24 * (depths.get(unit.id) ?? 0) }}>
          {locale === 'en' ? unit.name_en : unit.name}
        </li>
      ))}
    </ul>
  );
}
