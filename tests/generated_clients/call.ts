// Calls the service at the address that is given, through the types of openapi-typescript, and prints what it answers.
import createClient from "openapi-fetch";

import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };

type Suggestion = components["schemas"]["Suggestion"];

const client = createClient<paths>({ baseUrl: process.argv[2] ?? "" });

const judged = await client.POST("/v1/validate", {
  params: { query: { audience: "clinician" }, header: { "Accept-Language": "en" } },
  body: {
    encounter: {
      id: "contact-7f3a",
      date: "2025-10-14",
      specialty: "51",
      course: "artrose-knae",
      diagnoses: [{ code: "L92", role: "main" }],
    },
  },
});
if (judged.error) throw new Error(judged.error.detail);
const suggestions: Suggestion[] = judged.data.findings.flatMap((finding) => finding.suggestions);

const refused = await client.POST("/v1/validate", {
  body: { encounter: { date: "i dag", specialty: "51", diagnoses: [] } },
});

const listed = await client.GET("/v1/courses", { params: { query: { limit: 200 } } });
if (listed.error) throw new Error(listed.error.detail);
const knee = listed.data.items.filter((course) => course.id === "artrose-knae");

const read = await client.GET("/v1/codes/{code}", { params: { path: { code: "L90" } } });

console.log(
  JSON.stringify({
    id: judged.data.id,
    status: judged.data.status,
    kinds: judged.data.findings.map((finding) => finding.kind),
    codes: suggestions.map((suggestion) => suggestion.code),
    refused: refused.error?.errors.map((fault) => fault.path),
    listed: knee.flatMap((course) => course.main_diagnosis.flatMap((entry) => [entry.from, ...entry.codes])),
    title: read.data?.titles["en"],
    read: read.response.status,
  }),
);
