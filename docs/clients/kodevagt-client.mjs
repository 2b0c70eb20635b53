// A client of Kodevagt to copy from. Node 18 or later, without dependencies.
//
// As a program it runs the conformance pack, from the service or from a file; the key is KODEVAGT_KEY:
//
//     node kodevagt-client.mjs http://127.0.0.1:8000 [conformance.ndjson]

import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

const RETRY = [429, 500, 502, 503, 504]; // the same call may succeed soon; it changes nothing, so it may be repeated
const REFUSED = [400, 404, 405, 413, 414, 415, 422, 431]; // a fault of the request; after any other, judge the contact later

/** The request has faults, which `problem` lists (RFC 9457). Sending it again does not help; the note is saved anyway. */
export class RequestRefusedError extends Error {
  constructor(problem) {
    super(problem.detail ?? `status ${problem.status}`);
    this.problem = problem;
  }
}

/**
 * Judges contacts at one service. `timeout` is in milliseconds, for each call. While a clinician waits there are no
 * `retries`; in the background there may be some.
 */
export class KodevagtClient {
  constructor(address, { key, timeout = 2000, retries = 0 } = {}) {
    this.address = address.replace(/\/+$/, "");
    this.headers = { "Content-Type": "application/json", ...(key ? { Authorization: `Bearer ${key}` } : {}) };
    this.timeout = timeout;
    this.retries = retries;
  }

  /** Returns the verdict on a contact, or null where there is none now: judge it later. Throws RequestRefusedError. */
  async validate(request, release) {
    const query = release ? `?release=${encodeURIComponent(release)}` : "";
    const { status, text } = await this.#send("POST", `/v1/validate${query}`, JSON.stringify(request));
    let content = null;
    try {
      content = JSON.parse(text);
    } catch {
      // a proxy may answer anything
    }
    if (REFUSED.includes(status)) throw new RequestRefusedError(content ?? { status });
    return status === 200 ? content : null;
  }

  /** Returns the lines of the service's conformance pack. */
  async conformancePack() {
    const { status, text } = await this.#send("GET", "/v1/conformance");
    if (status !== 200) throw new Error(`/v1/conformance answers ${status}`);
    return text;
  }

  /** Returns status and text of the last call, 503 where nothing answered in time. */
  async #send(method, path, body) {
    for (let retriesLeft = this.retries, pause = 1000; ; retriesLeft -= 1, pause = Math.min(2 * pause, 300_000)) {
      let answer = { status: 503, text: "" };
      let retryAfter = 0;
      try {
        const signal = AbortSignal.timeout(this.timeout);
        const response = await fetch(this.address + path, { method, body, headers: this.headers, signal });
        answer = { status: response.status, text: await response.text() };
        retryAfter = 1000 * (Number(response.headers.get("Retry-After")) || 0);
      } catch {
        // no connection, time-out, half an answer
      }
      if (!RETRY.includes(answer.status) || retriesLeft <= 0) return answer;
      await sleep(Math.max(pause, retryAfter) + 1000 * Math.random()); // not every clinic at once
    }
  }
}

/** Returns what the pack fixes of a verdict. */
export function expectation({ status, savable, findings }) {
  const fixed = ({ kind, path, suggestions }) => ({ kind, path, suggestions: suggestions.map(({ code, course }) => code ?? course) });
  return { status, savable, findings: findings.map(fixed) };
}

/** Sends every request of the pack; returns their number and the ids of those that were answered otherwise. */
export async function runPack(client, pack) {
  const lines = pack.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const different = [];
  for (const { id, request, release, expect } of lines) {
    const verdict = await client.validate(request, release);
    if (verdict === null || !isDeepStrictEqual(expectation(verdict), expect)) different.push(id);
  }
  return { count: lines.length, different };
}

if (process.argv[1]?.endsWith("kodevagt-client.mjs")) {
  const [address, file] = process.argv.slice(2);
  const client = new KodevagtClient(address, { key: process.env.KODEVAGT_KEY, timeout: 30_000, retries: 3 }); // nobody waits
  const { count, different } = await runPack(client, file ? await readFile(file, "utf8") : await client.conformancePack());
  console.log([`${count} requests, ${different.length} different`, ...different].join("\n"));
  process.exitCode = different.length ? 1 : 0;
}
