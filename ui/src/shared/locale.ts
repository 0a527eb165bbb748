/**
 * The person's way of writing figures and days. A system that was never told one (`LANG=C`) is said to
 * write like a POSIX program, without separators; people there are shown plain English instead.
 */
export const LOCALE: string | undefined = /posix/i.test(new Intl.NumberFormat().resolvedOptions().locale)
  ? "en-US"
  : undefined;
