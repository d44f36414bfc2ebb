/**
 * Pages that the server sends people to, in mails and in its answers, without the host. Kept here alone:
 * a test compares each with the route table of the pages, so that no mail leads to a page that is not there.
 */
export const ADDRESSES = {
  alarm: (id: string): string => `/alarms?alarm=${encodeURIComponent(id)}`,
  signIn: (token: string): string => `/signin?token=${encodeURIComponent(token)}`,
} as const;
