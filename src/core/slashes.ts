/** A path as it is told, remembered and compared: with `/` between its parts, on Windows too. `separator` is the system's own. */
export function slashes(path: string, separator: string): string {
  return separator === '\\' ? path.replaceAll('\\', '/') : path;
}
