import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go, useAddress, with_query } from "../address/address";
import { day_words } from "../format/dates";
import { Popover } from "../parts/popover";
import { PurposeForm, purpose_words } from "../session/purpose";
import { useSession } from "../session/session";
import { HandlingLine } from "./handling";

// In whose data, as known when, and for what: the three things that every page depends on.
export function SecondBar(): JSX.Element | null {
  const session = useSession();
  if (session.state?.signed_in !== true) return null;
  const purpose = session.state.purpose;
  return (
    <div class="tl-bar">
      <div class="tl-bar__in">
        <span class="tl-bar__item">
          <span class="tl-quiet">Workspace</span> {session.state.workspace}
        </span>
        <span class="tl-bar__item">
          <AsOf />
        </span>
        <span class="tl-bar__item">
          <Popover
            name="Purpose"
            label={
              <>
                <span class="tl-quiet">Purpose</span>{" "}
                {purpose === null ? "none chosen" : purpose_words(purpose.code).toLowerCase()}
              </>
            }
          >
            {(close) => <PurposeForm done={close} />}
          </Popover>
        </span>
        <HandlingLine />
      </div>
    </div>
  );
}

// At the top of every print: whose data, as known when, and how it is to be handled.
export function PrintHead(): JSX.Element | null {
  const session = useSession();
  const as_of = useAddress().query.get("as_of");
  if (session.state?.signed_in !== true) return null;
  return (
    <div class="tl-print-only tl-print-head">
      <strong>Throughline</strong>, workspace {session.state.workspace}, as known{" "}
      {as_of === null ? "when printed" : `at the end of ${day_words(as_of)}`}, for {session.state.account?.agency ?? ""}
      <HandlingLine />
    </div>
  );
}

function AsOf(): JSX.Element {
  const address = useAddress();
  const as_of = address.query.get("as_of");
  return (
    <Popover
      name="As of"
      label={
        <>
          <span class="tl-quiet">As of</span> {as_of === null ? "now" : day_words(as_of)}
        </>
      }
    >
      {(close) => (
        <AsOfForm
          as_of={as_of}
          choose={(day) => {
            close();
            go(with_query(address, { as_of: day }));
          }}
        />
      )}
    </Popover>
  );
}

function AsOfForm({ as_of, choose }: { as_of: string | null; choose: (day: string | null) => void }): JSX.Element {
  const [day, setDay] = useState(as_of ?? "");
  return (
    <form
      class="tl-form"
      onSubmit={(event) => {
        event.preventDefault();
        choose(day === "" ? null : day);
      }}
    >
      <label class="govuk-label" for="as-of-day">
        See everything as it was known at the end of
      </label>
      <input
        class="govuk-input"
        id="as-of-day"
        type="date"
        value={day}
        onInput={(event) => setDay(event.currentTarget.value)}
      />
      <div class="govuk-button-group">
        <button class="govuk-button" type="submit">
          See it so
        </button>
        {as_of !== null && (
          <button class="govuk-button govuk-button--secondary" type="button" onClick={() => choose(null)}>
            As known now
          </button>
        )}
      </div>
    </form>
  );
}
