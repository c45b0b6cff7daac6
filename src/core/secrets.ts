/** Names of query parameters with secrets: GitLab's `feed_token`, Redmine's `key`, Amazon's `X-Amz-Signature`. */
const SECRET = /(?:token|key|secret|passw(?:or)?d|auth|signature|credential)s?$|^(?:sig|pass|pwd?)$/i;

/** An address without passwords and secret parameters. The path of a file stays as it is. */
export function withoutSecrets(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const secrets = [...url.searchParams.keys()].filter((name) => SECRET.test(name));
  if (secrets.length === 0 && url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  for (const name of secrets) url.searchParams.delete(name);
  return url.href;
}

/** Secret parameters as written: `feed_token=XyZ`. Shorter values, as in `auth=1`, may be in any text. */
export function secretParameters(addresses: readonly string[]): string[] {
  return addresses
    .flatMap((address) => URL.parse(address)?.search.slice(1).split('&') ?? [])
    .filter((each) => /=.{6,}/.test(each) && [...new URLSearchParams(each).keys()].some((name) => SECRET.test(name)));
}

/** Removes them from all texts of a value: feeds link to themselves, and `#comments` repeats the query of its base. */
export function secretRemover(parameters: readonly string[]): <T>(value: T) => T {
  if (parameters.length === 0) return (value) => value;
  const literal = parameters.map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  // In HTML, `;` ends the character reference of `&`.
  const pattern = new RegExp(`(?<=[?&;])(?:${literal})(?![\\w%.~-])`, 'g');
  const open = (_key: string, text: unknown) => (typeof text === 'string' ? text.replace(pattern, '') : text);
  return (value) => JSON.parse(JSON.stringify(value, open));
}
