/** One line of the report. */
export interface Note {
  /** `problem`: data is lost, or the planet cannot be published. `warning`: needs the operator's attention. */
  level: 'problem' | 'warning' | 'ok';
  /** A sentence, with the remedy if there is a problem. */
  says: string;
}

export const ok = (says: string): Note => ({ level: 'ok', says });
export const warning = (says: string): Note => ({ level: 'warning', says });
export const problem = (says: string): Note => ({ level: 'problem', says });

export const DAY = 86_400_000;

/** A duration, rounded down: `3 hours`, `12 days`. */
export function span(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  if (hours < 1) return 'less than an hour';
  if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}
