import { expect, onTestFinished, test } from 'vitest';
import { findJanus, makeJanusFolder } from '../../../src/browser-phone/janus-folder.js';
import { JanusProcess } from '../../../src/browser-phone/janus-process.js';

const parts = await findJanus();

test.skipIf(parts === undefined)(
  'a Janus that does not do what it is for is ended, and lost for that reason',
  async () => {
    const folder = await makeJanusFolder(parts ?? '', '127.0.0.1');
    const janus = new JanusProcess(folder.path);
    onTestFinished(async () => {
      await janus.stop();
      await folder.remove();
    });
    const lost = new Promise<string>((resolve) => janus.onLost(resolve));
    expect(janus.whyEnded).toBeNull();
    janus.fail('it says nothing');
    expect(await lost).toBe('it says nothing');
  },
);
