/** Which of the configured services a request is about: it may name its app, its service, both, or neither. */
import { z } from 'zod';

/** Whether one of that name is configured, only the API knows. */
export const namedService = {
  appid: z.string().optional(),
  service_id: z.string().optional(),
};

export interface NamedService {
  readonly appid?: string | undefined;
  readonly service_id?: string | undefined;
}
