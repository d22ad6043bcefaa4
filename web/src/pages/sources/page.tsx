import type { JSX } from "preact";
import type { PageProps } from "../registry";
import { AddPage } from "./add";
import { ExtractPage } from "./extract";
import { SourcesList } from "./list";
import { SourcePage } from "./source";
import "./sources.scss";

export const k_sources = { words: "Sources", href: "/sources" };

// /sources, /sources/add, /sources/extracts/<hash> and /sources/<source>.
export default function SourcesPages({ rest }: PageProps): JSX.Element {
  const [first = "", second = ""] = rest.split("/").map(decodeURIComponent);
  if (first === "") return <SourcesList />;
  if (first === "add") return <AddPage />;
  if (first === "extracts") return second === "" ? <SourcesList /> : <ExtractPage key={second} name={second} />;
  return <SourcePage key={first} name={first} />;
}
