/** WeChat's certificates for the API, which cannot download them itself: it asks the worker through Temporal. */
import type { Logger } from 'pino';
import { withDeadline, type Temporal } from '../temporal/client.ts';
import type { VerificationKeys } from '../wechatpay/keys.ts';
import { createRefresh, MIN_REFRESH_MS } from '../wechatpay/refresh.ts';
import {
  certificatesWorkflowIdOf,
  PLATFORM_CERTIFICATES,
  type PlatformCertificatesWorkflow,
} from '../workflows/contract.ts';

/** As long as the worker may take; who waits for it with a notification does not wait so long. */
const ANSWER_MS = 20_000;

export interface CertificateQuestion {
  readonly temporal: Temporal;
  readonly keys: VerificationKeys;
  readonly now: () => Date;
  readonly logger: Logger;
  /** Default 20 s. */
  readonly answerMs?: number;
}

/** Asks when called, but not more often than once a minute; what was known before still counts if nobody answers. */
export function createCertificateQuestion(question: CertificateQuestion): () => Promise<void> {
  const { temporal, keys, now, logger, answerMs = ANSWER_MS } = question;
  return createRefresh({
    minIntervalMs: MIN_REFRESH_MS,
    now,
    async load() {
      const told = await withDeadline(temporal, Date.now() + answerMs, () =>
        temporal.client.workflow.execute<PlatformCertificatesWorkflow>(PLATFORM_CERTIFICATES, {
          workflowId: certificatesWorkflowIdOf(temporal.mchid),
          taskQueue: temporal.taskQueue,
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowExecutionTimeout: '1m',
          staticSummary: temporal.words.summaries.certificates,
        }),
      );
      const certificates = told.map(({ pem, expires }) => ({
        pem,
        expires: expires === undefined ? undefined : new Date(expires),
      }));
      keys.add(certificates, now());
      logger.info({ certificates: certificates.length }, 'platform certificates taken in');
    },
    onFailure(error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      logger.warn({ reason }, 'the worker did not tell which certificates WeChat Pay signs with');
    },
  });
}
