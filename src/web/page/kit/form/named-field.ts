/** The name of the field that something was typed into; null where it has none. */
export const nameOfField = (target: EventTarget | null): string | null => Reflect.get(Object(target), 'name') || null;
