import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const native = fileURLToPath(new URL('../../src/node-pjsua2/native/', import.meta.url));

/** What hands a function of ours to C, to a thread or to Node, which all end the process when it throws. */
const installs = [
  /\bcallbacks\.\w+ = /,
  /\bconfig\.cb(\.\w+)? = /,
  /\bmodule\.(load|start|stop|unload|on_\w+) = /,
  /\bport_?->\w+ = (?!\w+;)/,
  /\bown\.rtc?p_cb2? = /,
  /^ {4}\.\w+ = /, // in a table of operations
  /\bpj_timer_entry_init\(/,
  /\bpjsua_schedule_timer2?\(/,
  /\bpj_grp_lock_add_handler\(/,
  /\bpjsip_tpmgr_set_\w+\(/,
  /\bpjsip_endpt_atexit\(/,
  /\bpj_log_set_log_func\(/,
  /\bpj_thread_create\(/,
  /\bstd::j?thread\((?!\))/,
  /\bAddCleanupHook\(/,
  /BlockingCall\(/,
  /\bAddFinalizer\(/,
];

interface Installation {
  readonly where: string;
  readonly text: string;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(cc|h)$/.test(name) && !name.startsWith('test/'),
  );
}

/** From the line that matches to the end of its statement, or of its entry in a table. */
function installationsIn(file: string, source: string): Installation[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    if (/^\s*\/\//.test(line) || !installs.some((pattern) => pattern.test(line))) return [];
    const rest = lines.slice(index).join('\n');
    const end = /^ {4}\./.test(line) ? /,\n( {4}\.|\};)/ : /;/;
    return [{ where: `${file}:${index + 1}`, text: rest.slice(0, (end.exec(rest)?.index ?? 0) + 1) }];
  });
}

const unguarded = (installations: readonly Installation[]) =>
  installations.filter(({ text }) => !/\bguard(ed<|\()|= nullptr/.test(text)).map(({ where }) => where);

it('lets no exception leave a callback of the native package', () => {
  const all = sourcesIn(native).flatMap((file) => installationsIn(file, readFileSync(join(native, file), 'utf8')));
  expect(all.length).toBeGreaterThan(50);
  expect(unguarded(all)).toEqual([]);
});

it.each([
  ['a callback of PJSUA', 'callbacks.on_call_state = onCallState;'],
  ['a module', 'module.on_rx_request = receive;'],
  ['a table of operations', '    .detach = [](auto* tp, void*) { own(tp).detach(); },\n};'],
  ['a timer', 'pjsua_schedule_timer2(again, later.get(), 20);'],
  ['a thread', 'thread_ = std::thread([this] { run(); });'],
  ['Node', 'function_.NonBlockingCall([](Napi::Env env, Napi::Function deliver) { drain(); });'],
])('would notice %s', (_, line) => {
  expect(unguarded(installationsIn('planted.cc', line))).toEqual(['planted.cc:1']);
});
