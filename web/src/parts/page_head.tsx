import type { ComponentChildren, JSX } from "preact";
import { Link } from "../address/link";
import { useTitle } from "../shell/title";
import { PrintButton } from "./print_button";

export interface Crumb {
  words: string;
  href: string;
}

interface PageHeadProps {
  title: string;
  // The pages above this one, the highest first.
  above?: readonly Crumb[];
  lead?: ComponentChildren;
  acts?: ComponentChildren;
  is_printed?: boolean;
}

// The top of a page: where it lies, what it is, and what can be done with the whole of it.
export function PageHead({ title, above = [], lead, acts, is_printed = true }: PageHeadProps): JSX.Element {
  useTitle(title);
  return (
    <div class="tl-head">
      {above.length > 0 && (
        <nav class="tl-crumbs" aria-label="Where this page lies">
          <ol>
            {above.map((crumb) => (
              <li key={crumb.href}>
                <Link href={crumb.href}>{crumb.words}</Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div class="tl-head__line">
        <h1 class="govuk-heading-l">{title}</h1>
        <div class="tl-head__acts">
          {acts}
          {is_printed && <PrintButton />}
        </div>
      </div>
      {lead !== undefined && <p class="tl-lead">{lead}</p>}
    </div>
  );
}

interface PartsNavProps {
  name: string;
  parts: readonly (Crumb & { is_here: boolean })[];
}

// Parts of one page, each with an address of its own.
export function PartsNav({ name, parts }: PartsNavProps): JSX.Element {
  return (
    <nav class="tl-partsnav" aria-label={name}>
      <ul>
        {parts.map((part) => (
          <li key={part.href}>
            <Link
              href={part.href}
              class="tl-partsnav__link"
              {...(part.is_here ? { "aria-current": "page" as const } : {})}
            >
              {part.words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
