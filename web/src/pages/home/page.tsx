import type { JSX } from "preact";
import { Link } from "../../address/link";
import { usePageState, type StateCodec } from "../../address/page_state";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { EmptyState } from "../../parts/empty_state";
import { ExtractLink } from "../../parts/extract_link";
import type { FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { section_in, table_in, text_at } from "../../parts/report_parts";
import { FactList, SectionView } from "../../parts/report_view";
import { Coverage } from "./coverage";
import { Findings } from "./findings";
import "./home.scss";

interface HomeState {
  look: FigureLook;
}

const k_codec: StateCodec<HomeState> = {
  read: (query) => ({ look: query.get("look") === "table" ? "table" : "picture" }),
  write: (state, query) => {
    if (state.look === "table") query.set("look", "table");
    else query.delete("look");
  },
};

// What changed since one last looked: what came, what did not, and what is worth a look. Nobody is named here.
export default function HomePage(): JSX.Element {
  const answered = useAnswer("/api/home");
  return (
    <>
      <PageHead
        title="What changed"
        lead="What arrived, what should have and did not, and what in it is worth a look. No person is shown here."
        acts={
          <Link href="/sources/add" class="govuk-button">
            Add an extract
          </Link>
        }
      />
      <Answer answered={answered} what="Looking at what changed">
        {(report) => <Home report={report} address={answered.address} />}
      </Answer>
    </>
  );
}

function Home({ report, address }: { report: Report; address: string }): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const coverage = section_in(report, "coverage");
  const log = section_in(report, "log");
  const others = report.sections.filter((section) => !["news", "coverage", "log"].includes(section.name));
  return (
    <>
      <div class="tl-home">
        <News report={report} address={address} />
        <Findings />
      </div>
      {coverage && (
        <Coverage
          section={coverage}
          address={address}
          look={state.look}
          choose={(look) => change({ look }, { replace: true })}
        />
      )}
      {others.map((section) => (
        <SectionView key={section.name} section={section} answer_address={address} />
      ))}
      {log && (
        <section class="tl-section">
          <h2 class="govuk-heading-m">The audit log’s signed head</h2>
          <FactList facts={log.facts} />
          {log.notes.map((note) => (
            <p key={note} class="tl-note">
              {note}
            </p>
          ))}
          <p>
            <Link href="/govern/checkpoint">The checkpoint, to print and keep elsewhere</Link> ·{" "}
            <Link href="/govern/verify">Verify the whole log</Link>
          </p>
        </section>
      )}
    </>
  );
}

function News({ report, address }: { report: Report; address: string }): JSX.Element {
  const arrived = table_in(report, "arrived");
  const missing = table_in(report, "missing");
  const notes = section_in(report, "news")?.notes ?? [];
  return (
    <div>
      {arrived !== null && arrived.rows.length === 0 && (
        <EmptyState title="Nothing was read in yet">
          <p>
            Here stands what arrived: each file that an agency sent, with its rows and what was rejected.{" "}
            <Link href="/sources/add">Add the first file</Link>, or type <code>throughline ingest FILE</code>.
          </p>
        </EmptyState>
      )}
      {arrived !== null && arrived.rows.length > 0 && (
        <DataTable
          table={arrived}
          answer_address={address}
          rows_at_first={8}
          show={(value, column, row) =>
            column.name === "extract" ? (
              <ExtractLink name={text_at(arrived, row, "extract")} />
            ) : column.name === "rejected" && value === 0 ? (
              <>0</>
            ) : null
          }
        />
      )}
      {notes.map((note) => (
        <p key={note} class="tl-note">
          {note}
        </p>
      ))}
      {missing !== null && missing.rows.length === 0 && (
        <>
          <h2 class="govuk-heading-s">{missing.title}</h2>
          <p class="tl-quiet">{missing.empty_text}</p>
        </>
      )}
      {missing !== null && missing.rows.length > 0 && (
        <DataTable table={missing} answer_address={address} rows_at_first={8} />
      )}
    </div>
  );
}
