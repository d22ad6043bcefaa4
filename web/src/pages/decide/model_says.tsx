import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Link } from "../../address/link";
import { address_of } from "../../api/client";
import type { MarketModel, ModelParameter } from "../../api/types";

// What the model takes as given, with sources, and what it cannot tell.
export function ModelSays({ model }: { model: MarketModel }): JSX.Element {
  const world = encodeURIComponent(model.world);
  const file = address_of("/api/simulate/model/description", { query: { world: model.world, format: "md" } });
  return (
    <section class="tl-section tl-decide__model" aria-labelledby="model-title">
      <h2 class="govuk-heading-m" id="model-title">
        What it assumes, and what it cannot tell
      </h2>
      <p>
        {model.parameters.length} figures are taken as given; {model.assumptions} of them are assumptions without a
        source. Over the {model.ensemble.members} accepted sets intervals carry doubt about{" "}
        {model.ensemble.parameters.length} of them; over one set of parameters about none.
      </p>
      <ul class="tl-list">
        {model.cannot_tell.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="tl-no-print">
        <Link href={`/decide/protocol?world=${world}`}>The model’s own description (ODD protocol)</Link>, also{" "}
        <a class="govuk-link" href={file} download>
          as a file
        </a>
        .
      </p>
      <ParameterList parameters={model.parameters} />
    </section>
  );
}

function ParameterList({ parameters }: { parameters: readonly ModelParameter[] }): JSX.Element {
  const [is_assumed_only, setAssumedOnly] = useState(false);
  const shown = useMemo(
    () => parameters.filter((each) => !is_assumed_only || each.is_assumption),
    [parameters, is_assumed_only],
  );
  return (
    <details class="tl-details">
      <summary>Every figure that it takes as given</summary>
      <div class="tl-toggle tl-no-print" role="group" aria-label="Which figures">
        <button type="button" aria-pressed={!is_assumed_only} onClick={() => setAssumedOnly(false)}>
          All
        </button>
        <button type="button" aria-pressed={is_assumed_only} onClick={() => setAssumedOnly(true)}>
          Assumptions alone
        </button>
      </div>
      <div class="tl-table">
        <div class="tl-table__scroll" tabIndex={0} role="region" aria-label="What the model takes as given">
          <table class="govuk-table">
            <thead>
              <tr>
                <th scope="col">Figure</th>
                <th scope="col" class="tl-number">
                  Value
                </th>
                <th scope="col">May be set to</th>
                <th scope="col">From where</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((each) => (
                <tr key={each.name}>
                  <th scope="row">
                    <code>{each.name}</code>
                  </th>
                  <td class="tl-number">{each.value}</td>
                  <td>
                    {each.low} to {each.high} {each.unit}
                  </td>
                  <td>
                    {each.is_assumption ? <strong>Assumption</strong> : each.source}
                    {each.note !== "" && <span class="tl-quiet">. {each.note}</span>}
                    {each.rivals.map((rival) => (
                      <span key={rival.source} class="tl-quiet">
                        . Another source says {rival.value}: {rival.source}
                      </span>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </details>
  );
}
