import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/release.sh', import.meta.url));

describe('scripts/release.sh', () => {
  let folder: string;

  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  const release = (...args: readonly string[]) => {
    const identity = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org' };
    const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' };
    return spawnSync('bash', [script, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...identity, ...committer },
      cwd: folder,
    });
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'modcall-release-'));
    for (const path of ['.ci', 'src/node-pjsua2']) mkdirSync(join(folder, path), { recursive: true });
    for (const [path, name] of [
      ['package.json', 'whole'],
      ['src/node-pjsua2/package.json', 'part'],
    ] as const)
      write(path, `${JSON.stringify({ name, version: '0.1.0', private: true }, null, 2)}\n`);
    write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n- It rings.\n\n## 0.1.0\n\n- It starts.\n');
    write('src/node-pjsua2/CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- It starts.\n');
    write('.ci/run', 'exit 0\n');
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'Begin');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('sets the version, dates what is new, commits and tags', () => {
    const { status, stderr } = release('0.2.0');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const path of ['package.json', 'src/node-pjsua2/package.json']) {
      expect(JSON.parse(read(path))).toMatchObject({ version: '0.2.0' });
    }
    expect(read('CHANGELOG.md')).toMatch(
      /## Unreleased\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- It rings\.\n\n## 0\.1\.0/,
    );
    expect(read('src/node-pjsua2/CHANGELOG.md')).not.toContain('0.2.0');
    expect(git('describe', '--exact-match')).toBe('v0.2.0');
    expect(git('status', '--porcelain', '-uno')).toBe('');
  });

  it('does nothing in a dry run but say what it would do', () => {
    const { status, stdout } = release('--dry-run', '0.2.0');
    expect(status).toBe(0);
    expect(stdout).toContain('would date CHANGELOG.md: ## 0.2.0');
    expect(stdout).toContain('would commit, and tag v0.2.0');
    expect(git('status', '--porcelain')).toBe('');
    expect(git('tag')).toBe('');
  });

  it.each([
    ['a version that is none', 'v2', () => {}, 'is no version'],
    ['an older version', '0.0.9', () => {}, 'is older than 0.1.0'],
    ['a version that is tagged', '0.2.0', () => git('tag', 'v0.2.0'), 'there is a tag v0.2.0'],
    ['changes that are not committed', '0.2.0', () => write('notes', ''), 'not committed'],
    [
      'nothing new',
      '0.2.0',
      () => {
        write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- It starts.\n');
        git('commit', '-q', '-a', '-m', 'Forget');
      },
      'nothing under "Unreleased"',
    ],
    [
      'checks that fail',
      '0.2.0',
      () => {
        write('.ci/run', 'exit 1\n');
        git('commit', '-q', '-a', '-m', 'Break');
      },
      'the checks have found something',
    ],
  ])('refuses %s, and changes nothing', (_, version, prepare, complaint) => {
    prepare();
    const before = git('rev-parse', 'HEAD');
    const { status, stderr } = release(version);
    expect(status).toBe(1);
    expect(stderr).toContain(complaint);
    expect(stderr).toContain('What to do:');
    expect(git('rev-parse', 'HEAD')).toBe(before);
    expect(read('package.json')).toContain('"0.1.0"');
  });
});
