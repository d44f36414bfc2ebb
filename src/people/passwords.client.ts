import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// argon2id is the default of @node-rs/argon2; parameters follow the OWASP cheat sheet (19 MiB, 2 passes, 1 lane).
const COST = { memoryCost: 19456, timeCost: 2, parallelism: 1 };
let decoy: Promise<string> | null = null;

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** Takes as long for an unknown member as for a known one, so that the answer's time tells nothing. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const fits = await verify(stored ?? (await decoy), password).catch(() => false);
  return stored !== null && fits;
}

/** 256 random bits for a cookie or a link; only their hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
