import { Input } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Answer, Filter } from '../../model/question.ts';
import { numberAt } from '../analyse/answer-shape.ts';
import { Opens } from '../analyse/opens.tsx';
import type { KnowledgeMap } from '../../model/knowledge-map.ts';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useParam, withParams } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import type { Labels } from '../kit/vocabulary.ts';
import { LeafView } from './leaf-view.tsx';
import { treeOf } from './map-tree.ts';
import type { Node } from './map-tree.ts';

const FIELDS = ['category_1', 'category_2', 'category'] as const;
const fieldOf = (code: string): string => FIELDS[Math.min(3, code.split('/').length) - 1] ?? 'category';
const nameIn = (labels: Labels, code: string): string => labels.value(fieldOf(code), code);

/** The causes as a tree on the left, one of them in full on the right. */
export function MapTree({
  map,
  numbers,
  where,
}: {
  readonly map: KnowledgeMap;
  readonly numbers: Answer | undefined;
  readonly where: readonly Filter[];
}) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [text, search] = useState('');
  const wanted = useDeferredValue(text).trim();
  const [asked] = useParam('leaf');
  const voices = useMemo(
    () => new Map((numbers?.rows ?? []).map((row) => [String(row['category']), numberAt(row, 'voices') ?? 0])),
    [numbers],
  );
  const tree = useMemo(() => treeOf(map.leaves, voices, wanted, (code) => nameIn(labels, code)), [map, voices, wanted, labels]);
  // Nothing chosen: the cause with the most voices is the one to look at first.
  const loudest = map.leaves.toSorted((a, b) => (voices.get(b.code) ?? 0) - (voices.get(a.code) ?? 0))[0];
  const leaf = map.leaves.find((one) => one.code === asked) ?? loudest;
  const row = numbers?.rows.find((one) => one['category'] === leaf?.code);
  const line = { where, chosen: leaf?.code ?? '', most: Math.max(1, ...voices.values()), counted: numbers !== undefined };
  return (
    <div className="map-columns">
      <section className="panel map-tree" aria-label={t('knowledge.view.tree')} tabIndex={0}>
        <div className="map-search">
          <Input.Search
            allowClear
            aria-label={t('knowledge.search')}
            placeholder={t('knowledge.searchFor')}
            value={text}
            onChange={(e) => search(e.target.value)}
          />
        </div>
        {tree.length === 0 ? (
          <Empty why={t('knowledge.notFound', { text: wanted })} next={t('knowledge.notFoundNext')} />
        ) : (
          <ul className="tree">
            {tree.map((node) => (
              <Branch key={`${node.code} ${wanted}`} node={node} {...line} all={wanted !== ''} />
            ))}
          </ul>
        )}
      </section>
      {leaf === undefined ? null : (
        <LeafView key={leaf.code} leaf={leaf} row={row} where={where} path={pathOf(leaf.code).map((code) => nameIn(labels, code))} />
      )}
    </div>
  );
}

const pathOf = (code: string): readonly string[] =>
  code
    .split('/')
    .slice(0, -1)
    .map((_, i, parts) => parts.slice(0, i + 1).join('/'));

interface BranchProps {
  readonly node: Node;
  readonly where: readonly Filter[];
  readonly chosen: string;
  readonly most: number;
  readonly counted: boolean;
  /** A search opens every branch that it leaves. */
  readonly all: boolean;
}

function Branch({ node, all, ...rest }: BranchProps) {
  const labels = useLabels();
  if (node.leaf !== null) return <LeafLine node={node} {...rest} />;
  const top = !node.code.includes('/');
  return (
    <li className="branch">
      <details open={all || !top || rest.chosen.startsWith(`${node.code}/`)}>
        <summary className="tree-line">
          <span>{nameIn(labels, node.code)}</span>
        </summary>
        <ul>
          {node.children.map((child) => (
            <Branch key={child.code} node={child} all={all} {...rest} />
          ))}
        </ul>
      </details>
      <Count node={node} where={rest.where} counted={rest.counted} />
    </li>
  );
}

function LeafLine({ node, where, chosen, most, counted }: Omit<BranchProps, 'all'>) {
  const labels = useLabels();
  const [params] = useSearchParams();
  const here = chosen === node.code;
  return (
    <li className={`tree-line leaf ${here ? 'chosen' : ''}`}>
      <Link to={withParams(params, { leaf: node.code })} {...(here ? { 'aria-current': 'true' as const } : {})}>
        {nameIn(labels, node.code)}
      </Link>
      {counted ? <i className="tiny-bar" style={{ width: `${(40 * node.voices) / most}px` }} aria-hidden="true" /> : null}
      <Count node={node} where={where} counted={counted} />
    </li>
  );
}

function Count({ node, where, counted }: { readonly node: Node; readonly where: readonly Filter[]; readonly counted: boolean }) {
  const locale = useLocale();
  if (!counted) return null;
  return (
    <span className="number">
      {node.voices === 0 ? (
        <span className="faint">0</span>
      ) : (
        <Opens where={[...where, { field: fieldOf(node.code), in: [node.code] }]} value={node.voices}>
          {count(node.voices, locale)}
        </Opens>
      )}
    </span>
  );
}
