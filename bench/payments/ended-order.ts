/** An order that ends at once: what it shows was given at its start. */
export async function serviceOrder(): Promise<void> {}
