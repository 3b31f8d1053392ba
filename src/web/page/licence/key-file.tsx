import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { say } from '../texts.js';

/** No licence file is larger; a picture may be. */
const largestText = 64 * 1024;
const largestPicture = 30 * 1024 * 1024;

/** Takes the key from its file, or from a picture of its QR code: a telephone offers its camera for that. */
export function KeyFile({ onKey }: { readonly onKey: (key: string) => void }) {
  const id = useId();
  const fault = useSignal('');
  const take = async (file: File) => {
    fault.value = '';
    const key = await keyIn(file);
    if (key === null) fault.value = say(isPicture(file) ? 'licence.noQrCode' : 'licence.noFile');
    else onKey(key);
  };
  return (
    <div class="field">
      <label for={id}>{say('licence.file')}</label>
      <input
        id={id}
        type="file"
        accept=".txt,text/plain,image/*"
        aria-invalid={fault.value === '' ? undefined : true}
        aria-describedby={`${id}-notes`}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void take(file);
        }}
      />
      <p id={`${id}-notes`} class={fault.value === '' ? 'hint' : 'fault'} role="status">
        {fault.value === '' ? say('licence.fileHint') : fault.value}
      </p>
    </div>
  );
}

const isPicture = ({ type }: File): boolean => type.startsWith('image/');

async function keyIn(file: File): Promise<string | null> {
  if (file.size > (isPicture(file) ? largestPicture : largestText)) return null;
  if (!isPicture(file)) return file.text();
  const { readQrCode } = await import('./read-qr-code.js');
  return readQrCode(file);
}
