import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ok, type Result, refuse } from '../../base/result.ts';
import { passwordCharactersMax } from '../../contract/session.ts';

/** What one hash costs: memory in KiB, passes over it, lanes in parallel. */
export type PasswordCost = {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
};

/** Shortest password taken. Source: OWASP ASVS 5.0, 6.2.1. */
export const passwordCharactersMin = 8;

const deriveKey = promisify(argon2);
const saltBytes = 16;
const hashBytes = 32;
/** Argon2 version 1.3, the only one Node computes. */
const version = 19;

/**
 * The argon2id hash of a password as a PHC string, with its own salt and cost inside. Passwords are
 * compared in Unicode form NFKC, so that the same keys give the same password on every keyboard.
 */
export async function hashPassword(
  password: string,
  cost: PasswordCost,
): Promise<Result<string, 'password_too_short' | 'password_too_long'>> {
  const characters = [...password].length;
  if (characters < passwordCharactersMin) {
    return refuse('password_too_short', { charactersMin: String(passwordCharactersMin) });
  }
  if (characters > passwordCharactersMax) {
    return refuse('password_too_long', { charactersMax: String(passwordCharactersMax) });
  }
  const salt = randomBytes(saltBytes);
  const hash = await compute(password, salt, cost);
  const parameters = `m=${cost.memoryKib},t=${cost.passes},p=${cost.lanes}`;
  return ok(`$argon2id$v=${version}$${parameters}$${unpadded(salt)}$${unpadded(hash)}`);
}

/**
 * Whether a password fits a PHC string of `hashPassword`. A login without a password (`null`) takes
 * as long as any other and never fits, so that the time of the answer tells nothing.
 */
export async function verifyPassword(
  password: string,
  phc: string | null,
  cost: PasswordCost,
): Promise<boolean> {
  const parts =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
      phc ?? '',
    );
  if (parts === null) {
    await compute(password, Buffer.alloc(saltBytes), cost);
    return false;
  }
  const [memoryKib, passes, lanes] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const salt = Buffer.from(parts[4] ?? '', 'base64');
  const expected = Buffer.from(parts[5] ?? '', 'base64');
  const actual = await compute(password, salt, { memoryKib, passes, lanes });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

async function compute(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  return await deriveKey('argon2id', {
    message: password.normalize('NFKC'),
    nonce: salt,
    parallelism: cost.lanes,
    tagLength: hashBytes,
    memory: cost.memoryKib,
    passes: cost.passes,
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
