export type Row = [what: string, given: string, gives: string, more?: string];

/**
 * The rows of a table, a line each, with a bar between two fields. What a line cannot hold as it is (a line end, a blank at an
 * edge, nothing at all) is given as a value: `${'\n'}`.
 */
export function rows(...table: Parameters<typeof fields>): Row[] {
  return fields(...table).map(([what = '', given = '', gives = '', more = '']) => [what, given, gives, more]);
}

/** The fields of such a table, one after the other. */
export function list(...table: Parameters<typeof fields>): string[] {
  return fields(...table).flat();
}

function fields({ raw }: TemplateStringsArray, ...values: string[]): string[][] {
  const table = raw.reduce((text, part, at) => `${text}\0${at - 1}\0${part}`).trim();
  const read = (field: string) => field.trim().replace(/\0(\d+)\0/g, (_, at) => values[at] ?? '');
  return table.split('\n').map((line) => line.split(' | ').map(read));
}
