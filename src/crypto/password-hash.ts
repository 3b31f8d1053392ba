import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Hashes of passwords as text in the PHC string format: 32 MiB and about a second on a small board, as strong as OWASP asks of scrypt. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const prefix = '$scrypt$ln=15,r=8,p=3$';
const hashBytes = 32;
const saltBytes = 16;

export const passwordHashPattern = /^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/;

/** How passwords are hashed. */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** Whether this is the password. Null stands for a user without a password, or no user at all: that takes equally long. */
  matches(password: string, hash: string | null): Promise<boolean>;
}

export const slowPasswords: PasswordHashing = { hash: hashPassword, matches: isPassword };

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return `${prefix}${unpadded(salt)}$${unpadded(await slowHash(password, salt))}`;
}

export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, , , salt = '', expected = ''] = (hash ?? nobody).split('$');
  const found = await slowHash(password, Buffer.from(salt, 'base64'));
  return timingSafeEqual(found, Buffer.from(expected, 'base64')) && hash !== null;
}

const nobody = `${prefix}${unpadded(randomBytes(saltBytes))}$${unpadded(randomBytes(hashBytes))}`;

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** The same password typed on another keyboard may be composed of other code points: NFKC makes them equal. */
function slowHash(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 2 * 128 * cost.N * cost.r;
    scrypt(password.normalize('NFKC'), salt, hashBytes, { ...cost, maxmem }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}
