import type { ComponentType, JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChangeState } from "../../address/page_state";
import type { Area, AreaKind } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Waiting } from "../../parts/problem_view";
import type { AreaMapProps } from "./area_map";
import { AreaCombobox } from "./combobox";
import { k_areas_max, type MapKind, type MeasureState, type Question } from "./state";

interface AreaPickerProps {
  question: Question;
  map: MapKind | null;
  answered: readonly Area[];
  change: ChangeState<MeasureState>;
}

function useAreas(kind: AreaKind, question: Question): readonly Area[] {
  const has_kind = question.known.area_kinds.includes(kind);
  const { body } = useAnswer(has_kind ? "/api/areas" : null, { query: { kind, measure: question.known.measure.name } });
  return has_kind ? (body?.areas ?? []) : [];
}

// Which areas stand side by side: from the list, by code, or on the map. The list can do all that the map can.
export function AreaPicker({ question, map, answered, change }: AreaPickerProps): JSX.Element {
  const forces = useAreas("force", question);
  const authorities = useAreas("local-authority", question);
  const areas = useMemo(() => [...forces, ...authorities], [forces, authorities]);
  const codes = question.areas.map(
    (asked) => answered.find((area) => area.code === asked || area.name === asked)?.code ?? asked,
  );
  const name_of = (code: string): string => [...answered, ...areas].find((area) => area.code === code)?.name ?? code;
  const is_full = codes.length >= k_areas_max;
  const add = (code: string): void => {
    if (!codes.includes(code) && !is_full) change({ areas: [...codes, code] });
  };
  const remove = (code: string): void => change({ areas: codes.filter((each) => each !== code) });
  const toggle = (code: string): void => (codes.includes(code) ? remove(code) : add(code));
  const map_kinds = (["force", "local-authority"] as const).filter((kind) => question.known.area_kinds.includes(kind));
  return (
    <section class="tl-areas tl-no-print" aria-labelledby="areas-title">
      <div class="tl-areas__row">
        <label class="govuk-label" for="choose-area" id="areas-title">
          Areas, side by side
        </label>
        <ul class="tl-areas__chosen" aria-label="Chosen areas">
          {codes.map((code, index) => (
            <li key={code} class="tl-area-chip">
              <span class={`tl-swatch tl-swatch--${index + 1}`} aria-hidden="true" />
              {name_of(code)}
              {codes.length > 1 && (
                <button type="button" aria-label={`Take out ${name_of(code)}`} onClick={() => remove(code)}>
                  ×
                </button>
              )}
            </li>
          ))}
          <li class="tl-areas__add">
            <AreaCombobox areas={areas.filter((area) => !codes.includes(area.code))} is_full={is_full} choose={add} />
          </li>
          {codes.length > 1 && (
            <li>
              <StartOver codes={codes} change={change} />
            </li>
          )}
        </ul>
        {is_full && <p class="tl-quiet">Six areas are as many as can be told apart; take one out to add another.</p>}
      </div>
      <MapButtons kinds={map_kinds} open={map} change={change} />
      {map !== null && map_kinds.includes(map) && (
        <MapInPlace kind={map} areas={map === "force" ? forces : authorities} chosen={codes} toggle={toggle} />
      )}
    </section>
  );
}

interface MapButtonsProps {
  kinds: readonly MapKind[];
  open: MapKind | null;
  change: ChangeState<MeasureState>;
}

function MapButtons({ kinds, open, change }: MapButtonsProps): JSX.Element {
  return (
    <div class="tl-areas__maps">
      <span class="tl-quiet">Map:</span>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          class="tl-text-button"
          aria-expanded={open === kind}
          onClick={() => change({ map: open === kind ? null : kind })}
        >
          {kind === "force" ? "police forces" : "local authorities"}
        </button>
      ))}
    </div>
  );
}

// Keeps the first, so that the page is never without an answer.
function StartOver({ codes, change }: { codes: string[]; change: ChangeState<MeasureState> }): JSX.Element {
  return (
    <button type="button" class="tl-text-button" onClick={() => change({ areas: codes.slice(0, 1) })}>
      Keep only the first
    </button>
  );
}

// The map's library is fetched when somebody opens the map and not before.
function MapInPlace(props: AreaMapProps): JSX.Element {
  const [Shown, setShown] = useState<ComponentType<AreaMapProps> | null>(null);
  const [is_lost, setLost] = useState(false);
  useEffect(() => {
    import("./area_map").then((module) => setShown(() => module.AreaMap)).catch(() => setLost(true));
  }, []);
  if (is_lost)
    return <p class="tl-note">The map could not be fetched. The list above has every area that the map has.</p>;
  return Shown === null ? <Waiting what="Fetching the map" /> : <Shown {...props} />;
}
