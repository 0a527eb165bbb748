/** A place within this program, as the API names it; nothing else is followed. */
export function inside(link: string | null): string | undefined {
  if (link === null) return undefined;
  const path = link.replace(/^#?\/?/, "/");
  return /^\/[\w/?=&.:%,~+-]*$/.test(path) ? `#${path}` : undefined;
}
