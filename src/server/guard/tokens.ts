import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;

/** A new opaque session token: 256 random bits, 43 characters. The server keeps only its hash. */
export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** SHA-256 of a token, which is what the database holds. Null when it cannot be a token of ours. */
export function tokenHash(token: string): Buffer | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return createHash('sha256').update(token, 'ascii').digest();
}
