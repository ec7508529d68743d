/** `href` for an address that came with data: only web addresses become links. */
export const webLink = (url: string | null): { href?: string } =>
  url !== null && /^https?:\/\//.test(url) ? { href: url } : {};
