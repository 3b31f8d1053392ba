import { parseArgs } from 'node:util';
import { SimulatedHat } from './simulated-hat.js';

const usage = 'usage: main.js --kind fxs|fxo --tty PATH --audio PATH --person PATH --control PATH [--no-dtmf]';

function options() {
  const { values } = parseArgs({
    options: {
      kind: { type: 'string' },
      tty: { type: 'string' },
      audio: { type: 'string' },
      person: { type: 'string' },
      control: { type: 'string' },
      'no-dtmf': { type: 'boolean', default: false },
    },
  });
  const { kind, tty, audio, person, control } = values;
  if ((kind !== 'fxs' && kind !== 'fxo') || !tty || !audio || !person || !control) throw new Error(usage);
  return { kind, tty, audio, person, control, detectsDigits: !values['no-dtmf'] } as const;
}

try {
  const hat = await SimulatedHat.start(options());
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void hat.stop().then(() => process.exit(0)));
  console.log('ready');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
