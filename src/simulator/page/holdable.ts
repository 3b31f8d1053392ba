/** How long a press lasts that arrives as a mere click, as from a screen reader, in milliseconds. */
const clickMs = 150;

/** Something that counts as long as it is held, by pointer or by keyboard. */
export function holdable(button: HTMLButtonElement, onHold: () => void, onRelease: () => void): void {
  let isHeld = false;
  const hold = () => {
    if (isHeld) return;
    isHeld = true;
    onHold();
  };
  const release = () => {
    if (!isHeld) return;
    isHeld = false;
    onRelease();
  };
  // Keeps the focus where it is, so that the space bar still lifts and hangs up.
  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    hold();
  });
  button.addEventListener('pointerup', release);
  button.addEventListener('lostpointercapture', release);
  button.addEventListener('keydown', (event) => {
    if (!isPressing(event)) return;
    event.preventDefault();
    hold();
  });
  button.addEventListener('keyup', (event) => {
    if (!isPressing(event)) return;
    event.preventDefault();
    release();
  });
  button.addEventListener('blur', release);
  button.addEventListener('contextmenu', (event) => event.preventDefault());
  button.addEventListener('click', (event) => {
    // A pointer's click has a detail above 0 and was handled by the pointer events.
    if (event.detail !== 0) return;
    hold();
    setTimeout(release, clickMs);
  });
}

const isPressing = (event: KeyboardEvent): boolean => event.key === ' ' || event.key === 'Enter';
