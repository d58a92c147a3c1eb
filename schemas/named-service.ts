/** Which of the configured services a request is about: it may name its app, its service, both, or neither. */
import { z } from 'zod';

/** Whether one of that name is configured, only the API knows. */
export const namedService = {
  appid: z
    .string()
    .describe('Of one of the configured apps; the first that fits unless given.')
    .optional(),
  service_id: z
    .string()
    .describe('Of one of the configured Pay Score services; the first that fits unless given.')
    .optional(),
};

export interface NamedService {
  readonly appid?: string | undefined;
  readonly service_id?: string | undefined;
}
