/** How long a service takes: WeChat Pay takes an end only when it has passed, and counts in seconds. */
export const SERVICE_MS = 2_100;
