// The words of the contract, by the names that the pages use. schema.d.ts is made from api/openapi.yaml by the build.
import type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type Problem = Schemas["Problem"];
export type SessionState = Schemas["SessionState"];
export type Account = NonNullable<SessionState["account"]>;
export type Purpose = Schemas["Purpose"];
export type Role = Schemas["Role"];
export type Value = Schemas["Value"];
export type Column = Schemas["Column"];
export type Table = Schemas["Table"];
export type Section = Schemas["Section"];
export type Report = Schemas["Report"];
export type Fact = Section["facts"][number];
export type Caveat = Schemas["Caveat"];
export type Measure = Schemas["Measure"];
export type MeasureKnown = Schemas["Measures"]["measures"][number];
export type Area = Schemas["Area"];
export type AreaKind = Schemas["AreaKind"];
export type Figure = Schemas["Figure"];
export type Refusal = Schemas["Refusal"];
export type Change = Schemas["Change"];
export type Interval = Schemas["Interval"];
export type SeriesAnswer = Schemas["SeriesAnswer"];
export type Job = Schemas["Job"];
export type Upload = Schemas["Upload"];
export type SearchAnswer = Schemas["SearchAnswer"];
export type Draft = Schemas["Draft"];
export type MarketModel = Schemas["MarketModel"];
export type ModelParameter = Schemas["ModelParameter"];
export type Scenario = Schemas["Scenario"];
export type Comparison = Schemas["Comparison"];
export type PersonAsked = Schemas["PersonAsked"];
export type PairJudged = Schemas["PairJudgement"];

export type Method = "get" | "post" | "put" | "delete";
export type PathsOf<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, { responses: object }> ? Path : never;
}[keyof paths];
export type Operation<M extends Method, P extends PathsOf<M>> = paths[P] extends Record<M, infer Found> ? Found : never;

type Json<Answer> = Answer extends { content: { "application/json": infer Body } } ? Body : null;
type Answers<Op> = Op extends { responses: infer All } ? All : never;
export type AnswerOf<M extends Method, P extends PathsOf<M>> =
  Answers<Operation<M, P>> extends { 200: infer Ok }
    ? Json<Ok>
    : Answers<Operation<M, P>> extends { 201: infer Made }
      ? Json<Made>
      : Answers<Operation<M, P>> extends { 202: infer Begun }
        ? Json<Begun>
        : null;

type Parameters<Op> = Op extends { parameters: infer Given } ? Given : never;
export type QueryOf<M extends Method, P extends PathsOf<M>> =
  Parameters<Operation<M, P>> extends { query?: infer Query } ? NonNullable<Query> : never;
export type PathPartsOf<M extends Method, P extends PathsOf<M>> =
  Parameters<Operation<M, P>> extends { path: infer Parts } ? Parts : never;
export type BodyOf<M extends Method, P extends PathsOf<M>> =
  Operation<M, P> extends { requestBody: { content: { "application/json": infer Body } } } ? Body : never;

// The paths that can be asked as of an earlier day.
export type SeenAsOf = {
  [P in PathsOf<"get">]: [QueryOf<"get", P>] extends [never]
    ? never
    : "as_of" extends keyof QueryOf<"get", P>
      ? P
      : never;
}[PathsOf<"get">];
