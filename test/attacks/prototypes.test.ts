import { expect, it } from 'vitest';

it('a prototype cannot be reached by the name that attackers use: every plain and database test would fail that tried', () => {
  const asked = '__proto__';
  expect(() => ({})[asked as never]).toThrow(/ERR_PROTO_ACCESS|__proto__/);
  expect(JSON.parse('{"__proto__":{"polluted":1}}')).not.toHaveProperty('polluted');
});
