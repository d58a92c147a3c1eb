/** Who is let in where there are no API keys: programs on this machine, and no web page that a browser here shows. */
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { Problem } from '../http/problems.ts';

/**
 * A page may send whatever it likes to a loopback address, under a name of its own that leads there too (DNS rebinding).
 * What it cannot choose are the headers by which its browser names the host and the page.
 */
export const onlyFromHere: RequestHandler = ({ headers, originalUrl }, _response, next) => {
  const fault = hostFault(headers, originalUrl) ?? pageFault(headers);
  if (fault) throw notFromHere(fault);
  next();
};

/** The same of what says by itself which pages may ask. */
export const onlyToHere: RequestHandler = ({ headers, originalUrl }, _response, next) => {
  const fault = hostFault(headers, originalUrl);
  if (fault) throw notFromHere(fault);
  next();
};

type HostFault = 'host' | 'target';
type PageFault = 'originOfPage' | 'siteOfPage';

function notFromHere(fault: HostFault | PageFault): Problem {
  return new Problem('not-from-here', { detail: ({ problems }) => problems.door[fault] });
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** In its absolute form, the target names the host too, and overrides the header (RFC 9112, 3.2.2). */
function hostFault({ host = '' }: IncomingHttpHeaders, target: string): HostFault | undefined {
  if (!LOOPBACK.test(host)) return 'host';
  const [, authority] = /^[a-z][\w+.-]*:\/\/([^/?#]*)/i.exec(target) ?? [];
  if (target.startsWith('/') || LOOPBACK.test(authority ?? '')) return undefined;
  return 'target';
}

/** The pages of this API have no script, so that a page which calls it is of somebody else. */
function pageFault(headers: IncomingHttpHeaders): PageFault | undefined {
  const { host = '', origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return 'originOfPage';
  }
  const site = headers['sec-fetch-site'];
  const isOfPage = site !== undefined && site !== 'none' && site !== 'same-origin';
  return isOfPage ? 'siteOfPage' : undefined;
}
