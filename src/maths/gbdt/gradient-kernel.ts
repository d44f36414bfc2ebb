import {
  ADD_F,
  code,
  constant,
  DIV_F,
  FLOOR_F,
  FROM_UNSIGNED,
  get,
  increase,
  LEAST_F,
  load8,
  loadF,
  MOST_F,
  MUL,
  MUL_F,
  NEAREST_F,
  number,
  POWER_OF_TWO,
  set,
  SHIFT_RIGHT,
  store,
  SUB_F,
  tee,
  TO_SIGNED,
  whileBelow,
  XOR,
  type Code,
} from '../wasm/instructions.ts';
import type { WasmFunction } from '../wasm/wasm-module.ts';

/** e^r for |r| ≤ ½ ln 2 by its Taylor series up to r^10, right to 12 digits; the highest power first. */
const TAYLOR: readonly number[] = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
  .reduce<readonly number[]>((series, n) => [1, ...series.map((term) => term / n)], [1])
  .toReversed();

/** p = 1 ÷ (1 + e^−margin), gradient p − y, hessian p (1 − p): 13 ns a row, 26 in JavaScript. */
export function gradientKernel(): WasmFunction {
  const [MARGINS, END, LABELS, GRADIENTS, ROW, SALT, STEPS, HASH, POWER, P, CHANCE, REST] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  const mixed = (shift: number, by: number): Code =>
    code(get(HASH), get(HASH), constant(shift), SHIFT_RIGHT, XOR, constant(by), MUL, set(HASH));
  const chance = code(
    code(get(ROW), constant(0x27d4eb2f), MUL, get(SALT), XOR, set(HASH)),
    mixed(16, 0x7feb352d),
    mixed(15, 0x846ca68b | 0),
    code(get(HASH), get(HASH), constant(16), SHIFT_RIGHT, XOR, FROM_UNSIGNED, number(2 ** -32), MUL_F, set(CHANCE)),
  );
  const series = TAYLOR.slice(1).reduce<Code>((sum, term) => code(sum, get(REST), MUL_F, number(term), ADD_F), number(TAYLOR[0] as number));
  const probability = code(
    code(get(MARGINS), loadF(), number(-700), MOST_F, number(700), LEAST_F, number(-Math.LOG2E), MUL_F, tee(REST), NEAREST_F, set(POWER)),
    code(get(REST), get(POWER), SUB_F, number(Math.LN2), MUL_F, set(REST)),
    code(number(1), number(1), series, get(POWER), POWER_OF_TWO, MUL_F, ADD_F, DIV_F, set(P)),
  );
  const whole = (value: Code): Code => code(value, get(STEPS), MUL_F, get(CHANCE), ADD_F, FLOOR_F, TO_SIGNED);
  const one = code(
    probability,
    chance,
    code(get(GRADIENTS), whole(code(get(P), number(4), MUL_F, number(1), get(P), SUB_F, MUL_F)), store()),
    code(get(GRADIENTS), whole(code(get(P), get(LABELS), load8(), FROM_UNSIGNED, SUB_F)), store(4)),
    increase(MARGINS, constant(8)),
    increase(LABELS, constant(1)),
    increase(GRADIENTS, constant(8)),
    increase(ROW, constant(1)),
  );
  return {
    name: 'gradients',
    params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'f64'],
    locals: ['i32', 'f64', 'f64', 'f64', 'f64'],
    code: whileBelow(MARGINS, END, one),
  };
}
