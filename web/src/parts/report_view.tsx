import type { JSX } from "preact";
import type { Caveat, Fact, Report, Section } from "../api/types";
import { sentence_with_dates } from "../format/dates";
import { CaveatChips, caveat_of_note } from "./caveat_chips";
import { CopyButton } from "./copy_button";
import { DataTable, type MaySort, type ShowCell } from "./data_table";
import { ValueView } from "./value";

interface ReportViewProps {
  report: Report;
  // Where the report was asked for: downloads of its tables hang on it.
  answer_address?: string;
  // The level of its sections' headings.
  heading?: 2 | 3;
  // How many rows of each table stand at first.
  rows_at_first?: number;
}

// Any answer of any verb, whole: facts, tables, notes, commands and verbatim text. Pages add to it and leave nothing out.
export function ReportView({ report, answer_address, heading = 2, rows_at_first }: ReportViewProps): JSX.Element {
  return (
    <div class="tl-report">
      {report.sections.map((section) => (
        <SectionView
          key={`${section.name}/${section.title}`}
          section={section}
          heading={heading}
          {...(answer_address === undefined ? {} : { answer_address })}
          {...(rows_at_first === undefined ? {} : { rows_at_first })}
        />
      ))}
    </div>
  );
}

interface SectionViewProps {
  section: Section;
  answer_address?: string;
  heading?: 2 | 3;
  rows_at_first?: number;
  show?: ShowCell;
  may_sort?: MaySort;
}

// Titles that the terminal shows in capitals read as sentences do.
function title_words(title: string): string {
  return title === title.toUpperCase() ? title.charAt(0) + title.slice(1).toLowerCase() : title;
}

export function SectionView(props: SectionViewProps): JSX.Element {
  const { section, answer_address, heading = 2, rows_at_first, show, may_sort } = props;
  const Title = `h${heading}` as const;
  const caveats = section.notes.map(caveat_of_note).filter((each): each is Caveat => each !== null);
  const notes = section.notes.filter((note) => caveat_of_note(note) === null);
  return (
    <section class="tl-section">
      {section.title !== "" && <Title class="govuk-heading-m">{title_words(section.title)}</Title>}
      <CaveatChips caveats={caveats} />
      {section.facts.length > 0 && <FactList facts={section.facts} />}
      {section.tables.map((table) => (
        <DataTable
          key={table.name}
          table={table}
          {...(answer_address === undefined ? {} : { answer_address })}
          {...(rows_at_first === undefined ? {} : { rows_at_first })}
          {...(show === undefined ? {} : { show })}
          {...(may_sort === undefined ? {} : { may_sort })}
        />
      ))}
      {notes.map((note) => (
        <p key={note} class="tl-note">
          {sentence_with_dates(note)}
        </p>
      ))}
      {section.commands.map((command) => (
        <div key={command.line} class="tl-command">
          <span class="tl-quiet">{command.what}</span>
          <code class="tl-command__line">{command.line}</code>
          <CopyButton text={command.line} of="the command" />
        </div>
      ))}
      {section.verbatim !== "" && (
        <div class="tl-verbatim">
          <pre tabIndex={0} role="region" aria-label={`${section.title}, word for word`}>
            {section.verbatim}
          </pre>
          <CopyButton text={section.verbatim} of="the text above" />
        </div>
      )}
    </section>
  );
}

export function FactList({ facts }: { facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="govuk-summary-list tl-facts">
      {facts.map((fact) => (
        <div key={fact.name} class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{fact.label}</dt>
          <dd class="govuk-summary-list__value">
            <ValueView value={fact.value} kind="text" name={fact.name} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
