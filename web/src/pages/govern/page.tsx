import type { JSX } from "preact";
import { PartsNav } from "../../parts/page_head";
import type { PageProps } from "../registry";
import { CheckpointPage } from "./checkpoint";
import { EntryPage } from "./entry";
import { LogPage } from "./log";
import { OverviewPage } from "./overview";
import { PeoplePage } from "./people";
import { AddPersonPage } from "./people_add";
import { PersonPage } from "./person";
import { PermissionsPage } from "./permissions";
import { VerifyPage } from "./verify";
import "./govern.scss";

const k_parts: readonly { first: string; words: string }[] = [
  { first: "", words: "Overview" },
  { first: "log", words: "Audit log" },
  { first: "verify", words: "Verify" },
  { first: "checkpoint", words: "Checkpoint" },
  { first: "people", words: "People" },
  { first: "permissions", words: "Permissions" },
];

export default function GovernPages({ rest }: PageProps): JSX.Element {
  const [first = "", second = ""] = rest.split("/").map(decodeURIComponent);
  const parts = k_parts.map((part) => ({
    words: part.words,
    href: part.first === "" ? "/govern" : `/govern/${part.first}`,
    is_here: part.first === first,
  }));
  return (
    <>
      <PartsNav name="Parts of Govern" parts={parts} />
      <Part first={first} second={second} />
    </>
  );
}

function Part({ first, second }: { first: string; second: string }): JSX.Element {
  switch (first) {
    case "log":
      return /^\d+$/.test(second) ? <EntryPage key={second} entry={Number(second)} /> : <LogPage />;
    case "verify":
      return <VerifyPage />;
    case "checkpoint":
      return <CheckpointPage />;
    case "people":
      return second === "" ? (
        <PeoplePage />
      ) : second === "add" ? (
        <AddPersonPage />
      ) : (
        <PersonPage key={second} name={second} />
      );
    case "permissions":
      return <PermissionsPage />;
    default:
      return <OverviewPage />;
  }
}
