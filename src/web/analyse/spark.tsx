/** A line as small as a word: where it has been, a dot where it is. What it says stands beside it in figures. */
export function Spark({ values }: { readonly values: readonly (number | null)[] }) {
  const known = values.flatMap((value, i) => (value === null ? [] : [{ i, value }]));
  if (known.length < 2) return null;
  const [low, high] = [Math.min(...known.map((p) => p.value)), Math.max(...known.map((p) => p.value))];
  const x = (i: number): number => 2 + (i / Math.max(1, values.length - 1)) * (WIDTH - 6);
  const y = (value: number): number => (high === low ? HEIGHT / 2 : HEIGHT - 3 - ((value - low) / (high - low)) * (HEIGHT - 6));
  const last = known.at(-1);
  return (
    <svg className="spark" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={known.map((p) => `${x(p.i).toFixed(1)},${y(p.value).toFixed(1)}`).join(' ')} />
      {last === undefined ? null : <circle cx={x(last.i)} cy={y(last.value)} r="2.5" />}
    </svg>
  );
}
const WIDTH = 112;
const HEIGHT = 28;
