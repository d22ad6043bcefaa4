import type { JSX } from "preact";
import { Link } from "../address/link";

// To the page of an extract, by its name.
export function ExtractLink({ name }: { name: string }): JSX.Element {
  return (
    <Link href={`/sources/extracts/${name}`}>
      <span class="tl-id">{name}</span>
    </Link>
  );
}
