import type { Problem } from '../../model/problem.ts';
import { isUnavailable } from '../postgres/lost-connection.ts';
import { Refusal, type RefusalCode } from './route.ts';

interface Meaning {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/** The one place that knows status codes. */
export const MEANINGS: Readonly<Record<RefusalCode | 'internal', Meaning>> = {
  'request-invalid': { status: 422, zh: '请求内容有误，请逐条更正', en: 'The request has mistakes; correct each one listed' },
  'question-invalid': { status: 422, zh: '查询条件有误，请逐条更正', en: 'The question has mistakes; correct each one listed' },
  'not-signed-in': { status: 401, zh: '请先登录', en: 'Sign in first' },
  'sign-in-failed': { status: 401, zh: '用户名或密码不正确', en: 'The login or the password is wrong' },
  'link-unusable': { status: 401, zh: '登录链接已使用或已过期', en: 'The sign-in link was used or has expired' },
  'sign-in-throttled': { status: 429, zh: '尝试次数过多，请 15 分钟后再试', en: 'Too many tries; try again in 15 minutes' },
  'not-allowed': { status: 403, zh: '您没有执行此操作的权限', en: 'Your role does not include this' },
  'cross-site': { status: 403, zh: '拒绝来自其他站点的请求', en: 'Requests from another site are refused' },
  'not-found': { status: 404, zh: '未找到，或不在您的数据权限内', en: 'Not found, or outside your data scope' },
  'stale-version': { status: 409, zh: '内容已被他人修改，请刷新后再试', en: 'Somebody changed it meanwhile; reload and try again' },
  'version-required': { status: 428, zh: '请带上您所看到的版本号', en: 'Send the version that you saw' },
  'transition-illegal': { status: 409, zh: '当前状态不允许此操作', en: 'This is not possible in the present state' },
  'state-wrong': { status: 409, zh: '当前状态不允许此操作', en: 'This is not possible in the present state' },
  'still-needed': {
    status: 409,
    zh: '有内容建立在它之上，不能撤销；原因逐条列出',
    en: 'It cannot be taken back: other things rest on it, each is listed',
  },
  conflict: {
    status: 409,
    zh: '同一编号已有不同内容，两份都已保留待核对',
    en: 'This id already stands with other content; both are kept for review',
  },
  'key-reused': { status: 422, zh: '该 Idempotency-Key 已用于其他内容', en: 'This Idempotency-Key was used for other content' },
  'key-required': { status: 428, zh: '请带上 Idempotency-Key', en: 'Send an Idempotency-Key' },
  'reason-required': { status: 422, zh: '请填写原因', en: 'Give a reason' },
  'too-large': { status: 413, zh: '内容过大', en: 'Too large' },
  busy: { status: 503, zh: '系统繁忙，请稍后重试', en: 'Busy; try again shortly' },
  unavailable: { status: 503, zh: '服务暂不可用，请稍后重试', en: 'Not available now; try again shortly' },
  'query-timeout': { status: 504, zh: '查询超时，请缩小范围', en: 'The question took too long; narrow it' },
  internal: { status: 500, zh: '系统出错，已记录', en: 'Something broke; it is logged' },
};

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly problems: readonly Problem[];
}

export function problemDocument(error: unknown, chinese: boolean): ProblemDocument {
  const refusal = error instanceof Refusal ? error : null;
  const code = refusal?.code ?? codeOfForeign(error);
  const meaning = MEANINGS[code];
  const title = chinese ? meaning.zh : meaning.en;
  return {
    type: `urn:voxloop:problem:${code}`,
    title,
    status: meaning.status,
    code,
    detail: title,
    params: refusal?.params ?? {},
    problems: refusal?.problems ?? [],
  };
}

/** Errors of libraries that mean something to a caller. */
function codeOfForeign(error: unknown): RefusalCode | 'internal' {
  const code = (error as { code?: unknown }).code;
  const status = (error as { statusCode?: unknown }).statusCode;
  if (status === 413) return 'too-large';
  if (status === 403 || status === 404) return 'not-found';
  if (typeof status === 'number' && status >= 400 && status < 500) return 'request-invalid';
  // A date or time that the checks let through and that no calendar of the database has (the year 0000, an offset of 23 hours).
  if (code === '22007' || code === '22008' || code === '22009') return 'request-invalid';
  // The database is away, has no room, or was too slow; the home's disk is full: it may work in a moment, and nothing was promised.
  if (isUnavailable(error) || code === 'ENOSPC' || code === 'EDQUOT') return 'unavailable';
  return 'internal';
}
