import { z } from 'zod';
import { currentVersion } from '../settings/settings-schema.js';
import { usersVersion } from '../users/users-schema.js';

/** Version of the backup that this Modcall writes. */
export const backupVersion = 1;

/** In bytes; prompts in two languages take some ten million. */
export const largestBackup = 64 * 1024 * 1024;
const largestFile = 16 * 1024 * 1024;
const mostFiles = 1000;
export const largestManifest = 256 * 1024;

/**
 * What a backup may hold: everything that makes a box what it is, but for its record, which only grows, and the key it is signed with.
 * The same list is for making and for restoring: no name in a file of unknown origin leads anywhere else.
 */
export const contents: readonly { readonly kind: ContentKind; readonly pattern: RegExp }[] = [
  { kind: 'settings', pattern: /^settings\.json$/ },
  { kind: 'history', pattern: /^settings-history\/\d{10}\.jsonl?$/ },
  { kind: 'callHandling', pattern: /^call-handling\.json$/ },
  { kind: 'users', pattern: /^users\.json$/ },
  { kind: 'identity', pattern: /^identity\/(?:ssh_host_ed25519_key(?:\.pub)?|tls-(?:self-signed|installed)\.pem)$/ },
  { kind: 'licence', pattern: /^licence\/(?:(?:server-)?licence|block-list)\.txt$/ },
  { kind: 'prompts', pattern: /^prompts\/(?:de|en)\/[a-z0-9-]{1,60}\.wav$/ },
  { kind: 'agreement', pattern: /^agreements\/\d{1,7}\.json$/ },
  { kind: 'boards', pattern: /^board\/[a-z0-9-]{1,60}\/board\.json$/ },
];

export const contentKinds = [
  'settings',
  'history',
  'callHandling',
  'users',
  'identity',
  'licence',
  'prompts',
  'agreement',
  'boards',
] as const;
export type ContentKind = (typeof contentKinds)[number];

/** What a box has of this kind is never replaced: by their signatures alone it is decided which of those in a backup follow on it. */
export const isOffered = (path: string): boolean => kindOf(path) === 'agreement';

export const kindOf = (path: string): ContentKind | null =>
  contents.find(({ pattern }) => pattern.test(path))?.kind ?? null;

const fileSchema = z.strictObject({
  path: z.string().refine((path) => kindOf(path) !== null),
  bytes: z.number().int().min(0).max(largestFile),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const manifestSchema = z.strictObject({
  backup: z.literal(backupVersion),
  /** The Modcall that wrote it, for people to read. */
  modcall: z.string().max(100),
  /** ISO 8601, UTC. */
  created: z.iso.datetime(),
  hardwareId: z.string().max(100).nullable(),
  /** Versions of what is in it. */
  settings: z.number().int().min(1).max(currentVersion),
  users: z.number().int().min(1).max(usersVersion),
  files: z
    .array(fileSchema)
    .max(mostFiles)
    .refine((files) => new Set(files.map(({ path }) => path)).size === files.length)
    .refine((files) => files.reduce((sum, { bytes }) => sum + bytes, 0) <= largestBackup),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

/** Only the versions, of a manifest that a later Modcall may have written. */
const versions = z.object({ backup: z.number(), settings: z.number().optional(), users: z.number().optional() });

/** Whether a newer Modcall wrote it, which knows more than this one. */
export function isNewer(raw: unknown): boolean {
  const { data } = versions.safeParse(raw);
  if (!data) return false;
  const { backup, settings = 0, users = 0 } = data;
  return backup > backupVersion || settings > currentVersion || users > usersVersion;
}
