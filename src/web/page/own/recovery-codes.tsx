import { say } from '../texts.js';

/** Each lets in once without the app; they are shown this once. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <div role="status">
      {codes.length > 0 && (
        <>
          <p>{say('own.recoveryAbout')}</p>
          <ul class="codes">
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
