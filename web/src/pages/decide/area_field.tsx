import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { MarketModel } from "../../api/types";
import { described_by, FieldFrame } from "../../parts/field";
import { area_names, unknown_area_words } from "./check";
import { nearest_name, same_name } from "./nearest";

interface AreaFieldProps {
  id: string;
  of: string; // Which step: "change 1".
  model: MarketModel;
  areas: readonly string[];
  change: (areas: string[]) => void;
  error: string | undefined;
}

// Areas and forces by name; none is everywhere. A misspelt name is not taken, and the nearest one is offered.
export function AreaField({ id, of, model, areas, change, error }: AreaFieldProps): JSX.Element {
  const [typed, setTyped] = useState("");
  const [unknown, setUnknown] = useState<string | null>(null);
  const known = area_names(model);
  const nearest = unknown === null ? null : nearest_name(unknown, known);
  const take = (text: string): void => {
    if (text.trim() === "") {
      setUnknown(null);
      return;
    }
    const name = same_name(text, known);
    setUnknown(name === null ? text.trim() : null);
    if (name === null) return;
    setTyped("");
    if (!areas.includes(name)) change([...areas, name]);
  };
  const told = unknown === null ? error : unknown_area_words(unknown, model);
  const hint = areas.length === 0 ? "Everywhere, until an area or a force is added" : "Only here";
  return (
    <FieldFrame id={id} label="Where" hint={hint} error={told}>
      <div class="tl-decide__add">
        {areas.length > 0 && (
          <ul class="tl-decide__areas" aria-label={`Areas of ${of}`}>
            {areas.map((area) => (
              <li key={area} class="tl-decide__area">
                {area}
                <button type="button" onClick={() => change(areas.filter((each) => each !== area))}>
                  <span aria-hidden="true">×</span>
                  <span class="govuk-visually-hidden">
                    Take {area} out of {of}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          class={`govuk-input${told === undefined ? "" : " govuk-input--error"}`}
          id={id}
          type="text"
          list="decide-areas"
          autocomplete="off"
          value={typed}
          {...described_by({ id, hint, error: told })}
          {...(told === undefined ? {} : { "aria-invalid": true })}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onChange={(event) => take(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            take(event.currentTarget.value);
          }}
        />
        <button class="govuk-button govuk-button--secondary" type="button" onClick={() => take(typed)}>
          Add<span class="govuk-visually-hidden"> this area to {of}</span>
        </button>
        {nearest !== null && (
          <button class="govuk-button govuk-button--secondary" type="button" onClick={() => take(nearest)}>
            Take {nearest}
          </button>
        )}
      </div>
    </FieldFrame>
  );
}

// The names that every such field offers.
export function AreaList({ model }: { model: MarketModel }): JSX.Element {
  return (
    <datalist id="decide-areas">
      {area_names(model).map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
