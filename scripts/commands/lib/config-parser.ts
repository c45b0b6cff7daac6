/** The sections of a file in order, with options by name in lower case. Options before the first section are in "". */
export type Sections = Map<string, Map<string, string>>;

/**
 * Reads the INI form of Python's ConfigParser, for Planet Planet and Venus: comments with `#` and `;`, `key = value`
 * and `key: value`, values continued on indented lines, repeated sections, `[DEFAULT]`, `%(name)s`
 * (https://docs.python.org/3/library/configparser.html). npm's INI libraries read the dots in
 * `[http://example.org/feed]` as a path, or do not know continued lines.
 */
export function readConfig(text: string): Sections {
  const sections: Sections = new Map();
  let section = sectionNamed(sections, '');
  let option: { name: string; indent: number } | null = null;
  for (const line of text.split(/\r\n?|\n/)) {
    if (/^\s*(?:$|[#;])|^rem\s/i.test(line)) continue;
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    const pair = /^\s*([^:=\s][^:=]*?)\s*[:=]\s*(.*?)\s*$/.exec(line);
    const indent = line.length - line.trimStart().length;
    if (option && indent > option.indent && header === undefined) {
      section.set(option.name, `${section.get(option.name)}\n${line.trim()}`);
    } else if (header !== undefined) {
      section = sectionNamed(sections, header.trim());
      option = null;
    } else if (pair) {
      const [, name = '', value = ''] = pair;
      option = { name: name.toLowerCase(), indent };
      // In Python 2 a semicolon after a space starts a comment, a hash does not.
      section.set(option.name, value.replace(/\s+;.*$/, ''));
    }
  }
  return withDefaultSection(sections);
}

function sectionNamed(sections: Sections, name: string): Map<string, string> {
  const section = sections.get(name) ?? new Map<string, string>();
  sections.set(name, section);
  return section;
}

function withDefaultSection(sections: Sections): Sections {
  const defaults = sections.get('DEFAULT') ?? new Map<string, string>();
  sections.delete('DEFAULT');
  return new Map(
    [...sections].map(([name, own]) => {
      const all = name === '' ? own : new Map([...defaults, ...own]);
      return [name, new Map([...all].map(([key, value]) => [key, interpolated(value, all)]))];
    }),
  );
}

/** ConfigParser's own limit, for names that refer to themselves. */
const DEEPEST_INTERPOLATION = 10;
/** Characters. Names that refer to each other several times would grow without end. */
const LONGEST_VALUE = 10_000;

function interpolated(value: string, names: ReadonlyMap<string, string>, deep = DEEPEST_INTERPOLATION): string {
  if (deep === 0 || value.length > LONGEST_VALUE || !/%\([^)]*\)s/.test(value)) return value;
  const next = value.replace(/%\(([^)]*)\)s/g, (whole, name: string) => names.get(name.toLowerCase()) ?? whole);
  return next === value ? value : interpolated(next, names, deep - 1);
}
