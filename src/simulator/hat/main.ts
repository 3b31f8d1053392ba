import { parseArgs } from 'node:util';
import { ControlSocket } from './control-socket.js';
import { FrameSocket } from './frame-socket.js';
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
  const { person, control, ...parts } = options();
  const mouthAndEar = await FrameSocket.listen(person);
  const hat = await SimulatedHat.start({ ...parts, person: mouthAndEar });
  const controlSocket = await ControlSocket.listen(
    control,
    (command) => hat.execute(command),
    () => hat.condition(),
  );
  hat.onNotice((notice) => controlSocket.broadcast(notice));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      controlSocket.close();
      await hat.stop();
      mouthAndEar.close();
      process.exit(0);
    });
  }
  console.log('ready');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
