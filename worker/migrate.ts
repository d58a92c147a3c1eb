/** The program `migrate`: prepares the Temporal namespace and the daily schedule, then ends. Safe to repeat. */
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { createLogger } from './logger.ts';
import { NotPermittedError, prepareNamespace } from './namespace.ts';
import { ConfigError, migrateConfig, temporalConfig } from '../config/programs.ts';
import { runProgram } from '../process/run.ts';
import { dataConverterOf } from '../temporal/codec/data-converter.ts';
import { createPayloadCodec } from '../temporal/codec/payload-codec.ts';
import { reasonOf } from '../temporal/unreachable.ts';
import { prepareDailySchedule } from '../temporal/daily-schedule.ts';
import { wordsIn } from '../words/catalogue.ts';

const ATTEMPTS = 20;
const AGAIN_MS = 3_000;

await runProgram(async () => {
  const config = migrateConfig(process.env);
  const { connectionOptions, namespace } = temporalConfig(process.env);
  const logger = createLogger('migrate', config.LOG_LEVEL);
  for (let attempt = 1; ; attempt++) {
    try {
      const connection = await Connection.connect(connectionOptions);
      const retentionDays = config.TEMPORAL_RETENTION_DAYS;
      await prepareNamespace(connection, { namespace, retentionDays });
      const { scheduledServices } = config;
      if (scheduledServices) {
        const dataConverter = dataConverterOf(createPayloadCodec(config.codec));
        const client = new Client({ connection, namespace, dataConverter });
        await prepareDailySchedule(client, scheduledServices, {
          words: wordsIn(config.OPERATOR_LANGUAGE),
        });
      }
      await connection.close();
      return logger.info(
        { namespace, isScheduled: scheduledServices !== undefined },
        'namespace, search attributes and, where the variables of WeChat Pay are given, the daily schedule are there',
      );
    } catch (error) {
      // Nothing that waiting would mend.
      if (error instanceof NotPermittedError) throw new ConfigError(error.message);
      const reason = await reasonOf(error, connectionOptions, namespace);
      logger.warn({ address: connectionOptions.address, attempt, reason }, 'Temporal is not ready');
      if (attempt === ATTEMPTS) {
        process.exitCode = 1;
        return logger.error({ namespace }, 'given up: is Temporal running at this address?');
      }
      await delay(AGAIN_MS);
    }
  }
});
