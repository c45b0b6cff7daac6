/** A path for messages, stored files and comparisons: with `/` between its parts, on Windows too. `separator` is the system's. */
export function slashes(path: string, separator: string): string {
  return separator === '\\' ? path.replaceAll('\\', '/') : path;
}
