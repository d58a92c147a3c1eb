/** They do nothing: what they cost is Temporal's. */
export async function first(): Promise<void> {}
export async function second(): Promise<void> {}
export async function third(): Promise<void> {}
