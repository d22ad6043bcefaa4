import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { Area } from "../../api/types";
import { areas_found, kind_words } from "./area_search";

interface AreaComboboxProps {
  areas: readonly Area[];
  is_full: boolean;
  choose: (code_or_name: string) => void;
}

const k_shown_max = 40;

// A list that is searched by typing: arrows move, Enter chooses, Escape closes. What is not in the list (a ward, a small area)
// is asked for by its code or full name.
export function AreaCombobox({ areas, is_full, choose }: AreaComboboxProps): JSX.Element {
  const [text, setText] = useState("");
  const [is_open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const found = areas_found(areas, text).slice(0, k_shown_max);
  const typed = text.trim();
  const options = found.map((area) => ({ value: area.code, area: area as Area | null }));
  if (typed !== "" && options.length === 0) options.push({ value: typed, area: null });
  const pick = (index: number): void => {
    const option = options[index];
    if (option === undefined) return;
    choose(option.value);
    setText("");
    setOpen(false);
    input.current?.focus();
  };
  const move = (step: number): void => {
    setOpen(true);
    const next = Math.min(options.length - 1, Math.max(0, is_open ? at + step : at));
    setAt(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => { if (is_open) pick(at); },
    Escape: () => { setOpen(false); },
  };
  return (
    <div class="tl-combobox">
      <input
        ref={input} id="choose-area" class="govuk-input" type="text" role="combobox" autocomplete="off" disabled={is_full}
        placeholder="Name or code" aria-expanded={is_open} aria-controls={`${id}-list`} aria-autocomplete="list" aria-describedby={`${id}-hint`}
        {...(is_open && options.length > 0 ? { "aria-activedescendant": `${id}-${at}` } : {})}
        value={text}
        onInput={(event) => { setText(event.currentTarget.value); setOpen(true); setAt(0); }}
        onFocus={() => setAt(0)} onClick={() => setOpen(true)} onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (act === undefined) return;
          if (event.key !== "Escape" || is_open) event.preventDefault();
          act();
        }}
      />
      <span id={`${id}-hint`} class="govuk-visually-hidden">Type to search; arrows move through the list and Enter chooses.</span>
      <ul class="tl-combobox__list" id={`${id}-list`} role="listbox" aria-label="Areas" hidden={!is_open || options.length === 0}>
        {options.map((option, index) => (
          <li
            key={option.value} id={`${id}-${index}`} role="option" aria-selected={index === at} class="tl-combobox__option"
            onMouseDown={(event) => { event.preventDefault(); pick(index); }} onMouseMove={() => setAt(index)}
          >
            {option.area === null ? <>Ask for the ward, small area or code “{option.value}”</> : <OptionWords area={option.area} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function OptionWords({ area }: { area: Area }): JSX.Element {
  return (
    <>
      <span>{area.name}</span>
      <span class="tl-combobox__note">{kind_words(area)}{area.is_received ? "" : ", nothing received"}</span>
    </>
  );
}
