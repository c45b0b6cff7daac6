/** One thing that the doctor looked at. */
export interface Note {
  /** `bad`: something is lost, or the planet cannot be published. `look`: for the operator to decide. */
  level: 'bad' | 'look' | 'well';
  /** A sentence that says what to do, where there is something to do. */
  says: string;
}

export const ok = (says: string): Note => ({ level: 'well', says });
export const warning = (says: string): Note => ({ level: 'look', says });
export const problem = (says: string): Note => ({ level: 'bad', says });

export const DAY = 86_400_000;

/** `3 hours`, `12 days`: how long ago, roughly. */
export function span(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  if (hours < 1) return 'less than an hour';
  if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}
