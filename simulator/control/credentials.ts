/** The keys of both sides, to be read and to be changed as WeChat Pay and the merchant's console would. */
import { Router } from 'express';
import * as z from 'zod';
import { rfc3339 } from '../beijing-time.ts';
import {
  generateApiCertificate,
  generatePlatformCertificate,
  key32,
} from '../credentials/generate.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import { KeyMode, NotifyWith } from '../credentials/key-state.ts';
import {
  expiredAt,
  joinedBy,
  listedAt,
  switchedAt,
  usableAt,
} from '../credentials/platform-certificates.ts';
import { ControlError } from './control-error.ts';

const DAY_SECONDS = 86_400;
const MOST_API_CERTIFICATES = 3;

const Keys = z.object({ mode: KeyMode.optional(), notify_with: NotifyWith.optional() });
const seconds = z.number().min(0);
const Rotation = z.object({
  /** When the new certificate takes over by itself. */
  effective_in_seconds: seconds.default(DAY_SECONDS),
  /** How long the old one is still listed after that. */
  overlap_seconds: seconds.default(DAY_SECONDS),
});
const Switch = Rotation.pick({ overlap_seconds: true });
const ApiV3Key = z.object({
  api_v3_key: z
    .string()
    .regex(/^[0-9A-Za-z]{32}$/)
    .default(key32),
});

export function credentialsRouter(keys: KeyRing): Router {
  const told = () => toldKeys(keys);

  return Router()
    .get('/keys', (_req, res) => {
      res.json(told());
    })
    .post('/keys', async (req, res) => {
      const { mode, notify_with } = Keys.parse(req.body ?? {});
      await keys.change({
        ...(mode !== undefined && { mode }),
        ...(notify_with !== undefined && { notify_with }),
      });
      res.json(told());
    })
    .post('/certificates/rotate', async (req, res) => {
      const { effective_in_seconds, overlap_seconds } = Rotation.parse(req.body ?? {});
      const effectiveMs = Date.now() + effective_in_seconds * 1000;
      const successor = await generatePlatformCertificate(effectiveMs);
      const { platform, mode } = keys.state();
      if (mode === 'public-key') throw new ControlError(409, 'the merchant has no certificates');
      if (platform.some((it) => Date.now() < it.effective_ms)) {
        throw new ControlError(409, 'the next certificate has been issued already');
      }
      await keys.change({ platform: joinedBy(successor, overlap_seconds * 1000, platform) });
      res.status(201).json(told());
    })
    .post('/certificates/switch', async (req, res) => {
      const { overlap_seconds } = Switch.parse(req.body ?? {});
      const platform = switchedAt(Date.now(), overlap_seconds * 1000, keys.state().platform);
      if (platform === undefined) throw new ControlError(409, 'no certificate waits to take over');
      await keys.change({ platform });
      res.json(told());
    })
    .post('/certificates/:serial_no/expire', async (req, res) => {
      const platform = expiredAt(Date.now(), req.params.serial_no, keys.state().platform);
      if (platform === undefined) throw new ControlError(404, 'no such certificate is listed');
      await keys.change({ platform });
      res.json(told());
    })
    .post('/apiv3-key', async (req, res) => {
      const { api_v3_key } = ApiV3Key.parse(req.body ?? {});
      await keys.change({ api_v3_keys: [...keys.state().api_v3_keys, api_v3_key] });
      res.status(201).json({ api_v3_key });
    })
    .post('/api-certificates', async (_req, res) => {
      const certificate = await generateApiCertificate(keys.credentials().merchant.mchid);
      const { api_certificates } = keys.state();
      if (api_certificates.length >= MOST_API_CERTIFICATES) {
        throw new ControlError(409, `at most ${MOST_API_CERTIFICATES} certificates are active`);
      }
      await keys.change({ api_certificates: [...api_certificates, certificate] });
      res.status(201).json(certificate);
    })
    .post('/api-certificates/:serial_no/revoke', async (req, res) => {
      const { api_certificates } = keys.state();
      const left = api_certificates.filter((it) => it.serial_no !== req.params.serial_no);
      if (left.length === api_certificates.length) {
        throw new ControlError(404, 'no such certificate is active');
      }
      if (left.length === 0) throw new ControlError(409, 'the last certificate stays');
      await keys.change({ api_certificates: left });
      res.json(told());
    });
}

function toldKeys(keys: KeyRing) {
  const { mode, notify_with, platform, api_certificates } = keys.state();
  const now = Date.now();
  const signing = usableAt(now, platform).at(-1);
  return {
    mode,
    notify_with,
    public_key_id: keys.publicKeyId(),
    certificates: listedAt(now, platform).map((it) => ({
      serial_no: it.serial_no,
      pem: it.pem,
      effective_time: rfc3339(it.effective_ms),
      expire_time: rfc3339(it.expire_ms),
      signs: it === signing,
    })),
    api_certificates: api_certificates.map((it) => it.serial_no),
  };
}
