export type Row = [what: string, given: string, gives: string, more?: string];

/**
 * The rows of a table, a line each, with a bar between two fields. What a line cannot hold as it is (a line end, a blank at an
 * edge, nothing at all) is given as a value: `${'\n'}`.
 */
export function rows({ raw }: TemplateStringsArray, ...values: string[]): Row[] {
  const table = raw.reduce((text, part, at) => `${text}\0${at - 1}\0${part}`).trim();
  return table.split('\n').map((line) => {
    const fields = line.split(' | ').map((field) => field.trim().replace(/\0(\d+)\0/g, (_, at) => values[at] ?? ''));
    const [what = '', given = '', gives = '', more = ''] = fields;
    return [what, given, gives, more];
  });
}
