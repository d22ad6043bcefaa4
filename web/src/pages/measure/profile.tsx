import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePageState, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { EmptyState } from "../../parts/empty_state";
import { PageHead } from "../../parts/page_head";
import { SectionView } from "../../parts/report_view";
import { fact_text } from "../../parts/report_parts";
import { AreaCombobox } from "./combobox";
import { MeasureNav } from "./parts_nav";
import { k_panel_names, PanelView } from "./profile_panel";

type Kind = "market" | "needs";

interface ProfileState {
  area: string;
  kind: Kind;
}

const k_codec: StateCodec<ProfileState> = {
  read: (query) => ({ area: query.get("area") ?? "", kind: query.get("kind") === "needs" ? "needs" : "market" }),
  write: (state, query) => {
    if (state.area === "") query.delete("area");
    else query.set("area", state.area);
    if (state.kind === "needs") query.set("kind", "needs");
    else query.delete("kind");
  },
};

const k_kinds: readonly { kind: Kind; words: string }[] = [
  { kind: "market", words: "Drug-market and harm profile" },
  { kind: "needs", words: "Needs assessment (Serious Violence Duty)" },
];

// How one area stands, panel by panel, to read, print and download.
export function ProfilePage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const answered = useAnswer(state.area === "" ? null : "/api/profile", {
    query: { area: state.area, kind: state.kind },
  });
  const name = answered.body === null ? "An area's profile" : (fact_text(answered.body, "area") ?? state.area);
  return (
    <>
      <PageHead
        title={state.area === "" ? "An area's profile" : name}
        lead="Supply, demand, enforcement, violence and exploitation, each figure with whose it is, of when, and what it cannot say."
      />
      <MeasureNav here="/measure/profile" />
      <Choice state={state} change={change} />
      {state.area === "" ? (
        <EmptyState title="Choose an area, and what is known of it stands here.">
          <p>A borough or district shows most; a police force area shows what is counted by force.</p>
        </EmptyState>
      ) : (
        <Answer answered={answered} what="Reading every panel">
          {(report) => <Profile report={report} address={answered.address} />}
        </Answer>
      )}
    </>
  );
}

function Choice({ state, change }: { state: ProfileState; change: ChangeState<ProfileState> }): JSX.Element {
  const forces = useAnswer("/api/areas", { query: { kind: "force" } });
  const authorities = useAnswer("/api/areas", { query: { kind: "local-authority" } });
  const areas = useMemo(
    () => [...(authorities.body?.areas ?? []), ...(forces.body?.areas ?? [])],
    [authorities.body, forces.body],
  );
  return (
    <div class="tl-profile__choice tl-no-print">
      <div>
        <label class="govuk-label" for="choose-area">
          Area
        </label>
        <AreaCombobox areas={areas} is_full={false} choose={(area) => change({ area })} />
      </div>
      <div>
        <label class="govuk-label" for="profile-kind">
          As
        </label>
        <select
          class="govuk-select"
          id="profile-kind"
          value={state.kind}
          onChange={(event) => change({ kind: event.currentTarget.value === "needs" ? "needs" : "market" })}
        >
          {k_kinds.map((each) => (
            <option key={each.kind} value={each.kind}>
              {each.words}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

function Profile({ report, address }: { report: Report; address: string }): JSX.Element {
  return (
    <div class="tl-report">
      {report.sections.map((section) =>
        k_panel_names.has(section.name) ? (
          <PanelView key={section.name} section={section} address={address} />
        ) : (
          <SectionView key={section.name} section={section} answer_address={address} rows_at_first={12} />
        ),
      )}
    </div>
  );
}
