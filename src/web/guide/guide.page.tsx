import { useQueries } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { imports, orders, rules } from '../api/calls.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { copyText } from '../kit/table-copy.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { organisation } from '../people/people-api.ts';
import './guide.css';
import { stepsOf, verbOf } from './steps.ts';
import type { Found, Step } from './steps.ts';

/** From an empty product to the first order: each step judged by what is there. */
export function GuidePage() {
  const { t } = useTranslation();
  const { found, error, coming } = useFound();
  const [skipped, toggle] = useSkipped();
  const steps = stepsOf(found, skipped);
  const left = steps.filter((step) => step.state === 'open').length;
  const passed = steps.filter((step) => step.state === 'skipped').length;
  const words =
    left > 0 ? t('guide.words', { count: left }) : passed > 0 ? t('guide.wordsSkipped', { count: passed }) : t('guide.wordsDone');
  if (coming) return <Skeleton active />;
  return (
    <div className="page">
      <PageHead name={t('guide.title')} words={words} under={t('guide.under')} />
      {error === null ? null : <ProblemView error={error} />}
      <section className="panel">
        <ol className="checklist">
          {steps.map((step, i) => (
            <StepLine key={step.name} step={step} number={i + 1} onSkip={() => toggle(step.name)} />
          ))}
        </ol>
      </section>
      {found.imports === 0 ? <Sample /> : null}
    </div>
  );
}

function StepLine({ step, number, onSkip }: { readonly step: Step; readonly number: number; readonly onSkip: () => void }) {
  const { t } = useTranslation();
  const { name, state, count, to } = step;
  const words = state === 'unseen' ? t('guide.state.unseen') : count === 0 ? t('guide.state.none') : t(`guide.state.${name}`, { count });
  return (
    <li className={state}>
      <span className="mark" aria-hidden="true">
        {state === 'done' ? '✓' : number}
      </span>
      <div className="stack" style={{ gap: 2 }}>
        <strong>
          {t(`guide.step.${name}`)}
          {state === 'done' ? <span className="visually-hidden"> · {t('guide.done')}</span> : null}
        </strong>
        <span className="quiet">{t(`guide.why.${name}`)}</span>
        <span className="faint">{state === 'skipped' ? `${t('guide.skipped')} · ${words}` : words}</span>
      </div>
      <div className="row keys">
        {state === 'unseen' ? null : <Link to={to}>{t(`guide.go.${name}`)}</Link>}
        {state === 'open' || state === 'skipped' ? (
          <Button size="small" onClick={onSkip}>
            {t(state === 'open' ? 'guide.skip' : 'guide.unskip')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

const COMMANDS = [
  './voxloop scenario province --customers 15000 --months 6 --seed 1 --out sample',
  './voxloop scenario load sample',
] as const;

/** Loading it is the command line's work: it writes files of its own and takes the whole machine for a minute. */
function Sample() {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async (): Promise<void> => setCopied(await copyText(COMMANDS.join('\n')));
  return (
    <section className="block">
      <h2>{t('guide.sample')}</h2>
      <p className="quiet" style={{ maxWidth: '80ch' }}>
        {t('guide.sampleWords')}
      </p>
      {COMMANDS.map((command) => (
        <div key={command} className="command" tabIndex={0} role="group" aria-label={command}>
          <code>{command}</code>
        </div>
      ))}
      <p className="row">
        <Button onClick={() => void copy()}>{t('guide.copy')}</Button>
        <span role="status" className="faint">
          {copied === null ? '' : t(copied ? 'guide.copied' : 'table.copyFailed')}
        </span>
      </p>
    </section>
  );
}

/** What is there, asked of the same lists that the pages show, each only by who may see it. */
function useFound(): { readonly found: Found; readonly error: Error | null; readonly coming: boolean } {
  const may = useMay();
  const results = useQueries({
    queries: [
      { queryKey: ['organisation'], queryFn: organisation, enabled: may(verbOf('organisation')) },
      { queryKey: ['imports', 'guide'], queryFn: () => imports({}), enabled: may(verbOf('import')) },
      { queryKey: ['rules'], queryFn: rules, enabled: may(verbOf('rule')) },
      { queryKey: ['orders', 'guide'], queryFn: () => orders({}), enabled: may(verbOf('order')) },
    ],
  });
  const [org, batches, ruleList, orderList] = results;
  const found: Found = {
    units: may(verbOf('organisation')) ? (org.data?.units.length ?? 0) : null,
    members: may(verbOf('members')) ? (org.data?.members.length ?? 0) : null,
    imports: may(verbOf('import')) ? (batches.data?.rows.filter((batch) => batch.state === 'done').length ?? 0) : null,
    rules: may(verbOf('rule')) ? (ruleList.data?.rows.filter((rule) => !rule.from_pack).length ?? 0) : null,
    orders: may(verbOf('order')) ? (orderList.data?.count ?? 0) : null,
  };
  return { found, error: results.find((one) => one.error !== null)?.error ?? null, coming: results.some((one) => one.isLoading) };
}

const KEPT = 'voxloop.guide.skipped';

/** What this reader does not need; it changes nothing for others, so it stays in the browser. */
function useSkipped(): readonly [readonly string[], (name: string) => void] {
  const [skipped, set] = useState<readonly string[]>(() => (localStorage.getItem(KEPT) ?? '').split(',').filter((one) => one !== ''));
  const toggle = (name: string): void => {
    const next = skipped.includes(name) ? skipped.filter((one) => one !== name) : [...skipped, name];
    localStorage.setItem(KEPT, next.join(','));
    set(next);
  };
  return [skipped, toggle];
}
