import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Area } from "../../api/types";
import { areas_found, kind_words } from "./area_search";

interface AreaComboboxProps {
  areas: readonly Area[];
  is_full: boolean;
  choose: (code_or_name: string) => void;
}

const k_shown_max = 40;

interface Option {
  value: string;
  area: Area | null; // Null: what was typed, as it is.
}

function options_for(areas: readonly Area[], text: string): Option[] {
  const found = areas_found(areas, text).slice(0, k_shown_max);
  if (found.length === 0 && text.trim() !== "") return [{ value: text.trim(), area: null }];
  return found.map((area) => ({ value: area.code, area }));
}

interface ListState {
  text: string;
  is_open: boolean;
  at: number;
}

const k_closed: ListState = { text: "", is_open: false, at: 0 };

// A list that is searched by typing: arrows move, Enter chooses, Escape closes. What is not in the list (a ward, a small
// area) is asked for by its code or full name.
export function AreaCombobox({ areas, is_full, choose }: AreaComboboxProps): JSX.Element {
  const [list, setList] = useState(k_closed);
  const id = useId();
  const options = options_for(areas, list.text);
  const is_open = list.is_open && options.length > 0;
  const pick = (option: Option | undefined): void => {
    if (option === undefined) return;
    choose(option.value);
    setList(k_closed);
  };
  const move = (step: number): void => {
    const at = Math.min(options.length - 1, Math.max(0, is_open ? list.at + step : list.at));
    setList({ ...list, is_open: true, at });
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  };
  const keys: Record<string, () => void> = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };
  if (is_open) keys["Enter"] = () => pick(options[list.at]);
  if (is_open) keys["Escape"] = () => setList({ ...list, is_open: false });
  return (
    <div class="tl-combobox">
      <input
        id="choose-area"
        class="govuk-input"
        type="text"
        role="combobox"
        autocomplete="off"
        disabled={is_full}
        placeholder="Name or code"
        aria-expanded={is_open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-describedby={`${id}-hint`}
        {...(is_open ? { "aria-activedescendant": `${id}-${list.at}` } : {})}
        value={list.text}
        onInput={(event) => setList({ text: event.currentTarget.value, is_open: true, at: 0 })}
        onClick={() => setList({ ...list, is_open: true })}
        onBlur={() => setList({ ...list, is_open: false })}
        onKeyDown={(event) => {
          if (keys[event.key] !== undefined) event.preventDefault();
          keys[event.key]?.();
        }}
      />
      <span id={`${id}-hint`} class="govuk-visually-hidden">
        Type to search; arrows move through the list and Enter chooses.
      </span>
      <ul class="tl-combobox__list" id={`${id}-list`} role="listbox" aria-label="Areas" hidden={!is_open}>
        {options.map((option, index) => (
          <OptionView
            key={option.value}
            id={`${id}-${index}`}
            option={option}
            is_at={index === list.at}
            look={() => setList({ ...list, at: index })}
            pick={() => pick(option)}
          />
        ))}
      </ul>
    </div>
  );
}

interface OptionViewProps {
  id: string;
  option: Option;
  is_at: boolean;
  look: () => void;
  pick: () => void;
}

function OptionView({ id, option, is_at, look, pick }: OptionViewProps): JSX.Element {
  const press = (event: Event): void => {
    event.preventDefault(); // The field keeps the focus.
    pick();
  };
  return (
    <li
      id={id}
      role="option"
      aria-selected={is_at}
      class="tl-combobox__option"
      onMouseDown={press}
      onMouseMove={is_at ? undefined : look}
    >
      {option.area === null ? (
        <>Ask for the ward, small area or code “{option.value}”</>
      ) : (
        <OptionWords area={option.area} />
      )}
    </li>
  );
}

function OptionWords({ area }: { area: Area }): JSX.Element {
  return (
    <>
      <span>{area.name}</span>
      <span class="tl-combobox__note">
        {kind_words(area)}
        {area.is_received ? "" : ", nothing received"}
      </span>
    </>
  );
}
