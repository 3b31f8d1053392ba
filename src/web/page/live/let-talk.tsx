import type { Resource } from '../api/resource.js';
import { DemoCallButton } from '../set-up/demo-call-button.js';
import type { SetUp } from '../set-up/steps.js';

/** Where nobody talks: lets the built-in phones do so, for an admin of a box that has some. */
export function LetTalk({ setUp }: { readonly setUp: Resource<SetUp> }) {
  const { demoCall } = setUp.value.value ?? {};
  if (!demoCall?.isPossible) return null;
  return <DemoCallButton demoCall={demoCall} onChanged={() => setUp.refresh()} />;
}
