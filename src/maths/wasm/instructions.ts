import { signed, unsigned } from './wasm-module.ts';

/** A stretch of WebAssembly code; locals are named by their number, parameters first. */
export type Code = readonly number[];

/** One stretch after the other. */
export const code = (...parts: readonly Code[]): Code => parts.flat();

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];
export const ADD: Code = [0x6a];
export const SUB: Code = [0x6b];
export const MUL: Code = [0x6c];
export const SHIFT_LEFT: Code = [0x74];
export const BELOW: Code = [0x49];
export const SELECT: Code = [0x1b];
export const ADD_64: Code = [0x7c];
export const XOR: Code = [0x73];
export const SHIFT_RIGHT: Code = [0x76];
/** 64-bit floating point */
export const ADD_F: Code = [0xa0];
export const SUB_F: Code = [0xa1];
export const MUL_F: Code = [0xa2];
export const DIV_F: Code = [0xa3];
export const LEAST_F: Code = [0xa4];
export const MOST_F: Code = [0xa5];
export const FLOOR_F: Code = [0x9c];
export const NEAREST_F: Code = [0x9e];
export const FROM_UNSIGNED: Code = [0xb8];
export const TO_SIGNED: Code = [0xaa];
/** 2 to the power of a whole number given as floating point: its exponent bits. */
export const POWER_OF_TWO: Code = [0xb0, 0x42, ...signed(1023), 0x7c, 0x42, ...signed(52), 0x86, 0xbf];
export const number = (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];
export const loadF = (offset = 0): Code => [0x2b, 0, ...unsigned(offset)];
export const load = (offset = 0): Code => [0x28, 0, ...unsigned(offset)];
export const load64 = (offset = 0): Code => [0x29, 0, ...unsigned(offset)];
export const load8 = (offset = 0): Code => [0x2d, 0, ...unsigned(offset)];
export const load16 = (offset = 0): Code => [0x2f, 0, ...unsigned(offset)];
export const storeF = (offset = 0): Code => [0x39, 0, ...unsigned(offset)];
export const store = (offset = 0): Code => [0x36, 0, ...unsigned(offset)];
export const store64 = (offset = 0): Code => [0x37, 0, ...unsigned(offset)];

/** local += what the code gives */
export const increase = (local: number, by: Code): Code => [...get(local), ...by, ...ADD, ...set(local)];
/** Runs the body as long as one local is below another one. */
export const whileBelow = (local: number, end: number, body: Code): Code => {
  const condition = [...get(local), ...get(end), ...BELOW];
  return [...condition, 0x04, 0x40, 0x03, 0x40, ...body, ...condition, 0x0d, 0x00, 0x0b, 0x0b];
};
/** The smaller of two, unsigned; both codes run twice. */
export const smaller = (a: Code, b: Code): Code => [...a, ...b, ...a, ...b, ...BELOW, ...SELECT];
