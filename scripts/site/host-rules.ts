import { existsSync, readFileSync } from 'node:fs';

/** The rules of `_headers` and `_redirects` in a built site, as Netlify and Cloudflare Pages read them; a missing file has none. */
export function readHostRules(dist: string) {
  const headers: { pattern: RegExp; headers: [name: string, value: string][] }[] = [];
  for (const line of ruleLines(`${dist}/_headers`)) {
    // A line with a path, then its headers, indented.
    const [, name, value] = /^\s+([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.at(-1)?.headers.push([name, value]);
    else headers.push({ pattern: patternOf(line.trim()), headers: [] });
  }
  const redirects = ruleLines(`${dist}/_redirects`).flatMap((line) => {
    const [from = '', to, status = '301'] = line.trim().split(/\s+/);
    return to === undefined ? [] : [{ pattern: patternOf(from), to, status: Number(status) }];
  });
  return {
    headersOf: (path: string) => headers.flatMap(({ pattern, headers }) => (pattern.test(path) ? headers : [])),
    /** Whether a rule leads from a path to another, also as a rewrite. */
    leadsFrom: (path: string) => redirects.some(({ pattern }) => pattern.test(path)),
    /** The target of the first redirect that matches; null if none does. */
    redirectOf: (path: string) => {
      for (const { pattern, to, status } of redirects) {
        // Other statuses are rewrites, which only an operator's own file has.
        const found = status >= 300 && status < 310 ? pattern.exec(path) : null;
        if (found) return { to: to.replace(/:([a-z]\w*)/gi, (sign, name) => found.groups?.[name] ?? sign), status };
      }
      return null;
    },
  };
}

function ruleLines(file: string): string[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
}

/** `:name` matches one segment of a path, `*` anything: its name is `splat`. */
function patternOf(pattern: string): RegExp {
  const names = new Set<string>();
  const source = pattern.replace(/:([a-z]\w*)|\*|[^\w/]/gi, (sign, name = 'splat') => {
    if (sign.length === 1 && sign !== '*') return `\\${sign}`;
    const group = names.has(name) ? '?:' : `?<${name}>`;
    names.add(name);
    return `(${group}${sign === '*' ? '.*' : '[^/]+'})`;
  });
  return new RegExp(`^${source}$`);
}
