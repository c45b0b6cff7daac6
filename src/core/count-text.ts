/** `1 entry`, `1,024 entries`: for commands, which speak English. */
export function countText(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
