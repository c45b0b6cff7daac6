/** The browser's own storage, which some refuse: then nothing is remembered, and all else works. Nothing is sent anywhere. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A reader who wants no storage has it so.
  }
}
