import { setTimeout as pause } from "node:timers/promises";

/** Asks `probe` again and again until it gives something true, and gives that; a probe that throws is asked again. Fails after `limit` ms. */
export async function until(what, probe, limit = 20_000) {
  const end = Date.now() + limit;
  let last = "it never became true";
  for (;;) {
    try {
      const value = await probe();
      if (value)
        return value;
    } catch (error) {
      last = error.message;
    }
    if (Date.now() > end)
      throw new Error(`Waited ${limit / 1000} s for ${what}: ${last}`);
    await pause(40);
  }
}
