import { expect, test } from 'vitest';
import { customerText, readTurns } from './read-turns.ts';

test.each([
  ['[{"role":"坐席","content":"您好"},{"role":"用户","content":"断网了"}]'],
  ['[{"speaker":"agent","text":"您好"},{"speaker":"customer","text":"断网了"}]'],
  ['[{"客服":"您好","用户":"断网了","客服意图":"问候"}]'],
  ['客服：您好\n用户：断网了'],
  ['[客户服务]: 您好'.replace('客户服务', '坐席001') + '\n[客户]: 断网了'],
])('%s is a conversation', (text) => {
  expect(readTurns(text)).toEqual([
    { speaker: 'agent', text: '您好' },
    { speaker: 'customer', text: '断网了' },
  ]);
});

test('of numbered speakers the one who most often speaks for the service is the agent, else the first', () => {
  expect(readTurns('[{"speaker 1":"我要投诉"},{"speaker 2":"很高兴为您服务"}]')?.map((turn) => turn.speaker)).toEqual([
    'customer',
    'agent',
  ]);
  const overheard =
    '[{"speaker 1":"请问还有什么可以帮到您"},{"speaker 2":"您好我想查话费"},{"speaker 1":"给您查到了"},{"speaker 2":"好的"}]';
  expect(readTurns(overheard)?.map((turn) => turn.speaker)).toEqual(['agent', 'customer', 'agent', 'customer']);
  expect(readTurns('[{"speaker 1":"喂"},{"speaker 2":"我要投诉"}]')?.map((turn) => turn.speaker)).toEqual(['agent', 'customer']);
});

test('plain sentences are no conversation; a list of sentences has unknown speakers', () => {
  expect(readTurns('宽带断线了，时间：昨天')).toBe(null);
  expect(readTurns('[]')).toBe(null);
  expect(readTurns('[ broken')).toBe(null);
  expect(customerText(readTurns('["a","b"]') ?? [])).toBe('a\nb');
});
