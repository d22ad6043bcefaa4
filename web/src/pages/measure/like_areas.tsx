import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { table_address } from "../../parts/download_links";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { section_in, table_in } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select } from "../../parts/select";
import { like_words, rows_of_likes } from "./like_rows";
import { RowsPicture } from "./rows_picture";
import { RefusalNotes, without_refusals } from "./rule_notes";

export interface LikeAreasProps {
  // What is looked at, as the program is asked for it: without an area.
  query: { series?: string; measure?: string; category?: string; to: string };
  areas: readonly string[]; // By name.
  beside: string; // The area whose likes are looked at; "": none yet.
  look: FigureLook;
  choose: (beside: string) => void;
  choose_look: (look: FigureLook) => void;
}

// One local authority beside those most like it: fairer than all at once, where what areas are like explains much.
export function LikeAreas({ query, areas, beside, look, choose, choose_look }: LikeAreasProps): JSX.Element {
  return (
    <section class="tl-section" aria-labelledby="like-areas">
      <h2 class="govuk-heading-m" id="like-areas">
        One area beside those most like it
      </h2>
      <div class="tl-no-print">
        <Select
          id="like-area"
          label="The area"
          value={beside}
          groups={[
            {
              label: "",
              choices: [{ value: "", words: "Choose an area" }, ...areas.map((area) => ({ value: area, words: area }))],
            },
          ]}
          choose={choose}
        />
      </div>
      {beside === "" ? (
        <p class="tl-note">
          Like areas have as many residents, live as densely, have as many people within 25 km and grew as much.
        </p>
      ) : (
        <Likes query={{ ...query, area: beside }} look={look} choose_look={choose_look} />
      )}
    </section>
  );
}

interface LikesProps {
  query: LikeAreasProps["query"] & { area: string };
  look: FigureLook;
  choose_look: (look: FigureLook) => void;
}

function Likes({ query, look, choose_look }: LikesProps): JSX.Element {
  const answered = useAnswer("/api/trend/similar", { query });
  return (
    <Answer answered={answered} what="Finding the areas most like it" hides_late>
      {(report) => <LikesAnswer report={report} address={answered.address} look={look} choose_look={choose_look} />}
    </Answer>
  );
}

interface LikesAnswerProps extends Pick<LikesProps, "look" | "choose_look"> {
  report: Report;
  address: string;
}

function LikesAnswer({ report, address, look, choose_look }: LikesAnswerProps): JSX.Element | null {
  const section = section_in(report, "similar");
  const table = table_in(report, "similar");
  const drawn = useMemo(() => (table === null ? null : rows_of_likes(table)), [table]);
  if (section === undefined || table === null || drawn === null) return null;
  const words = like_words(report);
  return (
    <>
      <p role="status" class="tl-read">
        {words === null ? (
          <>
            <strong>Cannot tell.</strong> This area has no rate here.
          </>
        ) : (
          <strong>{words}</strong>
        )}
      </p>
      <RefusalNotes section={section} />
      <FigureFrame
        title={section.title}
        look={look}
        choose={choose_look}
        picture={
          <RowsPicture
            data={drawn}
            label={`Rates for each 100,000 residents with 95 per cent intervals. ${section.title}. The table holds the same figures.`}
            caption="For each 100,000 residents, with the 95 per cent interval. The dashed line is the area itself; the others stand by likeness, not by their rates."
          />
        }
        table={<DataTable table={table} may_sort={() => false} />}
        answer_address={table_address(address, "similar")}
      />
      <SectionView
        section={{
          ...without_refusals(section),
          title: "",
          tables: section.tables.filter((each) => each.name === "traits"),
        }}
        answer_address={address}
        heading={3}
      />
    </>
  );
}
