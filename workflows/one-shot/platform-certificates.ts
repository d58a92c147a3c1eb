/** A short question to the worker: which certificates does WeChat Pay sign with now? */
import { getPlatformCertificates } from '../activities.ts';
import type { ToldCertificate } from '../../schemas/one-shot.ts';

export async function platformCertificates(): Promise<ToldCertificate[]> {
  return await getPlatformCertificates();
}
