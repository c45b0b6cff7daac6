import { readFileSync } from 'node:fs';

/** What a host's files `_headers` and `_redirects` say of a path, as Netlify and Cloudflare Pages read them. */
export interface HostRules {
  headersOf: (path: string) => [name: string, value: string][];
  /** Where the first rule that fits leads; null where none does. */
  redirectOf: (path: string) => { to: string; status: number } | null;
}

/** The values of a pattern's placeholders in a path; null where it does not fit. */
type Pattern = (path: string) => ReadonlyMap<string, string> | null;

/** Reads both files of a built site; one that is missing has no rules. */
export function readHostRules(dist: string): HostRules {
  const headers = headerRules(linesOf(`${dist}/_headers`));
  const redirects = linesOf(`${dist}/_redirects`).flatMap((line) => {
    const [from = '', to, status = '301'] = line.trim().split(/\s+/);
    // Others than these show another page under the same address, which we never write.
    return to !== undefined && /^30\d$/.test(status) ? [{ pattern: patternOf(from), to, status: Number(status) }] : [];
  });
  return {
    headersOf: (path) => headers.flatMap(({ pattern, headers }) => (pattern(path) === null ? [] : headers)),
    redirectOf: (path) => {
      for (const { pattern, to, status } of redirects) {
        const values = pattern(path);
        if (values) return { to: to.replace(/:([a-z]\w*)/gi, (sign, name) => values.get(name) ?? sign), status };
      }
      return null;
    },
  };
}

/** Without notes and empty lines. */
function linesOf(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
}

/** A path begins a line; the headers for it are indented. */
function headerRules(lines: readonly string[]) {
  const rules: { pattern: Pattern; headers: [name: string, value: string][] }[] = [];
  for (const line of lines) {
    const [, name, value] = /^\s+([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) rules.at(-1)?.headers.push([name, value]);
    else rules.push({ pattern: patternOf(line.trim()), headers: [] });
  }
  return rules;
}

/** `:name` is a step of a path, `*` is anything. */
function patternOf(pattern: string): Pattern {
  const names: string[] = [];
  const source = pattern.replace(/:([a-z]\w*)|\*|[^\w/]/gi, (sign, name) => {
    if (name === undefined && sign !== '*') return `\\${sign}`;
    names.push(name ?? 'splat');
    return name === undefined ? '(.*)' : '([^/]+)';
  });
  const form = new RegExp(`^${source}$`);
  return (path) => {
    const found = form.exec(path);
    return found && new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
  };
}
