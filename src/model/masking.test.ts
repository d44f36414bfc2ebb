import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAddress, maskId, maskName, maskPhone, maskText } from './masking.ts';

describe('maskText hides', () => {
  it.each([
    ['我电话13800138000打不通', '我电话138****8000打不通'],
    ['手机138 0013 8000，座机0531-88881234', '手机138 **** 8000，座机0531-****1234'],
    ['+86-138-0013-8000', '+86-138-****-8000'],
    ['１３８００１３８０００', '１３８****８０００'],
    ['幺三八零零一三八零零零', '幺三八****八零零零'],
    ['身份证370102199003071234', '身份证370*************34'],
    ['证件37010219900307123X。', '证件370*************3X。'],
    ['卡号6222021234567890123', '卡号***************0123'],
    ['我叫王建国，住在阳光花园3号楼2单元501室', '我叫王**，住在阳光花园*号楼*单元***室'],
    ['联系人：欧阳修文 电话', '联系人：欧阳** 电话'],
    ['我叫李娜要投诉', '我叫李*要投诉'],
    ['客户王小明来电反映', '客户王**来电反映'],
    ['王建国先生来电', '王**先生来电'],
    ['经十路123号', '经十路***号'],
    ['阳光小区12号楼1203网络慢', '阳光小区**号楼****网络慢'],
    ['阳光小区3-2-501，断网', '阳光小区*******，断网'],
    ['邮箱abc@163.com', '邮箱a**@163.com'],
    ['请回电88881234', '请回电****1234'],
    ['于2026-03-15 13800138000', '于2026-03-15 138****8000'],
  ])('%s', (text, expected) => {
    expect(maskText(text)).toBe(expected);
  });

  it('the person whom the source names, wherever the words stand', () => {
    const known = { name: '诗雨涵', phone: '8888123', address: '和平里5号楼3单元' };
    expect(maskText('诗雨涵说88-88123没人接，家在和平里5号楼3单元', known)).toBe('诗**说**-*8123没人接，家在和平里*号楼*单元');
  });
});

describe('maskText leaves', () => {
  it.each([
    '99元套餐，2026-03-15办理，100M宽带，拨打10010，10086，12300没人理',
    '订单号20260315123456789一直没动静',
    '5G套餐129元用了30G流量',
    '热线400-810-0086',
    '我是张店区的用户',
    '我叫安装师傅来',
    '我是王先生',
    '整栋楼断网',
    '客户反映高峰时段网速慢',
    '早上8:30到下午17:45都没网，3月5日开始',
    '',
  ])('%s', (text) => {
    expect(maskText(text)).toBe(text);
  });
});

const around = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'我的电话是宽带断网，。 -:+元号楼M(（a1') }));
const notGlued = (before: string): string => before.replace(/[0-9\uff10-\uff19]$/u, '，');
const digitsOf = (text: string): string => text.normalize('NFKC').replace(/[^0-9X]/gi, '');

describe('canaries', () => {
  const mobile = fc.stringMatching(/^1[3-9][0-9]{9}$/);
  const spell = fc.constantFrom(
    (n: string) => n,
    (n: string) => `${n.slice(0, 3)} ${n.slice(3, 7)} ${n.slice(7)}`,
    (n: string) => `${n.slice(0, 3)}-${n.slice(3, 7)}-${n.slice(7)}`,
    (n: string) => `+86 ${n}`,
    (n: string) => [...n].join(' '),
    (n: string) => n.replace(/[0-9]/g, (d) => String.fromCharCode(0xff10 + Number(d))),
    (n: string) => n.replace(/[0-9]/g, (d) => '零幺二三四五六七八九'.charAt(Number(d))),
  );

  it('no mobile number survives in any surrounding text, and the length is kept', () => {
    fc.assert(
      fc.property(around, mobile, spell, around, (before, number, write, after) => {
        const text = `${notGlued(before)}，${write(number)}，${after}`;
        const masked = maskText(text);
        expect(masked.length).toBe(text.length);
        expect(digitsOf(masked)).not.toContain(number);
        expect(masked).not.toContain(write(number));
      }),
      { numRuns: 500 },
    );
  });

  it('no ID number survives', () => {
    const id = fc
      .tuple(
        fc.constantFrom('37', '11', '44', '65'),
        fc.stringMatching(/^[0-9]{4}$/),
        fc.integer({ min: 1930, max: 2020 }),
        fc.stringMatching(/^(0[1-9]|1[0-2])([01][1-9]|2[0-8])[0-9]{3}[0-9X]$/),
      )
      .map(([province, county, year, rest]) => `${province}${county}${year}${rest}`);
    fc.assert(
      fc.property(around, id, around, (before, number, after) => {
        const masked = maskText(`${notGlued(before)}，${number}，${after}`);
        expect(masked).not.toContain(number);
      }),
      { numRuns: 500 },
    );
  });

  it('masking twice changes nothing more', () => {
    fc.assert(
      fc.property(around, mobile, (text, number) => {
        const once = maskText(`${text}，${number}`);
        expect(maskText(once)).toBe(once);
      }),
    );
  });
});

it('fields are masked whole', () => {
  expect(maskPhone('13800138000')).toBe('138****8000');
  expect(maskPhone('88881234')).not.toContain('8888123');
  expect(maskName('王建国')).toBe('王**');
  expect(maskName('𠮷田')).toBe('𠮷*');
  expect(maskId('370102199003071234')).toBe('370*************34');
  expect(maskAddress('济南市历下区阳光花园3号楼2单元501室')).toBe('济南市历下区阳光花园*号楼*单元***室');
});
